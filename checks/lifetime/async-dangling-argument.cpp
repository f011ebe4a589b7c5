//===- async-dangling-argument.cpp ----------------------------------------===//
//
// A coroutine keeps references to what it is given, and goes on after its
// caller has thrown that away. Whether it does is decided at the call: by what
// lives how long there, and by what becomes of the task.
//
//===----------------------------------------------------------------------===//

#include "rules/Outlives.h"
#include "rules/Rule.h"

namespace async_tidy {

namespace {

/// Something that a task is given, and loses.
struct Loss {
  Mortal What;
  std::vector<Step> Late;
  const Parameter *Into = nullptr; ///< null for the object
};

} // namespace

/// What the task that `F.Calls[Index]` makes loses while it lives as \p Life.
static std::optional<Loss> lossOf(const FunctionFacts &F, unsigned Index,
                                  const FunctionFacts &Callee,
                                  const TaskLife &Life, const Program &P) {
  const CallSite &Call = F.Calls[Index];
  // The lambda itself stands first if it is named (`this auto`).
  const size_t Skip =
      Callee.IsLambda && !Callee.Parameters.empty() &&
              Callee.Parameters.size() == Call.Arguments.size() + 1
          ? 1
          : 0;
  const size_t Given =
      std::min(Call.Arguments.size(), Callee.Parameters.size() - Skip);
  for (size_t I = 0; I != Given; ++I) {
    const Parameter &Into = Callee.Parameters[I + Skip];
    if (!refers(Into, P))
      continue;
    const Value &V = Call.Arguments[I];
    const std::optional<Mortal> M =
        Into.ByReference ? mortal(F, V, P) : mortalTarget(F, V, P);
    if (!M || !outlives(F, Index, Life, *M, P))
      continue;
    if (auto Late = lateUse(Callee, static_cast<int>(I + Skip), P))
      return Loss{*M, std::move(*Late), &Into};
  }
  if (Callee.IsLambda || Call.Object.Type.empty())
    return std::nullopt;
  const std::optional<Mortal> M = mortal(F, Call.Object, P);
  if (M && outlives(F, Index, Life, *M, P))
    if (auto Late = lateUse(Callee, -1, P))
      return Loss{*M, std::move(*Late), nullptr};
  return std::nullopt;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (Call.Kind != CallKind::Call || Call.Implicit)
      continue;
    const FunctionFacts *Callee = P.callee(F, Call);
    // Of a library whose headers are read a model says what it keeps.
    if (P.models().knows(Call.CalleeName) && !P.models().isNamesake(Call))
      continue;
    if (!Callee || (!Callee->IsCoroutine && !isAwaitable(Call.ResultType, P)))
      continue;
    const TaskLife Life = lifeOf(F, I, P);
    if (Life.What == TaskLife::Kind::Expression)
      continue;
    const std::optional<Loss> Its = lossOf(F, I, *Callee, Life, P);
    if (!Its)
      continue;
    const std::string Object =
        Its->What.Name.empty() ? "a temporary" : "`" + Its->What.Name + "`";
    std::string Text =
        "the task of `" + Call.CalleeName + "` " + Life.How + ", and uses ";
    Text += Object;
    Text += Its->What.Name.empty() ? " after the end of the expression that "
                                     "made it"
                                   : " when that is gone";
    const Symbol Into = Its->Into ? Its->Into->Name : Symbol();
    Text += Into.empty() ? "; keep the object as long as the task"
                         : "; take `" + Into +
                               "` by value, or keep the object as long as the "
                               "task";
    std::vector<Step> Steps;
    if (Its->What.Where.isValid())
      Steps.push_back({Its->What.Where, Object + " is made here"});
    if (Life.Where != Call.Where)
      Steps.push_back({Life.Where, "the task " + Life.How});
    if (Its->Into)
      Steps.push_back({Its->Into->Where, "`" + Into + "` refers to it"});
    Steps.insert(Steps.end(), Its->Late.begin(), Its->Late.end());
    Report(Call.Where, std::move(Text),
           Call.CalleeName + " " + Into + " " + Its->What.Name)
        .because(std::move(Steps));
  }
}

extern const Rule async_dangling_argument = {
    .Id = "async-dangling-argument",
    .Group = "lifetime",
    .Summary = "A task goes on to use an argument that is gone.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
