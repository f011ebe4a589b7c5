//===- async-uncancellable-loop.cpp ---------------------------------------===//
//
// An endless loop in a task is fine as long as somebody can end it: by a token
// that it tests, or by an await that throws when the task is cancelled.
//
//===----------------------------------------------------------------------===//

#include "rules/Cancellation.h"
#include "rules/Cycles.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

/// The ways round one loop, and the ways out.
class EndlessLoop {
public:
  EndlessLoop(const FunctionFacts &F, const Program &P,
              const CancellationOf &Cancelled, const Cycles &Ways, int L)
      : F(F), P(P), Cancelled(Cancelled), Ways(Ways), L(L),
        In(Ways.blocksOf(L)) {}

  void check(FindingSink &Report);

private:
  bool contains(int Block) const { return Block >= 0 && In.test(Block); }
  void readSuspensions();
  void readTests();
  bool leavesByItself(unsigned Block) const;
  bool isAwaited(const ObjectPath &Path) const;
  bool goesRound(const llvm::BitVector &Without) const;
  const CancellationObject *untested() const;
  bool isPause(const CallSite &Call) const;

  const FunctionFacts &F;
  const Program &P;
  const CancellationOf &Cancelled;
  const Cycles &Ways;
  const int L;
  llvm::BitVector In;

  /// Blocks that suspend, by what does not end when the task is cancelled.
  llvm::BitVector Waits;
  /// Blocks of what ends it, of tests for cancellation, and of ways out.
  llvm::BitVector Ends, Tests, Exits;
  std::vector<Location> Waiting;
  Location Tested;
  bool Yields = false, Pauses = false, AllOwn = true;
};

} // namespace

/// Blocks that suspend, and whether what they wait for ends on cancellation.
void EndlessLoop::readSuspensions() {
  auto Wait = [&](int Block, bool Ended, const Location &Where) {
    if (!contains(Block))
      return;
    (Ended ? Ends : Waits).set(Block);
    if (!Ended)
      Waiting.push_back(Where);
  };
  for (unsigned I = 0; I != F.Suspensions.size(); ++I) {
    const Suspension &S = F.Suspensions[I];
    if (!isInLoop(F, S.Loop, L))
      continue;
    if (S.What == Suspension::Kind::Yield)
      Yields = true;
    else if (Cancelled.ends(S))
      Wait(Ways.ofSuspension(I), true, S.Where);
    else if (P.maySuspend(S))
      Wait(Ways.ofSuspension(I), false, S.Where);
    Pauses |= S.Call >= 0 && isPause(F.Calls[S.Call]);
    Pauses |= P.models().pause(templateName(S.Operand.Type)) != nullptr;
  }
  if (P.context(F).Kind == ContextKind::Fiber)
    for (unsigned I = 0; I != F.Calls.size(); ++I)
      if (const CallSite &Call = F.Calls[I];
          isInLoop(F, Call.Loop, L) && P.suspendsStackful(F, Call)) {
        Wait(Ways.ofCall(I), Cancelled.ends(Call), Call.Where);
        Pauses |= isPause(Call);
      }
}

/// Lets a while pass, so that it is worth to be woken from.
bool EndlessLoop::isPause(const CallSite &Call) const {
  static constexpr llvm::StringLiteral Words[] = {"sleep", "delay", "wait_for",
                                                  "pause"};
  return P.models().pause(Call.CalleeName) ||
         saysBeginningOf(ownName(Call.CalleeName), Words);
}

/// What an await gave, or a part of it.
bool EndlessLoop::isAwaited(const ObjectPath &Path) const {
  const llvm::StringRef Root = llvm::StringRef(Path).split('.').first;
  return llvm::any_of(F.Variables, [&](const Variable &V) {
    if (V.Name != Root || !isInLoop(F, V.Loop, L))
      return false;
    return V.Init.Call >= 0 && F.Calls[V.Init.Call].ByAwait;
  });
}

/// The way out of \p Block is taken when the loop's own work is done, and not
/// when somebody asks for it.
bool EndlessLoop::leavesByItself(unsigned Block) const {
  const std::optional<Branch> &Test = F.Flow[Block].Test;
  if (!Test)
    return false;
  if (Test->Call < 0)
    return isAwaited(Test->Path);
  const CallSite &Call = F.Calls[Test->Call];
  return Call.ByAwait || isAwaited(Call.Object.Path);
}

