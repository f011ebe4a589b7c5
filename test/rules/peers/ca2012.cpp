//===- ca2012.cpp - Peer cases --------------------------------------------===//
//
// CA2012 (UseValueTaskCorrectly): a ValueTask may be awaited once. Awaited
// twice, in a loop, or kept and awaited after it was given away, it may be
// somebody else's. Its cases of a direct `.Result` are those of
// async-sync-wait.
//
//===----------------------------------------------------------------------===//

#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <utility>
#include <vector>

using folly::coro::Task;
Task<int> value();
void consume(Task<int> t);
bool choose();

Task<int> awaited_twice_bad() {
  auto t = value();
  co_await std::move(t);
  co_return co_await std::move(t); // expect: async-task-reused
}
Task<int> given_then_awaited_bad() {
  auto t = value();
  consume(std::move(t));
  co_return co_await std::move(t); // expect: async-task-reused
}
Task<int> awaited_in_a_loop_bad() {
  auto t = value();
  int n = 0;
  for (int i = 0; i < 3; ++i)
    n += co_await std::move(t); // expect: async-task-reused
  co_return n;
}
Task<int> given_twice_bad() {
  auto t = value();
  consume(std::move(t));
  consume(std::move(t)); // expect: async-task-reused
  co_return 0;
}
Task<int> parameter_twice_bad(Task<int> t) {
  int n = co_await std::move(t);
  co_return n + co_await std::move(t); // expect: async-task-reused
}
Task<int> after_a_branch_bad() {
  auto t = value();
  int n = 0;
  if (choose())
    n = co_await std::move(t);
  else
    consume(std::move(t));
  co_return n + co_await std::move(t); // expect: async-task-reused
}
Task<int> on_one_path_missed() {
  auto t = value();
  int n = 0;
  if (choose())
    n = co_await std::move(t);
  co_return n + co_await std::move(t); // missed: async-task-reused
}
Task<int> not_awaited_bad() {
  (void)value(); // expect: async-discarded-task
  co_return 0;
}
Task<int> in_a_local_bad() {
  auto t = value(); // expect: async-discarded-task
  co_return 0;
}

Task<int> awaited_at_once_ok() { co_return co_await value(); }
Task<int> returned_ok() { return value(); }
Task<int> argument_ok() {
  consume(value());
  co_return 0;
}
Task<int> one_of_two_paths_ok() {
  auto t = value();
  if (choose())
    co_return co_await std::move(t);
  co_return co_await std::move(t);
}
Task<int> new_each_time_ok() {
  int n = 0;
  for (int i = 0; i < 3; ++i) {
    auto t = value();
    n += co_await std::move(t);
  }
  co_return n;
}
Task<int> conditional_ok() {
  auto t = choose() ? value() : value();
  co_return co_await std::move(t);
}
Task<int> assigned_again_ok() {
  auto t = value();
  int n = co_await std::move(t);
  t = value();
  co_return n + co_await std::move(t);
}
