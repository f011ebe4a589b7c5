//===- ExtractTest.cpp - What facts say of code ---------------------------===//
//
// One fact a test: code in, facts out. What rules make of them is tested by the
// fixtures of test/rules.
//
//===----------------------------------------------------------------------===//

#include "support/Unit.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::Contains;
using testing::ElementsAre;

namespace {

std::vector<std::string> callees(const FunctionFacts &F) {
  std::vector<std::string> Names;
  for (const CallSite &C : F.Calls)
    Names.push_back(C.CalleeName.str());
  return Names;
}

const CallSite &callOf(const FunctionFacts &F, const std::string &Name) {
  for (const CallSite &C : F.Calls)
    if (C.CalleeName == Name)
      return C;
  ADD_FAILURE() << "no call of " << Name;
  static const CallSite None;
  return None;
}

} // namespace

TEST(Extract, DestructorsThatNobodyWroteAreCalls) {
  const auto U = factsOf("struct Guard { Guard(); ~Guard(); };"
                         "void f() { Guard g; }");
  EXPECT_THAT(callees(function(U, "f")),
              ElementsAre("Guard::Guard", "Guard::~Guard"));
}

TEST(Extract, AConstantNamesItselfAndItsValue) {
  const auto U = factsOf("enum { WAIT = 4 }; int g(int);"
                         "void f() { g(WAIT); }");
  const CallSite &Call = callOf(function(U, "f"), "g");
  EXPECT_THAT(Call.Arguments[0].Names, ElementsAre("WAIT"));
  EXPECT_EQ(Call.Arguments[0].Constant, 4);
}

TEST(Extract, AMacroNamesItself) {
  const auto U = factsOf("#define FLAG 0x40\n#define OTHER 1\nint g(int);"
                         "void f() { g(FLAG | OTHER); }");
  EXPECT_THAT(callOf(function(U, "f"), "g").Arguments[0].Names,
              ElementsAre("FLAG", "OTHER"));
}

TEST(Extract, ADurationIsItsNumber) {
  const auto U = factsOf("#include <chrono>\nvoid g(std::chrono::seconds);"
                         "void f() { g(std::chrono::seconds(0)); }");
  EXPECT_EQ(callOf(function(U, "f"), "g").Arguments[0].Constant, 0);
}

TEST(Extract, PathsSeeThroughPointersAndReferences) {
  const auto U = factsOf("#include <memory>\n#include <mutex>\n"
                         "struct S { std::mutex m; };"
                         "void f(std::shared_ptr<S> s) {"
                         "  auto &alias = s->m; alias.lock(); }");
  EXPECT_EQ(callOf(function(U, "f"), "std::mutex::lock").Object.Path, "s.m");
}

TEST(Extract, ALambdaIsAFunctionOfItsOwn) {
  const auto U = factsOf("void g(); void f() { auto l = [] { g(); }; l(); }");
  EXPECT_THAT(callees(function(U, "f")), ElementsAre("f::(lambda)"));
  EXPECT_THAT(callees(function(U, "f::(lambda)")), ElementsAre("g"));
}

TEST(Extract, OnlyUsedBranchesOfAnInstanceCount) {
  const auto U = factsOf("void a(); void b();"
                         "template <bool B> void t() {"
                         "  if constexpr (B) a(); else b(); }"
                         "void f() { t<true>(); }");
  EXPECT_THAT(callees(function(U, "t")), ElementsAre("a"));
}

TEST(Extract, DefaultArgumentsAreEvaluatedByTheCaller) {
  const auto U = factsOf("int a(); void g(int = a()); void f() { g(); }");
  const FunctionFacts &F = function(U, "f");
  EXPECT_THAT(callees(F), ElementsAre("a", "g"));
  EXPECT_EQ(callOf(F, "g").Written, 0u);
}

TEST(Extract, UnevaluatedOperandsAreNoCalls) {
  const auto U = factsOf("int g(); void f() { (void)sizeof(g());"
                         " (void)noexcept(g()); using T = decltype(g()); }");
  EXPECT_TRUE(function(U, "f").Calls.empty());
}

TEST(Extract, ACoroutineKnowsWhatItAwaits) {
  const auto U = factsOf("#include <mini/task.hpp>\nmini::task<int> g();"
                         "mini::task<int> f() { int n = co_await g();"
                         " co_return n; }");
  const FunctionFacts &F = function(U, "f");
  EXPECT_TRUE(F.IsCoroutine);
  ASSERT_EQ(F.Suspensions.size(), 1u);
  EXPECT_EQ(F.Suspensions[0].Operand.Type, "mini::task<int>");
  EXPECT_TRUE(F.Calls[F.Suspensions[0].Call].Awaited);
  EXPECT_EQ(F.InitialAwaiter, "std::suspend_always");
}

TEST(Extract, ABranchKnowsWhatItAsks) {
  const auto U = factsOf("bool g(); void a(); void f() { if (!g()) a(); }");
  const FunctionFacts &F = function(U, "f");
  bool Found = false;
  for (const Block &B : F.Flow)
    if (B.Test) {
      Found = true;
      EXPECT_TRUE(B.Test->Negated);
      EXPECT_EQ(F.Calls[B.Test->Call].CalleeName, "g");
    }
  EXPECT_TRUE(Found);
}

TEST(Extract, LoopsKnowTheirEndAndTheirContents) {
  const auto U = factsOf("bool g(); void f() { for (;;) { if (g()) break; } }");
  const FunctionFacts &F = function(U, "f");
  ASSERT_EQ(F.Loops.size(), 1u);
  EXPECT_TRUE(F.Loops[0].Endless);
  EXPECT_TRUE(F.Loops[0].Leaves);
  EXPECT_FALSE(F.Loops[0].Writes);
  EXPECT_EQ(callOf(F, "g").Loop, 0);
}

TEST(Extract, FunctionsWithoutLinkageAreTheirUnits) {
  const std::string Code = "static void h() {}";
  const auto A = factsOf(Code, "a.cpp"), B = factsOf(Code, "b.cpp");
  EXPECT_NE(function(A, "h").Id, function(B, "h").Id);
}

TEST(Extract, InlineFunctionsAreTheSameInEveryUnit) {
  const std::string Code = "inline void h() {}";
  const auto A = factsOf(Code, "a.cpp"), B = factsOf(Code, "b.cpp");
  EXPECT_EQ(function(A, "h").Id, function(B, "h").Id);
}

TEST(Extract, AnArgumentOfAMacroStandsWhereItIsWritten) {
  const auto U = factsOf("#define CHECK(x) (void)(x)\nint g();\nvoid f() {\n"
                         "  CHECK(\n    g());\n}");
  EXPECT_EQ(callOf(function(U, "f"), "g").Where.Line, 5u);
}

TEST(Extract, AttributesOfDeclarations) {
  const auto U = factsOf("int g() [[clang::blocking]];"
                         "[[clang::annotate(\"async-tidy: nonblocking\")]]"
                         " int h(); void f() { g(); h(); }");
  ASSERT_EQ(U.Declarations.size(), 2u);
  EXPECT_TRUE(U.Declarations[0].Blocking);
  EXPECT_THAT(U.Declarations[1].Annotations, ElementsAre("nonblocking"));
}
