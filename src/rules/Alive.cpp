//===- Alive.cpp - Which locals are alive at a suspension -----------------===//
//
// See Alive.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Alive.h"
#include "program/Dataflow.h"
#include "llvm/ADT/BitVector.h"

namespace async_tidy {
namespace {

class AliveAnalysis {
public:
  using State = llvm::BitVector;

  AliveAnalysis(const FunctionFacts &F, llvm::ArrayRef<llvm::StringRef> Ends)
      : F(F), Ends(Ends) {}

  State entry() { return State(F.Variables.size()); }
  bool join(State &Into, const State &From) {
    const bool More = From.test(Into);
    Into |= From;
    return More;
  }
  void edge(State &, const Branch &, bool) {}

  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Declare)
      S.set(E.Index);
    else if (E.What == Event::Kind::End)
      S.reset(E.Index);
    else if (E.What == Event::Kind::Use && F.Uses[E.Index].Moves)
      end(S, F.Uses[E.Index].Name);
    else if (E.What == Event::Kind::Call) {
      const CallSite &C = F.Calls[E.Index];
      if (C.Kind == CallKind::Destroy ||
          llvm::is_contained(Ends, ownName(C.CalleeName)))
        end(S, C.Object.Path);
    }
  }

private:
  void end(State &S, const ObjectPath &Name) {
    for (unsigned I = 0; I != F.Variables.size(); ++I)
      if (F.Variables[I].Name == Name)
        S.reset(I);
  }

  const FunctionFacts &F;
  llvm::ArrayRef<llvm::StringRef> Ends;
};

} // namespace

std::vector<std::set<unsigned>> aliveAt(const FunctionFacts &F,
                                        const Program &P,
                                        llvm::ArrayRef<llvm::StringRef> Ends) {
  std::vector<std::set<unsigned>> Result(F.Variables.size());
  AliveAnalysis A(F, Ends);
  visitForward(F, A, [&](const llvm::BitVector &Alive, const Event &E) {
    if (E.What == Event::Kind::Suspend && P.maySuspend(F.Suspensions[E.Index]))
      for (unsigned V : Alive.set_bits())
        Result[V].insert(E.Index);
  });
  return Result;
}

} // namespace async_tidy
