// The cases of clang-tidy's
// cppcoreguidelines-avoid-reference-coroutine-parameters, in our words.
// level: strict
// clang-format off: a mark belongs to its line
#include <mini/task.hpp>

struct Object {};
using Alias = const Object &;
mini::task<void> io();
void use(const Object &);

// Warned of there, and used late.
mini::task<> lvalue_bad(Object &o) { co_await io(); use(o); } // expect: async-reference-parameter
mini::task<> rvalue_bad(Object &&o) { co_await io(); use(o); } // expect: async-reference-parameter
mini::task<> const_bad(const Object &o) { co_await io(); use(o); } // expect: async-reference-parameter
mini::task<> alias_bad(Alias o) { co_await io(); use(o); } // expect: async-reference-parameter
struct Class { mini::task<> member_bad(const Object &o) { co_await io(); use(o); } }; // expect: async-reference-parameter
mini::task<> generic_bad(auto &&o) { co_await io(); use(o); } // expect: async-reference-parameter
mini::task<> instantiates_ok(Object &o) { return generic_bad(o); }
void lambda_bad() {
  auto f = [](const Object &o) -> mini::task<> { co_await io(); use(o); }; // expect: async-reference-parameter
  (void)f;
}

// Warned of there, and never used.
mini::task<> unused_ok(const Object &) { co_return; }
mini::task<> named_ok([[maybe_unused]] const Object &o) { co_return; }

// Not warned of there.
mini::task<> value_ok(Object o) { co_await io(); use(o); }
mini::task<> pointer_ok(Object *o) { co_await io(); use(*o); }
mini::task<> declared_ok(const Object &o);
void no_coroutine_ok(const Object &o) { use(o); }
