// Waiting synchronously, and waits that do not wait.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <chrono>
#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <folly/fibers/FiberManager.h>
#include <future>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>
#include <seastar/coroutine/as_future.hh>
#include <tuple>
#include <unistd.h>
namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<int> child();

asio::awaitable<int> use_future_bad() {
  auto ex = co_await asio::this_coro::executor;
  co_return asio::co_spawn(ex, child(), asio::use_future).get(); // expect: async-sync-wait
}
mini::task<int> get_bad(std::future<int> f) {
  co_await mini::yield();
  co_return f.get(); // expect: async-sync-wait
}
mini::task<int> proved_ok(std::shared_future<int> f) {
  int r = 0;
  if (f.wait_for(0s) == std::future_status::ready)
    r = f.get();
  co_await mini::yield();
  co_return r;
}
mini::task<int> proved_early_out_ok(std::shared_future<int> f) {
  co_await mini::yield();
  if (f.wait_for(0s) != std::future_status::ready)
    co_return 0;
  co_return f.get();
}
mini::task<int> wrong_branch_bad(std::shared_future<int> f) {
  int r = 0;
  if (f.wait_for(0s) != std::future_status::ready)
    r = f.get(); // expect: async-sync-wait
  co_await mini::yield();
  co_return r;
}
mini::task<int> other_future_bad(std::shared_future<int> f,
                                 std::shared_future<int> g) {
  int r = 0;
  if (f.wait_for(0s) == std::future_status::ready)
    r = g.get(); // expect: async-sync-wait
  co_await mini::yield();
  co_return r;
}
static int wait_helper(std::future<int> &f) { return f.get(); }
mini::task<int> helper_bad(std::future<int> &f) {
  int n = wait_helper(f); // expect: async-sync-wait
  co_await mini::yield();
  co_return n;
}
void handler_bad(asio::io_context &io, std::shared_future<int> f) {
  asio::post(io, [f] { f.wait(); }); // expect: async-sync-wait
}
void pool_ok(asio::thread_pool &pool, std::shared_future<int> f) {
  asio::post(pool, [f] { f.wait(); });
}

// The answer may be kept, asked for by a helper, or chosen by.
mini::task<int> kept_ok(std::future<int> &f) {
  bool done = f.wait_for(0s) == std::future_status::ready;
  if (done)
    co_return f.get();
  const bool waiting = f.wait_for(0s) != std::future_status::ready;
  if (!waiting)
    co_return f.get();
  co_return 0;
}
mini::task<int> kept_bad(std::future<int> &f) {
  const bool waiting = f.wait_for(0s) != std::future_status::ready;
  bool rewritten = f.wait_for(0s) == std::future_status::ready;
  rewritten = true;
  if (rewritten)
    co_return f.get(); // expect: async-sync-wait
  if (waiting)
    co_return f.get(); // expect: async-sync-wait
  co_return 0;
}
static bool is_ready(const std::future<int> &f) {
  return f.wait_for(0s) == std::future_status::ready;
}
mini::task<int> asked_by_helper_ok(std::future<int> &f) {
  if (is_ready(f))
    co_return f.get();
  co_return 0;
}
mini::task<int> asked_by_helper_bad(std::future<int> &f, std::future<int> &g) {
  if (!is_ready(f))
    co_return f.get(); // expect: async-sync-wait
  co_return g.get();   // expect: async-sync-wait
}
mini::task<int> switch_ok(std::future<int> &f) {
  switch (f.wait_for(0s)) {
  case std::future_status::ready:
    co_return f.get();
  default:
    co_return 0;
  }
}
mini::task<int> switch_bad(std::future<int> &f) {
  switch (f.wait_for(0s)) {
  case std::future_status::timeout:
    co_return f.get(); // expect: async-sync-wait
  default:
    co_return 0;
  }
}
mini::task<int> promise_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  p.set_value(1);
  co_return f.get();
}
mini::task<int> promise_bad() {
  std::promise<int> p, q;
  auto f = p.get_future();
  q.set_value(1);
  co_return f.get(); // expect: async-sync-wait
}

// What a continuation is given is there.
seastar::future<int> number();
seastar::future<std::tuple<seastar::future<int>, seastar::future<int>>> both();
seastar::future<> continuation_ok() {
  return number().then_wrapped([](seastar::future<int> f) { f.get(); });
}
seastar::future<> continuation_of_both_ok() {
  return both().then([](auto all) { std::get<0>(all).get(); });
}
seastar::future<> continuation_bad() {
  return number().then_wrapped([](seastar::future<int> f) {
    f = number();
    f.get(); // expect: async-sync-wait
  });
}

seastar::future<> continuation_syncs_bad() {
  return number().then([](int fd) { ::fsync(fd); }); // expect: async-blocking-call
}

