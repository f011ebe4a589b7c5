//===- async-task-without-suspension.cpp ----------------------------------===//
//
// A coroutine that never suspends pays for a frame and gives nothing for it. A
// function that makes a task without being a coroutine may throw before there
// is one, where no `co_await` catches it.
//
//===----------------------------------------------------------------------===//

#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {

/// The signature is somebody else's: an override, an instance of a template, a
/// lambda, or a function that is handed on as a value.
static bool isPrescribed(const FunctionFacts &F, const Program &P) {
  if (F.Virtual || !F.Overrides.empty() || F.IsLambda || F.IsMain ||
      llvm::StringRef(F.Id).contains("<#") ||
      llvm::StringRef(F.Class).contains('<'))
    return true;
  for (const FunctionFacts *G : P.functions())
    for (const CallSite &C : G->Calls)
      for (const Value &A : C.Arguments)
        if (A.Callable == F.Id)
          return true;
  return false;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (F.IsCoroutine) {
    if (!F.Suspensions.empty() || P.context(F).Kind == ContextKind::Generator ||
        isPrescribed(F, P))
      return;
    Report(F.Where,
           "coroutine `" + F.Name +
               "` never suspends; make it a function, or give a ready result",
           F.Name);
    return;
  }
  // Who returns what is there already throws before the await, too; but only
  // what is written here is certain.
  if (F.Throws.empty() || F.IsLambda || !isAwaitable(F.ReturnType, P))
    return;
  const AwaitableFacts *Task = P.awaitable(F.ReturnType);
  if (!P.models().task(F.ReturnType) && !(Task && Task->Task))
    return;
  for (const Throw &T : F.Throws)
    if (T.Try < 0 && T.Handler < 0) {
      Report(T.Where,
             "`" + F.Name +
                 "` throws when it is called, and not when its task is "
                 "awaited; make it a coroutine, or return a failed task",
             F.Name)
          .because({{F.Where, "returns a task, and is no coroutine"}});
      return;
    }
}

extern const Rule async_task_without_suspension = {
    .Id = "async-task-without-suspension",
    .Group = "cost",
    .Summary = "A coroutine never suspends, or a function that returns a task "
               "throws before there is one.",
    .Since = "0.1",
    .Shown = Level::Hint,
    .Check = check,
};

} // namespace async_tidy
