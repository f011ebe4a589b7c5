//===- clang-tidy-coroutine-hostile-raii.cpp - Peer cases ----------------===//
//
// What LLVM's tests of misc-coroutine-hostile-raii know about locks that live
// over a suspension, told again with real lock types. A lock is one finding,
// at its acquisition, however many suspensions it spans.
//
//===----------------------------------------------------------------------===//

#include <absl/synchronization/mutex.h>
#include <cppcoro/async_generator.hpp>
#include <mini/task.hpp>
#include <mutex>

mini::task<> io();
bool coin();

// A lock type of the project's own, told by its annotations.
class __attribute__((capability("mutex"))) SpinLock {
public:
  void lock() __attribute__((acquire_capability()));
  void unlock() __attribute__((release_capability()));
};
class __attribute__((scoped_lockable)) SpinGuard {
public:
  explicit SpinGuard(SpinLock &L) __attribute__((acquire_capability(L)));
  ~SpinGuard() __attribute__((release_capability()));
};
using AliasedGuard = SpinGuard;

absl::Mutex AbslMutex;
SpinLock Spin;
std::mutex M1, M2;

// The suspension is in an inner block of the lock's.
cppcoro::async_generator<int> yields_in_inner_block_bad() {
  absl::MutexLock Lock(&AbslMutex); // expect: async-lock-across-suspension
  {
    co_yield 1;
  }
}

cppcoro::async_generator<int> yields_before_the_lock_ok() {
  co_yield 0;
  absl::MutexLock Lock(&AbslMutex);
}

mini::task<> annotated_guard_bad() {
  SpinGuard Guard(Spin); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> alias_of_annotated_guard_bad() {
  AliasedGuard Guard(Spin); // expect: async-lock-across-suspension
  co_await io();
}

// Two locks are two findings.
mini::task<> two_locks_bad() {
  std::lock_guard<std::mutex> A(M1); // expect: async-lock-across-suspension
  std::lock_guard<std::mutex> B(M2); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> blocks_ended_before_suspension_ok() {
  {
    absl::MutexLock Outer(&AbslMutex);
    {
      SpinGuard Inner(Spin);
    }
  }
  co_await io();
}

mini::task<> second_lock_after_first_suspension_bad() {
  SpinGuard A(Spin); // expect: async-lock-across-suspension
  co_await io();
  std::lock_guard<std::mutex> B(M1); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> in_loop_body_bad() {
  for (int I = 0; I < 10; ++I) {
    std::lock_guard<std::mutex> D(M1); // expect: async-lock-across-suspension
    co_await io();
    co_await mini::yield();
  }
}

mini::task<> at_end_of_loop_body_ok() {
  for (int I = 0; I < 10; ++I) {
    co_await io();
    std::lock_guard<std::mutex> D(M1);
  }
}

mini::task<> in_branch_bad() {
  if (coin()) {
    SpinGuard E(Spin); // expect: async-lock-across-suspension
    co_await io();
  }
}

mini::task<> at_end_of_branch_ok() {
  if (coin()) {
    co_await io();
    SpinGuard E(Spin);
  }
  SpinGuard AtTheEnd(Spin);
}

// A plain function holds its lock while it only makes a coroutine lambda.
void encloses_coroutine_lambda_ok() {
  absl::MutexLock Lock(&AbslMutex);
  auto Lambda = []() -> mini::task<> { co_await io(); };
  (void)Lambda;
}

void lambda_coroutine_bad() {
  auto Lambda = []() -> mini::task<> {
    co_await io();
    absl::MutexLock Lock(&AbslMutex); // expect: async-lock-across-suspension
    co_await io();
    co_await mini::yield();
  };
  (void)Lambda;
}

template <class Guard, class Mutex> mini::task<> in_template_bad(Mutex &M) {
  Guard G(M); // expect: async-lock-across-suspension
  co_await io();
}

void instantiates_template_bad() {
  // expect-next-line: async-discarded-task
  (void)in_template_bad<SpinGuard>(Spin);
  // expect-next-line: async-discarded-task
  (void)in_template_bad<std::lock_guard<std::mutex>>(M1);
}

// Names of locks are not locks that this coroutine took.
mini::task<> reference_to_mutex_ok(std::mutex &Ref) {
  std::mutex &Same = Ref;
  (void)Same;
  co_await io();
}

mini::task<> pointer_to_guard_ok(SpinGuard *Ptr) {
  SpinGuard *Same = Ptr;
  (void)Same;
  co_await io();
}

mini::task<> mutex_declared_here_ok() {
  std::mutex Local;
  co_await io();
  std::lock_guard<std::mutex> Lock(Local);
}

// The check's test lets a by-value parameter be; a guard that is handed in
// lives in the frame, so this is a true case for us.
mini::task<> guard_by_value_parameter_bad(
    std::unique_lock<std::mutex> G) { // expect: async-lock-across-suspension
  co_await io();
}

// What the check's options allow: awaits that never suspend.
mini::task<> allowed_awaitable_ok() {
  SpinGuard G(Spin);
  co_await std::suspend_never{};
}

// Shapes that the check misses, by its tracker (llvm#72793 and others).
mini::task<> co_await_in_initializer_bad(mini::stream S) {
  std::lock_guard<std::mutex> G(M1); // expect: async-lock-across-suspension
  std::string Line = co_await S.read_line();
  (void)Line;
}

mini::task<std::string> co_await_in_return_bad(mini::stream S) {
  std::lock_guard<std::mutex> G(M1); // expect: async-lock-across-suspension
  co_return co_await S.read_line();
}

mini::task<> co_await_in_condition_bad(mini::stream S) {
  SpinGuard G(Spin); // expect: async-lock-across-suspension
  if ((co_await S.read_line()).empty())
    S.close();
}

mini::task<> co_await_in_argument_bad(mini::stream S) {
  SpinGuard G(Spin); // expect: async-lock-across-suspension
  co_await S.write(co_await S.read_line());
}

mini::task<> manual_annotated_lock_bad() {
  Spin.lock(); // expect: async-lock-across-suspension
  co_await io();
  Spin.unlock();
}
