// Guards in optionals, pairs, pointers and closures; guards that change hands.
// clang-format off: a mark belongs to its line
#include <memory>
#include <mini/task.hpp>
#include <mutex>
#include <optional>
#include <QMutexLocker>
#include <utility>
#include <vector>

std::mutex m, n;
mini::task<int> io();
using Lock = std::unique_lock<std::mutex>;
using Held = std::lock_guard<std::mutex>;

mini::task<void> optional_emptied_ok() {
  std::optional<Lock> g;
  g.emplace(m);
  g = std::nullopt;
  co_await io();
}
mini::task<void> optional_value_ok() {
  std::optional<Lock> g;
  g.emplace(m);
  g.value().unlock();
  co_await io();
}
mini::task<void> optional_assigned_bad() {
  std::optional<Lock> g;
  g = Lock(m); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> pointer_emptied_ok() {
  auto g = std::make_unique<Held>(m);
  g = nullptr;
  co_await io();
}
mini::task<void> pointer_reset_ok() {
  std::unique_ptr<Held> g(new Held(m));
  g.reset();
  co_await io();
}
mini::task<void> pointer_new_bad() {
  std::unique_ptr<Held> g(new Held(m)); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> pointer_relocked_bad() {
  auto g = std::make_unique<Lock>(m);
  g->unlock();
  g->lock(); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> pair_ok() {
  std::pair p{Lock(m), 1};
  p.first.unlock();
  co_await io();
}
mini::task<void> pair_bad() {
  std::pair p{Lock(m), 1}; // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> bound_ok() {
  auto [lk, one] = std::pair{Lock(m), 1};
  lk.unlock();
  co_await io();
}
mini::task<void> assigned_over_ok() {
  Lock lk(m);
  lk = Lock();
  co_await io();
}
mini::task<void> swapped_ok() {
  Lock outer;
  {
    Lock a(m), b;
    a.swap(b);
    b.unlock();
  }
  co_await io();
}
mini::task<void> swapped_free_ok() {
  Lock a(m), b;
  std::swap(a, b);
  b.unlock();
  co_await io();
}
mini::task<void> swapped_out_bad() {
  Lock outer;
  {
    Lock lk(m); // expect: async-lock-across-suspension
    lk.swap(outer);
  }
  co_await io();
}
mini::task<void> exchanged_ok() {
  Lock a(m);
  std::exchange(a, {});
  co_await io();
}
mini::task<void> exchanged_bad() {
  Lock a(m); // expect: async-lock-across-suspension
  Lock b = std::exchange(a, {});
  co_await io();
}
std::optional<Lock> try_it() {
  Lock lk(m, std::try_to_lock);
  if (!lk)
    return std::nullopt;
  return lk;
}
mini::task<void> tried_ok() {
  auto g = try_it();
  if (!g)
    co_await io();
}
mini::task<void> tried_bad() {
  auto g = try_it(); // expect: async-lock-across-suspension
  if (g)
    co_await io();
}
mini::task<void> no_mutex_ok() {
  QMutexLocker<QMutex> l(nullptr);
  co_await io();
}
mini::task<void> captured_bad() {
  Lock lk(m); // expect: async-lock-across-suspension
  auto f = [lk = std::move(lk)] { (void)lk; };
  co_await io();
  f();
}
mini::task<void> captured_ok() {
  {
    Lock lk(m);
    auto f = [lk = std::move(lk)] { (void)lk; };
  }
  co_await io();
}
mini::task<int> work(Lock lk) { lk.unlock(); co_await io(); co_return 1; }
mini::task<void> given_to_task_ok() {
  Lock lk(m);
  auto t = work(std::move(lk));
  co_await std::move(t);
}

// Locked together.
mini::task<void> together_ok() {
  Lock a(m, std::defer_lock), b(n, std::defer_lock);
  std::lock(a, b);
  a.unlock();
  b.unlock();
  co_await io();
}
mini::task<void> together_bad() {
  Lock a(m, std::defer_lock), b(n, std::defer_lock);
  std::lock(a, b); // expect: async-lock-across-suspension
  a.unlock();
  co_await io();
}
mini::task<void> together_by_hand_ok() {
  std::lock(m, n);
  m.unlock();
  n.unlock();
  co_await io();
}

// A guard by inheritance.
struct Derived : Held { using Held::lock_guard; };
mini::task<void> inherited_bad() {
  Derived d(m); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> inherited_ok() {
  { Derived d(m); }
  co_await io();
}
