//===- ConditionsTest.cpp - When a model speaks of a call -----------------===//
//
// Each part of a condition, at each position, on call sites written by hand.
//
//===----------------------------------------------------------------------===//

#include "Files.h"

using namespace async_tidy;
using namespace async_tidy::test;

namespace {

Value constant(int64_t C) {
  Value V;
  V.Type = "int";
  V.Constant = C;
  return V;
}

Value naming(std::vector<std::string> Names) {
  Value V;
  V.Type = "int";
  V.Names.assign(Names.begin(), Names.end());
  return V;
}

Value typed(std::string Type, std::vector<std::string> Origins = {}) {
  Value V;
  V.Type = std::move(Type);
  V.Origins.assign(Origins.begin(), Origins.end());
  return V;
}

/// Whether `f` blocks at \p Call, which it does under \p Conditions.
bool blocksAt(const char *Conditions, const CallSite &Call) {
  const ModelSet Models = modelsOf(
      {"blocking:\n  - names: [f]\n    why: waits\n    " +
       std::string(Conditions) +
       "\nruns:\n  - {names: [bind], what: argument 0, where: wraps}\n"});
  return Models.blocking(Call) != nullptr;
}

TEST(Conditions, NamedConstant) {
  const char *Unless = "unless: [{at: argument 1, names: [MSG_DONTWAIT, X]}]";
  EXPECT_TRUE(blocksAt(Unless, call("f")));
  EXPECT_TRUE(blocksAt(Unless, call("f", {naming({"MSG_DONTWAIT"})})));
  EXPECT_FALSE(blocksAt(
      Unless, call("f", {constant(0), naming({"MSG_PEEK", "MSG_DONTWAIT"})})));
  EXPECT_TRUE(blocksAt(Unless, call("f", {constant(0), naming({"MSG_PEEK"})})));
}

TEST(Conditions, ConstantNumber) {
  const char *Unless = "unless: [{at: last argument, constant: 0}]";
  EXPECT_FALSE(blocksAt(Unless, call("f", {constant(7), constant(0)})));
  EXPECT_TRUE(blocksAt(Unless, call("f", {constant(0), constant(-1)})));
  EXPECT_TRUE(blocksAt(Unless, call("f", {typed("int")}))) << "not known";
  EXPECT_TRUE(blocksAt(Unless, call("f")));
}

TEST(Conditions, TypeOrOrigin) {
  const char *When = "when: [{at: object, types: [a::stream, a::open]}]";
  CallSite C = call("f");
  EXPECT_FALSE(blocksAt(When, C)) << "there is no object";
  C.Object = typed("a::stream<char> *");
  EXPECT_TRUE(blocksAt(When, C));
  C.Object = typed("a::streams");
  EXPECT_FALSE(blocksAt(When, C));
  C.Object = typed("b::handle", {"b::make", "a::open"});
  EXPECT_TRUE(blocksAt(When, C));
}

TEST(Conditions, TypeOfTheResult) {
  const char *When = "when: [{at: result, types: [a::handle]}]";
  CallSite C = call("f");
  EXPECT_FALSE(blocksAt(When, C));
  C.ResultType = "a::handle<int>";
  EXPECT_TRUE(blocksAt(When, C));
}

TEST(Conditions, Callable) {
  const char *When = "when: [{at: argument 0, callable: true}]";
  const char *WhenNot = "when: [{at: argument 0, callable: false}]";
  Value Lambda = typed("main::(lambda)");
  Value Function = typed("function *");
  Function.Callable = "c:@F@handler#";
  for (const Value &V :
       {Lambda, Function, typed("function *"), typed("int (*)(int)"),
        typed("std::function<void (int)>"), typed("std::move_only_function<?>"),
        typed("std::_Bind<void (*(int))(int)>", {"bind"})}) {
    EXPECT_TRUE(blocksAt(When, call("f", {V}))) << V.Type.str();
    EXPECT_FALSE(blocksAt(WhenNot, call("f", {V}))) << V.Type.str();
  }
  for (const Value &V : {typed("int"), typed("std::vector<main::(lambda)>"),
                         typed("boost::asio::use_future_t<>")}) {
    EXPECT_FALSE(blocksAt(When, call("f", {V}))) << V.Type.str();
    EXPECT_TRUE(blocksAt(WhenNot, call("f", {V}))) << V.Type.str();
  }
}

TEST(Conditions, Arity) {
  EXPECT_TRUE(blocksAt("when: [{arity: 1}]", call("f", {constant(0)})));
  EXPECT_FALSE(blocksAt("when: [{arity: 1}]", call("f")));
  EXPECT_FALSE(blocksAt("when: [{min-arity: 2}]", call("f", {constant(0)})));
  EXPECT_TRUE(blocksAt("when: [{min-arity: 2}]",
                       call("f", {constant(0), constant(0), constant(0)})));
}

TEST(Conditions, DefaultArgumentsAreNotGiven) {
  CallSite C = call("f", {constant(0), constant(0)});
  C.Written = 1;
  EXPECT_TRUE(blocksAt("when: [{arity: 1}]", C));
  EXPECT_FALSE(blocksAt("when: [{min-arity: 2}]", C));
  EXPECT_TRUE(blocksAt("when: [{at: argument 1, constant: 0}]", C));
  C.Arguments.front().Constant = 7;
  EXPECT_TRUE(blocksAt("when: [{at: last argument, constant: 7}]", C));
  C.Written = 0;
  EXPECT_FALSE(blocksAt("when: [{at: last argument, constant: 0}]", C));
}

TEST(Conditions, PartsMustHoldTogether) {
  const char *When =
      "when: [{at: argument 0, constant: 0, names: [ZERO], arity: 1}]";
  Value Zero = naming({"ZERO"});
  EXPECT_FALSE(blocksAt(When, call("f", {Zero})));
  Zero.Constant = 0;
  EXPECT_TRUE(blocksAt(When, call("f", {Zero})));
  EXPECT_FALSE(blocksAt(When, call("f", {Zero, Zero})));
}

TEST(Conditions, AnyArgumentIsOneThatSatisfiesAllParts) {
  const char *When = "when: [{at: any argument, constant: 0, types: [int]}]";
  Value Other = typed("long");
  Other.Constant = 0;
  EXPECT_FALSE(blocksAt(When, call("f")));
  EXPECT_FALSE(blocksAt(When, call("f", {constant(1), Other})))
      << "one is an int and another is 0";
  EXPECT_TRUE(blocksAt(When, call("f", {Other, constant(0)})));
}

TEST(Conditions, OneOfWhenAndNoneOfUnless) {
  const char *Both = "when: [{arity: 1}, {arity: 2}]\n"
                     "    unless: [{at: argument 0, constant: 0}, "
                     "{at: argument 1, constant: 0}]";
  EXPECT_FALSE(blocksAt(Both, call("f")));
  EXPECT_TRUE(blocksAt(Both, call("f", {constant(1)})));
  EXPECT_TRUE(blocksAt(Both, call("f", {constant(1), constant(1)})));
  EXPECT_FALSE(blocksAt(Both, call("f", {constant(0)})));
  EXPECT_FALSE(blocksAt(Both, call("f", {constant(1), constant(0)})));
}

TEST(Conditions, ValueAtAPosition) {
  CallSite C = call("f", {constant(1), constant(2)});
  EXPECT_EQ(valueAt(C, {Position::Kind::Argument, 1})->Constant, 2);
  EXPECT_EQ(valueAt(C, {Position::Kind::Argument, 2}), nullptr);
  EXPECT_EQ(valueAt(C, {Position::Kind::Last}), &C.Arguments[1]);
  EXPECT_EQ(valueAt(C, {Position::Kind::Object}), nullptr);
  C.Object.Type = "a::B";
  EXPECT_EQ(valueAt(C, {Position::Kind::Object}), &C.Object);
  EXPECT_EQ(valueAt(call("f"), {Position::Kind::Last}), nullptr);
}

TEST(TemplateName, LeavesOutArgumentsAndPointers) {
  EXPECT_EQ(templateName("std::vector<std::pair<int, int>>"), "std::vector");
  EXPECT_EQ(templateName("std::vector<int> *"), "std::vector");
  EXPECT_EQ(templateName("a::B * *"), "a::B");
  EXPECT_EQ(templateName("const a::B &"), "a::B");
  EXPECT_EQ(templateName("unsigned int"), "unsigned int");
  EXPECT_EQ(templateName("a::operator<::Local"), "a::operator<::Local");
  EXPECT_EQ(templateName("a::operator<=>::Local<int>"),
            "a::operator<=>::Local");
  EXPECT_EQ(templateName(""), "");
}

} // namespace
