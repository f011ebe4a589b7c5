//===- Fates.cpp - What becomes of what a call gives ----------------------===//
//
// See Fates.h.
//
//===----------------------------------------------------------------------===//

#include "program/Fates.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

using Kind = Fate::Kind;

bool isAwaitable(llvm::StringRef Type, const Program &P) {
  return !Type.ends_with("*") && (P.models().task(Type) || P.awaitable(Type));
}

/// What \p Call gives holds what it was given: a combinator, or a wrapper such
/// as an `optional` of a task.
static bool passesOn(const CallSite &Call, const Program &P) {
  return Call.Kind == CallKind::Construct ||
         (Call.GivesObject && isAwaitable(Call.ResultType, P));
}

Fate fateOf(const FunctionFacts &F, unsigned Call, const Program &P) {
  Fate Result;
  unsigned At = Call;
  for (;;) {
    const CallSite &C = F.Calls[At];
    const BlockingModel *Waits = At == Call ? nullptr : P.models().blocking(C);
    // What a local holds is awaited later.
    if (C.Awaited && C.Result.empty())
      Result.What = Kind::Awaited;
    else if (Waits && Waits->Kind == BlockingKind::SyncWait)
      Result.What = Kind::Waited;
    else if (At != Call && !passesOn(C, P))
      Result.What = Kind::Given;
    else if (C.Consumer >= 0 && C.Consumer != static_cast<int>(At)) {
      At = static_cast<unsigned>(C.Consumer);
      Result.Taker = C.Consumer;
      continue;
    } else if (C.Returned)
      Result.What = Kind::Returned;
    else if (C.Discarded != CallSite::Discard::No)
      Result.What = Kind::Dropped;
    else if (!C.Result.empty()) {
      Result.Owner = C.Result;
      const llvm::StringRef Owner = C.Result;
      Result.What = Owner.starts_with("this") || Owner.contains('.') ||
                            Owner.starts_with("::")
                        ? Kind::Stored
                        : Kind::Named;
    }
    return Result;
  }
}

} // namespace async_tidy
