// Locks that somebody else gives back: a member, a helper, a lambda, what runs
// when a scope ends.
// clang-format off: a mark belongs to its line
#include <coroutine>
#include <functional>
#include <memory>
#include <mini/task.hpp>
#include <mutex>
#include <qscopeguard.h>

std::mutex m;
mini::task<int> io();
using Lock = std::unique_lock<std::mutex>;

struct Transaction {
  explicit Transaction(std::mutex &m) : lock(m) {}
  void commit() { lock.unlock(); }
  void look() {}
  Lock lock;
};
mini::task<void> member_ok() {
  Transaction t(m);
  t.commit();
  co_await io();
}
mini::task<void> member_bad() {
  Transaction t(m); // expect: async-lock-across-suspension
  t.look();
  co_await io();
}
void release(Lock &l) { l.unlock(); }
void release_it(Lock *l) { l->unlock(); }
void pass_on(Lock &l) { release(l); }
void lend(Lock &l) { l.unlock(); l.lock(); }
void try_out(Lock &l) { l.lock(); l.unlock(); }
mini::task<void> helper_ok() {
  Lock lk(m);
  release(lk);
  co_await io();
}
mini::task<void> helper_pointer_ok() {
  Lock lk(m);
  release_it(&lk);
  co_await io();
}
mini::task<void> helper_chain_ok() {
  Lock lk(m);
  pass_on(lk);
  co_await io();
}
mini::task<void> lent_bad() {
  Lock lk(m);
  lend(lk); // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> balanced_bad() {
  Lock lk(m); // expect: async-lock-across-suspension
  std::mutex n;
  Lock other(n, std::defer_lock);
  try_out(other);
  co_await io();
}
mini::task<void> lambda_called_ok() {
  Lock lk(m);
  [&] { lk.unlock(); }();
  co_await io();
}
mini::task<void> lambda_named_ok() {
  Lock lk(m);
  auto give = [&lk] { lk.unlock(); };
  give();
  co_await io();
}
mini::task<void> lambda_not_called_bad() {
  Lock lk(m); // expect: async-lock-across-suspension
  auto give = [&lk] { lk.unlock(); };
  co_await io();
  give();
}
mini::task<void> lambda_alias_ok() {
  Lock lk(m);
  auto give = [&l = lk] { l.unlock(); };
  give();
  co_await io();
}
template <typename F> void call(F f) { f(); }
mini::task<void> lambda_handed_on_ok() {
  Lock lk(m);
  call([&] { lk.unlock(); });
  co_await io();
}
class Object {
public:
  mini::task<void> of_this_ok() {
    Lock lk(mutex);
    auto give = [this, &lk] { lk.unlock(); touch(); };
    give();
    co_await io();
  }
private:
  void touch() {}
  std::mutex mutex;
};

// The other way round: unlocked for as long as it lives.
class Unlocked {
public:
  explicit Unlocked(Lock &l) : lock(l) { lock.unlock(); }
  ~Unlocked() { lock.lock(); }
private:
  Lock &lock;
};
mini::task<void> unlocked_ok() {
  Lock lk(m);
  Unlocked u(lk);
  co_await io();
}
mini::task<void> relocked_bad() {
  Lock lk(m);
  { Unlocked u(lk); } // expect: async-lock-across-suspension
  co_await io();
}
mini::task<void> relocked_and_gone_ok() {
  {
    Lock lk(m);
    Unlocked u(lk);
  }
  co_await io();
}
struct Lent {
  Lock &lock;
  ~Lent() { lock.unlock(); }
};
mini::task<void> aggregate_ok() {
  Lock lk(m);
  { Lent l{lk}; }
  co_await io();
}

// An awaiter that gives back the lock that it is handed.
struct WaitFor {
  explicit WaitFor(Lock &l) : lock(l) {}
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) { lock.unlock(); }
  void await_resume() { lock.lock(); }
  Lock &lock;
};
struct Peek {
  explicit Peek(Lock &l) : lock(l) {}
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
  Lock &lock;
};
mini::task<void> awaiter_ok() {
  Lock lk(m);
  co_await WaitFor(lk);
}
mini::task<void> awaiter_bad() {
  Lock lk(m); // expect: async-lock-across-suspension
  co_await Peek(lk);
}
WaitFor wait_for(Lock &l) { return WaitFor(l); }
mini::task<void> awaiter_made_ok() {
  Lock lk(m);
  co_await wait_for(lk);
}

// Guards of a scope that run what they were given.
class AtExit {
public:
  explicit AtExit(std::function<void()> f) : f(std::move(f)) {}
  ~AtExit() { f(); }
private:
  std::function<void()> f;
};
template <typename F> struct Finally {
  F f;
  ~Finally() { f(); }
};
mini::task<void> at_exit_ok() {
  {
    m.lock();
    AtExit e([] { m.unlock(); });
  }
  co_await io();
}
mini::task<void> at_exit_bad() {
  m.lock(); // expect: async-lock-across-suspension
  AtExit e([] { m.unlock(); });
  co_await io();
}
mini::task<void> finally_ok() {
  {
    m.lock();
    Finally f{[] { m.unlock(); }};
  }
  co_await io();
}
mini::task<void> scope_guard_ok() {
  {
    m.lock();
    auto g = qScopeGuard([] { m.unlock(); });
  }
  co_await io();
}
mini::task<void> deleter_ok() {
  {
    m.lock();
    std::unique_ptr<std::mutex, void (*)(std::mutex *)> p(&m, [](std::mutex *x) { x->unlock(); });
  }
  co_await io();
}
