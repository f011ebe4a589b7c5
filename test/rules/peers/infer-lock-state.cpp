//===- infer-lock-state.cpp - Peer cases ---------------------------------===//
//
// Infer's C++ tests of lock states (racerd, starvation, pulse) ask where a
// lock is held. The same states, observed through a suspension: a coroutine
// suspends at the point where Infer reads the guarded field or takes the
// second lock.
//
//===----------------------------------------------------------------------===//

#include <mini/task.hpp>
#include <mutex>
#include <shared_mutex>

mini::task<> io();

// racerd/unique_lock.cpp, lock_guard_with_scope.cpp, scoped_lock.cpp
class Guards {
public:
  mini::task<> guard_in_both_branches_bad(bool B) {
    if (B) {
      // expect-next-line: async-lock-across-suspension
      std::unique_lock<std::mutex> G(Mutex);
      co_await io();
    } else {
      // expect-next-line: async-lock-across-suspension
      std::lock_guard<std::mutex> G(Mutex);
      co_await io();
    }
  }

  mini::task<> deferred_then_locked_bad() {
    std::unique_lock<std::mutex> G(Mutex, std::defer_lock);
    G.lock(); // expect: async-lock-across-suspension
    co_await io();
    G.unlock();
  }

  mini::task<> deferred_locked_unlocked_ok() {
    std::unique_lock<std::mutex> G(Mutex, std::defer_lock);
    G.lock();
    G.unlock();
    co_await io();
  }

  mini::task<> locked_in_other_branch_ok(bool B) {
    if (B)
      co_await io();
    else
      std::unique_lock<std::mutex> G(Mutex);
  }

  mini::task<> unlocked_in_both_branches_ok(bool B) {
    std::unique_lock<std::mutex> G(Mutex);
    if (B)
      G.unlock();
    else
      G.unlock();
    co_await io();
  }

  mini::task<> unlocked_in_one_branch_bad(bool B) {
    // expect-next-line: async-lock-across-suspension
    std::unique_lock<std::mutex> G(Mutex);
    if (B)
      G.unlock();
    co_await io();
  }

  mini::task<> locked_in_one_branch_bad(bool B) {
    std::unique_lock<std::mutex> G(Mutex, std::defer_lock);
    if (B)
      G.lock(); // expect: async-lock-across-suspension
    co_await io();
  }

  mini::task<> try_to_lock_owned_ok() {
    std::unique_lock<std::mutex> L(Mutex, std::try_to_lock);
    if (L.owns_lock())
      co_return;
    co_await io();
  }

  mini::task<> deferred_try_lock_owned_ok() {
    std::unique_lock<std::mutex> L(Mutex, std::defer_lock);
    if (L.try_lock())
      co_return;
    co_await io();
  }

  mini::task<> deferred_try_lock_then_suspended_bad() {
    std::unique_lock<std::mutex> L(Mutex, std::defer_lock);
    if (L.try_lock()) // expect: async-lock-across-suspension
      co_await io();
  }

  mini::task<> scoped_lock_bad() {
    // expect-next-line: async-lock-across-suspension
    std::scoped_lock<std::mutex> G(Mutex);
    co_await io();
  }

  mini::task<> guard_before_branches_bad(bool B) {
    // expect-next-line: async-lock-across-suspension
    std::lock_guard<std::mutex> G(Mutex);
    if (B)
      co_await io();
  }

  mini::task<> empty_scoped_lock_ok() {
    std::scoped_lock<> G;
    co_await io();
  }

private:
  std::mutex Mutex;
};

// racerd/std_lock.cpp, starvation/basics.cpp
class StdLock {
public:
  mini::task<> std_lock_bad(StdLock *Other) {
    std::lock(Mutex, Other->Mutex); // expect: async-lock-across-suspension
    co_await io();
    Mutex.unlock();
    Other->Mutex.unlock();
  }

  mini::task<> std_lock_unlocked_ok(StdLock *Other) {
    std::lock(Mutex, Other->Mutex);
    Mutex.unlock();
    Other->Mutex.unlock();
    co_await io();
  }

