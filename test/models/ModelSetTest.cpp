//===- ModelSetTest.cpp - What models answer ------------------------------===//
//
// What each key of a file comes to, how names are matched, and which file wins.
//
//===----------------------------------------------------------------------===//

#include "Files.h"
#include "models/Describe.h"
#include <gmock/gmock.h>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

Value typed(std::string Type, std::vector<std::string> Origins = {}) {
  Value V;
  V.Type = std::move(Type);
  V.Origins.assign(Origins.begin(), Origins.end());
  return V;
}

/// Why \p Call blocks; empty if it does not.
std::string why(const ModelSet &Models, const CallSite &Call) {
  const BlockingModel *M = Models.blocking(Call);
  return M ? M->Why : "";
}

TEST(ModelSet, BlockingSaysAllThatTheFileSays) {
  const ModelSet Models = modelsOf({"blocking:\n"
                                    "  - names: [recv, recvfrom]\n"
                                    "    kind: sync-wait\n"
                                    "    why: waits for data to arrive\n"
                                    "    operation: read\n"
                                    "    instead: a non-blocking socket\n"});
  const BlockingModel *M = Models.blocking(call("recvfrom"));
  ASSERT_NE(M, nullptr);
  EXPECT_EQ(M->Library, "lib");
  EXPECT_EQ(M->Kind, BlockingKind::SyncWait);
  EXPECT_EQ(M->HowBadly, Tier::Waits);
  EXPECT_EQ(M->Why, "waits for data to arrive");
  EXPECT_EQ(M->Operation, "read");
  EXPECT_EQ(M->Instead, "a non-blocking socket");
  EXPECT_EQ(Models.blocking(call("recv")), M);
  EXPECT_EQ(Models.blocking(call("recvmsg")), nullptr);
}

TEST(ModelSet, ARoleIsJudgedByItsConditions) {
  const ModelSet Models =
      modelsOf({"detaches:\n"
                "  - names: [go]\n"
                "    at: argument 1\n"
                "    when: [{at: last argument, types: [detached_t]}]\n"
                "limits: [acquire]\n"
                "cancellation: implicit\n"});
  const RoleModel *M =
      Models.role(Role::Detaches,
                  call("go", {typed("int"), typed("t"), typed("detached_t")}));
  ASSERT_NE(M, nullptr);
  EXPECT_EQ(M->At->Index, 1u);
  EXPECT_EQ(Models.role(Role::Detaches, call("go", {typed("t")})), nullptr);
  EXPECT_EQ(Models.role(Role::Limits, call("go")), nullptr);
  EXPECT_NE(Models.role(Role::Limits, call("acquire")), nullptr);
  EXPECT_TRUE(Models.is(Role::Detaches, "go"));
  EXPECT_EQ(Models.cancellation("lib"), Cancellation::Implicit);
  EXPECT_EQ(Models.cancellation("other"), Cancellation::Unknown);
}

TEST(ModelSet, ALaterFileReplacesARoleOfTheSameName) {
  const ModelSet Models =
      modelsOf({"pushes: [push, put]\n",
                "pushes:\n  - {names: [push], when: [{arity: 7}]}\n"});
  EXPECT_EQ(Models.role(Role::Pushes, call("push")), nullptr);
  EXPECT_NE(Models.role(Role::Pushes, call("put")), nullptr);
}

TEST(ModelSet, SeverityFollowsTheTier) {
  const ModelSet Models =
      modelsOf({"blocking:\n"
                "  - {names: [sleep], why: waits}\n"
                "  - {names: [read], why: reads, tier: file-io}\n"
                "  - {names: [fsync], why: flushes, tier: file-io, severity: "
                "warning}\n"});
  EXPECT_EQ(Models.blocking(call("sleep"))->Weight, Severity::Warning);
  EXPECT_EQ(Models.blocking(call("read"))->Weight, Severity::Note);
  EXPECT_EQ(Models.blocking(call("fsync"))->Weight, Severity::Warning);
}

TEST(ModelSet, TheFirstEntryThatAppliesIsTaken) {
  const ModelSet Models =
      modelsOf({"blocking:\n"
                "  - {names: [f], why: reads, when: [{arity: 0}]}\n"
                "  - {names: [f], why: writes}\n"});
  EXPECT_EQ(why(Models, call("f")), "reads");
  EXPECT_EQ(why(Models, call("f", {typed("int")})), "writes");
  EXPECT_EQ(Models.blocking(llvm::StringRef("f")).size(), 2u);
}

