//===- roslyn-ca2016.cpp - Peer cases -------------------------------------===//
//
// Roslyn's CA2016, forward the CancellationToken parameter to methods that take
// one: a default argument that is not given, an overload with one more
// parameter; and what it leaves alone: calls that get one, other types, more
// parameters than one, tokens that are not in scope. Its cases of named
// arguments, of `params`, of attributes and of Visual Basic have no
// counterpart.
//
//===----------------------------------------------------------------------===//
// clang-format off: a mark belongs to its line

#include <memory>
#include <mini/task.hpp>
#include <stop_token>
#include <string>

using Token = std::stop_token;

mini::task<void> defaulted(Token t = {});
mini::task<void> defaultedAfter(int x, bool y = true, Token t = {});
mini::task<int> defaultedValue(Token t = {});
mini::task<void> overloaded();
mini::task<void> overloaded(Token t);
mini::task<void> overloadedInt(int x);
mini::task<void> overloadedInt(int x, Token t);
mini::task<void> overloadedTwice(int x);
mini::task<void> overloadedTwice(int x, bool y);
mini::task<void> overloadedTwice(int x, Token t);
mini::task<void> otherOrder(int x);
mini::task<void> otherOrder(Token t, int x);
mini::task<void> twoMore(int x);
mini::task<void> twoMore(int x, bool y, Token t);
mini::task<void> otherTypes(int x);
mini::task<void> otherTypes(std::string x, Token t);
mini::task<void> tokenFirst(Token t = {}, int x = 0);
mini::task<void> none(int x);

mini::task<void> default_bad(Token t) {
  co_await defaulted(); // expect: async-cancellation-not-forwarded
  co_await defaulted(t);
}
mini::task<void> default_after_others_bad(Token t) {
  co_await defaultedAfter(1); // expect: async-cancellation-not-forwarded
  co_await defaultedAfter(1, false); // expect: async-cancellation-not-forwarded
  co_await defaultedAfter(1, false, t);
}
mini::task<void> overload_bad(Token t) {
  co_await overloaded(); // expect: async-cancellation-not-forwarded
  co_await overloaded(t);
}
mini::task<void> overload_with_arguments_bad(Token t) {
  co_await overloadedInt(1); // expect: async-cancellation-not-forwarded
  co_await overloadedInt(1, t);
}
mini::task<void> several_overloads_bad(Token t) {
  co_await overloadedTwice(1); // expect: async-cancellation-not-forwarded
  co_await overloadedTwice(1, t);
}
mini::task<int> value_in_expression_bad(Token t) {
  int a = co_await defaultedValue(t);
  co_return a + co_await defaultedValue(); // expect: async-cancellation-not-forwarded
}
mini::task<void> not_awaited_at_once_bad(Token t) {
  auto later = defaulted(); // expect: async-cancellation-not-forwarded
  co_await defaulted(t);
  co_await std::move(later);
}
mini::task<void> conditional_bad(Token t, bool b) {
  co_await defaulted(t);
  co_await (b ? defaulted() : defaulted(t)); // expect: async-cancellation-not-forwarded
}
mini::task<void> in_condition_bad(Token t) {
  co_await defaulted(t);
  if (co_await defaultedValue() > 1) // expect: async-cancellation-not-forwarded
    co_return;
}
mini::task<void> in_loop_bad(Token t) {
  for (int i = 0; i < 3; ++i) {
    co_await defaulted(); // expect: async-cancellation-not-forwarded
    co_await defaulted(t);
  }
}
mini::task<void> by_reference_bad(const Token &t) {
  co_await defaulted(t);
  co_await defaulted(); // expect: async-cancellation-not-forwarded
}
mini::task<void> token_first_bad(Token t) {
  co_await tokenFirst(); // expect: async-cancellation-not-forwarded
  co_await tokenFirst(t, 1);
}
mini::task<void> lambda_bad(Token t) {
  co_await defaulted(t);
  auto inner = [](Token u) -> mini::task<void> {
    co_await defaulted(u);
    co_await defaulted(); // expect: async-cancellation-not-forwarded
  };
  co_await inner(t);
}
class Member {
public:
  mini::task<void> run(Token t = {});
  mini::task<void> method_bad(Token t) {
    co_await run(); // expect: async-cancellation-not-forwarded
    co_await this->run(t);
  }
  mini::task<void> on_pointer_bad(std::unique_ptr<Member> other, Token t) {
    co_await other->run(); // expect: async-cancellation-not-forwarded
    co_await other->run(t);
  }
};
template <class T> mini::task<T> generic(T value);
template <class T> mini::task<T> generic(T value, Token t);
mini::task<void> generic_bad(Token t) {
  co_await generic(1); // expect: async-cancellation-not-forwarded
  co_await generic(1, t);
}

mini::task<void> no_token_in_scope_ok() { co_await defaulted(); }
mini::task<void> takes_none_ok(Token t) {
  co_await none(1);
  co_await defaulted(t);
}
mini::task<void> other_order_ok(Token t) {
  co_await otherOrder(1);
  co_await defaulted(t);
}
mini::task<void> two_more_parameters_ok(Token t) {
  co_await twoMore(1);
  co_await defaulted(t);
}
mini::task<void> overload_of_other_types_ok(Token t) {
  co_await otherTypes(1);
  co_await defaulted(t);
}
mini::task<void> linked_source_ok(Token t) {
  std::stop_source linked;
  co_await defaulted(linked.get_token());
  co_await defaulted(t);
}
mini::task<void> conditional_token_ok(Token t, bool b) {
  co_await defaulted(b ? t : Token{});
}
mini::task<void> lambda_has_none_ok() {
  auto inner = []() -> mini::task<void> { co_await defaulted(); };
  co_await inner();
}
// Roslyn leaves an explicit `default` alone; here it is what is to be found.
mini::task<void> explicit_nothing_bad(Token t) {
  co_await defaulted(t);
  co_await defaulted(Token{}); // expect: async-cancellation-not-forwarded
}
