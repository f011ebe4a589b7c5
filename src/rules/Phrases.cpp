//===- Phrases.cpp - Words that several rules share -----------------------===//
//
// See Phrases.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "llvm/ADT/StringRef.h"

namespace async_tidy {

std::string whoRuns(const FunctionFacts &F, const Context &In) {
  llvm::StringRef Name = F.Name;
  const bool Lambda = Name.consume_back("::(lambda)");
  const std::string Quoted = "`" + Name.str() + "`";
  switch (In.Kind) {
  case ContextKind::Coroutine:
    return (Lambda ? "lambda coroutine in " : "coroutine ") + Quoted;
  case ContextKind::Loop:
    return (Lambda ? "event-loop callback in " : "event-loop callback ") +
           Quoted;
  case ContextKind::Fiber:
    return (Lambda ? "fiber in " : "fiber function ") + Quoted;
  case ContextKind::Generator:
    return "generator " + Quoted;
  case ContextKind::Awaiter:
    return "awaiter " + Quoted;
  case ContextKind::Plain:
  case ContextKind::Offloaded:
    return (Lambda ? "lambda in " : "") + Quoted;
  }
  return Quoted;
}

void weaken(const Context &In, Finding &Out) {
  if (!In.Doubtful)
    return;
  Out.Shown = Level::Strict;
  Out.Weight = Severity::Note;
}

std::vector<Step> evidence(const Context &In, const BlockingPath &Path) {
  std::vector<Step> Steps;
  if (In.HandedOver.isValid())
    Steps.push_back({In.HandedOver,
                     In.Kind == ContextKind::Fiber ? "handed to a fiber here"
                     : In.Kind == ContextKind::Awaiter ? "awaited here"
                                                       : "handed to the event "
                                                         "loop here"});
  for (const Location &Also : In.AlsoAt)
    Steps.push_back({Also, "and here"});
  Steps.insert(Steps.end(), Path.Steps.begin(), Path.Steps.end());
  return Steps;
}

Location suspendedAt(const FunctionFacts &F, const LateUse &Late) {
  if (Late.Suspension >= 0)
    return F.Suspensions[Late.Suspension].Where;
  return Late.Call >= 0 ? F.Calls[Late.Call].Where : F.Where;
}

std::string insteadOf(const std::string &Replacement) {
  return Replacement.empty() ? "" : "; use " + Replacement + " instead";
}

} // namespace async_tidy
