// Guards of asynchronous mutexes, held for nothing.
// level: strict
// clang-format off: a mark belongs to its line
#include <async_simple/coro/Mutex.h>
#include <chrono>
#include <coro/coro.hpp>
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Mutex.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>

cppcoro::task<int> fetch(int key);
cppcoro::task<void> store(int &where);
folly::coro::Task<int> request(int key);
coro::task<int> load(int key);

class Cache {
public:
  cppcoro::task<void> before_bad(int key) {
    auto guard = co_await mutex_.scoped_lock_async(); // expect: async-mutex-guard-across-suspension
    const int value = co_await fetch(key);
    value_ = value;
  }
  cppcoro::task<int> after_bad(int key) {
    auto guard = co_await mutex_.scoped_lock_async(); // expect: async-mutex-guard-across-suspension
    ++value_;
    co_return co_await fetch(key);
  }
  cppcoro::task<void> between_ok(int key) {
    auto guard = co_await mutex_.scoped_lock_async();
    const int before = value_;
    const int value = co_await fetch(key);
    value_ = before + value;
  }
  cppcoro::task<void> member_ok() {
    auto guard = co_await mutex_.scoped_lock_async();
    co_await store(value_);
  }
  cppcoro::task<void> key_of_member_ok() {
    auto guard = co_await mutex_.scoped_lock_async();
    co_await fetch(value_);
  }
  cppcoro::task<void> own_function_ok() {
    auto guard = co_await mutex_.scoped_lock_async();
    co_await flush();
  }
  cppcoro::task<void> scope_ok(int key) {
    {
      auto guard = co_await mutex_.scoped_lock_async();
      ++value_;
    }
    co_await fetch(key);
  }
  cppcoro::task<void> assigned_ok(int key) {
    auto guard = co_await mutex_.scoped_lock_async();
    value_ = co_await fetch(key);
  }
  cppcoro::task<void> two_ok() {
    auto guard = co_await mutex_.scoped_lock_async();
    auto second = co_await other_.scoped_lock_async();
    ++value_;
  }

private:
  cppcoro::task<void> flush();
  cppcoro::async_mutex mutex_, other_;
  int value_ = 0;
};

class Counter {
public:
  folly::coro::Task<void> pause_bad() {
    auto lock = co_await mutex_.co_scoped_lock(); // expect: async-mutex-guard-across-suspension
    ++n_;
    co_await folly::coro::sleep(std::chrono::milliseconds(10));
    ++n_;
  }
  folly::coro::Task<void> unlocked_ok(int key) {
    auto lock = co_await mutex_.co_scoped_lock();
    ++n_;
    lock.unlock();
    co_await request(key);
  }

private:
  folly::coro::Mutex mutex_;
  int n_ = 0;
};

class Table {
public:
  coro::task<int> load_bad(int key) {
    auto lock = co_await mutex_.scoped_lock(); // expect: async-mutex-guard-across-suspension
    ++n_;
    co_return co_await load(key);
  }

private:
  coro::mutex mutex_;
  int n_ = 0;
};
