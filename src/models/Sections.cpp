//===- Sections.cpp - What stands under each key of a model file ----------===//
//
// One function a key of docs/design/models.md: which keys an entry has, which
// of them it needs, and which go together.
//
//===----------------------------------------------------------------------===//

#include "models/Loader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

using Kind = Position::Kind;

//===----------------------------------------------------------------------===//
// Blocking
//===----------------------------------------------------------------------===//

void Loader::blocking(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    BlockingModel M;
    M.Library = Result.About.Name;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    if (const YamlNode *V = F.optional("kind"))
      M.Kind = R.word(*V, BlockingKinds, "a kind of blocking");
    if (const YamlNode *V = F.optional("tier"))
      M.HowBadly = R.word(*V, Tiers, "a tier");
    M.Weight = M.HowBadly == Tier::Waits ? Severity::Warning : Severity::Note;
    if (const YamlNode *V = F.optional("severity"))
      M.Weight = R.word(*V, Severities, "a severity");
    if (const YamlNode *V = F.required("why"))
      M.Why = sentence(*V);
    if (const YamlNode *V = F.optional("operation"))
      checkOperation(*V, M.Operation = R.text(*V));
    if (const YamlNode *V = F.optional("instead"))
      M.Instead = sentence(*V);
    M.When = conditions(F.optional("when"));
    M.Unless = conditions(F.optional("unless"));
    if (const YamlNode *V = F.optional("doubtful"))
      M.Doubtful = R.boolean(*V).value_or(false);
    M.Names = declare(Names, "blocking", phrase(M),
                      !M.When.empty() || !M.Unless.empty());
    Result.Blocking.push_back(std::move(M));
  }
}

void Loader::nonblocking(const YamlNode &N) {
  Result.Nonblocking =
      plainNames(N, "nonblocking", "never blocks", NameKind::Function);
}

void Loader::replacements(const YamlNode &N) {
  if (N.What != YamlNode::Kind::Mapping) {
    Errors.add(N, "this must be a mapping: `operation: what to do instead`");
    return;
  }
  for (size_t I = 0; I != N.Keys.size(); ++I) {
    checkOperation(N.Keys[I], N.Keys[I].Text);
    Result.Replacements.push_back({N.Keys[I].Text, sentence(N.Items[I])});
  }
}

void Loader::edges(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    Fields F(R, Item);
    const YamlNode *Caller = F.required("caller"),
                   *Callee = F.required("callee"),
                   *Reason = F.optional("reason");
    if (!Caller || !Callee)
      continue;
    const Location Where{"", Item.Where.Line, Item.Where.Column};
    for (const ReadName &From : R.name(*Caller, NameKind::Function))
      for (const ReadName &To : R.name(*Callee, NameKind::Function)) {
        declare(From, "edges", "may call " + quoted(To.Name),
                /*Conditional=*/false, To.Name);
        Result.Edges.push_back({From.Name, To.Name,
                                Reason ? sentence(*Reason) : std::string(),
                                Where});
      }
  }
}

//===----------------------------------------------------------------------===//
// Locks
//===----------------------------------------------------------------------===//

void Loader::mutexes(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    MutexModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Types = required(F, "types", NameKind::Type);
    members(F, "lock", M.Lock, Types);
    members(F, "try", M.Try, Types);
    members(F, "unlock", M.Unlock, Types);
    M.Types = declare(Types, "mutexes", "a lock of the thread that took it");
    Result.Mutexes.push_back(std::move(M));
  }
}

void Loader::asyncMutexes(const YamlNode &N) {
  Result.AsyncMutexes =
      plainNames(N, "async-mutexes",
                 "a lock made to be held across a suspension", NameKind::Type);
}

void Loader::guards(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    GuardModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Types = required(F, "types", NameKind::Type);
    if (const YamlNode *V = F.optional("mutex"))
      M.Mutex = typeArgument(*V, /*OrAny=*/true);
    members(F, "lock", M.Lock, Types);
    members(F, "try", M.Try, Types);
    members(F, "unlock", M.Unlock, Types);
    members(F, "test", M.Test, Types);
    M.DeferredBy = mentioned(F.optional("deferred-by"), NameKind::Type, "type");
    M.TriedBy = mentioned(F.optional("tried-by"), NameKind::Type, "type");
    M.Types = declare(Types, "guards", "holds a lock until it dies");
    Result.Guards.push_back(std::move(M));
  }
}

void Loader::lockFunctions(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    LockFunctionModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    if (const YamlNode *V = F.required("effect"))
      M.What = R.word(*V, LockEffects, "an effect on a lock");
    if (const YamlNode *V = F.required("mutex"))
      M.Mutex = R.position(*V, {});
    if (const YamlNode *V = F.optional("success")) {
      M.SuccessIs = R.integer(*V);
      if (M.What != LockFunctionModel::Effect::Tries)
        Errors.add(*V, "`success` is for `effect: tries`");
    }
    M.Names = declare(Names, "lock-functions", phrase(M));
    Result.LockFunctions.push_back(std::move(M));
  }
}

//===----------------------------------------------------------------------===//
// Coroutines
//===----------------------------------------------------------------------===//

