//===- vsthrd103-ca1849.cpp - Peer cases ---------------------------------===//
//
// vs-threading's VSTHRD103 and its offspring CA1849 call a method blocking if
// a method of the same name and "Async" stands beside it. A name is no
// evidence for us: the same shapes, where the plain method does block, and
// where it does not.
//
//===----------------------------------------------------------------------===//

#include <concurrencpp/concurrencpp.h>
#include <cppcoro/async_generator.hpp>
#include <future>
#include <mini/task.hpp>
#include <string>
#include <unistd.h>

concurrencpp::result<int> child();

// The sync waits of both suites, in each position of the tests.
concurrencpp::result<void> wait_bad() {
  auto T = child();
  T.wait(); // expect: async-sync-wait
  co_return;
}
concurrencpp::lazy_result<void> wait_in_lazy_task_bad() {
  auto T = child();
  T.wait(); // expect: async-sync-wait
  co_return;
}
cppcoro::async_generator<int> wait_in_async_generator_bad() {
  child().wait(); // expect: async-sync-wait
  co_yield 1;
}
concurrencpp::result<int> result_bad() {
  auto T = child();
  int Result = T.get(); // expect: async-sync-wait
  co_return Result;
}
void not_null(int);
concurrencpp::result<void> result_as_argument_bad() {
  auto T = child();
  not_null(T.get()); // expect: async-sync-wait
  co_return;
}
concurrencpp::result<void> result_in_middle_of_awaited_bad() {
  auto Make = [](int) -> concurrencpp::result<void> { co_return; };
  co_await Make(child().get()); // expect: async-sync-wait
}
using Maybe = std::optional<std::future<int>>;
concurrencpp::result<int> result_of_maybe_bad(Maybe T) {
  int Result = T ? T->get() : 1; // expect: async-sync-wait
  co_return Result;
}
concurrencpp::result<int> result_in_subexpression_bad() {
  bool Less = child().get() < 5; // expect: async-sync-wait
  co_return Less;
}
void result_in_coroutine_lambda_bad() {
  auto F = [](int) -> concurrencpp::result<int> {
    auto T = child();
    int Result = T.get(); // expect: async-sync-wait
    co_return Result;
  };
  (void)F;
}
// A plain lambda that only makes a task of a result it waits for.
void result_in_plain_lambda_ok() {
  auto F = [] { return child().get(); };
  (void)F;
}
concurrencpp::result<int> result_in_stored_lambda_ok() {
  std::function<int()> F = [] { return child().get(); };
  (void)F;
  co_return 1;
}
concurrencpp::result<int> thread_sleep_bad() {
  ::usleep(500); // expect: async-blocking-call
  co_return 1;
}

// Twins. `foo` blocks:
struct Twins {
  static void foo(int, int) { ::sleep(1); }
  static mini::task<> foo_async(int, int);
  static int value() {
    ::sleep(1);
    return 5;
  }
  static mini::task<int> value_async();
  void member() { ::sleep(1); }
  mini::task<> member_async();
  // `quick` does not, although it has a twin.
  static int quick(int X, int Y) { return X * Y; }
  static mini::task<int> quick_async(int, int);
};
mini::task<> same_type_bad() {
  Twins::foo(10, 15); // expect: async-blocking-call
  co_return;
}
mini::task<> twin_without_blocking_ok() {
  (void)Twins::quick(10, 15);
  co_return;
}
mini::task<> subexpression_bad() {
  // expect-next-line: async-blocking-call
  int R = std::to_string(Twins::value()).compare("1");
  (void)R;
  co_return;
}
mini::task<> twin_called_ok() { co_await Twins::foo_async(10, 15); }
mini::task<> member_bad(Twins T) {
  T.member(); // expect: async-blocking-call
  co_return;
}

// The twin is private, elsewhere, or not there at all: it blocks all the same.
class NoTwin {
public:
  static void foo() { ::sleep(1); }

private:
  static mini::task<> foo_async();
};
mini::task<> private_twin_bad() {
  NoTwin::foo(); // expect: async-blocking-call
  co_return;
}
struct Fruit {
  mini::task<> foo_async();
  void peel() { ::sleep(1); }
};
struct Apple : Fruit {
  void foo() { ::sleep(1); }
};
mini::task<> twin_in_base_bad(Apple A) {
  A.foo(); // expect: async-blocking-call
  co_return;
}
mini::task<> inherited_bad(Apple A) {
  A.peel(); // expect: async-blocking-call
  co_return;
}
void get_output(Fruit &F) { F.peel(); }
mini::task<> get_output_async(Fruit &F);
mini::task<> free_function_twin_bad(Fruit F) {
  get_output(F); // expect: async-blocking-call
  co_return;
}
namespace fruit_utils {
void foo() { ::sleep(1); }
} // namespace fruit_utils
namespace plate_utils {
mini::task<> foo_async();
}
mini::task<> using_directive_bad() {
  using namespace fruit_utils;
  using namespace plate_utils;
  foo(); // expect: async-blocking-call
  co_return;
}
template <class T> void generic() { ::sleep(sizeof(T)); }
template <class T> mini::task<> generic_async();
mini::task<> generic_method_bad() {
  generic<int>(); // expect: async-blocking-call
  co_return;
}
// Which overload is called.
void overloaded(int) { ::sleep(1); }
void overloaded(double) {}
mini::task<> overloads_bad() {
  overloaded(1.0);
  overloaded(1); // expect: async-blocking-call
  co_return;
}
mini::task<> comment_inside_bad() {
  // Some comment
  overloaded(/*argument*/ 1); // expect: async-blocking-call
  co_return;
}

// A function that returns a task and is no coroutine is plain code that runs
// in its caller (VSTHRD103 tells of it; it says nothing of `async void`).
mini::task<> returns_task_ok() {
  Twins::foo(10, 15);
  return Twins::foo_async(1, 2);
}
mini::task<> calls_returner_bad() {
  co_await returns_task_ok(); // expect: async-blocking-call
}

// The twin itself, and properties.
struct Self {
  mini::task<> call_main_async_ok() {
    call_main();
    co_return;
  }
  void call_main() {}
  std::string Bar = std::string("a") + "b";
};
mini::task<> method_without_suffix_ok() {
  auto Foo = []() -> mini::task<> { co_return; };
  co_await Foo();
}

// A plain local function inside an async method.
mini::task<> handler_in_coroutine_ok() {
  struct Local {
    static void completion_handler() { Twins::foo(1, 2); }
  };
  auto *Handler = &Local::completion_handler;
  (void)Handler;
  co_return;
}

// Excluded by a list of the project.
[[clang::annotate("async-tidy: nonblocking")]] void slow_sync_method() {
  ::sleep(1);
}
mini::task<> excluded_ok() {
  slow_sync_method();
  co_return;
}
