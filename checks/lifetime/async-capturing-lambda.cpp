//===- async-capturing-lambda.cpp -----------------------------------------===//
//
// A lambda's captures are in the closure, and a coroutine's frame refers to the
// closure. If that dies before the coroutine ends, the captures are gone while
// the coroutine uses them (CP.51). Who keeps a closure alive is in the models.
//
//===----------------------------------------------------------------------===//

#include "rules/Outlives.h"
#include "rules/Rule.h"

namespace async_tidy {

namespace {

/// A capture that a lambda coroutine uses after a suspension.
struct LateCapture {
  std::string Name;
  LateName Late;
};

} // namespace

static std::optional<LateCapture> lateCapture(const FunctionFacts &Lambda,
                                              const Program &P) {
  if (!Lambda.IsLambda || !Lambda.IsCoroutine || Lambda.Captures.empty() ||
      copiesItself(Lambda))
    return std::nullopt;
  std::optional<LateCapture> First;
  const std::map<Symbol, LateName> Late = lateNames(Lambda, P);
  for (const Capture &C : Lambda.Captures)
    if (const auto At = Late.find(C.Name); At != Late.end()) {
      const bool Hides = llvm::any_of(Lambda.Variables, [&](const Variable &V) {
        return V.Name == C.Name;
      });
      // What a captured reference refers to is elsewhere: only who names the
      // capture itself looks into the closure.
      if (!Hides && (!C.ByReference || At->second.At->Name == C.Name) &&
          (!First || At->second.At->Where < First->Late.At->Where))
        First = {C.Name.str(), At->second};
    }
  return First;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  // Those that are called here, and those that are given to somebody.
  std::vector<const FunctionFacts *> Lambdas;
  auto Add = [&](const FunctionFacts *Lambda) {
    if (Lambda && Lambda->IsLambda && Lambda->IsCoroutine &&
        !llvm::is_contained(Lambdas, Lambda))
      Lambdas.push_back(Lambda);
  };
  for (const CallSite &Call : F.Calls) {
    if (!Call.Object.Callable.empty()) {
      Add(P.callee(F, Call));
      Add(P.definition(F, Call.Object.Callable));
    }
    for (const Value &A : Call.Arguments)
      if (!A.Callable.empty())
        Add(P.definition(F, A.Callable));
  }
  for (const FunctionFacts *Lambda : Lambdas) {
    const std::optional<LateCapture> What = lateCapture(*Lambda, P);
    if (!What)
      continue;
    const std::optional<Step> Gone = closureIsGone(F, *Lambda, P);
    if (!Gone)
      continue;
    std::vector<Step> Steps{*Gone};
    if (What->Late.Suspended.isValid())
      Steps.push_back({What->Late.Suspended, "the coroutine is suspended"});
    Steps.push_back(
        {What->Late.At->Where,
         "it uses the capture `" + What->Name + "`, which was in the closure"});
    Report(Lambda->Where,
           "the closure of this lambda coroutine is gone before the coroutine "
           "ends, and with it its captures: " +
               Gone->Text + "; pass `" + What->Name + "` as a parameter",
           What->Name)
        .because(std::move(Steps));
  }
}

extern const Rule async_capturing_lambda = {
    .Id = "async-capturing-lambda",
    .Group = "lifetime",
    .Summary = "A lambda coroutine's closure dies before the coroutine ends.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
