// Locks of the project's own: by attributes, by polling; and what a condition
// says when it asks several things at once.
// clang-format off: a mark belongs to its line
#include <atomic>
#include <kj/async.h>
#include <mini/task.hpp>
#include <mutex>
#include <string>

mini::task<int> io();

#define CAPABILITY(x) __attribute__((capability(x)))
#define SCOPED __attribute__((scoped_lockable))
#define ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define ACQUIRE_SHARED(...) __attribute__((acquire_shared_capability(__VA_ARGS__)))
#define RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))
#define TRY_ACQUIRE(...) __attribute__((try_acquire_capability(__VA_ARGS__)))

class CAPABILITY("mutex") Door {
public:
  void Enter() ACQUIRE();
  void Look() ACQUIRE_SHARED();
  bool TryEnter() TRY_ACQUIRE(true);
  bool TryEnterAs(const std::string &who) TRY_ACQUIRE(true);
  void Leave() RELEASE();
};
class CAPABILITY("role") Role {
public:
  void Enter() ACQUIRE();
};
class SCOPED Pass {
public:
  explicit Pass(Door &d) ACQUIRE(d);
  ~Pass() RELEASE();
  void Give() RELEASE();
  void Take() ACQUIRE();
};
Door door;
Role role;
void enter() ACQUIRE(door);
void leave() RELEASE(door);
void open_it(Door *d) ACQUIRE(d);
void close_it(Door *d) RELEASE(d);

mini::task<void> entered_bad() {
  door.Enter(); // expect: async-lock-across-suspension
  co_await io();
  door.Leave();
}
mini::task<void> looked_bad() {
  door.Look(); // expect: async-lock-across-suspension
  co_await io();
  door.Leave();
}
mini::task<void> left_ok() {
  door.Enter();
  door.Leave();
  co_await io();
}
mini::task<void> tried_ok() {
  if (!door.TryEnter())
    co_await io();
  else
    door.Leave();
}
mini::task<void> tried_bad() {
  if (door.TryEnter()) { // expect: async-lock-across-suspension
    co_await io();
    door.Leave();
  }
}
mini::task<void> free_bad() {
  enter(); // expect: async-lock-across-suspension
  co_await io();
  leave();
}
mini::task<void> free_ok() {
  enter();
  leave();
  co_await io();
}
mini::task<void> argument_bad(Door *d) {
  open_it(d); // expect: async-lock-across-suspension
  co_await io();
  close_it(d);
}
mini::task<void> argument_ok(Door *d) {
  open_it(d);
  close_it(d);
  co_await io();
}
mini::task<void> pass_bad() {
  Pass p(door); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> pass_given_ok() {
  Pass p(door);
  p.Give();
  co_await io();
}
mini::task<void> pass_taken_again_bad() {
  Pass p(door);
  p.Give();
  p.Take(); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> role_ok() {
  role.Enter();
  co_await io();
}

class Spin {
public:
  void lock() { while (flag.test_and_set()) {} }
  void unlock() { flag.clear(); }
private:
  std::atomic_flag flag;
};
class Swapping {
public:
  void lock() {
    bool free = false;
    while (!held.compare_exchange_weak(free, true))
      free = false;
  }
  bool try_lock() { return !held.exchange(true); }
  void unlock() { held = false; }
private:
  std::atomic<bool> held{false};
};
mini::task<void> spin_bad(Spin &s) {
  std::lock_guard g(s); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> spin_by_hand_bad(Swapping &s) {
  s.lock(); // expect: async-lock-across-suspension
  co_await io();
  s.unlock();
}
mini::task<void> spin_ok(Swapping &s) {
  s.lock();
  s.unlock();
  if (!s.try_lock())
    co_await io();
}

// A temporary makes one question of several.
mini::task<void> both_false_alarm(bool wanted) {
  if (wanted && door.TryEnterAs("a")) // false-alarm: async-lock-across-suspension
    door.Leave();
  co_await io();
}
mini::task<void> either_false_alarm(bool unwanted) {
  if (unwanted || !door.TryEnterAs("a")) // false-alarm: async-lock-across-suspension
    co_await io();
  else
    door.Leave();
}
mini::task<void> either_left_ok(bool unwanted) {
  if (unwanted || !door.TryEnterAs("a"))
    co_return;
  door.Leave();
  co_await io();
}
mini::task<void> both_bad(bool wanted) {
  if (wanted && door.TryEnterAs("a")) { // expect: async-lock-across-suspension
    co_await io();
    door.Leave();
  }
}

// A thread's guard whose destructor does nothing ends all the same.
mini::task<void> trivial_ok() {
  { kj::UnwindDetector d; }
  co_await io();
}
mini::task<void> trivial_bad() {
  kj::UnwindDetector d; // expect: async-lock-across-suspension
  co_await io();
}
