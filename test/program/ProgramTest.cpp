//===- ProgramTest.cpp - Linking, summaries, contexts ---------------------===//
//
// Facts written by hand: what a program makes of them, without a compiler.
//
//===----------------------------------------------------------------------===//

#include "program/Program.h"
#include <gtest/gtest.h>

using namespace async_tidy;

namespace {

const Tier Waits[] = {Tier::Waits};

ModelSet models() {
  ModelSet M;
  llvm::Error E = M.add(R"(
library: test
summary: a library
namespaces: [lib]
blocking:
  - names: [doze]
    why: waits
  - names: ["@::join"]
    kind: sync-wait
    why: waits for work
  - names: ["@::write"]
    tier: file-io
    why: writes
nonblocking: [hum]
tasks:
  - types: ["@::task"]
    start: lazy
runs:
  - names: ["@::post"]
    what: argument 0
    where: loop
  - names: ["@::thread"]
    what: argument 0
    where: thread
)",
                        "test.yaml");
  EXPECT_FALSE(bool(E)) << toString(std::move(E));
  return M;
}

CallSite call(FunctionId Callee, std::string Name, unsigned Line) {
  CallSite C;
  C.Callee = std::move(Callee);
  C.CalleeName = std::move(Name);
  C.Where = {"", Line, 1};
  return C;
}

/// A call of something that no unit defines.
CallSite outside(std::string Name, unsigned Line) {
  return call("s:" + Name, Name, Line);
}

/// A function of the unit, called by its name.
FunctionFacts function(std::string Name, unsigned Line,
                       std::vector<CallSite> Calls, bool Coroutine = false) {
  FunctionFacts F;
  F.Id = F.Name = std::move(Name);
  F.Where = {"", Line, 1};
  F.IsCoroutine = Coroutine;
  if (Coroutine)
    F.ReturnType = "lib::task<int>";
  F.Calls.assign(Calls.begin(), Calls.end());
  Block All;
  for (unsigned I = 0; I != F.Calls.size(); ++I)
    All.Events.push_back({Event::Kind::Call, I, {}});
  F.Flow = {All};
  return F;
}

TranslationUnitFacts unit(std::string File,
                          std::vector<FunctionFacts> Functions) {
  TranslationUnitFacts U;
  U.MainFile = File;
  for (FunctionFacts &F : Functions) {
    F.Where.File = File;
    for (CallSite &C : F.Calls)
      C.Where.File = File;
  }
  U.Functions = std::move(Functions);
  return U;
}

const FunctionFacts &find(const Program &P, llvm::StringRef Name) {
  for (const FunctionFacts *F : P.functions())
    if (F->Name == Name)
      return *F;
  ADD_FAILURE() << "no function " << Name.str();
  return *P.functions().front();
}

/// The lines of the steps from the first call of \p Name; empty if it does not
/// block, or if it does so itself.
std::vector<unsigned> steps(const Program &P, llvm::StringRef Name) {
  const FunctionFacts &F = find(P, Name);
  std::vector<unsigned> Lines;
  if (auto Path = P.blockingPath(F, F.Calls.front(), Waits))
    for (const Step &S : Path->Steps)
      Lines.push_back(S.Where.Line);
  return Lines;
}

bool blocks(const Program &P, llvm::StringRef Name) {
  const FunctionFacts &F = find(P, Name);
  return P.blockingPath(F, F.Calls.front(), Waits).has_value();
}

} // namespace

TEST(Program, FollowsCallsAcrossUnits) {
  const ModelSet M = models();
  const Program P({unit("a.cpp", {function("top", 1, {call("mid", "mid", 2)})}),
                   unit("b.cpp", {function("mid", 10, {call("low", "low", 11)}),
                                  function("low", 20, {outside("doze", 21)})})},
                  M);
  EXPECT_EQ(steps(P, "top"), (std::vector<unsigned>{11, 21}));
}

TEST(Program, OneUnitAloneHidesButInventsNothing) {
  const ModelSet M = models();
  const Program P(
      {unit("a.cpp", {function("top", 1, {call("mid", "mid", 2)})})}, M);
  EXPECT_FALSE(blocks(P, "top"));
}

TEST(Program, TakesTheShortestPath) {
  const ModelSet M = models();
  const Program P(
      {unit("a.cpp",
            {function("top", 1, {call("fork", "fork", 2)}),
             function("fork", 10,
                      {call("long", "long", 11), call("low", "low", 12)}),
             function("long", 15, {call("low", "low", 16)}),
             function("low", 20, {outside("doze", 21)})})},
      M);
  EXPECT_EQ(steps(P, "top"), (std::vector<unsigned>{12, 21}));
}

TEST(Program, PrefersToStayInTheUnit) {
  const ModelSet M = models();
  const Program P({unit("a.cpp", {function("top", 1, {call("fork", "fork", 2)}),
                                  function("fork", 10,
                                           {call("away", "away", 11),
                                            call("h1", "h1", 12)}),
                                  function("h1", 13, {call("h2", "h2", 14)}),
                                  function("h2", 15, {outside("doze", 16)})}),
                   unit("b.cpp", {function("away", 1, {outside("doze", 2)})})},
                  M);
  EXPECT_EQ(steps(P, "top"), (std::vector<unsigned>{12, 14, 16}));
}

