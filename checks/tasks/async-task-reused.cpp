//===- async-task-reused.cpp ----------------------------------------------===//
//
// A task gives its result once. Whoever awaits it again resumes a coroutine
// that has ended, or one that belongs to somebody else.
//
//===----------------------------------------------------------------------===//

#include "rules/Rule.h"
#include "rules/TaskFlow.h"

namespace async_tidy {
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  for (const Reuse &Again : reusesOf(F, P)) {
    std::string Text = "`" + Again.Name + "` is ";
    Text += Again.Awaited ? "awaited" : "used";
    if (Again.InLoop)
      Text += " again each time round the loop";
    else
      Text += Again.WasAwaited ? " again after it was awaited"
                               : " after it was given away";
    Text += "; a task can be used once: make a new one";
    Report(Again.Where, std::move(Text), Again.Name)
        .because({{Again.First,
                   Again.WasAwaited ? "awaited here" : "given away here"}});
  }
}

extern const Rule async_task_reused = {
    .Id = "async-task-reused",
    .Group = "tasks",
    .Summary = "A task is used again after it was used up.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
