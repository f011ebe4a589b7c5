//===- Cancellation.h - How one function learns that it is cancelled ------===//
//
// What the rules about cancellation share: which objects of a function's scope
// tell it that it is cancelled, which calls ask them, and which suspensions end
// with an error when it is.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_CANCELLATION_H
#define ASYNC_TIDY_RULES_CANCELLATION_H

#include "program/Dataflow.h"
#include "program/Fates.h"
#include "program/Program.h"
#include "rules/Words.h"

namespace async_tidy {

/// A token, a source or the like that a function can reach.
struct CancellationObject {
  std::string Name; ///< as the function calls it
  std::string Type; ///< without template arguments
  const RoleModel *Family = nullptr;
  Location Where;
};

class CancellationOf {
public:
  CancellationOf(const FunctionFacts &F, const Program &P);

  /// The runtime delivers cancellation to every await by itself.
  bool isImplicit() const { return Implicit; }

  /// What \p Type, or what it owns or points to, is a token, a source ... of;
  /// null if it is none.
  const RoleModel *family(llvm::StringRef Type) const;
  /// Parameters, captures, locals and members of the class.
  const std::vector<CancellationObject> &scope() const { return Scope; }

  /// Asks whether the task is cancelled, or throws if it is.
  bool isTest(const CallSite &Call) const;
  /// \p Name speaks of an end that comes from outside: `stopping_`, `isClosed`.
  static bool speaksOfEnd(llvm::StringRef Name);

  /// \p Call is given a token that somebody may have cancelled: an object of
  /// \p Of, or of any family if it is null. What made its arguments counts.
  bool isGiven(const CallSite &Call, const RoleModel *Of = nullptr) const;
  /// \p V is a token that nobody can cancel: null, or made of nothing.
  bool isEmpty(const Value &V) const;

  /// What is awaited ends with an error when the task is cancelled, as far as
  /// anyone knows.
  bool ends(const Suspension &S) const;
  /// The same of a call that suspends a fibre.
  bool ends(const CallSite &Call) const;
  /// It gives its error and does not throw it.
  bool tellsErrors(const Suspension &S) const;

private:
  void add(llvm::StringRef Name, llvm::StringRef Type, Location Where);
  void addMembers(llvm::StringRef Class, unsigned Depth);
  bool tellsErrors(const CallSite &Call) const;
  bool isDisabled() const;
  /// The body that \p Call enters tests, throws, or awaits what ends.
  bool calleeEnds(const FunctionFacts &In, const CallSite &Call,
                  unsigned Depth) const;

  const FunctionFacts &F;
  const Program &P;
  const ModelSet &Models;
  bool Implicit;
  std::vector<CancellationObject> Scope;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_CANCELLATION_H
