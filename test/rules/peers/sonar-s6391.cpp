// The examples of Sonar's S6391 (a coroutine should not take parameters that
// may dangle) and S6163, in our words.
// level: strict
// clang-format off: a mark belongs to its line
#include <mini/task.hpp>
#include <span>
#include <string>
#include <string_view>

mini::task<void> io();
void use(std::string_view);

// Noncompliant there.
mini::task<void> reference_bad(const std::string &s) { co_await io(); use(s); } // expect: async-reference-parameter
mini::task<void> rvalue_bad(std::string &&s) { co_await io(); use(s); } // expect: async-reference-parameter
mini::task<void> view_bad(std::string_view s) { co_await io(); use(s); } // expect: async-reference-parameter
mini::task<void> span_bad(std::span<const char> s) { co_await io(); use({s.data(), s.size()}); } // expect: async-reference-parameter
mini::task<void> caller_bad() {
  auto t = view_bad(std::string("x")); // expect: async-dangling-argument
  co_await std::move(t);
}
struct Parser {
  std::string text;
  mini::task<void> run() { co_await io(); use(text); }
};
mini::task<void> object_bad() {
  auto t = Parser{"x"}.run(); // expect: async-dangling-argument
  co_await std::move(t);
}

// Compliant there.
mini::task<void> value_ok(std::string s) { co_await io(); use(s); }
mini::task<void> awaited_ok() { co_await view_bad(std::string("x")); }
mini::task<void> pointer_ok(const std::string *s) { co_await io(); use(*s); }