TEST(ModelSet, LaterFilesReplaceWhatIsSaidOfAName) {
  const ModelSet Models =
      modelsOf({"blocking:\n"
                "  - {names: [f, g], why: waits, when: [{arity: 0}]}\n"
                "  - {names: [f], why: reads}\n",
                "blocking:\n"
                "  - {names: [f], why: writes, when: [{arity: 1}]}\n"});
  EXPECT_EQ(Models.blocking(call("f")), nullptr);
  EXPECT_EQ(why(Models, call("f", {typed("int")})), "writes");
  EXPECT_EQ(why(Models, call("g")), "waits");
}

TEST(ModelSet, LaterFilesWinInBothDirections) {
  const char *Blocks = "blocking:\n  - {names: [f], why: waits}\n";
  const char *Never = "nonblocking: [f]\n";
  const ModelSet Silenced = modelsOf({Blocks, Never});
  EXPECT_EQ(Silenced.blocking(call("f")), nullptr);
  EXPECT_TRUE(Silenced.neverBlocks(call("f")));
  const ModelSet Accused = modelsOf({Never, Blocks});
  EXPECT_NE(Accused.blocking(call("f")), nullptr);
  EXPECT_FALSE(Accused.neverBlocks(call("f")));
}

TEST(ModelSet, LaterFilesWinForTypes) {
  const ModelSet Models =
      modelsOf({"mutexes:\n  - {types: [m], lock: [lock]}\n"
                "tasks:\n  - {types: [task], start: lazy}\n"
                "executors:\n  - {names: [pool], may-block: true}\n",
                "async-mutexes: [m]\n"
                "tasks:\n  - {types: [task], start: eager}\n"
                "executors:\n  - {names: [pool], may-block: false}\n"});
  EXPECT_EQ(Models.mutex("m"), nullptr);
  EXPECT_TRUE(Models.isAsyncMutex("m"));
  EXPECT_TRUE(Models.task("task")->Eager);
  EXPECT_EQ(Models.mayBlock(typed("pool")), false);
}

TEST(ModelSet, NothingOfAWrongFileIsAdded) {
  ModelSet Models = modelsOf({"blocking:\n  - {names: [f], why: waits}\n"});
  EXPECT_NE(llvm::toString(Models.add(file("nonblocking: [f]\nbad: 1\n"), "m")),
            "");
  EXPECT_NE(Models.blocking(call("f")), nullptr);
  EXPECT_EQ(Models.libraries().size(), 1u);
}

TEST(ModelSet, AtStandsForEachNamespace) {
  const ModelSet Models =
      modelsOf({"namespaces: [boost::asio, asio]\n"
                "tasks:\n  - {types: ['@::awaitable'], start: lazy}\n"
                "blocking:\n  - names: ['@::read']\n    why: reads\n"
                "    unless: [{at: argument 0, types: ['@::null_stream']}]\n"});
  for (const char *Namespace : {"boost::asio", "asio"}) {
    const std::string N = Namespace;
    EXPECT_NE(Models.task(N + "::awaitable<void>"), nullptr);
    EXPECT_NE(Models.blocking(call(N + "::read")), nullptr);
    EXPECT_EQ(Models.blocking(call(N + "::read", {typed(N + "::null_stream")})),
              nullptr);
  }
  EXPECT_EQ(Models.task("awaitable"), nullptr);
  EXPECT_EQ(Models.blocking(call("@::read")), nullptr);
}

TEST(ModelSet, NamesMatchWhole) {
  const ModelSet Models = modelsOf({"polls: [std::atomic::load]\n"});
  EXPECT_TRUE(Models.polls("std::atomic::load"));
  EXPECT_FALSE(Models.polls("atomic::load"));
  EXPECT_FALSE(Models.polls("std::atomic::loads"));
  EXPECT_FALSE(Models.polls("my::std::atomic::load"));
  EXPECT_FALSE(Models.polls(""));
}

