//===- VariablesTest.cpp - Variables, captures, try blocks, discards ------===//
//
// One fact a test: code in, facts out. What lies between the places that these
// facts name is the program's business (LateUses.cpp).
//
//===----------------------------------------------------------------------===//

#include "support/Unit.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

constexpr const char *Task = "#include <mini/task.hpp>\n"
                             "mini::task<void> step();\n";

/// `name`, with `=` where it is written, `>` where it is moved from, `&` where
/// a lambda captures it.
std::vector<std::string> uses(const FunctionFacts &F) {
  std::vector<std::string> Result;
  for (const Use &U : F.Uses)
    Result.push_back(U.Name + (U.Writes ? "=" : "") + (U.Moves ? ">" : "") +
                     (U.Captured ? "&" : ""));
  return Result;
}

CallSite::Discard discardOf(const std::string &Statement) {
  const auto U =
      factsOf("int make(); void take(int); void f(bool b) {" + Statement + "}");
  for (const CallSite &C : function(U, "f").Calls)
    if (C.CalleeName == "make")
      return C.Discarded;
  ADD_FAILURE() << "no call in " << Statement;
  return {};
}

} // namespace

TEST(Variables, ACoroutineTellsWhereItNamesThem) {
  const auto U = factsOf(std::string(Task) + "mini::task<int> f(int a) {\n"
                                             "  int n = a;\n"
                                             "  co_await step();\n"
                                             "  n = 2;\n"
                                             "  int m = std::move(n);\n"
                                             "  auto l = [&m] { return m; };\n"
                                             "  co_return l();\n"
                                             "}");
  EXPECT_THAT(uses(function(U, "f")), ElementsAre("a", "n=", "n>", "m&", "l"));
}

TEST(Variables, AnOrdinaryFunctionTellsOnlyOfThreadLocals) {
  const auto U = factsOf("thread_local int depth; int g();"
                         "int f(int a) { int n = a; return n + depth; }");
  EXPECT_THAT(uses(function(U, "f")), ElementsAre("::depth"));
}

TEST(Variables, AReferenceKeepsItsNameAndWhatItIsBoundTo) {
  const auto U = factsOf(std::string(Task) + "#include <vector>\n"
                                             "struct S { std::vector<int> v;\n"
                                             "mini::task<int> f() {\n"
                                             "  int &first = v[0];\n"
                                             "  co_await step();\n"
                                             "  co_return first; } };");
  const FunctionFacts &F = function(U, "S::f");
  ASSERT_EQ(F.Variables.size(), 1u);
  EXPECT_EQ(F.Variables[0].Name, "first");
  EXPECT_TRUE(F.Variables[0].Reference);
  EXPECT_EQ(F.Variables[0].Init.Path, "this.v[]");
  EXPECT_THAT(uses(F), ElementsAre("this", "first"));
}

TEST(Variables, ARangeForHasAnIteratorOfItsOwn) {
  const auto U = factsOf(std::string(Task) + "#include <vector>\n"
                                             "std::vector<int> all;\n"
                                             "mini::task<void> f() {\n"
                                             "  for (int n : all)\n"
                                             "    co_await step(); }");
  std::vector<bool> Implicit;
  for (const Variable &V : function(U, "f").Variables)
    Implicit.push_back(V.Implicit);
  EXPECT_THAT(Implicit, ElementsAre(true, true, true, false));
}

TEST(Variables, ALambdaTellsWhatItTakesAlong) {
  const auto U = factsOf("struct S { void f(int a, int b) {\n"
                         "  auto l = [this, a, &b, c = a + 1] {\n"
                         "    return a + b + c; }; } };");
  const FunctionFacts &F = function(U, "S::f::(lambda)");
  std::vector<std::string> Captures;
  for (const Capture &C : F.Captures)
    Captures.push_back((C.ByReference ? "&" : "") + C.Name);
  EXPECT_THAT(Captures, ElementsAre("&this", "a", "&b", "c"));
}

