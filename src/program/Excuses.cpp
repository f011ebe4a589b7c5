//===- Excuses.cpp - Where a call that blocks does not matter -------------===//
//
// Two things excuse a call in the middle of an asynchronous body: the coroutine
// has moved to an executor where blocking is allowed, and an earlier question
// proved that the wait does not wait (PRIOR_ART X2, X4). Both are facts of
// control flow: what holds on every way to the call.
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"
#include "program/Implementation.h"
#include <set>

namespace async_tidy {

std::optional<bool> answers(const Branch &Test, bool Taken,
                            const std::string &Answer) {
  const bool Holds = Taken != Test.Negated;
  const std::string Wanted = Answer.empty() ? "true" : Answer;
  if (Test.Equals.empty()) {
    // Tested as a boolean: false is 0.
    if (Wanted == "true")
      return Holds;
    if (Wanted == "0")
      return !Holds;
    return std::nullopt;
  }
  std::string Compared = Test.Equals;
  if (Wanted == "true" && (Compared == "1" || Compared == "true"))
    return Holds;
  if (Wanted == "true" && (Compared == "0" || Compared == "false"))
    return !Holds;
  if (Compared == Wanted)
    return Holds;
  // Equal to something else: not the answer; unequal to it: nothing is known.
  if (Holds)
    return false;
  return std::nullopt;
}

/// What a question or a wait is about: the object, or the first argument of a
/// function of a C library.
static const ObjectPath &subject(const CallSite &C) {
  static const ObjectPath None;
  if (!C.Object.Path.empty() || !C.Object.Type.empty())
    return C.Object.Path;
  return C.Arguments.empty() ? None : C.Arguments.front().Path;
}

namespace {

class ExcuseAnalysis {
public:
  struct State {
    bool MayBlock = false;
    std::set<ObjectPath> Ready;
  };

  ExcuseAnalysis(const FunctionFacts &F, const ModelSet &Models)
      : F(F), Models(Models) {}

  State entry() { return {}; }

  bool join(State &Into, const State &From) {
    bool Changed = false;
    if (Into.MayBlock && !From.MayBlock) {
      Into.MayBlock = false;
      Changed = true;
    }
    for (auto It = Into.Ready.begin(); It != Into.Ready.end();)
      if (From.Ready.count(*It)) {
        ++It;
      } else {
        It = Into.Ready.erase(It);
        Changed = true;
      }
    return Changed;
  }

  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Suspend) {
      const Suspension &At = F.Suspensions[E.Index];
      const CallSite *Call = At.Call >= 0 ? &F.Calls[At.Call] : nullptr;
      // What has been awaited is there.
      if (!At.Operand.Path.empty())
        S.Ready.insert(At.Operand.Path);
      return moved(S, At.Operand, Call);
    }
    if (E.What != Event::Kind::Call)
      return;
    const CallSite &Call = F.Calls[E.Index];
    if (!Call.Result.empty())
      forget(S, Call.Result);
    if (llvm::StringRef(Call.CalleeName).ends_with("::operator="))
      forget(S, Call.Object.Path);
    const CompletionModel *M = Models.completion(Call.CalleeName);
    if (M && M->Answer.empty() && !subject(Call).empty())
      S.Ready.insert(subject(Call));
  }

  void edge(State &S, const Branch &Test, bool Taken) {
    const CallSite *Asked =
        Test.Call >= 0 ? &F.Calls[Test.Call] : askedInto(Test.Path);
    if (!Asked || subject(*Asked).empty())
      return;
    const CompletionModel *M = Models.completion(Asked->CalleeName);
    if (M && !M->Answer.empty() &&
        answers(Test, Taken, M->Answer).value_or(false))
      S.Ready.insert(subject(*Asked));
  }

private:
  void moved(State &S, const Value &Operand, const CallSite *Call) {
    const SwitchModel *M = Call ? Models.switches(Call->CalleeName) : nullptr;
    if (!M) // an object that is awaited to move: `co_await caller`
      for (const std::string &Origin : Operand.Origins)
        if ((M = Models.switches(Origin)))
          break;
    if (!M)
      return;
    S.MayBlock = M->MayBlock;
    if (Call && M->Executor)
      if (const Value *E = valueAt(*Call, *M->Executor))
        S.MayBlock = Models.mayBlock(*E).value_or(false);
  }

  static void forget(State &S, const ObjectPath &P) { S.Ready.erase(P); }

  /// The call whose answer was kept in the local \p P.
  const CallSite *askedInto(const ObjectPath &P) const {
    const CallSite *Found = nullptr;
    for (const CallSite &C : F.Calls)
      if (!P.empty() && C.Result == P)
        Found = &C;
    return Found;
  }

  const FunctionFacts &F;
  const ModelSet &Models;
};

} // namespace

void Program::Implementation::findExcuses() {
  for (Node &N : Nodes) {
    const FunctionFacts &F = *N.Facts;
    // An awaiter is asked for its result when it is ready ([expr.await]).
    const bool Resumes = llvm::StringRef(F.Name).ends_with("::await_resume");
    bool Any = Resumes;
    for (const CallSite &C : F.Calls)
      Any |= Models->completion(C.CalleeName) || Models->switches(C.CalleeName);
    for (const Suspension &S : F.Suspensions) {
      Any |= !S.Operand.Path.empty();
      for (const std::string &Origin : S.Operand.Origins)
        Any |= Models->switches(Origin) != nullptr;
    }
    if (!Any)
      continue;
    N.Excused.resize(F.Calls.size());
    if (Resumes)
      for (unsigned C = 0; C != F.Calls.size(); ++C)
        if (const BlockingModel *M = Models->blocking(F.Calls[C]))
          if (M->Kind == BlockingKind::SyncWait)
            N.Excused.set(C);
    ExcuseAnalysis A(F, *Models);
    const auto In = runForward(F, A);
    for (unsigned B = 0; B != F.Flow.size(); ++B) {
      if (!In[B])
        continue;
      ExcuseAnalysis::State S = *In[B];
      for (const Event &E : F.Flow[B].Events) {
        if (E.What != Event::Kind::Call && E.What != Event::Kind::Suspend)
          continue;
        if (E.What == Event::Kind::Call) {
          const CallSite &C = F.Calls[E.Index];
          if (S.MayBlock || (!subject(C).empty() && S.Ready.count(subject(C))))
            N.Excused.set(E.Index);
        }
        A.event(S, E);
      }
    }
  }
}

} // namespace async_tidy
