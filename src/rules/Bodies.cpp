//===- Bodies.cpp - Where things stand in a body --------------------------===//
//
// See Bodies.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

bool isInLoop(const FunctionFacts &F, int Inner, int L) {
  for (; Inner >= 0; Inner = F.Loops[Inner].Parent)
    if (Inner == L)
      return true;
  return false;
}

bool isNonblocking(const FunctionFacts &F, const ModelSet &Models) {
  CallSite Call;
  Call.CalleeName = F.Name;
  // Of a name without qualification anybody may be the owner.
  return llvm::StringRef(F.Name).contains("::") && Models.neverBlocks(Call);
}

const Variable *variable(const FunctionFacts &F, llvm::StringRef Name) {
  const auto It = llvm::find_if(
      F.Variables, [&](const Variable &V) { return V.Name == Name; });
  return It == F.Variables.end() ? nullptr : &*It;
}

/// \p Call initialises a local `static` or `thread_local`: it stands behind the
/// variable's name and happens before its declaration.
static bool isInStatic(const FunctionFacts &F, const CallSite &Call) {
  const auto Index = static_cast<unsigned>(&Call - F.Calls.data());
  for (const Block &B : F.Flow) {
    bool Happened = false;
    for (const Event &E : B.Events) {
      Happened |= E.What == Event::Kind::Call && E.Index == Index;
      if (!Happened || E.What != Event::Kind::Declare)
        continue;
      const Variable &V = F.Variables[E.Index];
      if ((V.Static || V.ThreadLocal) && V.Where < Call.Begin)
        return true;
    }
  }
  return false;
}

bool mayAwaitAt(const FunctionFacts &F, const CallSite &Call) {
  return Call.Handler < 0 && Call.Begin <= Call.Where &&
         Call.Where < Call.End && !isInStatic(F, Call);
}

std::optional<OwnObject> ownOf(const FunctionFacts &F, llvm::StringRef Name) {
  if (const Variable *V = variable(F, Name))
    return V->Reference || V->Static || V->Implicit
               ? std::nullopt
               : std::optional(OwnObject{V->Type, V->Where, &V->Init});
  for (const Parameter &Given : F.Parameters)
    if (Given.Name == Name)
      return Given.ByReference
                 ? std::nullopt
                 : std::optional(OwnObject{Given.Type, Given.Where});
  for (const Capture &C : F.Captures)
    if (C.Name == Name && Name != "this")
      return C.ByReference
                 ? std::nullopt
                 : std::optional(OwnObject{C.Type, C.Where, nullptr, true});
  return std::nullopt;
}

FlowOf::FlowOf(const FunctionFacts &F)
    : F(F), Calls(F.Calls.size(), -1), Suspensions(F.Suspensions.size(), -1) {
  for (unsigned B = 0; B != F.Flow.size(); ++B)
    for (const Event &E : F.Flow[B].Events) {
      if (E.What == Event::Kind::Call)
        Calls[E.Index] = static_cast<int>(B);
      if (E.What == Event::Kind::Suspend)
        Suspensions[E.Index] = static_cast<int>(B);
    }
}

bool FlowOf::reaches(int From, int To,
                     llvm::function_ref<bool(int)> Barrier) const {
  llvm::BitVector Seen(F.Flow.size());
  std::vector<int> Work{From};
  while (!Work.empty()) {
    const int B = Work.back();
    Work.pop_back();
    if (B < 0 || static_cast<size_t>(B) >= F.Flow.size() || Seen.test(B))
      continue;
    if (B == To)
      return true;
    Seen.set(B);
    if (Barrier(B))
      continue;
    Work.insert(Work.end(), F.Flow[B].Successors.begin(),
                F.Flow[B].Successors.end());
  }
  return false;
}

} // namespace async_tidy
