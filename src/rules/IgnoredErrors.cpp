//===- IgnoredErrors.cpp - Loops that pass over a cancelled operation -----===//
//
// See IgnoredErrors.h.
//
//===----------------------------------------------------------------------===//

#include "rules/IgnoredErrors.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// \p V is the error that says that an operation was cancelled.
bool IgnoredErrors::namesError(const Value &V) const {
  auto Is = [&](const Value &V) {
    return llvm::any_of(V.Names, [&](llvm::StringRef Name) {
      return Models.is(Role::CancellationError, Name);
    });
  };
  return Is(V) || (V.Call >= 0 && llvm::any_of(F.Calls[V.Call].Arguments, Is));
}

/// Of a block that tests an error code: where, and where control goes if the
/// operation was cancelled.
std::optional<IgnoredErrors::ErrorTest>
IgnoredErrors::errorTest(const Block &Here) const {
  if (Here.Successors.size() != 2)
    return std::nullopt;
  const std::optional<Branch> &Test = Here.Test;
  auto To = [&](bool Negated) { return Here.Successors[Negated ? 1 : 0]; };
  if (Test && Test->Call >= 0) {
    const CallSite &Call = F.Calls[Test->Call];
    if (Models.is(Role::CancellationError, Test->Equals))
      return ErrorTest{&Call, To(Test->Negated), true};
    if (Test->Equals.empty() &&
        Models.is(Role::CancellationError, Call.Object.Type))
      return ErrorTest{&Call, To(Test->Negated), false};
  }
  for (const Event &E : llvm::reverse(Here.Events)) {
    if (E.What != Event::Kind::Call)
      continue;
    const CallSite &Call = F.Calls[E.Index];
    const llvm::StringRef Callee = Call.CalleeName;
    const bool Unequal = Callee.ends_with("operator!=");
    if ((Unequal || Callee.ends_with("operator==")) &&
        llvm::any_of(Call.Arguments,
                     [&](const Value &V) { return namesError(V); }))
      return ErrorTest{&Call, To(Unequal != (Test && Test->Negated)), true};
    break;
  }
  return std::nullopt;
}

/// From \p Then on, nothing can happen but the next suspension of the loop
/// whose blocks are \p In, and that one does not throw.
bool IgnoredErrors::onlyGoesRound(int Then, const llvm::BitVector &In) const {
  std::vector<int> Work{Then};
  llvm::BitVector Seen(F.Flow.size());
  while (!Work.empty()) {
    const int At = Work.back();
    Work.pop_back();
    if (!In.test(At))
      return false;
    if (Seen.test(At))
      continue;
    Seen.set(At);
    const auto Suspends = llvm::find_if(F.Flow[At].Events, [&](const Event &E) {
      return E.What == Event::Kind::Suspend &&
             P.maySuspend(F.Suspensions[E.Index]);
    });
    if (Suspends == F.Flow[At].Events.end())
      Work.insert(Work.end(), Ways.after(At).begin(), Ways.after(At).end());
    else if (Cancelled.ends(F.Suspensions[Suspends->Index]))
      return false;
  }
  return true;
}

const CallSite *IgnoredErrors::at(unsigned B) const {
  const std::optional<ErrorTest> Test = errorTest(F.Flow[B]);
  // A handler that decides so is that of a try block, and is judged there.
  if (!Test || Test->Then < 0 || Test->By->Handler >= 0)
    return nullptr;
  int Loop = Test->By->Loop;
  while (Loop >= 0 && !F.Loops[Loop].Endless)
    Loop = F.Loops[Loop].Parent;
  if (Loop < 0)
    return nullptr;
  // Whoever names the error elsewhere has thought of it.
  if (!Test->Exact && llvm::any_of(F.Calls, [&](const CallSite &Call) {
        return Cancelled.isTest(Call) ||
               llvm::any_of(Call.Arguments,
                            [&](const Value &V) { return namesError(V); });
      }))
    return nullptr;
  // To set a timer anew cancels who waits for it: that is a signal.
  bool Tells = false;
  for (const Suspension &S : F.Suspensions)
    if (isInLoop(F, S.Loop, Loop) && Cancelled.tellsErrors(S)) {
      Tells = true;
      if (S.Call >= 0 && Models.pause(F.Calls[S.Call].CalleeName))
        return nullptr;
    }
  const llvm::BitVector In = Ways.blocksOf(Loop);
  return Tells && In.any() && In.test(B) && onlyGoesRound(Test->Then, In)
             ? Test->By
             : nullptr;
}

} // namespace async_tidy
