//===- infer-unawaited-awaitable.cpp - Peer cases -------------------------===//
//
// Infer's PULSE_UNAWAITED_AWAITABLE for Hack: on every path an awaitable must
// be awaited, returned, or given to somebody. Infer looks into callees and
// follows paths; here a task that is awaited on some path is not reported.
//
//===----------------------------------------------------------------------===//

#include <mini/task.hpp>
#include <tuple>
#include <vector>

mini::task<int> gen_int(int n);
mini::task<int> identity(mini::task<int> t) { return t; }
mini::task<int> await_it(mini::task<int> t) { co_return co_await std::move(t); }
void forget(mini::task<int> t) {} // expect: async-discarded-task
bool choose();

mini::task<int> direct_bad() {
  gen_int(1); // expect: async-discarded-task
  co_return 0;
}
mini::task<int> assigned_bad() {
  auto a = gen_int(1); // expect: async-discarded-task
  co_return 0;
}
mini::task<int> one_of_two_bad() {
  auto a = gen_int(1);
  auto b = gen_int(2); // expect: async-discarded-task
  co_return co_await std::move(a);
}
mini::task<int> through_identity_bad() {
  identity(gen_int(1)); // expect: async-discarded-task
  co_return 0;
}
mini::task<int> through_helper_bad() {
  await_it(gen_int(1)); // expect: async-discarded-task
  co_return 0;
}
mini::task<int> vector_bad() {
  std::vector<mini::task<int>> all;
  all.push_back(gen_int(1)); // expect: async-discarded-task
  all.push_back(gen_int(2)); // expect: async-discarded-task
  co_return 0;
}
mini::task<int> one_path_missed() {
  auto a = gen_int(1); // missed: async-discarded-task
  if (choose())
    co_return co_await std::move(a);
  co_return 0;
}
mini::task<int> overwritten_missed() {
  auto a = gen_int(1); // missed: async-discarded-task
  a = gen_int(2);
  co_return co_await std::move(a);
}
struct box {
  mini::task<int> held;
};
mini::task<int> in_a_field_missed() {
  box b{gen_int(1)}; // missed: async-discarded-task
  co_return 0;
}

mini::task<int> direct_ok() { co_return co_await gen_int(1); }
mini::task<int> assigned_ok() {
  auto a = gen_int(1);
  co_return co_await std::move(a);
}
mini::task<int> returned_ok() { return gen_int(1); }
mini::task<int> identity_ok() { co_return co_await identity(gen_int(1)); }
mini::task<int> helper_ok() { co_return co_await await_it(gen_int(1)); }
mini::task<int> both_paths_ok() {
  auto a = gen_int(1);
  if (choose())
    co_return co_await std::move(a);
  co_return 1 + co_await std::move(a);
}
mini::task<void> vector_ok() {
  std::vector<mini::task<int>> all;
  all.push_back(gen_int(1));
  co_await mini::when_all(std::move(all));
}
box field_of_the_result_ok() { return {gen_int(1)}; }
mini::task<void> concurrently_ok() {
  co_await mini::when_all(gen_int(1), gen_int(2));
}
mini::task<int> loop_ok() {
  int n = 0;
  for (int i = 0; i != 3; ++i)
    n += co_await gen_int(i);
  co_return n;
}