TEST(ModelSet, TypesMatchWithoutArgumentsAndPointers) {
  const ModelSet Models = modelsOf(
      {"mutexes:\n  - {types: [m], lock: [lock], try: [try_lock], unlock: "
       "[unlock]}\n"
       "async-mutexes: [am]\n"
       "guards:\n  - {types: [guard], mutex: T0, deferred-by: [defer]}\n"
       "never-suspends: [std::suspend_never]\n"});
  ASSERT_NE(Models.mutex("m *"), nullptr);
  EXPECT_THAT(Models.mutex("m")->Lock, ElementsAre("lock"));
  EXPECT_THAT(Models.mutex("m")->Try, ElementsAre("try_lock"));
  EXPECT_TRUE(Models.isAsyncMutex("am<int>"));
  ASSERT_NE(Models.guard("guard<m>"), nullptr);
  EXPECT_EQ(Models.guard("guard<m>")->Mutex, "T0");
  EXPECT_THAT(Models.guard("guard<m>")->DeferredBy, ElementsAre("defer"));
  EXPECT_TRUE(Models.neverSuspends("std::suspend_never"));
  EXPECT_FALSE(Models.neverSuspends("std::suspend_always"));
}

TEST(ModelSet, LockFunctions) {
  const ModelSet Models = modelsOf(
      {"lock-functions:\n"
       "  - {names: [try], effect: tries, mutex: argument 1, success: 0}\n"
       "  - {names: [free], effect: releases, mutex: object}\n"});
  const LockFunctionModel *Try = Models.lockFunction("try");
  ASSERT_NE(Try, nullptr);
  EXPECT_EQ(Try->What, LockFunctionModel::Effect::Tries);
  EXPECT_EQ(Try->Mutex.Index, 1u);
  EXPECT_EQ(Try->SuccessIs, 0);
  EXPECT_EQ(Models.lockFunction("free")->What,
            LockFunctionModel::Effect::Releases);
}

TEST(ModelSet, ExecutorsByTypeOrWhereTheyCameFrom) {
  const ModelSet Models =
      modelsOf({"executors:\n"
                "  - {names: [thread_pool, system_executor], may-block: true}\n"
                "  - {names: [io_context], may-block: false}\n"});
  EXPECT_EQ(Models.mayBlock(typed("thread_pool")), true);
  EXPECT_EQ(Models.mayBlock(typed("io_context *")), false);
  EXPECT_EQ(Models.mayBlock(typed("any", {"get", "io_context", "thread_pool"})),
            false)
      << "the nearest decides";
  EXPECT_EQ(Models.mayBlock(typed("io_context", {"thread_pool"})), false);
  EXPECT_EQ(Models.mayBlock(typed("any", {"get"})), std::nullopt);
}

TEST(ModelSet, RunsAreJudgedAtTheCall) {
  const ModelSet Models = modelsOf(
      {"runs:\n"
       "  - {names: [post], what: last argument, where: executor, executor: "
       "argument 0, when: [{arity: 2}]}\n"
       "  - {names: [post], what: argument 0, where: loop, when: [{arity: "
       "1}]}\n"
       "  - {names: [both], what: argument 0, where: thread}\n"
       "  - {names: [both], what: argument 1, where: in-place}\n"});
  std::vector<const RunModel *> One = Models.runs(call("post", {typed("f")}));
  ASSERT_EQ(One.size(), 1u);
  EXPECT_EQ(One.front()->Where, Place::Loop);
  std::vector<const RunModel *> Two =
      Models.runs(call("post", {typed("e"), typed("f")}));
  ASSERT_EQ(Two.size(), 1u);
  EXPECT_EQ(Two.front()->Where, Place::Executor);
  EXPECT_EQ(Two.front()->Executor->Index, 0u);
  EXPECT_EQ(Two.front()->What.What, Position::Kind::Last);
  EXPECT_EQ(Models.runs(call("both")).size(), 2u);
  EXPECT_THAT(Models.runs(call("other")), IsEmpty());
}

