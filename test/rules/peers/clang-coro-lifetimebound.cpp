// The cases of Clang's tests of [[clang::coro_lifetimebound]], in our words,
// without the attribute.
// clang-format off: a mark belongs to its line
#include <mini/task.hpp>
#include <utility>

mini::task<void> io();
mini::task<int> of(const int &a) { co_await io(); co_return a; }
mini::task<int> sum(const int &a, const int &b) { co_await io(); co_return a + b; }
mini::task<int> value(int a) { co_await io(); co_return a; }

// Warned of there.
mini::task<int> returns_parameter_bad(int a) { return of(a); } // expect: async-dangling-argument
mini::task<int> returns_local_bad() { int a = 1; return of(a); } // expect: async-dangling-argument
mini::task<int> returns_temporary_bad() { return of(1); } // expect: async-dangling-argument
mini::task<int> second_argument_bad(const int &a) { return sum(a, 1); } // expect: async-dangling-argument
mini::task<int> named_temporary_bad() {
  auto t = of(1); // expect: async-dangling-argument
  co_return co_await std::move(t);
}
mini::task<int> named_lambda_bad() {
  auto t = [a = 1]() -> mini::task<int> { co_return a; }(); // expect: async-capturing-lambda
  co_return co_await std::move(t);
}
mini::task<int> lambda_that_returns_bad() {
  auto f = [](int a) { return of(a); }; // expect: async-dangling-argument
  co_return co_await f(1);
}
mini::task<int> through_a_wrapper(const int &a) { return of(a); }
mini::task<int> wrapped_bad() { return through_a_wrapper(1); } // expect: async-dangling-argument
struct Object {
  int n = 1;
  mini::task<int> get() { co_await io(); co_return n; }
};
mini::task<int> object_bad() { Object o; return o.get(); } // expect: async-dangling-argument
mini::task<int> temporary_object_bad() { return Object().get(); } // expect: async-dangling-argument

// Not warned of there.
mini::task<int> awaited_ok() { co_return co_await of(1) + co_await sum(1, 2); }
mini::task<int> nested_ok() { co_return co_await sum(co_await of(1), co_await value(2)); }
mini::task<int> value_ok(int a) { return value(a); }
mini::task<int> reference_ok(const int &a) { return of(a); }
mini::task<int> member_ok(Object &o) { return o.get(); }
mini::task<int> named_local_ok() {
  int a = 1;
  auto t = of(a);
  co_return co_await std::move(t);
}
mini::task<int> awaited_lambda_ok() { co_return co_await [a = 1]() -> mini::task<int> { co_return a; }(); }
