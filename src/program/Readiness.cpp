//===- Readiness.cpp - What is complete before it is waited for -----------===//
//
// See Readiness.h.
//
//===----------------------------------------------------------------------===//

#include "program/Readiness.h"
#include "program/Dataflow.h"

namespace async_tidy {

bool proves(const CompletionModel &M, const Branch &Test, bool Taken) {
  if (!M.Pending.empty())
    return !answers(Test, Taken, M.Pending).value_or(true);
  return !M.Answer.empty() && answers(Test, Taken, M.Answer).value_or(false);
}

const ObjectPath &subject(const CallSite &C) {
  static const ObjectPath None;
  if (!C.Object.Path.empty() || !C.Object.Type.empty())
    return C.Object.Path;
  return C.Arguments.empty() ? None : C.Arguments.front().Path;
}

bool holds(const std::set<ObjectPath> &Objects, ObjectPath Path) {
  for (;;) {
    if (Objects.count(Path) != 0)
      return true;
    const size_t Last = Path.find_last_of(".[");
    if (Last == std::string::npos)
      return false;
    Path = Path.substr(0, Last);
    // The members of an object are no part of what was awaited of it.
    if (Path == "this")
      return false;
  }
}

std::vector<std::set<ObjectPath>> givenReady(const Program::Implementation &P) {
  std::vector<std::set<ObjectPath>> Result(P.Nodes.size());
  for (const Node &N : P.Nodes)
    for (const CallSite &C : N.Facts->Calls)
      for (const RunModel *M : P.Models->runs(C)) {
        const Value *V = M->GivesReady ? valueAt(C, M->What) : nullptr;
        if (!V)
          continue;
        if (const auto To = P.resolve(P.callable(*N.Facts, *V), N.Unit))
          for (const Parameter &A : P.Nodes[*To].Facts->Parameters)
            Result[*To].insert(A.Name);
      }
  return Result;
}

bool Program::Implementation::waitsForReady(const Node &Caller, unsigned Call,
                                            const Node &Callee,
                                            const Witness &W) const {
  if (Caller.GivesReady.empty() || W.Next >= 0 || !W.Leaf ||
      W.Leaf->Kind != BlockingKind::SyncWait)
    return false;
  const ObjectPath &Waited = subject(Callee.Facts->Calls[W.Call]);
  const List<Parameter> &Given = Callee.Facts->Parameters;
  for (unsigned P = 0; P != Given.size(); ++P)
    if (!Waited.empty() && Given[P].Name == Waited)
      return llvm::is_contained(Caller.GivesReady, std::pair(Call, P));
  return false;
}

} // namespace async_tidy
