// The cases of clang-tidy's
// cppcoreguidelines-avoid-capturing-lambda-coroutines, in our words. Its
// lambdas are made and never called; here each is called, as it would be.
// flags: -std=c++23
// clang-format off: a mark belongs to its line
#include <mini/task.hpp>

mini::task<void> io();

// Warned of there.
mini::task<void> explicit_copy_bad(int v) { return [v]() -> mini::task<void> { co_await io(); (void)(v + 1); }(); } // expect: async-capturing-lambda
mini::task<void> explicit_reference_bad(int v) { return [&v]() -> mini::task<void> { co_await io(); (void)(v + 1); }(); } // expect: async-capturing-lambda
mini::task<void> default_copy_bad(int v) { return [=]() -> mini::task<void> { co_await io(); (void)(v + 1); }(); } // expect: async-capturing-lambda
mini::task<void> default_reference_bad(int v) { return [&]() -> mini::task<void> { co_await io(); (void)(v + 1); }(); } // expect: async-capturing-lambda
mini::task<void> init_capture_bad(int v) { return [w = v]() -> mini::task<void> { co_await io(); (void)(w + 1); }(); } // expect: async-capturing-lambda
mini::task<void> several_bad(int v, int w) { return [v, &w]() -> mini::task<void> { co_await io(); (void)(v + w); }(); } // expect: async-capturing-lambda
struct Object {
  int n = 0;
  mini::task<void> this_bad() { return [this]() -> mini::task<void> { co_await io(); ++n; }(); } // expect: async-capturing-lambda
  mini::task<void> copy_of_this_bad() { return [*this]() -> mini::task<void> { co_await io(); (void)(n + 1); }(); } // expect: async-capturing-lambda
};
mini::task<void> reference_to_itself_bad(int v) { return [v](this const auto &) -> mini::task<void> { co_await io(); (void)(v + 1); }(); } // expect: async-capturing-lambda

// Warned of there, and harmless.
mini::task<void> awaited_ok(int v) { co_await [v]() -> mini::task<void> { co_await io(); (void)(v + 1); }(); }
mini::task<void> named_and_awaited_ok(int v) {
  auto f = [v]() -> mini::task<void> { co_await io(); (void)(v + 1); };
  co_await f();
}
void never_called_ok(int v) {
  auto f = [v]() -> mini::task<void> { co_await io(); (void)(v + 1); };
  (void)f;
}
mini::task<void> unused_capture_ok([[maybe_unused]] int v) { return [v]() -> mini::task<void> { co_await io(); }(); }

// Not warned of there.
mini::task<void> no_captures_ok() { return []() -> mini::task<void> { co_await io(); }(); }
mini::task<void> parameters_ok(int v) { return [](int w) -> mini::task<void> { co_await io(); (void)(w + 1); }(v); }
mini::task<void> no_coroutine_ok(int v) { return [v] { (void)(v + 1); return io(); }(); }
mini::task<void> copies_itself_ok(int v) { return [v](this auto) -> mini::task<void> { co_await io(); (void)(v + 1); }(); }
