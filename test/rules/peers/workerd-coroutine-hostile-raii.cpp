//===- workerd-coroutine-hostile-raii.cpp - Peer cases -------------------===//
//
// workerd forked LLVM's check because it did not see awaits in initializers
// and had no word for co_yield. Its tests use a type that counts exceptions;
// here it is KJ's own lock and a detector that is bound to a thread by a lock.
//
//===----------------------------------------------------------------------===//

#include <kj/async.h>
#include <mutex>
#include <vector>

kj::Promise<int> awaitable();
std::mutex M;

class Pipe {
public:
  kj::Promise<void> declaration_initializer_bad() {
    auto Lock = Queue.lockExclusive(); // expect: async-lock-across-suspension
    auto Result = co_await awaitable();
    (void)Result;
  }

  kj::Promise<void> destroyed_before_suspension_ok() {
    {
      auto Lock = Queue.lockExclusive();
    }
    auto Result = co_await awaitable();
    (void)Result;
  }

  kj::Promise<void> released_before_suspension_ok() {
    auto Lock = Queue.lockExclusive();
    Lock.release();
    co_await awaitable();
  }

  void outside_coroutine_ok() {
    auto Lock = Queue.lockExclusive();
    auto Coroutine = []() -> kj::Promise<void> {
      auto Result = co_await awaitable();
      (void)Result;
    };
    (void)Coroutine;
  }

  kj::Promise<void> nested_initializer_bad() {
    std::lock_guard Lock(M); // expect: async-lock-across-suspension
    struct Pair {
      int A, B;
    };
    Pair P{1, co_await awaitable()};
    (void)P;
  }

  kj::Promise<void> assignment_bad() {
    std::lock_guard Lock(M); // expect: async-lock-across-suspension
    int N;
    N = co_await awaitable();
    (void)N;
  }

private:
  kj::MutexGuarded<std::vector<int>> Queue;
};
