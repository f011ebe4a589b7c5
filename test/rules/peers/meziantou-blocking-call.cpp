//===- meziantou-blocking-call.cpp - Peer cases --------------------------===//
//
// Meziantou's DoNotUseBlockingCallInAsyncContext (MA0042, MA0045). Most of its
// cases are about overload resolution between a method and its async twin and
// about `await using`, which C++ has not; what is left is here.
//
//===----------------------------------------------------------------------===//

#include <boost/asio.hpp>
#include <cppcoro/async_generator.hpp>
#include <future>
#include <iostream>
#include <memory>
#include <mini/task.hpp>
#include <mutex>
#include <semaphore>
#include <sqlite3.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace net = boost::asio;
using namespace std::chrono_literals;
std::future<int> start();
void write() { ::sleep(1); }
mini::task<> write_async();

// Wait, with each form of its argument
mini::task<> wait_bad() {
  start().wait(); // expect: async-sync-wait
  co_return;
}
mini::task<> wait_number_bad() {
  start().wait_for(std::chrono::milliseconds(10)); // expect: async-sync-wait
  co_return;
}
mini::task<> wait_literal_bad() {
  start().wait_for(10ms); // expect: async-sync-wait
  co_return;
}
mini::task<> wait_time_span_bad() {
  start().wait_for(std::chrono::seconds(1)); // expect: async-sync-wait
  co_return;
}
mini::task<> wait_deadline_bad(std::chrono::steady_clock::time_point T) {
  start().wait_until(T); // expect: async-sync-wait
  co_return;
}
mini::task<> wait_parameter_bad(std::chrono::milliseconds D) {
  start().wait_for(D); // expect: async-sync-wait
  co_return;
}
mini::task<> result_bad() {
  (void)start().get(); // expect: async-sync-wait
  co_return;
}
mini::task<> packaged_task_result_bad() {
  std::packaged_task<int()> P([] { return 10; });
  auto F = P.get_future();
  std::thread(std::move(P)).detach();
  (void)F.get(); // expect: async-sync-wait
  co_return;
}
mini::task<> sleep_bad() {
  std::this_thread::sleep_for(1ms); // expect: async-blocking-call
  co_return;
}
mini::task<> sleep_time_span_bad() {
  // expect-next-line: async-blocking-call
  std::this_thread::sleep_for(std::chrono::minutes(1));
  co_return;
}

// Contexts
void async_lambda_bad() {
  auto A = []() -> mini::task<> {
    write(); // expect: async-blocking-call
    co_return;
  };
  (void)A;
}
void async_local_function_bad() {
  struct Local {
    static mini::task<> run() {
      write(); // expect: async-blocking-call
      co_return;
    }
  };
  (void)Local::run(); // expect: async-discarded-task
}
mini::task<> sync_lambda_ok() {
  auto A = [] { write(); };
  (void)A;
  co_return;
}
mini::task<> lambda_on_pool_ok(net::thread_pool &Pool) {
  net::post(Pool, [] { write(); });
  co_return;
}
cppcoro::async_generator<int> async_enumerable_bad() {
  write(); // expect: async-blocking-call
  co_yield 1;
}
// Top-level statements: main is no async context here.
int main_ok(int, char **) {
  write();
  return 0;
}

// Standard streams
mini::task<> console_ok() {
  std::cout << "text" << std::endl;
  std::cout.flush();
  std::cerr << ' ';
  co_return;
}

// Process.WaitForExit
mini::task<> wait_for_exit_bad(pid_t P) {
  ::waitpid(P, nullptr, 0); // expect: async-blocking-call
  co_return;
}

// SemaphoreSlim.Wait
mini::task<> semaphore_wait_bad(std::counting_semaphore<4> &S) {
  S.acquire(); // expect: async-blocking-call
  co_return;
}
mini::task<> semaphore_wait_time_bad(std::counting_semaphore<4> &S) {
  (void)S.try_acquire_for(1ms); // expect: async-blocking-call
  co_return;
}
mini::task<> semaphore_wait_zero_ok(std::counting_semaphore<4> &S) {
  (void)S.try_acquire_for(0ms);
  co_return;
}
mini::task<> semaphore_wait_time_span_zero_ok(std::counting_semaphore<4> &S) {
  (void)S.try_acquire_for(std::chrono::seconds::zero());
  co_return;
}
mini::task<> semaphore_wait_constructed_zero_ok(std::counting_semaphore<4> &S) {
  (void)S.try_acquire_for(std::chrono::milliseconds(0));
  co_return;
}
mini::task<> semaphore_wait_flowed_zero_ok(std::counting_semaphore<4> &S) {
  constexpr auto Timeout = 0ms;
  (void)S.try_acquire_for(Timeout);
  co_return;
}
constexpr std::chrono::milliseconds NoTime{0};
mini::task<> semaphore_wait_named_zero_ok(std::counting_semaphore<4> &S) {
  (void)S.try_acquire_for(NoTime);
  co_return;
}

// `using`: what a destructor does when its scope ends.
struct Sample {
  ~Sample() {}
};
struct BlockingSample {
  ~BlockingSample() { ::fsync(3); }
};
mini::task<> using_ok() {
  Sample A;
  co_return;
}
mini::task<> using_bad() {
  BlockingSample A; // expect: async-blocking-call
  co_return;
}
mini::task<> using_block_bad() {
  {
    BlockingSample A; // expect: async-blocking-call
  }
  co_await write_async();
}
mini::task<> using_assigned_bad() {
  auto A = BlockingSample(); // expect: async-blocking-call
  co_return;
}
mini::task<> using_held_bad() {
  auto A = std::make_unique<BlockingSample>(); // expect: async-blocking-call
  co_return;
}
BlockingSample create();
mini::task<> using_factory_bad() {
  auto A = create(); // expect: async-blocking-call
  co_return;
}
struct Base {
  virtual ~Base() = default;
};
struct Derived : Base {
  ~Derived() override { ::fsync(3); }
};
struct GrandDerived : Derived {};
mini::task<> using_derived_bad() {
  GrandDerived D; // expect: async-blocking-call
  co_return;
}

// SqliteConnection, SqliteCommand: which calls of a database wait.
mini::task<> sqlite_bookkeeping_ok(sqlite3 *Db, sqlite3_stmt *S) {
  (void)sqlite3_errcode(Db);
  sqlite3_bind_int(S, 1, 5);
  (void)sqlite3_column_int(S, 0);
  co_return;
}
mini::task<> sqlite_read_bad(sqlite3_stmt *S) {
  (void)sqlite3_step(S); // expect: async-blocking-call
  co_return;
}
mini::task<> sqlite_open_bad(sqlite3 **Db) {
  (void)sqlite3_open("f.db", Db); // expect: async-blocking-call
  co_return;
}
mini::task<> sqlite_exec_bad(sqlite3 *Db) {
  // expect-next-line: async-blocking-call
  (void)sqlite3_exec(Db, "select 1", nullptr, nullptr, nullptr);
  co_return;
}

// ExcludeFromBlockingCallAnalysis
mini::task<> excluded_here_ok() {
  write();        // NOLINT(async-blocking-call)
  start().wait(); // NOLINT
  co_return;
}
mini::task<> excluded_group_ok() {
  start().wait(); // NOLINT(async-*)
  co_return;
}

// MA0045, not async contexts
void plain_wait_ok() { start().wait(); }
int plain_result_ok() { return start().get(); }
class Private {
  void plain_sleep_ok() { write(); }
  std::mutex M;
  void plain_in_lock_ok() {
    std::lock_guard L(M);
    write();
  }
};
