//===- async-detached-task.cpp --------------------------------------------===//
//
// Work that is started and left alone has no owner: nobody can wait for it,
// cancel it, or see it fail. A program that ends, or a server that reloads,
// ends in the middle of it.
//
//===----------------------------------------------------------------------===//

#include "rules/Callbacks.h"
#include "rules/Captures.h"
#include "rules/Phrases.h"
#include "rules/Tasks.h"

namespace async_tidy {

/// \p Name is said to make the work's owner wait, or is of such a type.
static bool supervises(const Value &V, const Program &P) {
  return P.models().is(Role::Supervises, V.Type) ||
         llvm::any_of(V.Origins, [&](llvm::StringRef Origin) {
           return P.models().is(Role::Supervises, Origin);
         });
}

/// What \p F does, or takes with it, makes an owner wait for it.
static bool isSupervised(const FunctionFacts &F, const Program &P) {
  return llvm::any_of(F.Captures,
                      [&](const Capture &C) {
                        return P.models().is(Role::Supervises, C.Type) ||
                               supervises(C.Init, P);
                      }) ||
         llvm::any_of(F.Parameters,
                      [&](const Parameter &Given) {
                        return P.models().is(Role::Supervises, Given.Type);
                      }) ||
         llvm::any_of(F.Calls, [&](const CallSite &C) {
           return P.models().role(Role::Supervises, C);
         });
}

/// The calls of the expression that ends in `F.Calls[Last]`.
static std::vector<unsigned> expression(const FunctionFacts &F, unsigned Last) {
  std::vector<unsigned> Result;
  for (unsigned I = 0; I <= Last; ++I) {
    int At = static_cast<int>(I);
    while (At >= 0 && At != static_cast<int>(Last) && F.Calls[At].Consumer > At)
      At = F.Calls[At].Consumer;
    if (At == static_cast<int>(Last))
      Result.push_back(I);
  }
  return Result;
}

/// Something in the expression that ends in `F.Calls[Last]` does.
static bool isSupervised(const FunctionFacts &F, unsigned Last,
                         const Program &P) {
  for (unsigned I : expression(F, Last)) {
    const CallSite &C = F.Calls[I];
    if (P.models().role(Role::Supervises, C))
      return true;
    if (const FunctionFacts *Callee = P.callee(F, C);
        Callee && isSupervised(*Callee, P))
      return true;
    for (const Value &A : C.Arguments) {
      if (supervises(A, P))
        return true;
      const FunctionFacts *Callable = P.definition(F, A.Callable);
      if (Callable && isSupervised(*Callable, P))
        return true;
    }
  }
  return false;
}

/// What is started refers to what may be gone, which is the worse of the two,
/// and another rule's finding: the least level at which that one is shown.
static std::optional<Level> saidAt(const FunctionFacts &F, unsigned Last,
                                   const Program &P) {
  std::optional<Level> Least;
  for (unsigned I : expression(F, Last))
    for (const Outlived &It : outlivedBy(F, I, P))
      Least = Least ? std::min(*Least, It.Shown) : It.Shown;
  return Least;
}

/// Whoever runs the loop here until its work is done is the owner of the work.
static bool runsLoop(const FunctionFacts &F, const Program &P) {
  return F.IsMain || llvm::any_of(F.Calls, [&](const CallSite &C) {
           const BlockingModel *M = P.models().blocking(C);
           return M && M->Kind == BlockingKind::NestedEventLoop;
         });
}

/// A library that nobody models says by the name that all use that it starts
/// the task that it is given, and forgets it.
static bool detachesByName(const FunctionFacts &F, const CallSite &Call,
                           const Program &P) {
  if (Call.Kind != CallKind::Call || Call.Implicit || P.callee(F, Call) ||
      P.models().knows(Call.CalleeName))
    return false;
  const llvm::StringRef Name = ownName(Call.CalleeName);
  const bool Forgets = saysOneOf(Name, {"detach", "detached", "forget"});
  if (!Forgets && (Name != "spawn" || !Call.Object.Type.empty()))
    return false;
  if (Forgets && Call.Arguments.empty())
    return isAwaitable(Call.Object.Type, P);
  return (Forgets || Call.ResultType == "void") &&
         llvm::any_of(Call.Arguments, [&](const Value &A) {
           return isAwaitable(A.Type, P) && A.Moved;
         });
}

/// The use of `this` after a suspension, if \p F does not keep its object
/// alive; null if there is none.
static const LateUse *unownedThis(const FunctionFacts &F, const Program &P) {
  return asksForOwner(F, P) ? nullptr : lateThis(F, P);
}

/// A coroutine that is made to be left alone, and is not alone: it uses its
/// object, which may be gone. Null if \p Call starts no such one.
static const FunctionFacts *forgotten(const FunctionFacts &F,
                                      const CallSite &Call, const Program &P) {
  if (Call.Discarded == CallSite::Discard::No || Call.Implicit ||
      natureOf(Call.ResultType, P) != Nature::Discardable)
    return nullptr;
  const FunctionFacts *Callee = P.callee(F, Call);
  return Callee && Callee->IsCoroutine && !Callee->IsLambda &&
                 unownedThis(*Callee, P)
             ? Callee
             : nullptr;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const bool Owned = runsLoop(F, P);
  for (unsigned I = 0; I != F.Calls.size() && !Owned; ++I) {
    const CallSite &Call = F.Calls[I];
    const RoleModel *M = P.models().role(Role::Detaches, Call);
    const bool Dropped = !M && Call.GivesObject && !Call.Implicit &&
                         Call.Discarded == CallSite::Discard::Cast &&
                         natureOf(Call, P) == Nature::Eager;
    const FunctionFacts *Forgotten = forgotten(F, Call, P);
    if ((!M && !Dropped && !Forgotten && !detachesByName(F, Call, P)) ||
        isSupervised(F, I, P))
      continue;
    const std::optional<Level> Said = saidAt(F, I, P);
    auto Unless = [&](Finding &Out) {
      if (Said)
        Out.Unless = {"async-callback-capture", *Said};
    };
    if (Forgotten) {
      const Use &Late = Forgotten->Uses[unownedThis(*Forgotten, P)->Use];
      Finding &Out =
          Report(Call.Where,
                 "nobody owns the coroutine `" + Call.CalleeName +
                     "`, which uses its object after it was suspended; let it "
                     "keep its object alive",
                 Call.CalleeName);
      Out.because({{Late.Where, "the object may be gone by now"}});
      Unless(Out);
      continue;
    }
    std::string Text = "`" + Call.CalleeName + "` starts work that nobody owns";
    if (M && M->At && M->At->What == Position::Kind::Object)
      Text = "`" + Call.CalleeName + "` leaves the work without an owner";
    Text += ": nobody can wait for it, cancel it or see it fail";
    Text += insteadOf(M ? M->Instead : "");
    std::vector<Step> Steps;
    const Value *What = M && M->At ? valueAt(Call, *M->At) : nullptr;
    if (What == &Call.Object && What->Call >= 0)
      Steps.push_back({F.Calls[What->Call].Where, "the work is started here"});
    if (const FunctionFacts *Body = What ? bodyOf(F, *What, P) : nullptr) {
      if (isSupervised(*Body, P))
        continue;
      Steps.push_back({Body->Where, "the work"});
    }
    Finding &Out = Report(Call.Where, std::move(Text), Call.CalleeName);
    Out.because(std::move(Steps));
    Unless(Out);
  }
}

extern const Rule async_detached_task = {
    .Id = "async-detached-task",
    .Group = "tasks",
    .Summary = "Work is started that nobody owns.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Check = check,
};

} // namespace async_tidy
