//===- flake8-async-124-913.cpp - Peer cases ------------------------------===//
//
// flake8-async's ASYNC124 (an async function that never awaits) and ASYNC913
// (an endless loop without a checkpoint). Its overriding methods, decorators
// and stubs have few counterparts. A loop that awaits and that nothing ends is
// reported here as one that cannot be cancelled.
//
//===----------------------------------------------------------------------===//
// level: hint
// clang-format off: a mark belongs to its line

#include <mini/task.hpp>
#include <stop_token>

mini::task<void> foo();
void work();
bool more();

//--- ASYNC124 ----------------------------------------------------------------
mini::task<void> empty_bad() { co_return; } // expect: async-task-without-suspension
mini::task<int> value_bad(int n) { // expect: async-task-without-suspension
  work();
  co_return n + 1;
}
mini::task<void> loops_bad(int n) { // expect: async-task-without-suspension
  for (int i = 0; i < n; ++i)
    work();
  co_return;
}
mini::task<void> awaits_ok() { co_await foo(); }
mini::task<void> sometimes_ok(bool b) {
  if (b)
    co_await foo();
}
mini::task<void> forwards_ok() { return foo(); }
struct base {
  virtual mini::task<void> handle() = 0;
  virtual mini::task<void> begin() { co_return; }
};
struct derived : base {
  mini::task<void> handle() override { co_return; }
};
void defines_ok() {
  auto inner = []() -> mini::task<void> { co_await foo(); };
  (void)inner;
}

//--- ASYNC913 ----------------------------------------------------------------
mini::task<void> endless_missed() { // expect: async-task-without-suspension
  while (true) // missed: async-unyielding-loop
    work();
  co_await foo();
}
mini::task<void> endless_for_missed() { // expect: async-task-without-suspension
  for (;;) { // missed: async-unyielding-loop
    work();
    if (more())
      continue;
  }
  co_await foo();
}
mini::task<void> checkpoint_on_one_way_bad() {
  while (true) { // expect: async-uncancellable-loop
    if (more())
      co_await foo();
  }
}
mini::task<void> with_token_ok(std::stop_token stop) {
  while (!stop.stop_requested())
    co_await foo();
}
mini::task<void> ends_ok() {
  while (more())
    co_await foo();
}
mini::task<void> breaks_ok() {
  while (true) {
    co_await foo();
    if (!more())
      break;
  }
}
