//===- asyncfixer-blocking-call.cpp - Peer cases -------------------------===//
//
// AsyncFixer's BlockingCallInsideAsync (AsyncFixer02): sync waits, sleeps and
// whole-file reads in async methods, and what proves that a task is done.
//
//===----------------------------------------------------------------------===//

#include <boost/asio.hpp>
#include <fstream>
#include <future>
#include <mini/task.hpp>
#include <sstream>
#include <stop_token>
#include <thread>
#include <unistd.h>

namespace net = boost::asio;
using namespace std::chrono_literals;
std::future<int> run(int);
mini::task<> delay();
int boo(int A) { return A; }
mini::task<int> boo_async(int);
void print(int);

mini::task<> sleep_bad() {
  std::this_thread::sleep_for(1s); // expect: async-blocking-call
  co_return;
}
mini::task<> result_bad() {
  auto T = run(4);
  // comment
  auto B = T.get(); // expect: async-sync-wait
  (void)B;
  co_return;
}
mini::task<> read_to_end_bad() {
  std::ifstream Reader;
  std::string Line;
  std::getline(Reader, Line, '\0'); // expect: async-blocking-call
  co_await delay();
}
mini::task<> result_compared_bad(std::future<int> T) {
  bool R = T.get() == 5; // expect: async-sync-wait
  (void)R;
  co_return;
}
mini::task<> chained_wait_bad() {
  run(2).wait(); // expect: async-sync-wait
  co_return;
}
mini::task<> result_followed_by_member_bad(std::future<std::string> T) {
  auto N = T.get().size(); // expect: async-sync-wait
  (void)N;
  co_return;
}
mini::task<> result_as_argument_bad(std::future<int> T) {
  print(T.get()); // expect: async-sync-wait
  co_return;
}
mini::task<> async_local_function_bad() {
  auto Local = []() -> mini::task<> {
    std::ifstream Reader("f"); // expect: async-blocking-call
    co_return;
  };
  co_await Local();
}

// A twin by name whose plain form does not block.
mini::task<> twin_ok() {
  boo(0);
  co_return;
}
mini::task<> twin_calls_itself_ok(net::thread_pool &Pool) {
  co_await delay();
  net::post(Pool, [] { boo(1); });
}

// Memory streams are fast.
mini::task<> memory_stream_ok() {
  std::stringstream Ms;
  Ms.write("", 0);
  Ms << 1 << std::flush;
  co_return;
}

// Plain local functions and lambdas
void cpu_bound_job() { std::this_thread::sleep_for(1s); }
mini::task<> synchronous_function_on_pool_ok(net::thread_pool &Pool) {
  net::post(Pool, cpu_bound_job);
  co_return;
}
mini::task<> synchronous_lambda_on_pool_ok(net::thread_pool &Pool) {
  net::post(Pool, [] { std::ofstream("f").flush(); });
  co_return;
}
mini::task<> result_in_function_on_thread_ok() {
  std::thread([] { run(4).get(); }).detach();
  co_return;
}
mini::task<> result_in_query_ok(std::shared_future<int> T) {
  auto Query = [T] { return T.get(); };
  (void)Query;
  co_await delay();
}

// After a proof
mini::task<> all_complete_ok(std::vector<std::future<int>> Tasks) {
  for (auto &T : Tasks)
    if (T.wait_for(0s) == std::future_status::ready)
      print(T.get());
  co_return;
}
mini::task<> other_collection_bad(std::vector<std::future<int>> A,
                                  std::vector<std::future<int>> B) {
  for (auto &T : A)
    (void)T.wait_for(0s);
  for (auto &T : B)
    print(T.get()); // expect: async-sync-wait
  co_return;
}
mini::task<> asked_after_bad(std::future<int> T) {
  print(T.get()); // expect: async-sync-wait
  (void)T.valid();
  co_return;
}
mini::task<> asked_and_ignored_bad(std::future<int> T) {
  (void)T.wait_for(0s);
  print(T.get()); // expect: async-sync-wait
  co_return;
}

// Only the name
mini::task<> nameof_ok() {
  co_await delay();
  auto Name = &std::future<int>::get;
  (void)Name;
  using Type = decltype(run(1).get());
  (void)sizeof(Type);
}

// Cancelling is quick.
mini::task<> cancel_ok() {
  std::stop_source Cts;
  co_await delay();
  Cts.request_stop();
}
mini::task<> cancel_in_handler_ok(std::stop_token Token) {
  std::stop_source Cts;
  std::stop_callback OnShutdown(Token, [Cts]() mutable { Cts.request_stop(); });
  co_await delay();
}
