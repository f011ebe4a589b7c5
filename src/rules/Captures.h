//===- Captures.h - What started work takes with it and may outlive -------===//
//
// A callback, a detached task: what is started by a call and goes on when the
// function that made the call has returned. Two rules ask here, so that one
// start is reported once.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_CAPTURES_H
#define ASYNC_TIDY_RULES_CAPTURES_H

#include "rules/Callbacks.h"

namespace async_tidy {

/// Something that may be gone when work runs that refers to it.
struct Outlived {
  enum class Kind {
    Local,   ///< an object of the function that starts the work: `Name`
    Callers, ///< what its caller owns, by the parameter `Name`
    This,    ///< the object, which a callable holds
    Object,  ///< the object of a task, which is the local `Name` or not known
  } What = Kind::Local;
  std::string Name;
  /// What holds it; of `Object` without a location.
  Carried By;
  /// The lambda, if it is one; of `Object` the task's coroutine.
  const FunctionFacts *Work = nullptr;
  /// Of `Object`: its first use after a suspension.
  const LateUse *Late = nullptr;
  /// Counted pointers own the object.
  bool Shared = false;
  /// How sure that is.
  Level Shown = Level::Default;
};

/// What the work that `F.Calls[Call]` starts, if it starts any, refers to and
/// may outlive.
std::vector<Outlived> outlivedBy(const FunctionFacts &F, unsigned Call,
                                 const Program &P);

/// The class that \p Type is, or points to.
std::string className(llvm::StringRef Type);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_CAPTURES_H
