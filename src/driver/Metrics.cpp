//===- Metrics.cpp - The numbers that a team puts on its wall -------------===//
//
// The rules say what is bad. What they would look at, and find nothing to say
// of, is good; what they doubt, and what they do not judge, is unknown.
//
//===----------------------------------------------------------------------===//

#include "driver/Metrics.h"
#include "program/Fates.h"
#include "rules/Pushes.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using namespace llvm;

namespace async_tidy {

namespace {

enum Kind { Blocking, CancellationPath, QueueBound, Ownership, Deadline };

/// What is known of one thing; of several opinions the last one here holds.
enum class State { Good, Unknown, Suppressed, Bad };

/// Counts the things of one program.
class Meter {
public:
  Meter(Session &S, const Program &P, const Report &R)
      : S(S), P(P), R(R), Shows(findingsFilter(S)) {
    for (const TranslationUnitFacts &Unit : P.units())
      MainFiles.insert(Unit.MainFile);
  }
  Expected<std::vector<Metric>> run();

private:
  Error findOurs();
  void judge();
  void count(const FunctionFacts &F);
  void countLoops(const FunctionFacts &F);
  void countQueue(const FunctionFacts &F, const CallSite &Call);
  void countCall(const FunctionFacts &F, unsigned I);
  void add(Kind K, const std::string &Thing, State Is) {
    State &Known = Things[K].try_emplace(Thing, State::Good).first->second;
    Known = std::max(Known, Is);
  }
  /// What \p Id says of \p Where; \p Otherwise if it says nothing.
  State said(StringRef Id, const Location &Where,
             State Otherwise = State::Good) const {
    const auto It = Said.find({Id.str(), Where});
    return It == Said.end() ? Otherwise : It->second;
  }

