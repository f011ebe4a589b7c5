// Tasks that are used again.
// clang-format off: a mark belongs to its line
#include <QCoroTask>
#include <async_simple/coro/Lazy.h>
#include <boost/asio.hpp>
#include <boost/cobalt.hpp>
#include <concurrencpp/concurrencpp.h>
#include <cppcoro/shared_task.hpp>
#include <cppcoro/task.hpp>
#include <drogon/drogon.h>
#include <flow/flow.h>
#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <utility>
#include <vector>
namespace net = boost::asio;

mini::task<int> job(int);

mini::task<int> twice_bad() {
  auto t = job(1);
  int n = co_await t;
  n += co_await t; // expect: async-task-reused
  co_return n;
}
mini::task<int> twice_moved_bad() {
  auto t = job(1);
  int n = co_await std::move(t);
  n += co_await std::move(t); // expect: async-task-reused
  co_return n;
}
mini::task<int> given_away_bad(std::vector<mini::task<int>> &all) {
  auto t = job(1);
  all.push_back(std::move(t));
  co_return co_await std::move(t); // expect: async-task-reused
}
mini::task<int> loop_bad(int n) {
  auto t = job(1);
  int sum = 0;
  while (n-- > 0)
    sum += co_await t; // expect: async-task-reused
  co_return sum;
}
mini::task<int> loop_moved_bad(int n) {
  auto t = job(1);
  int sum = 0;
  for (int i = 0; i != n; ++i)
    sum += co_await std::move(t); // expect: async-task-reused
  co_return sum;
}
mini::task<int> parameter_bad(mini::task<int> t) {
  co_await std::move(t);
  co_return co_await std::move(t); // expect: async-task-reused
}
void plain_bad(mini::task<void> t) {
  mini::spawn(std::move(t));
  mini::spawn(std::move(t)); // expect: async-task-reused
}

mini::task<int> loop_ok(int n) {
  int sum = 0;
  while (n-- > 0) {
    auto t = job(n);
    sum += co_await t;
  }
  co_return sum;
}
mini::task<int> made_anew_ok() {
  auto t = job(1);
  int n = co_await std::move(t);
  t = job(2);
  n += co_await std::move(t);
  co_return n;
}
mini::task<int> branches_ok(bool b) {
  auto t = job(1);
  if (b)
    co_return co_await std::move(t);
  co_return co_await std::move(t) + 1;
}
mini::task<int> either_ok(bool b) {
  auto t = job(1);
  int n = 0;
  if (b)
    n = co_await std::move(t);
  else
    n = 1 + co_await std::move(t);
  co_return n;
}
mini::task<int> correlated_ok(bool b) {
  auto t = job(1);
  int n = 0;
  if (b)
    n = co_await std::move(t);
  if (!b)
    n = co_await std::move(t);
  co_return n;
}
mini::task<int> leaves_ok(bool b) {
  auto t = job(1);
  for (;;) {
    if (b)
      co_return co_await std::move(t);
    co_await mini::yield();
  }
}
mini::task<int> two_ok() {
  auto a = job(1);
  auto b = job(2);
  co_return co_await std::move(a) + co_await std::move(b);
}

//--- Libraries -----------------------------------------------------------------

net::awaitable<int> asio_job();
net::awaitable<int> asio_bad() {
  auto t = asio_job();
  co_await std::move(t);
  co_return co_await std::move(t); // expect: async-task-reused
}
folly::coro::Task<int> folly_job();
folly::coro::Task<int> folly_bad() {
  auto t = folly_job();
  (void)std::move(t).scheduleOn(folly::getGlobalCPUExecutor()).start();
  co_return co_await std::move(t); // expect: async-task-reused
}
seastar::future<int> seastar_job();
seastar::future<int> seastar_bad() {
  auto f = seastar_job();
  co_await std::move(f);
  co_return co_await std::move(f); // expect: async-task-reused
}
concurrencpp::result<int> pool_job();
concurrencpp::result<int> concurrencpp_bad() {
  auto r = pool_job();
  co_await r;
  co_return co_await r; // expect: async-task-reused
}
drogon::Task<int> drogon_job();
drogon::Task<int> drogon_bad() {
  auto t = drogon_job();
  co_await t;
  co_return co_await t; // expect: async-task-reused
}
async_simple::coro::Lazy<int> lazy_job();
async_simple::coro::Lazy<int> lazy_bad() {
  auto t = lazy_job();
  co_await std::move(t);
  co_return co_await std::move(t); // expect: async-task-reused
}
boost::cobalt::promise<int> cobalt_job();
boost::cobalt::promise<int> cobalt_bad() {
  auto p = cobalt_job();
  co_await p;
  co_return co_await p; // expect: async-task-reused
}

// These may be awaited again.
QCoro::Task<int> qt_job();
QCoro::Task<int> qt_ok() {
  auto t = qt_job();
  co_await t;
  co_return co_await t;
}
cppcoro::task<int> cpp_job();
cppcoro::task<int> cppcoro_ok() {
  auto t = cpp_job();
  co_await t;
  co_return co_await t;
}
Future<Void> flow_ok() {
  Future<Void> f = delay(1.0);
  co_await f;
  co_await f;
  co_return Void();
}
boost::cobalt::generator<int> numbers();
boost::cobalt::promise<int> generator_ok() {
  auto g = numbers();
  int n = co_await g;
  n += co_await g;
  co_return n;
}
// Given away, it is gone all the same.
cppcoro::task<int> cppcoro_bad() {
  auto t = cpp_job();
  co_await std::move(t);
  co_return co_await std::move(t); // expect: async-task-reused
}

mini::task<int> wrapped(mini::task<int> t);
mini::task<int> renewed_ok(mini::task<int> t) {
  t = wrapped(std::move(t));
  co_return co_await std::move(t);
}
