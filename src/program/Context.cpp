//===- Context.cpp - Where each body runs ---------------------------------===//
//
// A coroutine is recognised by its type, a callback by what it is handed to:
// the facts hold the structure, the models say what it means (RULES.md, async
// context).
//
//===----------------------------------------------------------------------===//

#include "program/Implementation.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// A promise that nobody models: it is a generator if nothing in it awaits, and
/// nothing could.
static bool yieldsOnly(const FunctionFacts &F) {
  return !F.AwaitTransform && !F.Suspensions.empty() &&
         llvm::all_of(F.Suspensions, [](const Suspension &S) {
           return S.What == Suspension::Kind::Yield;
         });
}

namespace {

/// Where a function or a task is handed over, and what that means for it.
struct Handover {
  ContextKind Kind;
  const RunModel *By;
  Location Where;
  /// What the executor may do is not known.
  bool Doubtful;
};

} // namespace

static ContextKind contextAt(Place Where, std::optional<bool> MayBlock) {
  switch (Where) {
  case Place::Loop:
    return ContextKind::Loop;
  case Place::Fiber:
    return ContextKind::Fiber;
  case Place::Thread:
    return ContextKind::Offloaded;
  case Place::Executor:
    return MayBlock.value_or(false) ? ContextKind::Offloaded
                                    : ContextKind::Loop;
  case Place::InPlace:
  case Place::Later:
  case Place::Wraps:
    return ContextKind::Plain;
  }
  return ContextKind::Plain;
}

/// A lambda coroutine that never suspends and is called in place, by a function
/// that then waits for it synchronously, is a way to write a function.
bool Program::Implementation::runsOnItsCaller(NodeIndex I) const {
  const Node &N = Nodes[I];
  if (!N.Facts->IsLambda || !N.Facts->Suspensions.empty() ||
      N.Callers.size() != 1)
    return false;
  const FunctionFacts &Caller = *Nodes[N.Callers.front().first].Facts;
  if (Caller.IsCoroutine)
    return false;
  for (int C = Caller.Calls[N.Callers.front().second].Consumer; C >= 0;
       C = Caller.Calls[C].Consumer)
    if (const BlockingModel *M = Models->blocking(Caller.Calls[C]))
      return M->Kind == BlockingKind::SyncWait;
  return false;
}