TEST(ModelSet, CoroutinesAndFibres) {
  const ModelSet Models =
      modelsOf({"tasks:\n  - {types: [generator], generator: true}\n"
                "stackful-suspensions:\n"
                "  - {names: [yield]}\n"
                "  - {names: [read], when: [{at: last argument, types: "
                "[yield_context]}]}\n"
                "entry-points:\n  - {names: ['Object::event'], where: loop}\n"
                "switches:\n"
                "  - {names: [resume_on], executor: argument 0}\n"
                "  - {names: [to_background], may-block: true}\n"});
  EXPECT_TRUE(Models.task("generator<int>")->Generator);
  EXPECT_TRUE(Models.suspendsStackful(call("yield")));
  EXPECT_FALSE(Models.suspendsStackful(call("read", {typed("int")})));
  EXPECT_TRUE(Models.suspendsStackful(
      call("read", {typed("int"), typed("yield_context<any>")})));
  EXPECT_EQ(Models.entryPoint("Object::event")->Where, Place::Loop);
  EXPECT_EQ(Models.switches("resume_on")->Executor->Index, 0u);
  EXPECT_FALSE(Models.switches("to_background")->Executor);
  EXPECT_TRUE(Models.switches("to_background")->MayBlock);
}

TEST(ModelSet, LifetimesAndPolling) {
  const ModelSet Models =
      modelsOf({"constructs:\n  - {names: [make], type: T0, at: result, "
                "first-argument: 1}\n"
                "destroys:\n  - {names: ['box::~box'], type: T1, at: object}\n"
                "completions:\n"
                "  - {names: [wait_for], answer: 'std::future_status::ready'}\n"
                "  - {names: [wait]}\n"
                "  - {names: [is_ready], answer: true}\n"
                "polls: [load]\n"
                "pauses: [yield]\n"});
  ASSERT_EQ(Models.constructs("make").size(), 1u);
  EXPECT_EQ(Models.constructs("make").front()->FirstArgument, 1u);
  EXPECT_EQ(Models.constructs("make").front()->At.What, Position::Kind::Result);
  ASSERT_EQ(Models.destroys("box::~box").size(), 1u);
  EXPECT_EQ(Models.destroys("box::~box").front()->Type, "T1");
  EXPECT_EQ(Models.completion("wait_for")->Answer, "std::future_status::ready");
  EXPECT_EQ(Models.completion("wait")->Answer, "");
  EXPECT_EQ(Models.completion("is_ready")->Answer, "true");
  EXPECT_TRUE(Models.polls("load"));
  EXPECT_TRUE(Models.pause("yield"));
  EXPECT_FALSE(Models.pause("load"));
}

TEST(ModelSet, WhatIsOverEmptyOrOnlyAsked) {
  const ModelSet Models = modelsOf(
      {"owners:\n  - {types: [box], moved: empty, empties: [reset]}\n"
       "completions:\n"
       "  - {names: [status], pending: idle}\n"
       "  - {names: [count], answer: 0}\n"
       "  - {names: [as_future], of: result}\n"
       "  - {names: ['promise::set'], given-by: ['promise::get_future']}\n"
       "runs:\n  - {names: [then], what: argument 0, where: loop, gives: "
       "ready}\n"
       "polls:\n  - load\n  - {names: [now], time: true}\n"
       "pauses:\n  - yield\n  - {names: [wait], armed-by: [set]}\n"});
  ASSERT_TRUE(Models.owner("box<int>"));
  EXPECT_TRUE(Models.owner("box<int>")->MovedIsEmpty);
  EXPECT_EQ(Models.owner("box")->Empties, std::vector<std::string>{"reset"});
  EXPECT_EQ(Models.completion("status")->Pending, "idle");
  EXPECT_EQ(Models.completion("count")->Answer, "0");
  EXPECT_TRUE(Models.completion("as_future")->OfResult);
  EXPECT_EQ(Models.completion("promise::set")->GivenBy,
            std::vector<std::string>{"promise::get_future"});
  EXPECT_TRUE(Models.runs(call("then", {typed("int")})).front()->GivesReady);
  EXPECT_TRUE(Models.polls("now"));
  EXPECT_TRUE(Models.asksTime("now"));
  EXPECT_FALSE(Models.asksTime("load"));
  EXPECT_TRUE(Models.pause("yield")->ArmedBy.empty());
  EXPECT_EQ(Models.pause("wait")->ArmedBy, std::vector<std::string>{"set"});
}

