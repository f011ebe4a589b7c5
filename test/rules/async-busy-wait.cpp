// Polling, and loops that make progress.
// clang-format off: a mark belongs to its line
#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/fiber/all.hpp>
#include <chrono>
#include <deque>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <functional>
#include <future>
#include <mini/task.hpp>
#include <mutex>
#include <optional>
#include <poll.h>
#include <seastar/core/sleep.hh>
#include <stop_token>
#include <sys/wait.h>
#include <tbb/concurrent_queue.h>
#include <thread>
#include <vector>
namespace asio = boost::asio;
using namespace std::chrono_literals;

struct Shared {
  std::atomic<bool> ready{false};
  std::atomic<int> count{0};
  std::atomic_flag lock;
  std::deque<int> items;
  mini::event changed;
  std::optional<int> try_pop();
};
void use(int);

mini::task<void> spin_bad(std::shared_ptr<Shared> s) {
  while (!s->ready.load()) { // expect: async-busy-wait
  }
  co_await mini::yield();
}
mini::task<void> spin_conversion_bad(std::shared_ptr<Shared> s) {
  while (!s->ready) // expect: async-busy-wait
    std::this_thread::yield();
  co_await mini::yield();
}
mini::task<void> spin_lock_bad(std::shared_ptr<Shared> s) {
  while (s->lock.test_and_set(std::memory_order_acquire)) { // expect: async-busy-wait
  }
  s->lock.clear();
  co_await mini::yield();
}
mini::task<void> exchange_ok(std::shared_ptr<Shared> s) {
  int old = s->count.load();
  while (!s->count.compare_exchange_weak(old, old + 1)) {
  }
  co_await mini::yield();
}
mini::task<void> drains_ok(std::shared_ptr<Shared> s) {
  while (auto v = s->try_pop())
    use(*v);
  while (!s->items.empty())
    s->items.pop_front();
  co_await mini::yield();
}
mini::task<void> event_ok(std::shared_ptr<Shared> s) {
  while (s->items.empty())
    co_await s->changed.wait();
}
mini::task<void> periodic_ok(std::shared_ptr<Shared> s) {
  while (!s->ready.load()) {
    use(1);
    co_await mini::sleep_for(1s);
  }
}
mini::task<void> sleep_poll_bad(std::shared_ptr<Shared> s) {
  while (!s->ready.load()) // expect: async-busy-wait
    co_await mini::sleep_for(10ms);
}
mini::task<void> yield_poll_bad(std::shared_ptr<Shared> s) {
  for (;;) { // expect: async-busy-wait
    if (s->ready.load())
      break;
    co_await mini::yield();
  }
}
mini::task<void> flag_poll_bad(const bool &done) {
  while (!done) // expect: async-busy-wait
    co_await mini::sleep_for(10ms);
}
void plain_ok(Shared &s) {
  while (!s.ready.load()) {
  }
}

// What an operation is called tells that it only lets time pass.
mini::task<void> yields_bad(Shared &s, std::mutex &m, std::future<int> &f) {
  do // expect: async-busy-wait
    co_await mini::yield();
  while (!s.ready);
  while (!m.try_lock()) // expect: async-busy-wait
    co_await mini::yield();
  m.unlock();
  while (f.wait_for(0s) != std::future_status::ready) // expect: async-busy-wait
    co_await mini::yield();
}
mini::task<int> yields_for_item_bad(tbb::concurrent_queue<int> &q) {
  int v = 0;
  while (!q.try_pop(v)) // expect: async-busy-wait
    co_await mini::yield();
  co_return v;
}
mini::task<void> pool_bad(Shared &s, mini::thread_pool &pool) {
  while (!s.ready) // expect: async-busy-wait
    co_await pool.schedule();
}
mini::task<void> interval_bad(Shared &s, std::chrono::milliseconds every, std::stop_token st) {
  while (!s.ready) // expect: async-busy-wait
    co_await mini::sleep_for(every); // expect: async-cancellation-not-forwarded
  while (!s.ready) // expect: async-busy-wait
    co_await mini::sleep_for(1ms, st);
}
mini::task<void> growing_interval_ok(Shared &s, std::chrono::milliseconds every) {
  while (!s.ready) {
    co_await mini::sleep_for(every);
    every *= 2;
  }
}
mini::task<void> bounded_ok(Shared &s) {
  for (int i = 0; i < 5 && !s.ready; ++i)
    co_await mini::sleep_for(10ms);
}
mini::task<void> deadline_bad(Shared &s) {
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (!s.ready && std::chrono::steady_clock::now() < end) // expect: async-busy-wait
    co_await mini::sleep_for(1ms);
}
mini::task<void> counts_bad(Shared &s) {
  for (int i = 0; !s.ready; ++i) // expect: async-busy-wait
    co_await mini::sleep_for(1ms);
}