  mini::task<> std_lock_one_of_two_unlocked_bad(StdLock *Other) {
    std::lock(Mutex, Other->Mutex); // expect: async-lock-across-suspension
    Mutex.unlock();
    co_await io();
    Other->Mutex.unlock();
  }

  mini::task<> adopted_bad(StdLock *Other) {
    std::lock(Mutex, Other->Mutex);
    // expect-next-line: async-lock-across-suspension
    std::lock_guard A(Mutex, std::adopt_lock);
    // expect-next-line: async-lock-across-suspension
    std::lock_guard B(Other->Mutex, std::adopt_lock);
    co_await io();
  }

  mini::task<> adopted_in_inner_scope_ok(StdLock *Other) {
    {
      std::lock(Mutex, Other->Mutex);
      std::lock_guard A(Mutex, std::adopt_lock);
      std::lock_guard B(Other->Mutex, std::adopt_lock);
    }
    co_await io();
  }

  mini::task<> manual_pair_bad() {
    Mutex.lock(); // expect: async-lock-across-suspension
    co_await io();
    Mutex.unlock();
  }

  mini::task<> manual_pair_ok() {
    Mutex.lock();
    Mutex.unlock();
    co_await io();
  }

  mini::task<> nested_manual_inner_released_bad() {
    Mutex.lock(); // expect: async-lock-across-suspension
    Second.lock();
    Second.unlock();
    co_await io();
    Mutex.unlock();
  }

  mini::task<> scopes_one_after_the_other_ok() {
    {
      std::lock_guard<std::mutex> L(Mutex);
    }
    co_await io();
    {
      std::lock_guard<std::mutex> L(Mutex);
    }
  }

  mini::task<> deferred_beside_a_held_one_bad() {
    std::unique_lock<std::mutex> L1(Second, std::defer_lock);
    // expect-next-line: async-lock-across-suspension
    std::lock_guard<std::mutex> L2(Mutex);
    co_await io();
  }

  mini::task<> recursive_relock_bad() {
    // expect-next-line: async-lock-across-suspension
    std::lock_guard<std::recursive_mutex> L(Recursive);
    {
      std::lock_guard<std::recursive_mutex> L2(Recursive);
    }
    co_await io();
  }

  // Infer's own known false alarm: the branch is never taken.
  mini::task<> constant_condition_ok() {
    constexpr bool Flag = false;
    if constexpr (Flag) {
      std::lock_guard<std::mutex> L(Mutex);
      co_await io();
    }
    co_await io();
  }

private:
  std::mutex Mutex, Second;
  std::recursive_mutex Recursive;
};

// starvation/recursive.cpp: a lock type that nobody knows, but that has
// lock() and unlock() and is held by std's guard.
struct UnknownMutex {
  void lock();
  void unlock();
};
UnknownMutex Unknown;
mini::task<> unknown_mutex_in_std_guard_missed() {
  std::lock_guard L(Unknown); // missed: async-lock-across-suspension
  co_await io();
}

// Infer's own lock type does nothing: a "null mutex" of single-threaded code.
struct NullMutex {
  void lock() {}
  void unlock() {}
};
NullMutex Null;
mini::task<> null_mutex_in_std_guard_ok() {
  std::lock_guard<NullMutex> L(Null);
  co_await io();
}

// starvation/guarded_interprocedural_locks.cpp, which Infer gives up on.
std::mutex Mtx1, Mtx2;
std::unique_lock<std::mutex> lock_with_unique() {
  return std::unique_lock<std::mutex>(Mtx2);
}
void unlock_it(std::unique_lock<std::mutex> &L) { L.unlock(); }
void lock_by_hand() { Mtx1.lock(); }
void unlock_by_hand() { Mtx1.unlock(); }

