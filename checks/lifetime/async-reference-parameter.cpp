//===- async-reference-parameter.cpp --------------------------------------===//
//
// A coroutine's frame keeps parameters, and of references only where they
// refer to. After a suspension the caller may be gone, and its objects with it
// (CP.53).
//
//===----------------------------------------------------------------------===//

#include "rules/Kept.h"
#include "rules/Outlives.h"
#include "rules/Rule.h"

namespace async_tidy {

/// A parameter by which a coroutine refers to what it does not own, in words;
/// empty for others. Plain pointers are a decision that somebody made.
static std::string kindOf(const Parameter &Given, const Program &P) {
  const ModelSet &Models = P.models();
  const llvm::StringRef Type = Given.Type;
  if (Given.ByReference)
    return Models.is(Role::LongLived, Type) ||
                   Models.is(Role::Synchronizer, Type) ||
                   Models.isAsyncMutex(Type)
               ? ""
               : "a reference";
  if (!Models.isView(Type))
    return "";
  return Type.ends_with("*") ? "a pointer to a view" : "a view";
}

/// Who calls the lambda \p F keeps what it gives it until the coroutine ends.
static bool isLent(const FunctionFacts &F, const Program &P) {
  const FunctionFacts *Outer = F.IsLambda ? P.definition(F, F.Parent) : nullptr;
  return Outer && llvm::any_of(Outer->Calls, [&](const CallSite &C) {
           return P.models().role(Role::LendsArguments, C) &&
                  llvm::any_of(C.Arguments, [&](const Value &A) {
                    return A.Callable == F.Id;
                  });
         });
}

/// A library's own signature: nobody here can change it.
static bool isDictated(const FunctionFacts &F) {
  return llvm::any_of(F.Overrides, [](const FunctionId &Id) {
    return llvm::StringRef(Id).starts_with("s:");
  });
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (!F.IsCoroutine || P.context(F).Kind != ContextKind::Coroutine ||
      F.Parameters.empty() || isDictated(F))
    return;
  const TaskModel *Task = P.models().task(F.ReturnType);
  if ((Task && Task->InPlace) || isLent(F, P))
    return;
  const std::map<Symbol, LateName> Late = lateNames(F, P);
  for (size_t I = 0; I != F.Parameters.size(); ++I) {
    const Parameter &Given = F.Parameters[I];
    const std::string Kind = kindOf(Given, P);
    const auto At = Late.find(Given.Name);
    if (Kind.empty() || Given.Name.empty() || At == Late.end())
      continue;
    // The lambda itself (`this auto &self`), or the object of a function that
    // is a member in all but name: as with `this`, another rule's.
    if (Given.Type == F.Class && (I == 0 || !F.IsLambda))
      continue;
    if (isKept(F, I, P))
      continue;
    const bool Suspended = At->second.Suspended.isValid();
    std::vector<Step> Steps;
    if (Suspended)
      Steps.push_back({At->second.Suspended, "the coroutine is suspended"});
    Steps.push_back({At->second.At->Where, "`" + Given.Name + "` is used"});
    Report(Given.Where,
           "`" + Given.Name + "` is " + Kind + " that is used " +
               (Suspended ? "after a suspension"
                          : "when the task is started, not when it is made") +
               ": what it refers to may be gone; take it by value, or let it "
               "outlive the task",
           Given.Name)
        .because(std::move(Steps));
  }
}

extern const Rule async_reference_parameter = {
    .Id = "async-reference-parameter",
    .Group = "lifetime",
    .Summary = "A coroutine uses a reference parameter after a suspension.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Check = check,
};

} // namespace async_tidy