TEST(ModelSet, ModesOfAllFilesCount) {
  const ModelSet Models = modelsOf(
      {"modes:\n"
       "  - {names: [fcntl], when: [{arity: 3}], calls: [recv, send]}\n"
       "  - {names: [fcntl], when: [{arity: 4}], calls: [accept]}\n",
       "modes:\n  - {names: [fcntl], calls: [my_read]}\n"});
  EXPECT_EQ(Models.setsMode(call("fcntl")).size(), 1u);
  const std::vector<const ModeModel *> Set = Models.setsMode(
      call("fcntl", {typed("int"), typed("int"), typed("int")}));
  ASSERT_EQ(Set.size(), 2u);
  EXPECT_THAT(Models.modesOf("recv"), ElementsAre(Set[0]));
  EXPECT_THAT(Models.modesOf("my_read"), ElementsAre(Set[1]));
  EXPECT_THAT(Models.modesOf("fcntl"), IsEmpty());
}

TEST(ModelSet, ReplacementsOfALibrary) {
  const ModelSet Models = modelsOf({"replacements: {sleep: a timer}\n",
                                    "replacements: {sleep: a better timer}\n"});
  EXPECT_EQ(Models.replacement("lib", "sleep"), "a better timer");
  EXPECT_EQ(Models.replacement("lib", "read"), "");
  EXPECT_EQ(Models.replacement("other", "sleep"), "");
}

TEST(ModelSet, EdgesHaveADirection) {
  const ModelSet Models =
      modelsOf({"edges:\n  - {caller: 'a::f', callee: 'b::g'}\n",
                "edges:\n  - {caller: 'a::f', callee: 'b::h'}\n"});
  EXPECT_TRUE(Models.allowsEdge("a::f", "b::g"));
  EXPECT_TRUE(Models.allowsEdge("a::f", "b::h"));
  EXPECT_FALSE(Models.allowsEdge("b::g", "a::f"));
}

TEST(ModelSet, KnowsWhatAModelSpeaksOf) {
  const ModelSet Models = modelsOf(
      {"blocking:\n  - {names: [f], why: waits, when: [{arity: 9}]}\n"
       "nonblocking: [g]\n"
       "mutexes:\n  - {types: ['a::m'], lock: [lock]}\n"
       "entry-points:\n  - {names: ['Object::event'], where: loop}\n"});
  EXPECT_TRUE(Models.knows("f"));
  EXPECT_TRUE(Models.knows("g"));
  EXPECT_TRUE(Models.knows("a::m::lock"));
  EXPECT_TRUE(Models.knows("a::m::~m"));
  EXPECT_FALSE(Models.knows("Object::event"))
      << "says who calls it, not what it does";
  EXPECT_FALSE(Models.knows("h"));
}

TEST(ModelSet, DescribesANameWithItsPlace) {
  const ModelSet Models =
      modelsOf({"blocking:\n"
                "  - names: [recv]\n"
                "    why: waits for data to arrive\n"
                "    unless: [{at: argument 3, names: [MSG_DONTWAIT]}]\n",
                "tasks:\n  - {types: ['a::task'], start: lazy}\n"
                "nonblocking: [recv]\n"});
  const std::vector<Description> Recv = describe(Models, "::recv");
  ASSERT_EQ(Recv.size(), 2u);
  EXPECT_EQ(Recv[0].File, "file1.yaml");
  EXPECT_EQ(Recv[0].Line, 4u);
  EXPECT_EQ(Recv[0].What, "waits for data to arrive (blocking-call, waits, "
                          "warning), unless argument 3 names `MSG_DONTWAIT`");
  EXPECT_TRUE(Recv[0].Overruled);
  EXPECT_EQ(Recv[1].File, "file2.yaml");
  EXPECT_EQ(Recv[1].Key, "nonblocking");
  EXPECT_FALSE(Recv[1].Overruled);
  ASSERT_EQ(describe(Models, "a::task<int>").size(), 1u);
  EXPECT_EQ(describe(Models, "a::task<int>")[0].What,
            "a task that starts when it is awaited");
  EXPECT_THAT(describe(Models, "send"), IsEmpty());
  EXPECT_THAT(similarNames(Models, "task"), ElementsAre("a::task"));
  EXPECT_THAT(similarNames(Models, "rec"), ElementsAre("recv"));
}

} // namespace