// A step is no question, even if it is asked in the condition.
struct Job {
  bool step();
  bool done() const;
  int next();
};
mini::task<void> steps_ok(Job &job, std::function<bool()> more) {
  while (!job.step())
    co_await mini::yield();
  while (more())
    co_await mini::yield();
}
mini::task<bool> searches_ok(Job &job, int wanted) {
  while (!job.done()) {
    auto v = job.next();
    if (v == wanted)
      co_return true;
  }
  co_return false;
}
mini::task<void> asks_job_bad(Job &job) {
  while (!job.done()) // expect: async-busy-wait
    co_await mini::yield();
}

// Ways out of the loop are not what it does.
mini::task<void> returns_bad(Shared &s) {
  while (true) { // expect: async-busy-wait
    if (s.ready)
      co_return;
    co_await mini::sleep_for(1ms);
  }
}
mini::task<void> returns_item_bad(Shared &s) {
  for (;;) { // expect: async-busy-wait
    if (auto v = s.try_pop()) {
      use(*v);
      co_return;
    }
    co_await mini::sleep_for(1ms);
  }
}
mini::task<void> assigns_item_bad(Shared &s) {
  std::optional<int> v;
  while (!(v = s.try_pop())) // expect: async-busy-wait
    co_await mini::sleep_for(1ms);
  use(*v);
}

// Nothing at all in the loop.
struct Flag {
  bool set_ = false;
  volatile bool loud_ = false;
  bool get() const;
  Flag *next;
  mini::task<void> member_bad() {
    while (!set_) { // expect: async-busy-wait
    }
    while (set_ == false) { // expect: async-busy-wait
    }
    while (!loud_) { // expect: async-busy-wait
    }
    co_await mini::yield();
  }
};
mini::task<void> idle_bad(Flag &flag, Shared &s) {
  while (!flag.get()) { // expect: async-busy-wait
  }
  int spins = 0;
  while (!s.ready) // expect: async-busy-wait
    ++spins;
  co_await mini::yield();
}
mini::task<void> gives_up_ok(Shared &s) {
  int spins = 0;
  while (!s.ready)
    if (++spins > 10)
      break;
  co_await mini::yield();
}
mini::task<void> walks_ok(Flag *f) {
  while (f->next)
    f = f->next;
  while ((f = f->next)) {
  }
  co_await mini::yield();
}
mini::task<void> drains_stack_ok(std::atomic<int *> &head) {
  while (int *p = head.exchange(nullptr))
    delete p;
  co_await mini::yield();
}

// Helpers that poll on their caller's thread.
static void spin(Shared &s) {
  while (!s.ready)
    std::this_thread::yield();
}
static void deeper(Shared &s) { spin(s); }
mini::task<void> helper_bad(Shared &s) {
  deeper(s); // expect: async-busy-wait
  co_await mini::yield();
}
void helper_in_thread_ok(Shared &s) {
  std::thread([&s] { spin(s); }).join();
}
#define CHECK(x)                                                               \
  do {                                                                         \
    if (!(x))                                                                  \
      std::abort();                                                            \
  } while ((void)0, false && (x))
