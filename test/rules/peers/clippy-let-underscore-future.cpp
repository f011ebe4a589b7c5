//===- clippy-let-underscore-future.cpp - Peer cases ----------------------===//
//
// clippy's let_underscore_future: a future that is bound to a name that says
// "not used" is dropped, and never runs.
//
//===----------------------------------------------------------------------===//

#include <mini/task.hpp>
#include <tuple>

mini::task<void> some_async_fn();
void do_something_to_future(mini::task<void> &future);
bool sync_fn();

struct custom { // an awaitable, no coroutine
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
custom custom_fn();

void future_bad() {
  [[maybe_unused]] auto _ = some_async_fn(); // expect: async-discarded-task
}
void custom_bad() {
  [[maybe_unused]] auto _ = custom_fn(); // expect: async-discarded-task
}
void ignored_bad() {
  std::ignore = some_async_fn(); // expect: async-discarded-task
}
void reference_missed() {
  auto future = some_async_fn(); // missed: async-discarded-task
  do_something_to_future(future);
  [[maybe_unused]] auto &_ = future;
}
void no_future_ok() { [[maybe_unused]] auto _ = sync_fn(); }
mini::task<void> awaited_ok() {
  auto future = some_async_fn();
  do_something_to_future(future);
  co_await future;
}
