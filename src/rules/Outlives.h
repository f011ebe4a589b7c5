//===- Outlives.h - Which task outlives which object ----------------------===//
//
// A task refers to what it was given: a temporary, a local, a closure. Whether
// it goes on when that is gone is decided where it is made, by what becomes of
// it there and by what its coroutine uses after a suspension.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_OUTLIVES_H
#define ASYNC_TIDY_RULES_OUTLIVES_H

#include "program/Fates.h"
#include "rules/Rule.h"

namespace async_tidy {

/// How long a task may go on, as seen from the function that makes it.
struct TaskLife {
  enum class Kind {
    Expression, ///< not beyond the full expression, or nobody can tell
    Owner,      ///< as long as the local `Owner`, or what it is moved to
    Caller,     ///< it is returned
    Beyond,     ///< nobody here waits for it
  } What = Kind::Expression;
  ObjectPath Owner;
  /// The call that was given the task and lets it go on, or -1.
  int Taker = -1;
  /// What becomes of it: `is returned`.
  std::string How;
  Location Where;
};

TaskLife lifeOf(const FunctionFacts &F, unsigned Call, const Program &P);

/// An object that does not live long.
struct Mortal {
  /// The local or by-value parameter; empty for a temporary.
  ObjectPath Name;
  /// Where it is made; nowhere for what no call makes.
  Location Where;
};

/// The temporary or local of \p F that \p V is; none if it is neither.
std::optional<Mortal> mortal(const FunctionFacts &F, const Value &V,
                             const Program &P);
/// The one into which \p V, a pointer or view, refers.
std::optional<Mortal> mortalTarget(const FunctionFacts &F, const Value &V,
                                   const Program &P, unsigned Depth = 4);

/// A task of \p F that lives as \p Life, made by `F.Calls[Call]`, may go on
/// when \p M is gone.
bool outlives(const FunctionFacts &F, unsigned Call, const TaskLife &Life,
              const Mortal &M, const Program &P);

/// A coroutine's use of what it was given or captured, after a suspension.
struct LateName {
  const Use *At = nullptr;
  /// Where it was suspended; nowhere if before its body.
  Location Suspended;
};

/// The first late use of each name in \p F, of those also that refer to it.
std::map<Symbol, LateName> lateNames(const FunctionFacts &F, const Program &P);

/// How \p F, a coroutine or a function that returns its task, uses after a
/// suspension what the parameter at \p Index refers to, or its object if that
/// is -1; none if it does not, as far as is known.
std::optional<std::vector<Step>> lateUse(const FunctionFacts &F, int Index,
                                         const Program &P, unsigned Depth = 4);

/// Objects of \p Type look into what others own: by a model, or because they
/// are called so (`BytesView`, `StringPiece`).
bool isViewLike(llvm::StringRef Type, const Program &P);

/// What is given to \p Into is referred to, not copied: a reference, a pointer,
/// a view.
bool refers(const Parameter &Into, const Program &P);

/// Why the closure of \p Lambda, which \p Outer makes, is gone before the task
/// that a call of it gives; and where that is seen.
std::optional<Step> closureIsGone(const FunctionFacts &Outer,
                                  const FunctionFacts &Lambda,
                                  const Program &P);

/// The lambda takes itself by value (`this auto self`): its coroutine's frame
/// holds the captures.
bool copiesItself(const FunctionFacts &Lambda);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_OUTLIVES_H
