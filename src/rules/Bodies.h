//===- Bodies.h - Where things stand in a body ----------------------------===//
//
// Questions about the facts of one function that many rules ask.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_BODIES_H
#define ASYNC_TIDY_RULES_BODIES_H

#include "facts/Facts.h"
#include "models/Models.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace async_tidy {

/// The loop \p Inner is \p L, or lies in it.
bool isInLoop(const FunctionFacts &F, int Inner, int L);

/// A model says that \p F never blocks, whatever its body says.
bool isNonblocking(const FunctionFacts &F, const ModelSet &Models);

/// The local \p Name; null if there is none.
const Variable *variable(const FunctionFacts &F, llvm::StringRef Name);

/// `co_await` may stand where \p Call stands: not in a handler, not in a
/// default argument (whose text is elsewhere than its use), not where a local
/// `static` is initialised.
bool mayAwaitAt(const FunctionFacts &F, const CallSite &Call);

/// An object that ends with a function.
struct OwnObject {
  llvm::StringRef Type;
  Location Where;
  /// Of a local: what it is initialised with.
  const Value *Init = nullptr;
  /// A lambda holds it by value: it ends with the closure.
  bool Captured = false;
};
/// \p Name as a local, a parameter or a capture that is no reference nor
/// static; none if it is none.
std::optional<OwnObject> ownOf(const FunctionFacts &F, llvm::StringRef Name);

/// Where the events of a body stand in its control flow.
class FlowOf {
public:
  explicit FlowOf(const FunctionFacts &F);
  int ofCall(int Call) const { return Call < 0 ? -1 : Calls[Call]; }
  int ofSuspension(unsigned S) const { return Suspensions[S]; }
  /// From the beginning of block \p From control can come to \p To without
  /// passing a block for which \p Barrier holds.
  bool reaches(int From, int To, llvm::function_ref<bool(int)> Barrier) const;

private:
  const FunctionFacts &F;
  std::vector<int> Calls, Suspensions;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_BODIES_H