void EndlessLoop::readTests() {
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    const int Block = Ways.ofCall(I);
    if (!contains(Block) || Call.Kind != CallKind::Call)
      continue;
    if (Cancelled.isTest(Call)) {
      Tests.set(Block);
      Tested = Call.Where;
    } else if (!Call.Awaited && !Call.ByAwait && !Call.Implicit &&
               P.callee(F, Call) && !P.callee(F, Call)->IsCoroutine &&
               !P.callee(F, Call)->Throws.empty()) {
      // It may throw the loop out.
      Exits.set(Block);
      AllOwn = false;
    }
  }
  for (int B : In.set_bits()) {
    const Block &Here = F.Flow[B];
    if (Here.Test && Here.Test->Call < 0 && Tests.test(B) == false &&
        CancellationOf::speaksOfEnd(Here.Test->Path) &&
        !isAwaited(Here.Test->Path)) {
      Tests.set(B);
      Tested = {};
    }
    for (int To : Ways.after(B))
      if (!In.test(To)) {
        Exits.set(B);
        AllOwn &= leavesByItself(B);
      }
  }
}

/// A way leads round the loop, through none of the blocks \p Without, that
/// suspends.
bool EndlessLoop::goesRound(const llvm::BitVector &Without) const {
  llvm::BitVector Not = In;
  Not.flip();
  Not |= Without;
  return llvm::any_of(Waits.set_bits(), [&](unsigned B) {
    return !Not.test(B) && Ways.leads(B, B, Not);
  });
}

/// An object that tells of cancellation, and that the function does not use
/// for the loop.
const CancellationObject *EndlessLoop::untested() const {
  for (const CancellationObject &O : Cancelled.scope()) {
    auto Is = [&](const Value &V) {
      const llvm::StringRef Path = V.Path;
      return Path == O.Name || Path == "this." + O.Name ||
             Path.starts_with(O.Name + ".") ||
             Path.starts_with("this." + O.Name + ".");
    };
    // Somebody is told to call back, or a test outside of the loop is enough.
    if (llvm::none_of(F.Calls, [&](const CallSite &Call) {
          return Call.Kind != CallKind::Destroy && !Call.ByAwait &&
                 (Is(Call.Object) || llvm::any_of(Call.Arguments, Is));
        }))
      return &O;
  }
  return nullptr;
}

void EndlessLoop::check(FindingSink &Report) {
  if (In.none())
    return;
  for (llvm::BitVector *Blocks : {&Waits, &Ends, &Tests, &Exits})
    Blocks->resize(In.size());
  readSuspensions();
  if (Yields || Waits.none())
    return;
  readTests();

  const Loop &Here = F.Loops[L];
  const std::string Who = whoRuns(F, P.context(F));
  llvm::BitVector Out = Ends;
  Out |= Tests;
  Out |= Exits;
  std::string Text;
  std::vector<Step> Steps;
  const CancellationObject *Object = untested();
  const CancellationObject *Known = !Object && !Cancelled.scope().empty()
                                        ? &Cancelled.scope().front()
                                        : Object;
  if (Out.none()) {
    Text = "endless loop in " + Who +
           " has no way out: nothing tests for cancellation, and no await ends "
           "it when the task is cancelled";
    Text += Known ? "; test `" + Known->Name + "` on the way round"
                  : "; test a stop token or a flag on the way round";
  } else if (Tests.any() && goesRound(Out)) {
    Text = "endless loop in " + Who +
           " can go round without its test for cancellation; test it on every "
           "way round";
    if (Tested.isValid())
      Steps.push_back({Tested, "the test that is passed by"});
  } else if (Object && Ends.none() && Tests.none() && AllOwn && Pauses) {
    Text = "endless loop in " + Who +
           " ends only when its own work is done; test `" + Object->Name +
           "` on the way round, too";
  } else {
    return;
  }
  for (const Location &Where : Waiting)
    Steps.push_back({Where, "waits, whether the task is cancelled or not"});
  Report(Here.Where, std::move(Text), F.Name).because(std::move(Steps));
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &Where = P.context(F);
  if (Where.Kind != ContextKind::Coroutine && Where.Kind != ContextKind::Fiber)
    return;
  static constexpr llvm::StringLiteral Main[] = {"main"};
  const TaskModel *Task = P.models().task(F.ReturnType);
  if (F.IsMain || (Task && Task->Generator) || F.Flow.empty() ||
      saysBeginningOf(ownName(F.Name), Main) ||
      llvm::none_of(F.Loops, [](const Loop &L) { return L.Endless; }))
    return;
  const CancellationOf Cancelled(F, P);
  const Cycles Ways(F);
  for (unsigned L = 0; L != F.Loops.size(); ++L)
    if (F.Loops[L].Endless)
      EndlessLoop(F, P, Cancelled, Ways, static_cast<int>(L)).check(Report);
}

extern const Rule async_uncancellable_loop = {
    .Id = "async-uncancellable-loop",
    .Group = "cancellation",
    .Summary = "An endless loop of a task cannot be ended from outside.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
