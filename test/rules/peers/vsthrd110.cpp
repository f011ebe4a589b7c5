//===- vsthrd110.cpp - Peer cases -----------------------------------------===//
//
// VSTHRD110: the result of an asynchronous call in a method that is not
// asynchronous itself must be observed. It accepts `_ = TaskAsync()`, which for
// a lazy task would be as bad.
//
//===----------------------------------------------------------------------===//

#include <concurrencpp/concurrencpp.h>
#include <functional>
#include <mini/task.hpp>
#include <vector>

mini::task<void> bar_async();
mini::task<int> bar_of_t_async();
mini::task<void> configured(mini::task<void> t);
int length(mini::task<void> t);

void foo_bad() {
  bar_async(); // expect: async-discarded-task
}
void foo_of_t_bad() {
  bar_of_t_async(); // expect: async-discarded-task
}
void configured_bad() {
  configured(bar_async()); // expect: async-discarded-task
}
struct tree {
  mini::task<void> walk();
  tree *left;
  void walk_bad() {
    if (left)
      left->walk(); // expect: async-discarded-task
  }
};
void lambda_bad() {
  auto f = [] {
    bar_async(); // expect: async-discarded-task
  };
  f();
}
void action_bad() {
  std::function<void()> action = bar_async; // expect: async-discarded-task
  action();
}
void local_function_bad() {
  struct local {
    static mini::task<void> run();
  };
  local::run(); // expect: async-discarded-task
}
void local_bad() {
  auto t = bar_async(); // expect: async-discarded-task
}

void argument_ok() { length(bar_async()); }
mini::task<void> returned_ok() { return bar_async(); }
struct keeper {
  mini::task<void> member;
  void field_ok() { member = bar_async(); }
};
void waited_ok() { mini::sync_wait(bar_of_t_async()); }
std::function<mini::task<void>()> func_ok() { return bar_async; }
void call_of_func_ok() { mini::spawn(func_ok()()); }
// What has begun is left alone: a policy, and async-detached-task's.
concurrencpp::result<void> begun();
void hot_task_ok() { (void)begun(); }
