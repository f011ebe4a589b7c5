// Polling, and loops that make progress.
// clang-format off: a mark belongs to its line
#include <atomic>
#include <chrono>
#include <deque>
#include <mini/task.hpp>
#include <optional>
#include <thread>
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
// Nothing tells a home-grown `yield()` from work.
mini::task<void> yield_poll_missed(std::shared_ptr<Shared> s) {
  for (;;) { // missed: async-busy-wait
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