  Session &S;
  const Program &P;
  const Report &R;
  const Filter Shows;
  std::set<std::string> MainFiles;
  /// Functions in files that the user is shown, and their configuration.
  std::vector<std::pair<const FunctionFacts *, const FileConfig *>> Ours;
  std::map<std::pair<std::string, Location>, State> Said;
  /// Of the rules about blocking, by the place of the function.
  std::map<Location, State> Blocks;
  std::map<Kind, std::map<std::string, State>> Things;
};

} // namespace

static constexpr StringLiteral BlockingRules[] = {
    "async-blocking-call", "async-sync-wait", "async-nested-event-loop",
    "async-busy-wait"};
static constexpr StringLiteral OtherRules[] = {
    "async-uncancellable-loop", "async-unbounded-queue", "async-detached-task",
    "async-missing-timeout"};

static std::string textOf(const Location &L) {
  return L.File + ":" + std::to_string(L.Line) + ":" + std::to_string(L.Column);
}

Error Meter::findOurs() {
  for (const FunctionFacts *F : P.functions()) {
    auto C = S.Configuration.of(F->Where.File);
    if (!C)
      return C.takeError();
    if (Shows.judge(F->Where.File, MainFiles.count(F->Where.File.str()), **C) ==
        Verdict::Show)
      Ours.emplace_back(F, *C);
  }
  return Error::success();
}

static State stateOf(const Finding &F) {
  if (F.Suppressed)
    return State::Suppressed;
  return F.Shown > F.From->Shown ? State::Unknown : State::Bad;
}

void Meter::judge() {
  std::vector<Finding> All;
  std::vector<const FunctionFacts *> In;
  for (const auto &[F, C] : Ours)
    for (ArrayRef<StringLiteral> Ids :
         {ArrayRef(BlockingRules), ArrayRef(OtherRules)})
      for (StringRef Id : Ids) {
        const Rule *Judge = findRule(Id);
        if (!Judge)
          continue;
        FindingSink Sink(*Judge, *F, All);
        Judge->Check(*F, P, RuleOptions(*Judge, C->CheckOptions), Sink);
        In.resize(All.size(), F);
      }
  suppress(P, All);
  const auto Note = [&](const Finding &F, const Location &Function) {
    State &Known = Said.try_emplace({F.From->Id.str(), F.Where}, State::Good)
                       .first->second;
    Known = std::max(Known, stateOf(F));
    if (is_contained(BlockingRules, F.From->Id)) {
      State &Whole = Blocks.try_emplace(Function, State::Good).first->second;
      Whole = std::max(Whole, stateOf(F));
    }
  };
  for (size_t I = 0; I < All.size(); ++I)
    Note(All[I], In[I]->Where);
  // What a file of models accepts is not found any more.
  for (const Finding &F : R.Findings)
    if (F.SuppressedByModel)
      for (const auto &[Function, C] : Ours)
        if (Function->Name == F.Function &&
            Function->Where.File == F.Where.File)
          Note(F, Function->Where);
}

/// Endless loops that wait for something: tasks that run for long.
void Meter::countLoops(const FunctionFacts &F) {
  const ContextKind In = P.context(F).Kind;
  const TaskModel *Task = P.models().task(F.ReturnType);
  if ((In != ContextKind::Coroutine && In != ContextKind::Fiber) || F.IsMain ||
      (Task && Task->Generator))
    return;
  for (unsigned L = 0; L != F.Loops.size(); ++L) {
    const int Loop = static_cast<int>(L);
    const auto Inside = [&](const auto &X) {
      return isInLoop(F, X.Loop, Loop);
    };
    const bool Waits =
        any_of(F.Suspensions,
               [&](const Suspension &X) {
                 return X.What != Suspension::Kind::Yield && Inside(X) &&
                        P.maySuspend(X);
               }) ||
        (In == ContextKind::Fiber && any_of(F.Calls, [&](const CallSite &X) {
           return Inside(X) && P.suspendsStackful(F, X);
         }));
    if (!F.Loops[L].Endless || !Waits)
      continue;
    // Without its control flow nobody can say what is on the way round.
    add(CancellationPath, textOf(F.Loops[L].Where),
        said("async-uncancellable-loop", F.Loops[L].Where,
             F.Flow.empty() ? State::Unknown : State::Good));
  }
}

void Meter::countQueue(const FunctionFacts &F, const CallSite &Call) {
  const ModelSet &Models = P.models();
  if (P.context(F).Kind == ContextKind::Offloaded ||
      Models.is(Role::Pushes, F.Name))
    return;
  const State Is = said("async-unbounded-queue", Call.Where);
  const bool Made = Models.role(Role::Unbounded, Call);
  const ObjectPath &Path =
      Made && !Call.Result.empty() ? Call.Result : Call.Object.Path;
  const std::string Member = P.memberName(F, Path);
  bool Counts = Made || Is != State::Good;
  if (!Counts && !Member.empty() && !isPool(Member) && !isOfLifetime(F) &&
      (Models.role(Role::Pushes, Call) || Models.role(Role::Appends, Call)) &&
      !holdsWaiters(P, firstArgument(Call.Object.Type)))
    Counts = !P.takers(Member).empty() && consumer({F, P, Call, Member});
  if (Counts)
    add(QueueBound, Member.empty() ? textOf(Call.Where) : Member, Is);
}

void Meter::countCall(const FunctionFacts &F, unsigned I) {
  const ModelSet &Models = P.models();
  const CallSite &Call = F.Calls[I];
  const std::string Place = textOf(Call.Where);
  const State Owned = said("async-detached-task", Call.Where);
  if (Owned != State::Good || Models.role(Role::Detaches, Call) ||
      Models.role(Role::Spawns, Call))
    add(Ownership, Place, Owned);
  if (!Models.role(Role::NeedsDeadline, Call))
    return;
  const ContextKind In = P.context(F).Kind;
  const bool Judged =
      (In == ContextKind::Coroutine || In == ContextKind::Fiber) &&
      (Call.Awaited || fateOf(F, I, P).What == Fate::Kind::Awaited ||
       P.suspendsStackful(F, Call));
  add(Deadline, Place,
      said("async-missing-timeout", Call.Where,
           Judged ? State::Good : State::Unknown));
}

void Meter::count(const FunctionFacts &F) {
  const ContextKind In = P.context(F).Kind;
  const auto It = Blocks.find(F.Where);
  const bool Speaks = It != Blocks.end();
  // Every task type has functions that an await calls; only a bad one is worth
  // to be counted beside the coroutines.
  if (In == ContextKind::Coroutine || In == ContextKind::Loop ||
      In == ContextKind::Fiber || Speaks)
    add(Blocking, textOf(F.Where), Speaks ? It->second : State::Good);
  countLoops(F);
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    countQueue(F, F.Calls[I]);
    countCall(F, I);
  }
}

std::vector<Metric> allMetrics() {
  return {
      {"blocking", "coroutines and async callbacks that never block"},
      {"cancellation", "endless tasks that can be cancelled"},
      {"queue-bound", "queues between tasks that have a bound"},
      {"ownership", "started tasks that have an owner"},
      {"deadline", "network operations with a deadline"},
      {"unsuppressed", "findings that nobody suppresses"},
      {"units", "units analysed without errors"},
  };
}

Expected<std::vector<Metric>> Meter::run() {
  if (Error E = findOurs())
    return std::move(E);
  judge();
  for (const auto &[F, C] : Ours)
    count(*F);
  std::vector<Metric> Metrics = allMetrics();
  for (const auto &[K, Known] : Things)
    for (const auto &[Thing, Is] : Known) {
      Metric &M = Metrics[K];
      ++(Is == State::Good      ? M.Good
         : Is == State::Unknown ? M.Unknown
         : Is == State::Bad     ? M.Bad
                                : M.Suppressed);
    }
  Metric &Findings = Metrics[Metrics.size() - 2], &Units = Metrics.back();
  for (const Finding &F : R.Findings)
    if (!F.Fixed)
      ++(F.Suppressed ? Findings.Suppressed : Findings.Good);
  Units.Good = R.Analysed.size();
  Units.Bad = R.NotAnalysed.size();
  return Metrics;
}

Expected<std::vector<Metric>> measure(Session &S, const Program &P,
                                      const Report &R) {
  return Meter(S, P, R).run();
}

} // namespace async_tidy
