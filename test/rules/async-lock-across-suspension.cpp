// Locks that are held at a suspension, and locks that are not.
// clang-format off: a mark belongs to its line
#include <memory>
#include <mini/task.hpp>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <shared_mutex>

std::mutex m, n;
std::shared_mutex rw;
mini::task<int> io();
mini::task<void> run();

mini::task<void> guard_bad() {
  std::lock_guard<std::mutex> g(m); // expect: async-lock-across-suspension
  co_await run();
}
mini::task<void> ctad_bad() {
  std::lock_guard g(m); // expect: async-lock-across-suspension
  co_await run();
}
using Guard = std::unique_lock<std::mutex>;
mini::task<void> alias_bad() {
  Guard g(m); // expect: async-lock-across-suspension
  co_await run();
}
std::unique_lock<std::mutex> make_lock() { return std::unique_lock(m); }
mini::task<void> from_helper_bad() {
  auto g = make_lock(); // expect: async-lock-across-suspension
  co_await run();
}
mini::task<void> if_init_bad() {
  if (std::scoped_lock g(m, n); true) // expect: async-lock-across-suspension
    co_await run();
}
mini::task<int> initialiser_bad() {
  std::lock_guard g(m); // expect: async-lock-across-suspension
  int v = co_await io();
  co_return v;
}
mini::task<void> condition_bad() {
  std::lock_guard g(m); // expect: async-lock-across-suspension
  if (co_await io())
    co_return;
}
mini::task<void> manual_bad() {
  m.lock(); // expect: async-lock-across-suspension
  co_await run();
  m.unlock();
  co_await run();
}
mini::task<void> one_path_bad(bool b) {
  std::unique_lock g(m); // expect: async-lock-across-suspension
  if (b)
    g.unlock();
  co_await run();
}
mini::task<void> try_bad() {
  if (m.try_lock()) { // expect: async-lock-across-suspension
    co_await run();
    m.unlock();
  } else {
    co_await run();
  }
}
mini::task<void> try_kept_ok() {
  bool got = m.try_lock();
  if (!got)
    co_await run();
  else
    m.unlock();
}
mini::task<void> try_guard_ok() {
  std::unique_lock g(m, std::try_to_lock);
  if (!g.owns_lock())
    co_await run();
  if (!g)
    co_await run();
}
mini::task<void> optional_bad() {
  std::optional<std::unique_lock<std::mutex>> g;
  g.emplace(m); // expect: async-lock-across-suspension
  co_await run();
  g.reset();
  co_await run();
}
mini::task<void> heap_bad() {
  auto g = std::make_unique<std::lock_guard<std::mutex>>(m); // expect: async-lock-across-suspension
  co_await run();
}
mini::task<void> pthread_bad(pthread_mutex_t *p) {
  pthread_mutex_lock(p); // expect: async-lock-across-suspension
  co_await run();
  pthread_mutex_unlock(p);
}
mini::task<void> pthread_try_ok(pthread_mutex_t *p) {
  if (pthread_mutex_trylock(p) != 0)
    co_await run();
  else
    pthread_mutex_unlock(p);
}
mini::task<void> moved_bad() {
  std::unique_lock a(m); // expect: async-lock-across-suspension
  std::unique_lock b(std::move(a));
  co_await run();
}
void take(std::unique_lock<std::mutex>);
mini::task<void> moved_out_ok() {
  std::unique_lock a(m);
  take(std::move(a));
  co_await run();
}
mini::task<void> scope_ok() {
  { std::lock_guard g(m); }
  co_await run();
}
mini::task<void> unlocked_ok() {
  std::unique_lock g(m);
  g.unlock();
  co_await run();
}
mini::task<void> deferred_ok() {
  std::unique_lock g(m, std::defer_lock);
  co_await run();
}
mini::task<void> lambda_ok() {
  auto f = [] { std::lock_guard g(m); };
  f();
  co_await run();
}
mini::task<void> relock_ok(int k) {
  std::unique_lock g(m);
  while (k-- > 0) {
    g.unlock();
    co_await run();
    g.lock();
  }
}

// Guards and mutexes of the project's own.
class Own {
public:
  void lock() { inner.lock(); }
  void unlock() { inner.unlock(); }

private:
  std::mutex inner;
};
class Nothing {
public:
  void lock() {}
  void unlock() {}
};
class Scoped {
public:
  explicit Scoped(std::mutex &m) : m(m) { m.lock(); }
  ~Scoped() { m.unlock(); }

private:
  std::mutex &m;
};
struct Holder {
  explicit Holder(std::mutex &m) : guard(m) {}
  std::lock_guard<std::mutex> guard;
};
mini::task<void> own_mutex_bad(Own &o) {
  std::lock_guard g(o); // expect: async-lock-across-suspension
  co_await run();
}
mini::task<void> null_mutex_ok(Nothing &o) {
  std::lock_guard g(o);
  co_await run();
}
mini::task<void> own_guard_bad() {
  Scoped s(m); // expect: async-lock-across-suspension
  co_await run();
}
mini::task<void> member_guard_bad() {
  Holder h(m); // expect: async-lock-across-suspension
  co_await run();
}
struct Table {
  void begin() { mutex.lock(); }
  void end() { mutex.unlock(); }
  std::mutex mutex;
};
mini::task<void> helper_pair_bad(Table &t) {
  t.begin(); // expect: async-lock-across-suspension
  co_await run();
  t.end();
  co_await run();
}
mini::task<void> parameter_bad(
    std::unique_lock<std::mutex> g) { // expect: async-lock-across-suspension
  co_await run();
}
mini::task<void> given_back_ok(std::unique_lock<std::mutex> g) {
  g.unlock();
  co_await run();
}
mini::task<void> callers_ok(std::unique_lock<std::mutex> &g) {
  co_await run();
}
mini::task<void> after_handler_ok() {
  try {
    std::lock_guard g(m);
  } catch (...) {
  }
  co_await run();
}

// One lock that is taken again is one finding.
mini::task<void> again_bad(bool more) {
  std::unique_lock l(m); // expect: async-lock-across-suspension
  while (more) {
    l.unlock();
    co_await run();
    l.lock();
  }
  co_await run();
}
