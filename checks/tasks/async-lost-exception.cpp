//===- async-lost-exception.cpp -------------------------------------------===//
//
// A failure that no code can see: the task ends, and everybody believes that it
// has done its work.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"
#include "rules/TaskFlow.h"
#include "rules/Tasks.h"

namespace async_tidy {
/// The parameter by which \p Handler is told how a task ended, if it does not
/// look at it.
static const Parameter *ignored(const FunctionFacts &Handler) {
  if (Handler.Parameters.empty())
    return nullptr;
  const Parameter &Told = Handler.Parameters.front();
  const bool DoesNothing =
      Handler.Calls.empty() && Handler.Throws.empty() &&
      llvm::none_of(Handler.Flow, [](const Block &B) { return B.Test; });
  return !Told.Used || DoesNothing ? &Told : nullptr;
}

/// The body of the fibre that \p V is, which a call of \p F starts.
static const FunctionFacts *fiberOf(const FunctionFacts &F, const Value &V,
                                    const Program &P) {
  if (V.Call < 0)
    return nullptr;
  const CallSite &Starts = F.Calls[V.Call];
  for (const RunModel *M : P.models().runs(Starts))
    if (M->Where == Place::Fiber)
      for (const Value &A : Starts.Arguments)
        if (const FunctionFacts *Body = P.definition(F, A.Callable))
          return Body;
  return nullptr;
}

/// A task is started in a way that drops its exception.
static void checkSpawn(const FunctionFacts &F, const CallSite &Call,
                       const Program &P, FindingSink &Report) {
  const RoleModel *M = P.models().role(Role::LosesErrors, Call);
  const Value *What = M && M->At ? valueAt(Call, *M->At) : nullptr;
  const FunctionFacts *Body = What ? bodyOf(F, *What, P) : nullptr;
  if (!Body && What)
    Body = fiberOf(F, *What, P);
  if (!Body)
    return;
  std::optional<std::vector<Step>> How = canThrow(*Body, P);
  if (!How)
    return;
  std::vector<Step> Steps{{Body->Where, "the work"}};
  Steps.insert(Steps.end(), How->begin(), How->end());
  Report(Call.Where,
         "`" + Call.CalleeName +
             "` drops the exception by which this work may end" +
             insteadOf(M->Instead),
         Call.CalleeName)
      .because(std::move(Steps));
}

/// A future is cast to `void`, and with it the failure that only the library
/// complains of.
static void checkDropped(const FunctionFacts &F, const CallSite &Call,
                         const Program &P, FindingSink &Report) {
  if (Call.Discarded != CallSite::Discard::Cast || Call.Implicit ||
      !P.models().is(Role::WarnsWhenDropped, templateName(Call.ResultType)))
    return;
  const FunctionFacts *Body = P.callee(F, Call);
  std::optional<std::vector<Step>> How =
      Body && Body->IsCoroutine ? canThrow(*Body, P) : std::nullopt;
  if (!How)
    return;
  std::vector<Step> Steps{{Body->Where, "the work"}};
  Steps.insert(Steps.end(), How->begin(), How->end());
  Finding &Out =
      Report(Call.Where,
             "nobody looks at the future that `" + Call.CalleeName +
                 "` gives, and a failure of the work is only logged; handle it "
                 "before the future is dropped",
             Call.CalleeName);
  Out.because(std::move(Steps)).Shown = Level::Strict;
}

/// A task is started with a handler that does not look at its exception.
static void checkHandler(const FunctionFacts &F, const CallSite &Call,
                         const Program &P, FindingSink &Report) {
  const RoleModel *M = P.models().role(Role::ReportsFailure, Call);
  const Value *By = M && M->At ? valueAt(Call, *M->At) : nullptr;
  const FunctionFacts *Handler = By ? P.definition(F, By->Callable) : nullptr;
  const Parameter *Told = Handler ? ignored(*Handler) : nullptr;
  if (!Told)
    return;
  // Of a task that is known not to fail there is nothing to tell.
  for (const Value *Task :
       {&Call.Object, Call.Arguments.size() > 1 ? &Call.Arguments[1] : nullptr})
    if (const FunctionFacts *Body =
            Task && Task != By ? bodyOf(F, *Task, P) : nullptr)
      if (!canThrow(*Body, P))
        return;
  Report(Call.Where,
         "the handler that `" + Call.CalleeName +
             "` tells how the work ended does not look at it, and a failure "
             "is lost",
         Call.CalleeName)
      .because({{Told->Where, "not looked at"}});
}

/// The coroutines of the promise \p Type that are known, and there are some,
/// cannot fail.
static bool neverFails(llvm::StringRef Type, const Program &P) {
  bool Any = false;
  for (const FunctionFacts *F : P.functions()) {
    if (!F->IsCoroutine || F->PromiseType != templateName(Type))
      continue;
    if (canThrow(*F, P))
      return false;
    Any = true;
  }
  return Any;
}

/// A coroutine of a type that swallows exceptions, or the promise that makes it
/// one.
static void checkCoroutine(const FunctionFacts &F, const Program &P,
                           FindingSink &Report) {
  if (F.Empty && ownName(F.Name) == "unhandled_exception") {
    if (neverFails(F.Class, P))
      return;
    Report(F.Where,
           "`" + F.Name +
               "` drops what a coroutine throws; keep "
               "`std::current_exception()` for whoever awaits, or call "
               "`std::terminate`",
           F.Name);
    return;
  }
  const TaskModel *Task =
      F.IsCoroutine ? P.models().task(F.ReturnType) : nullptr;
  if (!Task || !Task->Discardable || Task->LoudErrors)
    return;
  if (std::optional<std::vector<Step>> How = canThrow(F, P, /*Surely=*/true))
    Report(F.Where,
           "a `" + templateName(F.ReturnType).str() +
               "` drops the exception by which `" + F.Name +
               "` may end; catch it within",
           F.Name)
        .because(std::move(*How));
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  checkCoroutine(F, P, Report);
  for (const CallSite &Call : F.Calls) {
    checkSpawn(F, Call, P, Report);
    checkHandler(F, Call, P, Report);
    checkDropped(F, Call, P, Report);
  }
  for (const Unseen &Failure : unseenFailures(F, P))
    Report(Failure.Where,
           "on a path of `" + F.Name + "` nobody looks at `" + Failure.Name +
               "`, and a failure in it is lost; take it out, or say with a "
               "call that it does not matter",
           Failure.Name);
}

extern const Rule async_lost_exception = {
    .Id = "async-lost-exception",
    .Group = "tasks",
    .Summary = "A task may fail, and nobody can see it.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