void Loader::tasks(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    TaskModel M;
    M.Library = Result.About.Name;
    Fields F(R, Item);
    const std::vector<ReadName> Types = required(F, "types", NameKind::Type);
    const YamlNode *Start = F.optional("start");
    if (Start)
      M.Eager = R.word(*Start, TaskStarts, "a start");
    const YamlNode *Generator = F.optional("generator");
    if (Generator)
      M.Generator = R.boolean(*Generator).value_or(false);
    if (const YamlNode *V = F.optional("discardable"))
      M.Discardable = R.boolean(*V).value_or(false);
    if (const YamlNode *V = F.optional("errors"))
      M.LoudErrors = R.word(*V, ErrorWords, "what becomes of errors");
    if (const YamlNode *V = F.optional("in-place"))
      M.InPlace = R.boolean(*V).value_or(false);
    if (const YamlNode *V = F.optional("shared"))
      M.Shared = R.boolean(*V).value_or(false);
    if (Start && M.Generator)
      Errors.add(*Start, "a generator has no `start`: it runs when pulled");
    else if (!Start && !M.Generator)
      Errors.add(Item, "`start` (`lazy` or `eager`) or `generator: true` is "
                       "missing");
    M.Types = declare(Types, "tasks", phrase(M));
    Result.Tasks.push_back(std::move(M));
  }
}

void Loader::neverSuspends(const YamlNode &N) {
  Result.NeverSuspends = plainNames(
      N, "never-suspends", "its `co_await` goes on at once", NameKind::Type);
}

void Loader::stackfulSuspensions(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    StackfulModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    M.When = conditions(F.optional("when"));
    M.Names =
        declare(Names, "stackful-suspensions", phrase(M), !M.When.empty());
    Result.StackfulSuspensions.push_back(std::move(M));
  }
}

//===----------------------------------------------------------------------===//
// Where things run
//===----------------------------------------------------------------------===//

void Loader::runs(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    RunModel M;
    M.Library = Result.About.Name;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    if (const YamlNode *V = F.required("what"))
      M.What = R.position(*V, {Kind::Result});
    const YamlNode *Where = F.required("where");
    if (Where)
      M.Where = R.word(*Where, Places, "a place where things run");
    if (const YamlNode *V = F.optional("executor")) {
      M.Executor = R.position(*V, {Kind::Any});
      if (Where && M.Where != Place::Executor && M.Where != Place::Wraps)
        Errors.add(*V,
                   "`executor` is for `where: executor` and `where: wraps`");
    } else if (M.Where == Place::Executor) {
      Errors.add(*Where, "`where: executor` needs the position of the "
                         "`executor`");
    }
    if (const YamlNode *V = F.optional("gives"))
      M.GivesReady = R.word(*V, GivenStates, "a state");
    M.When = conditions(F.optional("when"));
    M.Unless = conditions(F.optional("unless"));
    M.Names = declare(Names, "runs", phrase(M),
                      !M.When.empty() || !M.Unless.empty(), phrase(M.What));
    Result.Runs.push_back(std::move(M));
  }
}

void Loader::entryPoints(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    EntryPointModel M;
    M.Library = Result.About.Name;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    if (const YamlNode *V = F.required("where"))
      M.Where = R.word(*V, EntryPlaces, "a place where overriders run");
    M.Names = declare(Names, "entry-points", phrase(M));
    Result.EntryPoints.push_back(std::move(M));
  }
}

void Loader::executors(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    ExecutorModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    if (const YamlNode *V = F.required("may-block"))
      M.MayBlock = R.boolean(*V).value_or(false);
    M.Names = declare(Names, "executors", phrase(M));
    Result.Executors.push_back(std::move(M));
  }
}

void Loader::switches(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    SwitchModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    const YamlNode *Executor = F.optional("executor");
    const YamlNode *MayBlock = F.optional("may-block");
    if (Executor)
      M.Executor = R.position(*Executor, {Kind::Any});
    if (MayBlock)
      M.MayBlock = R.boolean(*MayBlock).value_or(false);
    if (!Executor == !MayBlock)
      Errors.add(Item, "one of `executor` and `may-block` is needed");
    M.Names = declare(Names, "switches", phrase(M));
    Result.Switches.push_back(std::move(M));
  }
}

void Loader::modes(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    ModeModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    M.When = conditions(F.optional("when"));
    if (const YamlNode *V = F.optional("tested"))
      M.Tested = mentioned(V, NameKind::Constant, "constant");
    if (const YamlNode *V = F.required("calls"))
      M.Calls = mentioned(V, NameKind::Function, "function");
    M.Names = declare(Names, "modes", phrase(M), !M.When.empty());
    Result.Modes.push_back(std::move(M));
  }
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

void Loader::lifetime(LifetimeModel &M, Fields &F) {
  if (const YamlNode *V = F.required("type"))
    M.Type = typeArgument(*V, /*OrAny=*/false);
  if (const YamlNode *V = F.required("at"))
    M.At = R.position(*V, {Kind::Any});
}

void Loader::constructs(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    LifetimeModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    lifetime(M, F);
    if (const YamlNode *V = F.optional("first-argument"))
      M.FirstArgument = R.count(*V).value_or(0);
    M.Names = declare(Names, "constructs", "makes an object of " + M.Type,
                      false, M.Type);
    Result.Constructs.push_back(std::move(M));
  }
}

void Loader::destroys(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    LifetimeModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    lifetime(M, F);
    M.Names = declare(Names, "destroys", "destroys an object of " + M.Type,
                      false, M.Type);
    Result.Destroys.push_back(std::move(M));
  }
}

//===----------------------------------------------------------------------===//
// What a suspension changes
//===----------------------------------------------------------------------===//

void Loader::resumes(const YamlNode &N) {
  Result.About.Resumes = R.word(N, ResumeWords, "where tasks go on");
}

void Loader::threadState(const YamlNode &N) {
  Result.ThreadState =
      plainNames(N, "thread-state", "speaks of the thread that calls it",
                 NameKind::Function);
}

void Loader::views(const YamlNode &N) {
  Result.Views =
      plainNames(N, "views", "looks into what others own", NameKind::Type);
}

void Loader::invalidates(const YamlNode &N) {
  Result.Invalidates =
      plainNames(N, "invalidates", "may invalidate what refers into its object",
                 NameKind::Function);
}

} // namespace async_tidy