void Program::Implementation::findContexts() {
  std::vector<llvm::SmallVector<Handover, 1>> Handed(Nodes.size());
  std::vector<unsigned> Offloads(Nodes.size()), Uses(Nodes.size());

  for (Node &N : Nodes) {
    const FunctionFacts &F = *N.Facts;
    for (unsigned I = 0; I != F.Calls.size(); ++I) {
      const CallSite &C = F.Calls[I];
      for (NodeIndex To : N.Calls[I].Nodes)
        ++Uses[To];
      // A name of the project's own that hides a library's means the project's.
      for (const RunModel *M : Models->runs(C)) {
        if (M->Where == Place::InPlace || M->Where == Place::Wraps)
          continue;
        std::optional<bool> MayBlock;
        if (M->Executor)
          if (const Value *E = valueAt(C, *M->Executor))
            MayBlock = Models->mayBlock(*E);
        auto Hand = [&](const Value &V) {
          // `bind_executor` decides for whoever gets the callable.
          std::optional<bool> Bound = MayBlock;
          if (V.Call >= 0)
            for (const RunModel *W : Models->runs(F.Calls[V.Call]))
              if (W->Where == Place::Wraps && W->Executor)
                if (const Value *E = valueAt(F.Calls[V.Call], *W->Executor))
                  if (std::optional<bool> Said = Models->mayBlock(*E))
                    Bound = Said;
          const ContextKind Kind = Bound && *Bound && M->Where == Place::Loop
                                       ? ContextKind::Offloaded
                                       : contextAt(M->Where, Bound);
          std::optional<NodeIndex> To = resolve(callable(F, V), N.Unit);
          // A task is handed over as the result of its coroutine's call.
          if (!To && V.Call >= 0 && N.Calls[V.Call].Nodes.size() == 1 &&
              Nodes[N.Calls[V.Call].Nodes.front()].Facts->IsCoroutine)
            To = N.Calls[V.Call].Nodes.front();
          if (!To)
            return;
          if (Nodes[*To].Facts->IsCoroutine) {
            Offloads[*To] += Kind == ContextKind::Offloaded;
            // A coroutine given as a callable is started by the sink.
            if (V.Call < 0)
              ++Uses[*To];
          } else {
            Handed[*To].push_back(
                {Kind, M, C.Where, M->Where == Place::Executor && !Bound});
          }
        };
        if (M->What.What == Position::Kind::Any)
          for (const Value &A : C.Arguments)
            Hand(A);
        else if (const Value *V = valueAt(C, M->What))
          Hand(*V);
      }
    }
  }

  for (NodeIndex I = 0; I != Nodes.size(); ++I) {
    Node &N = Nodes[I];
    const FunctionFacts &F = *N.Facts;
    if (F.IsCoroutine) {
      const TaskModel *Task = Models->task(F.ReturnType);
      N.In.Kind = (Task ? Task->Generator : yieldsOnly(F))
                      ? ContextKind::Generator
                      : ContextKind::Coroutine;
      if (Task)
        N.In.Library = Task->Library;
      if (runsOnItsCaller(I))
        N.In.Kind = ContextKind::Plain;
      // Only where all of its uses are seen can they excuse it.
      if (Uses[I] && Offloads[I] == Uses[I]) {
        if (F.ExternalLinkage && !F.IsLambda)
          N.In.Doubtful = true;
        else
          N.In.Kind = ContextKind::Offloaded;
      }
      continue;
    }
    auto libraryOf = [&](const FunctionFacts &Coroutine) -> llvm::StringRef {
      const TaskModel *Task = Models->task(Coroutine.ReturnType);
      return Task ? llvm::StringRef(Task->Library) : "";
    };
    auto Take = [&](ContextKind Kind, llvm::StringRef Library, Location Where,
                    bool Doubtful = false) {
      N.In.Kind = Kind;
      N.In.Doubtful = Doubtful;
      N.In.Library = Library;
      N.In.HandedOver = std::move(Where);
    };
    // One asynchronous use is enough.
    for (const Handover &H : Handed[I])
      if (N.In.Kind == ContextKind::Plain ||
          ((N.In.Kind == ContextKind::Offloaded || N.In.Doubtful) &&
           H.Kind != ContextKind::Offloaded && H.Kind != ContextKind::Plain &&
           !H.Doubtful))
        Take(H.Kind, H.By->Library, H.Where, H.Doubtful);
    // One defect of an awaiter is not as many as there are awaits.
    constexpr size_t MostPlaces = 8;
    for (auto [From, C] : N.Callers) {
      const FunctionFacts &Coroutine = *Nodes[From].Facts;
      const CallSite &Call = Coroutine.Calls[C];
      if (!Call.ByAwait || !Coroutine.IsCoroutine)
        continue;
      if (N.In.Kind == ContextKind::Plain)
        Take(ContextKind::Awaiter, libraryOf(Coroutine), Call.Where);
      else if (N.In.Kind == ContextKind::Awaiter &&
               N.In.AlsoAt.size() < MostPlaces && Call.Where != N.In.HandedOver)
        N.In.AlsoAt.push_back(Call.Where);
    }
    llvm::SmallVector<FunctionId, 4> Up(F.Overrides.begin(), F.Overrides.end());
    while (!Up.empty() && N.In.Kind == ContextKind::Plain) {
      const FunctionId Base = Up.pop_back_val();
      llvm::StringRef Name = Base;
      if (Name.consume_front("s:"))
        if (const EntryPointModel *E = Models->entryPoint(Name))
          Take(contextAt(E->Where, std::nullopt), E->Library, {});
      if (std::optional<NodeIndex> Node = resolve(Base, N.Unit))
        Up.append(Nodes[*Node].Facts->Overrides.begin(),
                  Nodes[*Node].Facts->Overrides.end());
    }
  }
}

} // namespace async_tidy
