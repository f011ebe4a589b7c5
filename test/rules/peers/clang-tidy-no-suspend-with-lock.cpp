//===- clang-tidy-no-suspend-with-lock.cpp - Peer cases ------------------===//
//
// What LLVM's tests of cppcoreguidelines-no-suspend-with-lock (CP.52) cover,
// with a verdict by flow: a guard that no longer owns its mutex is no lock,
// where CP.52's text would still report it.
//
//===----------------------------------------------------------------------===//

#include <cppcoro/async_generator.hpp>
#include <mini/task.hpp>
#include <mutex>
#include <shared_mutex>

std::mutex Mtx, Mtx2;
std::shared_mutex Shared;
mini::task<> io();
bool coin();

class OwnMutex {
public:
  void lock();
  void unlock();
};

mini::task<> several_suspensions_one_finding_bad() {
  std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
  co_await io();
  co_await io();
  if (coin())
    co_await io();
}

mini::task<> lock_in_function_try_block_bad() try {
  std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
  co_await io();
} catch (...) {
}

mini::task<> lock_in_try_block_bad() {
  try {
    std::lock_guard<std::mutex> L(Mtx); // expect: async-lock-across-suspension
    co_await io();
  } catch (...) {
  }
}

// The handler runs when the guard is gone.
mini::task<> released_by_unwinding_ok() {
  bool Failed = false;
  try {
    std::lock_guard<std::mutex> L(Mtx);
    if (coin())
      throw 1;
  } catch (...) {
    Failed = true;
  }
  if (Failed)
    co_await io();
}

mini::task<> unlocked_ok() {
  std::unique_lock<std::mutex> L(Mtx);
  L.unlock();
  co_await io();
}

// The guard forgets its mutex, which stays locked.
mini::task<> released_without_unlock_missed() {
  std::unique_lock<std::mutex> L(Mtx); // missed: async-lock-across-suspension
  std::mutex *Still = L.release();
  co_await io();
  Still->unlock();
}

mini::task<> released_and_unlocked_ok() {
  std::unique_lock<std::mutex> L(Mtx);
  L.release()->unlock();
  co_await io();
}

mini::task<> swapped_with_empty_outer_guard_bad() {
  std::unique_lock<std::mutex> Outer;
  {
    std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
    L.swap(Outer);
  }
  co_await io();
}

mini::task<> swapped_two_owners_bad() {
  std::unique_lock<std::mutex> A(Mtx);  // expect: async-lock-across-suspension
  std::unique_lock<std::mutex> B(Mtx2); // expect: async-lock-across-suspension
  A.swap(B);
  co_await io();
}

mini::task<> assigned_empty_ok() {
  std::unique_lock<std::mutex> L(Mtx);
  L = std::unique_lock<std::mutex>{};
  co_await io();
}

mini::task<> assigned_other_lock_bad() {
  std::unique_lock<std::mutex> L(Mtx);
  L = std::unique_lock(Mtx2); // expect: async-lock-across-suspension
  co_await io();
}

// A bug of its own (unlocked twice), yet not a lock over the suspension.
mini::task<> underlying_mutex_unlocked_ok() {
  std::unique_lock<std::mutex> L(Mtx);
  Mtx.unlock();
  co_await io();
  Mtx.lock();
}

mini::task<> default_constructed_ok() {
  std::unique_lock<std::mutex> L;
  co_await io();
}

mini::task<> deferred_ok() {
  std::unique_lock<std::mutex> L(Mtx, std::defer_lock);
  co_await io();
}

mini::task<> suspends_before_lock_ok() {
  co_await io();
  std::unique_lock<std::mutex> L(Mtx);
}

mini::task<> other_scope_ok() {
  {
    std::unique_lock<std::mutex> L(Mtx);
  }
  co_await io();
}

// The jump leaves the guard's scope backwards, which destroys it.
mini::task<> goto_before_the_guard_ok() {
Again:
  co_await io();
  std::unique_lock<std::mutex> L(Mtx);
  if (coin())
    goto Again;
}