// Some awaits give the future itself, ready.
seastar::future<int> as_future_ok() {
  auto f = co_await seastar::coroutine::as_future(number());
  co_return f.get();
}
seastar::future<int> as_future_assigned_ok() {
  auto f = co_await seastar::coroutine::as_future(number());
  f = co_await seastar::coroutine::as_future_without_preemption_check(number());
  co_return f.get();
}
seastar::future<int> as_future_bad() {
  auto f = number();
  co_return f.get(); // expect: async-sync-wait
}
concurrencpp::result<int> answer();
static int ready_by_contract(concurrencpp::result<int> r) { return r.get(); }
concurrencpp::result<int> handed_on_ok() {
  auto r = co_await answer().resolve();
  co_return ready_by_contract(std::move(r));
}
concurrencpp::result<int> handed_on_bad() {
  auto r = answer();
  co_return ready_by_contract(std::move(r)); // expect: async-sync-wait
}
concurrencpp::result<int> resolve_ok() {
  auto r = co_await answer().resolve();
  co_return r.get();
}
concurrencpp::result<int> status_ok(concurrencpp::result<int> r) {
  if (r.status() != concurrencpp::result_status::idle)
    co_return r.get();
  co_return 0;
}
concurrencpp::result<int> status_bad(concurrencpp::result<int> r) {
  if (r.status() == concurrencpp::result_status::idle)
    co_return r.get(); // expect: async-sync-wait
  co_return 0;
}

// A future of `std::async` that nobody takes waits where it is destroyed.
mini::task<void> discarded_bad() {
  std::async(std::launch::async, [] {}); // expect: async-sync-wait
  co_await mini::yield();
}
mini::task<void> discarded_deferred_ok() {
  std::async(std::launch::deferred, [] {});
  co_await mini::yield();
}
// A library of one's own that is called as all are.
mini::task<int> own();
mini::task<int> by_name_bad() {
  co_await mini::yield();
  co_return mini::sync_wait(own()); // expect: async-sync-wait
}
static int helper_by_name() { return mini::sync_wait(own()); }
mini::task<int> by_name_in_helper_bad() {
  co_await mini::yield();
  co_return helper_by_name(); // expect: async-sync-wait
}
int sync_wait(int);
mini::task<int> no_task_ok() {
  co_await mini::yield();
  co_return sync_wait(1);
}
int main() {
  std::promise<int> p;
  return p.get_future().get();
}

// A destructor that waits for what nobody awaited.
struct Client {
  Client();
  Client(Client &&) noexcept;
  ~Client() {
    if (!ended_)
      coro::sync_wait(end());
  }
  coro::task<int> end();
  coro::task<int> ask();
  bool ended_ = false;
};
coro::task<void> ended_ok() {
  Client c;
  co_await c.ask();
  co_await c.end();
}
coro::task<void> never_ended_bad() {
  Client c; // expect: async-sync-wait
  co_await c.ask();
}
coro::task<void> ended_sometimes_bad(bool early) {
  Client c; // expect: async-sync-wait
  if (early)
    co_return;
  co_await c.end();
}
coro::task<void> own_ok(Client c) {
  co_await c.ask();
  co_await c.end();
}
coro::task<void> given_ok() {
  Client c;
  co_await own_ok(std::move(c));
}
coro::task<Client> returned_ok() {
  Client c;
  co_await c.ask();
  co_return std::move(c);
}

// What a lambda captures is ready where it is made.
template <typename F> void expect_throw(F f) {
  try {
    f();
  } catch (...) {
  }
}
concurrencpp::result<int> captured_ok(concurrencpp::result<int> r) {
  auto done = co_await r.resolve();
  expect_throw([&done] { done.get(); });
  co_return 1;
}
concurrencpp::result<int> captured_bad(concurrencpp::result<int> r) {
  expect_throw([&r] { r.get(); }); // expect: async-sync-wait
  co_return 1;
}
concurrencpp::result<int> any_ok(std::vector<concurrencpp::result<int>> all) {
  auto any = co_await concurrencpp::when_any(all.begin(), all.end());
  co_return any.results[any.index].get();
}
// Begins on a thread of its own.
concurrencpp::result<int> own_thread_ok(concurrencpp::executor_tag, std::shared_ptr<concurrencpp::thread_executor>,
                                        concurrencpp::result<int> r) {
  co_return r.get();
}
// A task whose body never suspends is done when its call returns.
seastar::future<int> at_once() { co_return 64; }
seastar::future<int> at_once_ok() { co_return at_once().get(); }
// A fibre waits for a future by a baton of its own.
folly::SemiFuture<int> *later;
void fibre_ok() { std::move(*later).get(); }
void start(folly::fibers::FiberManager &fm) { fm.addTask(fibre_ok); }
// A pool that waits for what was given to itself.
concurrencpp::result<int> part(std::shared_ptr<concurrencpp::thread_pool_executor> pool, int n);
concurrencpp::result<int> own_pool_bad(std::shared_ptr<concurrencpp::thread_pool_executor> pool) {
  co_await concurrencpp::resume_on(pool);
  auto r = part(pool, 1);
  co_return r.get(); // expect: async-sync-wait
}
concurrencpp::result<int> other_pool_ok(std::shared_ptr<concurrencpp::thread_pool_executor> pool,
                                        std::shared_ptr<concurrencpp::thread_pool_executor> other) {
  co_await concurrencpp::resume_on(pool);
  auto r = part(other, 1);
  co_return r.get();
}
