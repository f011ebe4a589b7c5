// What belongs to a thread, on both sides of a suspension.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <cerrno>
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

struct Frame {
  int lines = 0;
};
thread_local Frame frame;
Frame &current() { return frame; }
Frame *currentPointer() { return &frame; }
cppcoro::task<int> accessor_bad(cppcoro::static_thread_pool &pool) {
  Frame &mine = current();
  co_await pool.schedule();
  co_return mine.lines; // expect: async-thread-state-across-suspension
}
cppcoro::task<int> accessor_pointer_bad(cppcoro::static_thread_pool &pool) {
  Frame *mine = currentPointer();
  co_await pool.schedule();
  co_return mine->lines; // expect: async-thread-state-across-suspension
}
cppcoro::task<int> accessor_ok(cppcoro::static_thread_pool &pool) {
  co_await pool.schedule();
  co_return current().lines;
}

// What sets a thread's state while it lives.
thread_local const char *user = nullptr;
class As {
public:
  explicit As(const char *name) : before(user) { user = name; }
  ~As() { user = before; }

private:
  const char *before;
};
class Reads {
public:
  Reads() : at(depth) {}
  ~Reads() {}
  int at;
};
cppcoro::task<void> scope_bad(cppcoro::static_thread_pool &pool) {
  As root("root"); // expect: async-thread-state-across-suspension
  co_await pool.schedule();
}
cppcoro::task<void> scope_ok(cppcoro::static_thread_pool &pool) {
  {
    As root("root");
    pick();
  }
  Reads only;
  co_await pool.schedule();
}
userver::engine::TaskWithResult<void> scope_userver_bad() {
  return userver::utils::Async("as", [] {
    As root("root"); // expect: async-thread-state-across-suspension
    userver::engine::SleepFor(1ms);
  });
}
seastar::future<> scope_seastar_ok() {
  As root("root");
  co_await seastar::yield();
}

// errno is everybody's.
int remove_file(const char *);
seastar::future<int> errno_bad(const char *name) {
  const int r = remove_file(name);
  co_await seastar::yield();
  co_return r < 0 ? errno : 0; // expect: async-thread-state-across-suspension
}
folly::coro::Task<int> errno_handler_bad(const char *name) {
  int r = remove_file(name);
  try {
    co_await folly::coro::sleep(1s);
  } catch (...) {
    co_return errno; // expect: async-thread-state-across-suspension
  }
  co_return r;
}
folly::coro::Task<int> errno_ok(const char *name) {
  int r = remove_file(name);
  const int error = errno;
  co_await folly::coro::sleep(1s);
  if (r < 0)
    co_return error;
  errno = 0;
  r = remove_file(name);
  co_return r < 0 ? errno : 0;
}
folly::coro::Task<int> errno_reset_ok(const char *name) {
  co_await folly::coro::sleep(1s);
  errno = 0;
  co_return pick() + errno;
}
folly::coro::Task<int> read_some();
folly::coro::Task<int> errno_of_await_ok() {
  // An await may be made to set it.
  if (co_await read_some() < 0)
    co_return errno;
  co_return 0;
}