mini::task<> goto_inside_the_scope_bad() {
  std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
Again:
  co_await io();
  if (coin())
    goto Again;
}

void coroutine_lambdas_bad() {
  auto F1 = []() -> mini::task<> {
    std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
    co_await io();
  };
  auto F2 = [](auto &M) -> mini::task<> {
    std::unique_lock L(M); // expect: async-lock-across-suspension
    co_await io();
  };
  // expect-next-line: async-discarded-task
  (void)F1();
  // expect-next-line: async-discarded-task
  (void)F2(Mtx);
}

// Held while a coroutine is only made.
void lock_outside_lambda_bad() {
  std::unique_lock<std::mutex> L(Mtx);
  auto F1 = []() -> mini::task<> { co_await io(); };
  // expect-next-line: async-discarded-task
  (void)F1();
}

cppcoro::async_generator<int> yields_with_lock_bad() {
  std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
  co_yield 0;
}

template <class Mutex> mini::task<> template_of_mutex_bad(Mutex &M) {
  std::unique_lock<Mutex> L(M); // expect: async-lock-across-suspension
  co_await io();
}

template <class T> mini::task<> template_of_other_thing_bad(T) {
  std::unique_lock<std::mutex> L(Mtx); // expect: async-lock-across-suspension
  co_await io();
}

// Nothing is known of what is never instantiated.
template <class Mutex> mini::task<> never_instantiated_ok(Mutex &M) {
  std::unique_lock<Mutex> L(M);
  co_await io();
}

template <class T> class Container {
public:
  mini::task<> push_back_bad() {
    // expect-next-line: async-lock-across-suspension
    std::unique_lock<std::mutex> L(Mutex);
    co_await io();
  }
  template <class... Args> mini::task<> emplace_back_bad(Args...) {
    // expect-next-line: async-lock-across-suspension
    std::unique_lock<std::mutex> L(Mutex);
    co_await io();
  }

private:
  std::mutex Mutex;
};

void instantiates_bad() {
  OwnMutex Own;
  // expect-next-line: async-discarded-task
  (void)template_of_mutex_bad(Mtx);
  // expect-next-line: async-discarded-task
  (void)template_of_mutex_bad(Own);
  // expect-next-line: async-discarded-task
  (void)template_of_other_thing_bad(1);
  // expect-next-line: async-discarded-task
  (void)template_of_other_thing_bad(1.0);
  Container<int> C;
  // expect-next-line: async-discarded-task
  (void)C.push_back_bad();
  // expect-next-line: async-discarded-task
  (void)C.emplace_back_bad(1, 2);
}

// What the check does not see: the spelling without template arguments and
// everything that is not a variable of a named guard type.
mini::task<> deduced_arguments_bad() {
  std::lock_guard L(Mtx); // expect: async-lock-across-suspension
  co_await io();
}

using Guard = std::unique_lock<std::mutex>;
mini::task<> alias_bad() {
  Guard L(Mtx); // expect: async-lock-across-suspension
  co_await io();
}

Guard acquire() { return Guard(Mtx); }
mini::task<> auto_from_helper_bad() {
  auto L = acquire(); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> if_with_initializer_bad() {
  if (std::unique_lock L(Mtx); coin()) // expect: async-lock-across-suspension
    co_await io();
}

mini::task<> await_in_loop_exit_bad(mini::stream S) {
  while (true) {
    std::lock_guard L(Mtx); // expect: async-lock-across-suspension
    if ((co_await S.read_line()).empty())
      break;
  }
}

mini::task<> scoped_lock_of_two_bad() {
  std::scoped_lock L(Mtx, Mtx2); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> shared_lock_bad() {
  std::shared_lock L(Shared); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> try_to_lock_tested_bad() {
  // expect-next-line: async-lock-across-suspension
  std::unique_lock L(Mtx, std::try_to_lock);
  if (L.owns_lock())
    co_await io();
}

mini::task<> try_to_lock_failed_ok() {
  std::unique_lock L(Mtx, std::try_to_lock);
  if (!L.owns_lock())
    co_await io();
}
