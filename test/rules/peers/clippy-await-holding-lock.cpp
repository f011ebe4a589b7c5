//===- clippy-await-holding-lock.cpp - Peer cases ------------------------===//
//
// The facts of clippy's tests of await_holding_lock, for mutexes and for
// reader/writer locks, once with std's types and once with those of another
// lock library, as clippy does with parking_lot.
//
//===----------------------------------------------------------------------===//

#include <absl/synchronization/mutex.h>
#include <mini/task.hpp>
#include <mutex>
#include <shared_mutex>

mini::task<int> baz() { co_return 42; }

namespace std_types {
struct Cell {
  mutable std::shared_mutex Rw;
  std::mutex M;
  int Value = 0;
};

mini::task<int> mutex_bad(Cell &X) {
  std::lock_guard G(X.M); // expect: async-lock-across-suspension
  co_return co_await baz();
}

mini::task<int> mutex_ok(Cell &X) {
  {
    std::lock_guard G(X.M);
    ++X.Value;
  }
  co_await baz();
  std::lock_guard G(X.M);
  co_return 47;
}

mini::task<int> read_lock_bad(Cell &X) {
  std::shared_lock G(X.Rw); // expect: async-lock-across-suspension
  co_return co_await baz();
}

mini::task<int> write_lock_bad(Cell &X) {
  std::unique_lock G(X.Rw); // expect: async-lock-across-suspension
  co_return co_await baz();
}

mini::task<int> read_and_write_lock_ok(Cell &X) {
  {
    std::shared_lock G(X.Rw);
    (void)X.Value;
  }
  {
    std::unique_lock G(X.Rw);
    X.Value += 1;
  }
  co_await baz();
  std::shared_lock G(X.Rw);
  co_return 47;
}

mini::task<int> between_awaits_bad(Cell &X) {
  int First = co_await baz();
  std::lock_guard G(X.M); // expect: async-lock-across-suspension
  int Second = co_await baz();
  int Third = co_await baz();
  co_return First + Second + Third;
}

mini::task<int> inner_block_bad(Cell &X) {
  int First = co_await baz();
  int Second = 0;
  {
    std::lock_guard G(X.M); // expect: async-lock-across-suspension
    Second = co_await baz();
  }
  int Third = co_await baz();
  co_return First + Second + Third;
}

// A plain function that returns an async block.
mini::task<int> returns_coroutine_lambda_bad(Cell &X) {
  return [](Cell &Y) -> mini::task<int> {
    std::lock_guard G(Y.M); // expect: async-lock-across-suspension
    co_return co_await baz();
  }(X);
}
} // namespace std_types

namespace absl_types {
mini::task<int> mutex_bad(absl::Mutex &X) {
  absl::MutexLock G(&X); // expect: async-lock-across-suspension
  co_return co_await baz();
}

mini::task<int> mutex_ok(absl::Mutex &X) {
  {
    absl::MutexLock G(&X);
  }
  co_await baz();
  absl::MutexLock G(&X);
  co_return 47;
}

mini::task<int> read_lock_bad(absl::Mutex &X) {
  absl::ReaderMutexLock G(&X); // expect: async-lock-across-suspension
  co_return co_await baz();
}

mini::task<int> write_lock_bad(absl::Mutex &X) {
  absl::WriterMutexLock G(&X); // expect: async-lock-across-suspension
  co_return co_await baz();
}

mini::task<int> read_and_write_lock_ok(absl::Mutex &X) {
  {
    absl::ReaderMutexLock G(&X);
  }
  {
    absl::WriterMutexLock G(&X);
  }
  co_await baz();
  absl::ReaderMutexLock G(&X);
  co_return 47;
}

mini::task<int> between_awaits_bad(absl::Mutex &X) {
  int First = co_await baz();
  absl::MutexLock G(&X); // expect: async-lock-across-suspension
  int Second = co_await baz();
  co_return First + Second;
}

mini::task<int> inner_block_bad(absl::Mutex &X) {
  int Second = 0;
  {
    absl::MutexLock G(&X); // expect: async-lock-across-suspension
    Second = co_await baz();
  }
  co_return Second + co_await baz();
}

mini::task<int> returns_coroutine_lambda_bad(absl::Mutex &X) {
  return [](absl::Mutex &Y) -> mini::task<int> {
    absl::MutexLock G(&Y); // expect: async-lock-across-suspension
    co_return co_await baz();
  }(X);
}

mini::task<int> released_early_ok(absl::Mutex &X) {
  absl::ReleasableMutexLock G(&X);
  G.Release();
  co_return co_await baz();
}
} // namespace absl_types

mini::task<> no_await_while_held_ok(std_types::Cell &X) {
  std::lock_guard G(X.M);
  X.Value += 1;
  co_return;
}

// clippy's known false alarm: dropped before the await.
mini::task<> dropped_before_await_ok(std_types::Cell &X) {
  std::unique_lock G(X.M);
  X.Value += 1;
  {
    auto Drop = std::move(G);
  }
  co_await baz();
}

void drop(std::unique_lock<std::mutex>) {}
mini::task<> moved_into_a_call_ok(std_types::Cell &X) {
  std::unique_lock G(X.M);
  X.Value += 1;
  drop(std::move(G));
  co_await baz();
}