TEST(Variables, AHandlerTellsWhatItCatchesAndHowItEnds) {
  const auto U = factsOf("void g(); struct E {}; enum { STOP = 1 };\n"
                         "int f(int n) {\n"
                         "  for (;;) {\n"
                         "    try { g(); }\n"
                         "    catch (const E &) { if (n == STOP) throw; }\n"
                         "    catch (int) { break; }\n"
                         "    catch (...) { }\n"
                         "  }\n"
                         "  return 0; }");
  const FunctionFacts &F = function(U, "f");
  ASSERT_EQ(F.Tries.size(), 1u);
  EXPECT_EQ(F.Tries[0].Loop, 0);
  EXPECT_THAT(F.Tries[0].Handlers, ElementsAre(0u, 1u, 2u));
  ASSERT_EQ(F.Handlers.size(), 3u);
  EXPECT_EQ(F.Handlers[0].Type, "E");
  EXPECT_TRUE(F.Handlers[0].Throws);
  EXPECT_THAT(F.Handlers[0].Names, ElementsAre("STOP"));
  EXPECT_FALSE(F.Handlers[0].Leaves);
  EXPECT_TRUE(F.Handlers[1].Leaves);
  EXPECT_EQ(F.Handlers[2].Type, "");
  EXPECT_FALSE(F.Handlers[2].Throws || F.Handlers[2].Leaves);
  ASSERT_FALSE(F.Calls.empty());
  EXPECT_EQ(F.Calls[0].Try, 0);
}

TEST(Variables, AValueIsDiscardedWhereNobodyTakesIt) {
  EXPECT_EQ(discardOf("make();"), CallSite::Discard::Statement);
  EXPECT_EQ(discardOf("(void)make();"), CallSite::Discard::Cast);
  EXPECT_EQ(discardOf("make(), take(1);"), CallSite::Discard::Statement);
  EXPECT_EQ(discardOf("b ? make() : 0;"), CallSite::Discard::Statement);
  EXPECT_EQ(discardOf("if (b) make();"), CallSite::Discard::Statement);
  EXPECT_EQ(discardOf("for (;; make()) {}"), CallSite::Discard::Statement);
  EXPECT_EQ(discardOf("int n = make();"), CallSite::Discard::No);
  EXPECT_EQ(discardOf("take(make());"), CallSite::Discard::No);
  EXPECT_EQ(discardOf("int n = b ? make() : 0;"), CallSite::Discard::No);
  EXPECT_EQ(discardOf("while (make()) {}"), CallSite::Discard::No);
}

TEST(Variables, ATaskIsKnownByItsPromise) {
  const auto U = factsOf(std::string(Task) + "#include <string>\n"
                                             "std::string text();\n"
                                             "mini::task<void> f() {\n"
                                             "  text(); co_await step(); }");
  std::vector<std::string> Tasks;
  for (const AwaitableFacts &A : U.Awaitables)
    if (A.Task)
      Tasks.push_back(A.Name + " " + A.InitialAwaiter);
  EXPECT_THAT(Tasks, ElementsAre("mini::task<void> std::suspend_always"));
}

TEST(Variables, AnAssertionIsNoLoop) {
  const auto U = factsOf("void g(); void f(bool b) {\n"
                         "  do { if (!b) g(); } while (false);\n"
                         "  while (false && b) g(); }");
  EXPECT_THAT(function(U, "f").Loops, IsEmpty());
}

TEST(Variables, AFunctionThatReturnsFalseEndsALoop) {
  const auto U = factsOf("bool never() { return false; }\n"
                         "bool more();\n"
                         "void g(bool b) { do { (void)b; } while (never()); }\n"
                         "void h(bool b) { do { (void)b; } while (more()); }");
  EXPECT_THAT(function(U, "g").Loops, IsEmpty());
  EXPECT_EQ(function(U, "h").Loops.size(), 1u);
}
