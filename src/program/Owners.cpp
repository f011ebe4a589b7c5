//===- Owners.cpp - Which owners are known to hold nothing ----------------===//
//
// See Owners.h. What is not known is in neither set: whoever gets an owner by
// reference may fill it or empty it.
//
//===----------------------------------------------------------------------===//

#include "program/Owners.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

bool OwnerStates::join(const OwnerStates &Other) {
  const bool Less = intersect(Empty, Other.Empty);
  return intersect(Full, Other.Full) || Less;
}

void OwnerStates::becomes(const ObjectPath &Owner,
                          std::set<ObjectPath> *State) {
  if (Owner.empty())
    return;
  Empty.erase(Owner);
  Full.erase(Owner);
  if (State)
    State->insert(Owner);
}

static bool isNull(const Value &V) {
  return V.Constant == 0 && llvm::StringRef(V.Type).contains("nullptr_t");
}

/// A lambda is captured by reference, or captures what nobody follows.
static bool isCaptured(const FunctionFacts &F, const ObjectPath &P) {
  return llvm::any_of(F.Uses, [&](const Use &U) {
    return U.Name == P && U.Captured && !U.Moves;
  });
}

void OwnerStates::call(const FunctionFacts &F, unsigned Index,
                       const ModelSet &Models) {
  const CallSite &Call = F.Calls[Index];
  for (const Value &Given : Call.Arguments)
    if (const OwnerModel *O = Models.owner(Given.Type))
      becomes(Given.Path, Given.Moved && O->MovedIsEmpty ? &Empty : nullptr);
    else if (Given.Moved) // by convention, what was moved from is a shell
      becomes(Given.Path, &Empty);
  if (Call.Kind == CallKind::Destroy)
    return;
  // Whoever goes on to use the shell gives it something to hold.
  if (!Models.owner(Call.Object.Type) && !Call.Const)
    becomes(Call.Object.Path, nullptr);
  const bool Nothing = Call.Written == 0 || isNull(Call.Arguments.front());
  if (const OwnerModel *O = Models.owner(Call.Object.Type); O && !Call.Const) {
    const ObjectPath &Object = Call.Object.Path;
    const bool Clears =
        Nothing && (Call.Kind == CallKind::Construct ||
                    ownName(Call.CalleeName) == "operator=" ||
                    llvm::is_contained(O->Empties, ownName(Call.CalleeName)));
    const bool Fills = !Nothing && (Call.Kind == CallKind::Construct ||
                                    ownName(Call.CalleeName) == "operator=");
    if (!isCaptured(F, Object))
      becomes(Object, Clears ? &Empty : Fills ? &Full : nullptr);
  }
  if (Call.Kind == CallKind::Call && Models.owner(Call.ResultType) &&
      Call.GivesObject)
    becomes(Call.Result, isCaptured(F, Call.Result) ? nullptr : &Full);
}

bool OwnerStates::destroysNothing(const CallSite &Call,
                                  const ModelSet &Models) const {
  const ObjectPath &Object = Call.Object.Path;
  if (Empty.count(Object))
    return true;
  const OwnerModel *O = Models.owner(Call.Object.Type);
  // A temporary that has no name is what a parameter was made of: what was in
  // it is the callee's now.
  if (Object.empty())
    return Call.Kind == CallKind::Destroy &&
           ((O && O->MovedIsEmpty) ||
            llvm::StringRef(Call.Object.Type).contains("(lambda"));
  return O && ownName(Call.CalleeName) == "operator=" && !Full.count(Object) &&
         !(Call.Written == 1 && isNull(Call.Arguments.front()));
}

} // namespace async_tidy
