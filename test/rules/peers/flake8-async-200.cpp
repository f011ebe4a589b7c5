//===- flake8-async-200.cpp - Peer cases ---------------------------------===//
//
// flake8-async's ASYNC200: blocking calls that a project names itself. The
// names are patterns there and attributes here; the cases are about where in
// the code a call is, and what only looks like one.
//
//===----------------------------------------------------------------------===//

#include <functional>
#include <mini/task.hpp>

#define BLOCKING [[clang::annotate("async-tidy: blocking")]]

BLOCKING int bar();
void print(int);
mini::task<int> foo();
mini::task<int> fun(int);

struct Bee {
  BLOCKING static int bonnet();
  BLOCKING int instance();
  BLOCKING virtual int overridable();
  Bee() = default;
  BLOCKING explicit Bee(int);
};
namespace a::b {
BLOCKING int c();
}
struct Session {
  BLOCKING int get(const char *);
};
struct Other {
  int get(const char *);
};
Session &session();
Other read_session(const char *);

int in_plain_function_ok() { return bar() + Bee::bonnet(); }

mini::task<> statement_bad() {
  bar(); // expect: async-blocking-call
  co_return;
}
mini::task<> argument_bad() {
  print(bar()); // expect: async-blocking-call
  co_return;
}
mini::task<> static_member_bad() {
  Bee::bonnet(); // expect: async-blocking-call
  co_return;
}
mini::task<> member_bad(Bee B) {
  B.instance(); // expect: async-blocking-call
  co_return;
}
mini::task<> virtual_member_bad(Bee &B) {
  B.overridable(); // expect: async-blocking-call
  co_return;
}
mini::task<> constructor_bad() {
  Bee B(1); // expect: async-blocking-call
  co_return;
}
mini::task<> other_constructor_ok() {
  Bee B;
  co_return;
}
mini::task<> nested_namespace_bad() {
  a::b::c(); // expect: async-blocking-call
  co_return;
}
mini::task<> using_declaration_bad() {
  using a::b::c;
  c(); // expect: async-blocking-call
  co_return;
}
mini::task<> namespace_alias_bad() {
  namespace Alias = a::b;
  Alias::c(); // expect: async-blocking-call
  co_return;
}

// Named, and not called.
mini::task<> named_only_ok() {
  (void)&bar;
  (void)&Bee::bonnet;
  (void)sizeof(bar());
  (void) noexcept(bar());
  using Type = decltype(bar());
  (void)Type{};
  co_return;
}

// Esoteric ways to call, which flake8-async does not catch either.
mini::task<> through_array_missed() {
  int (*F[])() = {bar};
  F[0](); // missed: async-blocking-call
  co_return;
}
mini::task<> through_pointer_missed() {
  int (*F)() = bar;
  F(); // missed: async-blocking-call
  co_return;
}
mini::task<> through_std_function_missed() {
  std::function<int()> F = bar;
  F(); // missed: async-blocking-call
  co_return;
}

// Functions within functions have a context of their own.
mini::task<> only_in_lambda_ok() {
  auto L = [] { return bar(); };
  (void)L;
  co_return;
}
mini::task<> lambda_called_bad() {
  auto L = [] { return bar(); };
  L(); // expect: async-blocking-call
  co_return;
}
mini::task<> lambda_called_in_place_bad() {
  [] { return bar(); }(); // expect: async-blocking-call
  co_return;
}
void coroutine_in_plain_lambda_bad() {
  auto Bar2 = [] {
    bar();
    auto Bar3 = []() -> mini::task<> {
      bar(); // expect: async-blocking-call
      co_return;
    };
    (void)Bar3;
  };
  (void)Bar2;
}
mini::task<> after_nested_functions_bad() {
  auto Bar2 = [] { bar(); };
  (void)Bar2;
  bar(); // expect: async-blocking-call
  co_return;
}
mini::task<> local_class_ok() {
  struct Local {
    void run() { bar(); }
  };
  co_return;
}
mini::task<> local_class_called_bad() {
  struct Local {
    void run() { bar(); }
  };
  Local().run(); // expect: async-blocking-call
  co_return;
}

