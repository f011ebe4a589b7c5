// level: strict
//===- infer-starvation-under-lock.cpp - Peer cases ----------------------===//
//
// The other half of Infer's java/starvation tests: what is done while a lock
// is held, so that whoever wants the lock waits too. Nothing here is a
// coroutine unless it says so.
//
//===----------------------------------------------------------------------===//

#include <condition_variable>
#include <fstream>
#include <future>
#include <mini/task.hpp>
#include <mutex>
#include <netdb.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

int transact() {
  addrinfo *Result = nullptr;
  return ::getaddrinfo("peer", "80", nullptr, &Result);
}

struct UnderLock {
  std::mutex Lock, Other;
  std::future<int> Future;
  std::condition_variable Cv;

  void transact_under_lock_bad() {
    std::lock_guard L(Lock);
    transact(); // expect: async-blocking-under-lock
  }
  void transact_after_lock_ok() {
    {
      std::lock_guard L(Lock);
    }
    transact();
  }
  void transact_before_lock_ok() {
    transact();
    std::lock_guard L(Lock);
  }
  int get_under_lock_bad() {
    std::lock_guard L(Lock);
    return Future.get(); // expect: async-blocking-under-lock
  }
  void wait_under_lock_bad() {
    std::lock_guard L(Lock);
    Future.wait(); // expect: async-blocking-under-lock
  }
  bool poll_under_lock_ok() {
    std::lock_guard L(Lock);
    return Future.wait_for(0s) == std::future_status::ready;
  }
  void sleep_on_any_thread_ok() { std::this_thread::sleep_for(60ms); }
  void sleep_under_lock_bad() {
    std::lock_guard L(Lock);
    std::this_thread::sleep_for(60ms); // expect: async-blocking-under-lock
  }
  void sleep_through_call_under_lock_bad() {
    std::lock_guard L(Lock);
    sleep_on_any_thread_ok(); // expect: async-blocking-under-lock
  }
  void join_under_lock_bad(std::thread &T) {
    std::lock_guard L(Lock);
    T.join(); // expect: async-blocking-under-lock
  }
  void manual_lock_bad() {
    Lock.lock();
    transact(); // expect: async-blocking-under-lock
    Lock.unlock();
  }
  void manual_unlock_before_ok() {
    Lock.lock();
    Lock.unlock();
    transact();
  }
  void unlocked_guard_ok() {
    std::unique_lock L(Lock);
    L.unlock();
    transact();
  }
  void deferred_guard_ok() {
    std::unique_lock L(Lock, std::defer_lock);
    transact();
  }
  void in_one_branch_bad(bool B) {
    std::unique_lock L(Lock, std::defer_lock);
    if (B)
      L.lock();
    transact(); // expect: async-blocking-under-lock
  }
  // ObjWait.java: waiting with the lock releases it.
  void wait_with_that_lock_ok() {
    std::unique_lock L(Lock);
    Cv.wait(L);
  }
  void wait_with_another_lock_held_bad() {
    std::lock_guard Held(Other);
    std::unique_lock L(Lock);
    Cv.wait(L); // expect: async-blocking-under-lock
  }
  void second_lock_under_lock_ok() {
    std::lock_guard A(Lock);
    std::lock_guard B(Other);
  }
  // NotUnderLock.java: setting a promise is not waiting.
  void set_value_under_lock_ok(std::promise<int> &P) {
    std::lock_guard L(Lock);
    P.set_value(1);
  }
  void file_under_lock_bad() {
    std::lock_guard L(Lock);
    ::fsync(3); // expect: async-blocking-under-lock
  }
  // Work that is only made under the lock.
  void makes_lambda_under_lock_ok() {
    std::lock_guard L(Lock);
    auto Later = [] { transact(); };
    (void)Later;
  }
  void starts_thread_under_lock_ok() {
    std::lock_guard L(Lock);
    std::thread([] { transact(); }).detach();
  }
  void calls_lambda_under_lock_bad() {
    std::lock_guard L(Lock);
    [] { transact(); }(); // expect: async-blocking-under-lock
  }
};

// IndirectBlock.java, LegacySync.java: methods that lock all of themselves.
class Table {
public:
  int get_bad() {
    std::lock_guard L(Mutex);
    return load(); // expect: async-blocking-under-lock
  }
  int load() { return transact(); }
  void locked_helper_ok() {
    std::lock_guard L(Mutex);
    helper();
  }

private:
  void helper() {}
  std::mutex Mutex;
};

// The lock is released by a helper, or taken by one.
std::mutex Global;
void take() { Global.lock(); }
void give() { Global.unlock(); }
void locked_by_helper_bad() {
  take();
  transact(); // expect: async-blocking-under-lock
  give();
}
void unlocked_by_helper_ok() {
  take();
  give();
  transact();
}

// In a coroutine both rules speak, each of its own hazard.
// expect-next-line: async-reference-parameter
mini::task<> in_coroutine_bad(UnderLock &U) {
  std::lock_guard L(U.Lock);
  ::usleep(10); // expect: async-blocking-call, async-blocking-under-lock
  co_return;
}