TEST(Program, RecursionEnds) {
  const ModelSet M = models();
  const Program P(
      {unit(
          "a.cpp",
          {function("even", 1, {call("odd", "odd", 2)}),
           function("odd", 5, {call("even", "even", 6), outside("doze", 7)})})},
      M);
  EXPECT_EQ(steps(P, "even"), (std::vector<unsigned>{7}));
}

TEST(Program, SeveralDifferentBodiesMeanUnknown) {
  const ModelSet M = models();
  const auto Server = [](std::string File, std::vector<CallSite> Calls) {
    return unit(std::move(File), {function("run", 5, std::move(Calls))});
  };
  const Program P({unit("a.cpp", {function("top", 1, {call("run", "run", 2)})}),
                   Server("b.cpp", {outside("doze", 6)}), Server("c.cpp", {})},
                  M);
  EXPECT_FALSE(blocks(P, "top"));
}

TEST(Program, TheOwnUnitsBodyIsMeant) {
  const ModelSet M = models();
  const Program P({unit("a.cpp", {function("top", 1, {call("run", "run", 2)}),
                                  function("run", 5, {outside("doze", 6)})}),
                   unit("b.cpp", {function("run", 5, {})})},
                  M);
  EXPECT_TRUE(blocks(P, "top"));
}

TEST(Program, ACoroutineIsOnlyCreatedByItsCall) {
  const ModelSet M = models();
  const Program P(
      {unit("a.cpp", {function("top", 1, {call("co", "co", 2)}, true),
                      function("co", 5, {outside("doze", 6)}, true)})},
      M);
  EXPECT_FALSE(blocks(P, "top"));
  EXPECT_TRUE(blocks(P, "co"));
  EXPECT_EQ(P.context(find(P, "co")).Kind, ContextKind::Coroutine);
  EXPECT_EQ(P.context(find(P, "co")).Library, "test");
}

TEST(Program, ContextComesFromWhereACallableIsHanded) {
  const ModelSet M = models();
  CallSite Post = outside("lib::post", 2), Thread = outside("lib::thread", 3);
  Value Loop, Worker;
  Loop.Callable = "on_loop";
  Worker.Callable = "on_thread";
  Post.Arguments = {Loop};
  Thread.Arguments = {Worker};
  const Program P({unit("a.cpp", {function("top", 1, {Post, Thread}),
                                  function("on_loop", 5, {}),
                                  function("on_thread", 7, {})})},
                  M);
  EXPECT_EQ(P.context(find(P, "on_loop")).Kind, ContextKind::Loop);
  EXPECT_EQ(P.context(find(P, "on_loop")).HandedOver.Line, 2u);
  EXPECT_EQ(P.context(find(P, "on_thread")).Kind, ContextKind::Offloaded);
  EXPECT_EQ(P.context(find(P, "top")).Kind, ContextKind::Plain);
}

TEST(Program, AnAttributeSpeaksForAFunctionWithoutBody) {
  const ModelSet M = models();
  TranslationUnitFacts U =
      unit("a.cpp", {function("top", 1, {call("fetch", "fetch", 2)}),
                     function("other", 5, {outside("doze", 6)})});
  DeclarationFacts Blocking, Nonblocking;
  Blocking.Id = "fetch";
  Blocking.Blocking = true;
  Nonblocking.Id = "s:doze";
  Nonblocking.Nonblocking = true;
  U.Declarations = {Blocking, Nonblocking};
  const Program P({U}, M);
  EXPECT_TRUE(blocks(P, "top"));
  EXPECT_FALSE(blocks(P, "other"));
}

TEST(Program, OverridersAreFollowed) {
  const ModelSet M = models();
  CallSite Virtual = call("Base::get", "Base::get", 2);
  Virtual.Virtual = true;
  FunctionFacts Slow = function("Slow::get", 5, {outside("doze", 6)});
  FunctionFacts Fast = function("Fast::get", 8, {});
  Slow.Overrides = Fast.Overrides = {"Base::get"};
  const Program P({unit("a.cpp", {function("top", 1, {Virtual}), Slow, Fast})},
                  M);
  const FunctionFacts &Top = find(P, "top");
  auto Path = P.blockingPath(Top, Top.Calls.front(), Waits);
  ASSERT_TRUE(Path);
  EXPECT_TRUE(Path->OneOfSeveral);
}

TEST(Program, OnlyTheTiersAskedForCount) {
  const ModelSet M = models();
  const Program P(
      {unit("a.cpp", {function("top", 1, {call("low", "low", 2)}),
                      function("low", 5, {outside("lib::write", 6)})})},
      M);
  const FunctionFacts &Top = find(P, "top");
  EXPECT_FALSE(P.blockingPath(Top, Top.Calls.front(), Waits));
  EXPECT_TRUE(
      P.blockingPath(Top, Top.Calls.front(), {Tier::Waits, Tier::FileIO}));
}

TEST(Program, TheOrderOfUnitsDoesNotMatter) {
  const ModelSet M = models();
  const auto A = unit("a.cpp", {function("top", 1, {call("low", "low", 2)})});
  const auto B = unit("b.cpp", {function("low", 5, {outside("doze", 6)})});
  const Program P({A, B}, M), Q({B, A}, M);
  ASSERT_EQ(P.functions().size(), Q.functions().size());
  for (size_t I = 0; I != P.functions().size(); ++I)
    EXPECT_EQ(P.functions()[I]->Id, Q.functions()[I]->Id);
  EXPECT_EQ(steps(P, "top"), steps(Q, "top"));
}