mini::task<> returned_guard_bad() {
  auto G = lock_with_unique(); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> returned_guard_unlocked_by_helper_ok() {
  auto G = lock_with_unique();
  unlock_it(G);
  co_await io();
}

mini::task<> locked_by_helper_bad() {
  lock_by_hand(); // expect: async-lock-across-suspension
  co_await io();
  unlock_by_hand();
}

mini::task<> locked_and_unlocked_by_helpers_ok() {
  lock_by_hand();
  unlock_by_hand();
  co_await io();
}

// pulse-17/shared_lock.cpp
std::shared_timed_mutex M1, M2;
using SharedLock = std::shared_lock<std::shared_timed_mutex>;

mini::task<> shared_constructed_bad() {
  SharedLock L(M1); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> shared_deferred_ok() {
  std::defer_lock_t Tag;
  SharedLock L(M1, Tag);
  co_await io();
}

mini::task<> shared_default_constructed_ok() {
  SharedLock L;
  co_await io();
}

mini::task<> shared_moved_from_empty_ok() {
  SharedLock L1;
  SharedLock L2 = std::move(L1);
  co_await io();
}

mini::task<> shared_assigned_from_empty_ok() {
  SharedLock L1(M1);
  SharedLock L2;
  L1 = std::move(L2);
  co_await io();
}

mini::task<> shared_moved_bad() {
  SharedLock L1(M1); // expect: async-lock-across-suspension
  SharedLock L2 = std::move(L1);
  co_await io();
}

mini::task<> shared_moved_and_released_bad() {
  SharedLock L1(M1); // expect: async-lock-across-suspension
  SharedLock L2 = std::move(L1);
  L1.release();
  co_await io();
}

mini::task<> shared_moved_into_ended_scope_ok() {
  SharedLock L1(M1);
  {
    SharedLock L2 = std::move(L1);
  }
  co_await io();
}

mini::task<> shared_self_move_missed() {
  SharedLock L(M1); // missed: async-lock-across-suspension
  SharedLock &Same = L;
  L = std::move(Same);
  co_await io();
}

mini::task<> shared_swap_unlock_one_bad() {
  SharedLock L1(M1); // expect: async-lock-across-suspension
  SharedLock L2(M2);
  L1.swap(L2);
  L1.unlock();
  co_await io();
}

mini::task<> shared_swap_unlock_both_ok() {
  SharedLock L1(M1);
  SharedLock L2(M2);
  L1.swap(L2);
  L1.unlock();
  L2.unlock();
  co_await io();
}

// java/starvation LockSensitivity, which Infer misses: tryLock and a test of
// its result.
mini::task<> try_lock_result_in_variable_bad() {
  bool Locked = Mtx1.try_lock(); // expect: async-lock-across-suspension
  if (Locked) {
    co_await io();
    Mtx1.unlock();
  }
}

mini::task<> try_lock_result_negated_ok() {
  bool Locked = Mtx1.try_lock();
  if (!Locked)
    co_await io();
  else
    Mtx1.unlock();
}

// java/starvation LocalLock, Parameters: the lock comes from a getter, from a
// parameter.
class Account {
public:
  std::mutex &mutex() { return Mutex; }

private:
  std::mutex Mutex;
};

mini::task<> lock_of_getter_bad(Account &A) {
  std::lock_guard L(A.mutex()); // expect: async-lock-across-suspension
  co_await io();
}

mini::task<> lock_of_getter_by_hand_bad(Account &A) {
  A.mutex().lock(); // expect: async-lock-across-suspension
  co_await io();
  A.mutex().unlock();
}

mini::task<> lock_of_parameter_ok(std::mutex &M) {
  M.lock();
  M.unlock();
  co_await io();
}

mini::task<> locks_of_two_objects_bad(std::mutex &A, std::mutex &B) {
  A.lock(); // expect: async-lock-across-suspension
  B.lock();
  B.unlock();
  co_await io();
  A.unlock();
}

// java/starvation Interproc, InnerClass: held by the caller, suspended by an
// inner coroutine that is awaited.
struct Outer {
  std::mutex M;
  struct Inner {
    Outer &O;
    mini::task<> lock_of_outer_bad() {
      std::lock_guard L(O.M); // expect: async-lock-across-suspension
      co_await io();
    }
    mini::task<> suspends_ok() { co_await io(); }
  };
  mini::task<> awaits_inner_bad(Inner &I) {
    std::lock_guard L(M); // expect: async-lock-across-suspension
    co_await I.suspends_ok();
  }
};