mini::task<void> assertion_ok(std::atomic<bool> &ready, std::vector<int> &v) {
  CHECK(!v.empty());
  CHECK(ready.load());
  while (false && !ready.load())
    std::abort();
  co_await mini::yield();
}
struct SpinLock {
  std::atomic<bool> taken;
  void lock() {
    while (taken.exchange(true))
      while (taken.load()) {
      }
  }
  void unlock() { taken = false; }
};
mini::task<void> spin_lock_ok(SpinLock &l) {
  l.lock();
  l.unlock();
  co_await mini::yield();
}
void fiber_bad() {
  boost::fibers::fiber([] {
    static std::atomic<bool> ready;
    while (!ready) // expect: async-busy-wait
      boost::this_fiber::sleep_for(1ms);
  }).join();
}

// A timer that is set again for each question; one that is not is an event.
asio::awaitable<void> timer_bad(Shared &s) {
  asio::steady_timer t(co_await asio::this_coro::executor);
  while (!s.ready) { // expect: async-busy-wait
    boost::system::error_code ec;
    t.expires_after(1ms);
    co_await t.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }
  while (!s.ready) { // expect: async-busy-wait
    asio::steady_timer own(co_await asio::this_coro::executor, 1ms);
    co_await own.async_wait(asio::use_awaitable);
  }
}
void stackful_timer_bad(asio::io_context &io, Shared &s) {
  asio::spawn(io, [&](asio::yield_context yield) {
    asio::steady_timer t(io);
    while (!s.ready) { // expect: async-busy-wait
      t.expires_after(1ms);
      t.async_wait(yield);
    }
  });
}
asio::awaitable<void> timer_as_event_ok(Shared &s, asio::steady_timer &t) {
  while (!s.ready) {
    boost::system::error_code ec;
    co_await t.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }
  while (!s.ready) {
    t.expires_at(asio::steady_timer::time_point::max());
    co_await t.async_wait(asio::use_awaitable);
  }
  while (!s.ready) {
    t.expires_after(asio::steady_timer::duration::max());
    co_await t.async_wait(asio::use_awaitable);
  }
}

// Objects that are awaited to let time pass.
folly::coro::Task<void> reschedules_bad(Shared &s) {
  while (!s.ready) // expect: async-busy-wait
    co_await folly::coro::co_reschedule_on_current_executor;
  while (!s.ready) // expect: async-busy-wait
    co_await folly::coro::co_safe_point;
}

// Questions to the system.
mini::task<void> system_bad(pid_t pid, int fd) {
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) { // expect: async-busy-wait
  }
  pollfd p{fd, POLLIN, 0};
  while (::poll(&p, 1, 0) == 0) // expect: async-busy-wait
    co_await mini::yield();
}
mini::task<void> reap_ok(std::atomic<int> &left) {
  int status = 0;
  while (waitpid(-1, &status, WNOHANG) > 0) {
  }
  while (left.fetch_sub(1) > 0) {
  }
  co_await mini::yield();
}
mini::task<void> select_missed(int fd) {
  for (;;) { // missed: async-busy-wait
    fd_set r;
    FD_ZERO(&r);
    FD_SET(fd, &r);
    timeval tv{0, 0};
    if (select(fd + 1, &r, nullptr, nullptr, &tv) > 0)
      break;
    co_await mini::yield();
  }
}

// A sleep that is told of what the loop asks ends with it; another one does not.
class Housekeeping {
  seastar::future<> told_ok() {
    while (!as_.abort_requested())
      co_await seastar::sleep_abortable(100ms, as_);
  }
  seastar::future<> untold_bad() {
    while (!as_.abort_requested()) // expect: async-busy-wait
      co_await seastar::sleep_abortable(100ms); // expect: async-cancellation-not-forwarded
  }
  seastar::abort_source as_;
};

// What tries to take something, and only goes on when there is nothing.
bool try_take(int &out);
mini::task<int> tried_bad() {
  int n = 0;
  while (!try_take(n)) // expect: async-busy-wait
    co_await mini::yield();
  co_return n;
}
mini::task<int> tried_comma_bad() {
  int n = 0;
  while (co_await mini::yield(), !try_take(n)) { // expect: async-busy-wait
  }
  co_return n;
}
mini::task<int> taken_ok() {
  int n = 0;
  while (try_take(n))
    co_await mini::yield();
  co_return n;
}
