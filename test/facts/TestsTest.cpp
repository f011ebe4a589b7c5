//===- TestsTest.cpp - Comparisons, throws, overloads, initialisers -------===//

#include "support/Unit.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

constexpr const char *Task = "#include <mini/task.hpp>\n"
                             "#include <vector>\n";

} // namespace

TEST(Comparisons, TellWhatBothSidesName) {
  const auto U = factsOf(std::string(Task) +
                         "struct S { std::vector<int> q; long bytes, max;\n"
                         "bool f(int n) { return bytes + n > max; }\n"
                         "bool g() { return q.size() < 8; }\n"
                         "bool h() { return bytes == max; } };");
  const FunctionFacts &F = function(U, "S::f");
  ASSERT_EQ(F.Comparisons.size(), 1u);
  EXPECT_THAT(F.Comparisons[0].Reads,
              ElementsAre("this.bytes", "n", "this.max"));
  const FunctionFacts &G = function(U, "S::g");
  ASSERT_EQ(G.Comparisons.size(), 1u);
  ASSERT_EQ(G.Comparisons[0].Calls.size(), 1u);
  EXPECT_EQ(G.Calls[G.Comparisons[0].Calls[0]].CalleeName, "std::vector::size");
  EXPECT_EQ(G.Comparisons[0].Constant, 8);
  EXPECT_THAT(function(U, "S::h").Comparisons, IsEmpty());
}

TEST(Comparisons, TellThatAnObjectHoldsAsMuchAsItMay) {
  const auto U = factsOf(std::string(Task) +
                         "struct S { std::vector<int> q; std::size_t most;\n"
                         "bool f() { return q.size() == most; }\n"
                         "bool g() { return q.size() == 0; } };");
  ASSERT_EQ(function(U, "S::f").Comparisons.size(), 1u);
  EXPECT_THAT(function(U, "S::f").Comparisons[0].Reads,
              ElementsAre("this.most"));
  EXPECT_THAT(function(U, "S::g").Comparisons, IsEmpty());
}

TEST(Comparisons, AreSaidToBeTheConditionOfALoop) {
  const auto U = factsOf("void f(int n) { for (int i = 0; i != n; ++i) {} }");
  const FunctionFacts &F = function(U, "f");
  ASSERT_EQ(F.Comparisons.size(), 1u);
  EXPECT_TRUE(F.Comparisons[0].InLoopCondition);
  EXPECT_EQ(F.Comparisons[0].Loop, 0);
  EXPECT_THAT(F.Comparisons[0].Reads, ElementsAre("i", "n"));
}

TEST(Throws, TellTheTypeAndTheTryBlock) {
  const auto U =
      factsOf("void f() { try { throw 1; } catch (...) { throw; } }");
  const FunctionFacts &F = function(U, "f");
  ASSERT_EQ(F.Throws.size(), 2u);
  EXPECT_EQ(F.Throws[0].Type, "int");
  EXPECT_EQ(F.Throws[0].Try, 0);
  EXPECT_EQ(F.Throws[1].Type, "");
  EXPECT_EQ(F.Throws[1].Handler, 0);
}

TEST(Overloads, ThatTakeOneMoreAreTold) {
  const auto U =
      factsOf(std::string(Task) +
              "struct Token {}; struct Other {};\n"
              "struct S { mini::task<int> get(int);\n"
              "mini::task<int> get(int, Token); mini::task<int> get(Other);\n"
              "mini::task<int> f() { co_return co_await get(1); } };");
  for (const CallSite &C : function(U, "S::f").Calls)
    if (C.CalleeName == "S::get") {
      EXPECT_THAT(C.More, ElementsAre("Token"));
      return;
    }
  ADD_FAILURE() << "no call";
}

TEST(Functions, SayWhatTheyPromise) {
  const auto U = factsOf("struct S { virtual void v() {} };\n"
                         "void quiet(int used, int idle) noexcept\n"
                         "{ (void)used; }");
  EXPECT_TRUE(function(U, "S::v").Virtual);
  EXPECT_TRUE(function(U, "S::v").Empty);
  const FunctionFacts &F = function(U, "quiet");
  EXPECT_TRUE(F.Noexcept);
  EXPECT_FALSE(F.Empty);
  EXPECT_TRUE(F.Parameters[0].Used);
  EXPECT_FALSE(F.Parameters[1].Used);
}

TEST(Initialisers, OfAClassWithoutConstructorsAreReadAsAFunction) {
  const auto U = factsOf("struct Queue { static int *make(int); };\n"
                         "struct S { int *q = Queue::make(3); void f(); };");
  const FunctionFacts &F = function(U, "S");
  ASSERT_EQ(F.Calls.size(), 1u);
  EXPECT_EQ(F.Calls[0].CalleeName, "Queue::make");
  EXPECT_EQ(F.Calls[0].Result, "this.q");
}

TEST(Loops, OverARangeTellWhichAndLocalsHowLargeTheyAre) {
  const auto U = factsOf(std::string(Task) +
                         "void f(std::vector<int> all) { char big[4096];\n"
                         "for (int one : all) (void)one; (void)big; }");
  const FunctionFacts &F = function(U, "f");
  ASSERT_EQ(F.Loops.size(), 1u);
  EXPECT_EQ(F.Loops[0].Range.Path, "all");
  EXPECT_EQ(F.Variables[0].Size, 4096u);
}
