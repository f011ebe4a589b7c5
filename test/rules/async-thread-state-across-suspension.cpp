// What belongs to a thread, on both sides of a suspension.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <pthread.h>
#include <QCoroTask>
#include <QCoroTimer>
#include <QTimer>
#include <seastar/core/coroutine.hh>
#include <string>
#include <thread>
#include <userver/engine/sleep.hpp>
#include <userver/utils/async.hpp>
using namespace std::chrono_literals;

thread_local int depth = 0;
struct Stats {
  static thread_local int requests;
};
std::string &scratch() {
  thread_local std::string text;
  return text;
}
int pick();

cppcoro::task<int> counter_bad(cppcoro::static_thread_pool &pool) {
  ++depth;
  co_await pool.schedule();
  --depth; // expect: async-thread-state-across-suspension
  co_return 0;
}
cppcoro::task<int> member_bad(cppcoro::static_thread_pool &pool) {
  ++Stats::requests;
  co_await pool.schedule();
  --Stats::requests; // expect: async-thread-state-across-suspension
  co_return 0;
}
cppcoro::task<int> reference_bad(cppcoro::static_thread_pool &pool) {
  int &mine = depth;
  co_await pool.schedule();
  co_return mine; // expect: async-thread-state-across-suspension
}
cppcoro::task<int> pointer_bad(cppcoro::static_thread_pool &pool) {
  int *mine = &depth;
  co_await pool.schedule();
  co_return *mine; // expect: async-thread-state-across-suspension
}
cppcoro::task<std::size_t> helper_bad(cppcoro::static_thread_pool &pool) {
  std::string &text = scratch();
  co_await pool.schedule();
  co_return text.size(); // expect: async-thread-state-across-suspension
}
cppcoro::task<bool> identity_bad(cppcoro::static_thread_pool &pool) {
  const auto before = std::this_thread::get_id();
  const pthread_t self = ::pthread_self();
  co_await pool.schedule();
  bool same = before == std::this_thread::get_id(); // expect: async-thread-state-across-suspension
  same = same && ::pthread_equal(self, ::pthread_self()); // expect: async-thread-state-across-suspension
  co_return same;
}
cppcoro::task<int> value_ok(cppcoro::static_thread_pool &pool) {
  int before = depth;
  co_await pool.schedule();
  co_return before;
}
cppcoro::task<int> anew_ok(cppcoro::static_thread_pool &pool) {
  co_await pool.schedule();
  co_return ++depth;
}
cppcoro::task<int> one_side_ok(cppcoro::static_thread_pool &pool) {
  int n = ++depth;
  n += scratch().size();
  co_await pool.schedule();
  co_return n + pick();
}
folly::coro::Task<int> folly_bad() {
  ++depth;
  co_await folly::coro::sleep(1s);
  co_return --depth; // expect: async-thread-state-across-suspension
}
userver::engine::TaskWithResult<std::size_t> userver_bad() {
  return userver::utils::Async("format", [] {
    std::string &text = scratch();
    text = "begin";
    userver::engine::SleepFor(1ms);
    text += "end"; // expect: async-thread-state-across-suspension
    return text.size();
  });
}
// These runtimes keep a task on its thread.
seastar::future<> seastar_ok() {
  ++depth;
  co_await seastar::yield();
  --depth;
}
QCoro::Task<int> qt_ok() {
  ++depth;
  QTimer timer;
  timer.start(1);
  co_await timer;
  co_return --depth;
}
// Asio's context may be run by one thread or by many: said at level strict.
boost::asio::awaitable<int> asio_ok() {
  ++depth;
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  co_return --depth;
}
int plain_ok() { return ++depth; }