// Inside of awaited expressions.
mini::task<> awaited_directly_ok() {
  co_await foo();
  print(co_await foo());
}
mini::task<> argument_of_awaited_call_bad() {
  co_await fun(bar()); // expect: async-blocking-call
}
mini::task<> condition_of_awaited_bad() {
  co_await (bar() ? foo() : fun(1)); // expect: async-blocking-call
}
mini::task<> assigned_in_awaited_bad() {
  int X;
  co_await fun(X = bar()); // expect: async-blocking-call
}
mini::task<> beside_await_bad() {
  int X = co_await foo() + bar(); // expect: async-blocking-call
  (void)X;
}
mini::task<> behind_or_bad() {
  bool X = co_await foo() || bar(); // expect: async-blocking-call
  (void)X;
}
mini::task<> comma_bad() {
  int X = (print(1), bar()); // expect: async-blocking-call
  (void)X;
  co_return;
}

// A method of what a function returns is not that function's.
mini::task<> method_of_reference_bad() {
  session().get("k"); // expect: async-blocking-call
  co_return;
}
mini::task<> same_name_other_class_ok() {
  read_session("a").get("k");
  co_return;
}

// Where C++ calls without a call.
mini::task<> in_condition_bad() {
  if (bar()) // expect: async-blocking-call
    co_return;
}
mini::task<> in_loop_condition_bad() {
  while (bar()) // expect: async-blocking-call
    co_await foo();
}
mini::task<> in_for_header_bad() {
  for (int I = bar(); I < 3; ++I) // expect: async-blocking-call
    co_await foo();
}
mini::task<int> in_return_bad() {
  co_return bar(); // expect: async-blocking-call
}
mini::task<> in_switch_bad() {
  switch (bar()) { // expect: async-blocking-call
  default:
    break;
  }
  co_return;
}
int with_default(int X = bar());
mini::task<> default_argument_bad() {
  with_default(); // expect: async-blocking-call
  co_return;
}
mini::task<> default_argument_given_ok() {
  with_default(1);
  co_return;
}
mini::task<> in_initializer_list_bad() {
  int A[] = {1, bar()}; // expect: async-blocking-call
  (void)A;
  co_return;
}
mini::task<> in_capture_bad() {
  auto L = [X = bar()] { return X; }; // expect: async-blocking-call
  (void)L;
  co_return;
}
mini::task<> in_catch_bad() {
  try {
    print(1);
  } catch (...) {
    bar(); // expect: async-blocking-call
  }
  co_return;
}
mini::task<> in_throw_bad() {
  throw bar(); // expect: async-blocking-call
  co_return;
}
#define CALL_BAR() bar()
mini::task<> in_macro_bad() {
  CALL_BAR(); // expect: async-blocking-call
  co_return;
}
struct HasMember {
  int N = bar();
};
mini::task<> in_member_initialiser_bad() {
  HasMember H; // expect: async-blocking-call
  co_return;
}
struct HasBase : HasMember {};
mini::task<> in_base_bad() {
  HasBase H; // expect: async-blocking-call
  co_return;
}
struct Converts {
  operator int() const { return bar(); }
};
mini::task<> in_conversion_bad(Converts C) {
  int N = C; // expect: async-blocking-call
  (void)N;
  co_return;
}
struct Indexed {
  int operator[](int) const { return bar(); }
  int operator*() const { return bar(); }
  bool operator==(int) const { return bar(); }
};
mini::task<> in_operators_bad(Indexed I) {
  (void)I[1];     // expect: async-blocking-call
  (void)*I;       // expect: async-blocking-call
  (void)(I == 1); // expect: async-blocking-call
  co_return;
}
struct Range {
  struct Iterator {
    int operator*() const;
    Iterator &operator++() {
      bar();
      return *this;
    }
    bool operator!=(Iterator) const;
  };
  Iterator begin() const;
  Iterator end() const;
};
mini::task<> in_range_for_bad(Range R) {
  for (int I : R) // expect: async-blocking-call
    print(I);
  co_return;
}
struct Closes {
  ~Closes() { bar(); }
};
mini::task<> in_destructor_bad() {
  Closes C; // expect: async-blocking-call
  co_return;
}
mini::task<> in_destructor_of_temporary_bad() {
  Closes(); // expect: async-blocking-call
  co_return;
}
