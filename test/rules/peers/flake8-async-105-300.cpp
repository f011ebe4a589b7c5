//===- flake8-async-105-300.cpp - Peer cases ------------------------------===//
//
// flake8-async's ASYNC105 (an async function of the library is called and not
// awaited) and ASYNC300 (what `create_task` gives is kept by nobody). A lazy
// task that is dropped does nothing; one that has begun goes on without an
// owner. What is named and never used is kept there, and is none here.
//
//===----------------------------------------------------------------------===//
// clang-format off: a mark belongs to its line

#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <utility>
#include <vector>

//--- ASYNC105 ----------------------------------------------------------------
folly::coro::Task<void> sleep_bad() {
  folly::coro::sleep(std::chrono::seconds(1)); // expect: async-discarded-task
  co_await folly::coro::sleep(std::chrono::seconds(1));
}
coro::task<void> send();
coro::task<void> lifecycle_bad(coro::queue<int> &q) {
  q.push(1); // expect: async-discarded-task
  send(); // expect: async-discarded-task
  co_await send();
}
coro::task<void> awaited_ok(coro::queue<int> &q) {
  co_await q.push(1);
  co_await send();
}
seastar::future<> reactor_bad() {
  seastar::sleep(std::chrono::seconds(1)); // expect: async-discarded-task
  co_await seastar::sleep(std::chrono::seconds(1));
}
coro::task<void> argument_ok(coro::thread_pool &pool) { co_await pool.schedule(send()); }
coro::task<void> returned_ok() { return send(); }
coro::task<void> in_condition_ok(bool now) {
  if (now)
    co_await send();
}
coro::task<bool> asks();
coro::task<void> tested_ok() {
  if (co_await asks())
    co_await send();
}

//--- ASYNC300 ----------------------------------------------------------------
concurrencpp::result<int> create();
concurrencpp::result<int> plain_bad() {
  create(); // expect: async-discarded-task
  co_return co_await create();
}
concurrencpp::result<int> named_bad() {
  auto task = create(); // expect: async-discarded-task
  co_return co_await create();
}
concurrencpp::result<int> underscore_bad() {
  [[maybe_unused]] auto _ = create(); // expect: async-discarded-task
  co_return co_await create();
}
concurrencpp::result<int> kept_ok() {
  auto task = create();
  co_return co_await std::move(task);
}
class owner {
public:
  void begin_ok() { task_ = create(); }
  void add_ok() { all_.push_back(create()); }

private:
  concurrencpp::result<int> task_;
  std::vector<concurrencpp::result<int>> all_;
};
concurrencpp::result<int> several_ok() {
  std::vector<concurrencpp::result<int>> all;
  all.push_back(create());
  all.push_back(create());
  int sum = 0;
  for (auto &one : all)
    sum += co_await one;
  co_return sum;
}
concurrencpp::result<int> taken(concurrencpp::result<int> other);
concurrencpp::result<int> given_ok() { return taken(create()); }
