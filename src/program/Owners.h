//===- Owners.h - Which owners are known to hold nothing ------------------===//
//
// The destructor of a `unique_ptr` destroys what it points to, if it points to
// anything: one that was moved from does nothing. What is known of the owners
// of one function, at one point of it; a part of the analysis in Excuses.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_OWNERS_H
#define ASYNC_TIDY_PROGRAM_OWNERS_H

#include "models/Models.h"
#include <set>

namespace async_tidy {

/// Keeps in \p Into what is in \p From, too; true if that is less.
template <typename T>
bool intersect(std::set<T> &Into, const std::set<T> &From) {
  return std::erase_if(Into, [&](const T &V) { return From.count(V) == 0; }) !=
         0;
}

class OwnerStates {
public:
  /// Keeps what holds in \p Other, too. True if that is less.
  bool join(const OwnerStates &Other);
  /// Notes what the call \p Index of \p F does to owners.
  void call(const FunctionFacts &F, unsigned Index, const ModelSet &Models);
  /// Notes that \p Owner was asked whether it holds anything, and does not.
  void holdsNothing(const ObjectPath &Owner) { becomes(Owner, &Empty); }
  /// The call destroys nothing: its object is known to be empty, has been
  /// handed to the callee, or is assigned to without being known to be full.
  bool destroysNothing(const CallSite &Call, const ModelSet &Models) const;

private:
  void becomes(const ObjectPath &Owner, std::set<ObjectPath> *State);

  std::set<ObjectPath> Empty, Full;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_OWNERS_H
