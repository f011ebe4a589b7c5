//===- Summarise.cpp - What calling a function may do ---------------------===//
//
// Each way of blocking spreads from the calls that block by themselves to the
// functions that make them, and on to their callers: a shortest-path search
// from all leaves at once (Dijkstra, with the cost: edges that leave the unit,
// then length, then place). What is stored is the first call of the path, so
// the witness is read off and never searched for. Recursion and diamonds cost
// nothing: a function is settled once.
//
//===----------------------------------------------------------------------===//

#include "program/Implementation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <queue>
#include <tuple>

namespace async_tidy {

static Way wayOf(const BlockingModel &Leaf, bool Fiber, bool Doubtful) {
  if (Doubtful)
    return Way::Doubtful;
  switch (Leaf.Kind) {
  case BlockingKind::NestedEventLoop:
    return Way::NestedEventLoop;
  case BlockingKind::SyncWait:
    return Fiber ? Way::FiberWait : Way::SyncWait;
  case BlockingKind::BlockingCall:
    return Fiber ? Way::FiberWait : Way::BlockingCall;
  }
  return Way::BlockingCall;
}

/// What a mode is set on: objects of one type, or descriptors.
static Symbol modeSubject(const CallSite &Call) {
  // The type before the conversion to the class that declares the method.
  return Call.Object.Origins.empty() ? "" : Call.Object.Origins.front();
}

/// Which socket was made non-blocking is seldom told by the path to it, which
/// differs from class to class; that a unit does so at all tells its intent.
void Program::Implementation::findModes() {
  Modes.resize(Units.size());
  for (unsigned U = 0; U != Units.size(); ++U)
    for (const FunctionFacts &F : Units[U].Functions)
      for (const CallSite &C : F.Calls)
        for (const ModeModel *M : Models->setsMode(C))
          Modes[U].insert({M, modeSubject(C)});
  // Who asks for EAGAIN expects it.
  for (unsigned U = 0; U != Units.size(); ++U)
    for (const FunctionFacts &F : Units[U].Functions)
      for (const Block &B : F.Flow)
        if (B.Test && !B.Test->Equals.empty())
          for (const ModeModel *M : Models->testedModes(B.Test->Equals))
            Modes[U].insert({M, ""});
  for (const auto &Unit : Modes)
    AnyModes.insert(Unit.begin(), Unit.end());
}

/// A descriptor that comes from elsewhere may have been made non-blocking
/// wherever the program does so.
bool Program::Implementation::isDoubtful(const CallSite &Call,
                                         const BlockingModel &Leaf) const {
  if (Leaf.Doubtful)
    return true;
  for (const ModeModel *M : Models->modesOf(Call.CalleeName))
    if (AnyModes.count({M, modeSubject(Call)}))
      return true;
  return false;
}

const BlockingModel *Program::Implementation::leaf(const Node &N, unsigned C,
                                                   bool &Opaque) const {
  Opaque = false;
  const CallSite &Call = N.Facts->Calls[C];
  auto It = Attributes.find(Call.Callee);
  const Said S = It == Attributes.end() ? Said{} : It->second;
  if (S.Nonblocking) {
    Opaque = true;
    return nullptr;
  }
  if (S.Blocking && !Declared.empty())
    return &Declared.front();
  // A project's own function may bear a C library's name, be it `extern "C"`:
  // where its body is known, the body speaks. A qualified name is the
  // library's, whether its headers are a system's or part of the project.
  if (Models->isCFunction(Call.CalleeName) && Definitions.count(Call.Callee))
    return nullptr;
  if (Models->neverBlocks(Call)) {
    Opaque = true;
    return nullptr;
  }
  for (const ModeModel *M : Models->modesOf(Call.CalleeName))
    if (Modes[N.Unit].count({M, modeSubject(Call)})) {
      Opaque = true;
      return nullptr;
    }
  if (const BlockingModel *M = Models->blocking(Call))
    return M;
  if (waitsByName(Call))
    return &Declared.back();
  return N.Calls[C].HiddenLeaf;
}

/// A library that nobody models, and of whose function no body is seen, waits
/// for the task that it is given if it says so by the name that all use.
bool Program::Implementation::waitsByName(const CallSite &Call) const {
  static constexpr llvm::StringLiteral Names[] = {
      "sync_wait", "syncWait", "sync_await",    "syncAwait",
      "block_on",  "blockOn",  "blocking_wait", "blockingWait"};
  if (Declared.empty() || Call.Arguments.empty() ||
      !llvm::is_contained(Names, ownName(Call.CalleeName)) ||
      Definitions.count(Call.Callee))
    return false;
  auto IsTask = [&](llvm::StringRef Type) {
    const AwaitableFacts *A = Awaitables.lookup(templateName(Type));
    return Models->task(Type) || (A && A->Task);
  };
  return IsTask(Call.Arguments.front().Type) && !IsTask(Call.ResultType);
}

llvm::StringRef Program::Implementation::leafName(const Node &N,
                                                  unsigned C) const {
  const CallSite &Call = N.Facts->Calls[C];
  return N.Calls[C].HiddenLeaf && !Models->blocking(Call)
             ? llvm::StringRef(N.Calls[C].Hidden)
             : Call.CalleeName.ref();
}

/// What a model says of a function stands for its body. What the function calls
/// for its caller, a callable that it is given, is looked at all the same.
bool Program::Implementation::isModelled(const Node &N, unsigned Call,
                                         const Node &Target) const {
  if (Target.Facts->Id != N.Facts->Calls[Call].Callee)
    return false;
  bool Opaque = false;
  return leaf(N, Call, Opaque) || Opaque;
}

/// A coroutine is only created by its call, and what runs asynchronously
/// reports by itself; everything else counts where it is called.
bool Program::Implementation::countsAtCaller(const Node &N) const {
  switch (N.In.Kind) {
  case ContextKind::Coroutine:
  case ContextKind::Loop:
  case ContextKind::Fiber:
  case ContextKind::Awaiter:
    return false;
  case ContextKind::Offloaded:
    return !N.Facts->IsCoroutine;
  case ContextKind::Plain:
  case ContextKind::Generator:
    return true;
  }
  return true;
}

void Program::Implementation::summarise() {
  Declared.push_back({"attribute",
                      {},
                      BlockingKind::BlockingCall,
                      Tier::Waits,
                      Severity::Warning,
                      "is declared to block",
                      "",
                      "",
                      {},
                      {}});
  Declared.push_back({"name",
                      {},
                      BlockingKind::SyncWait,
                      Tier::Waits,
                      Severity::Warning,
                      "waits for the task to be done",
                      "wait-task",
                      "",
                      {},
                      {}});
  struct Item {
    unsigned Crossings, Length;
    NodeIndex Node;
    unsigned Call;
    int Next;
    const BlockingModel *Leaf;
    bool operator>(const Item &O) const {
      return std::tie(Crossings, Length, Node, Call, Next) >
             std::tie(O.Crossings, O.Length, O.Node, O.Call, O.Next);
    }
  };
  using Queue = std::priority_queue<Item, std::vector<Item>, std::greater<>>;
  std::vector<Queue> Queues(SlotCount);

  for (NodeIndex I = 0; I != Nodes.size(); ++I) {
    const Node &N = Nodes[I];
    for (unsigned C = 0; C != N.Facts->Calls.size(); ++C) {
      const CallSite &Call = N.Facts->Calls[C];
      const bool Fiber = Models->suspendsStackful(Call);
      if (Fiber)
        Queues[slot(Way::Stackful, Tier::Waits)].push(
            {0, 0, I, C, -1, nullptr});
      if (N.excuses(C))
        continue;
      bool Opaque = false;
      if (const BlockingModel *Leaf = leaf(N, C, Opaque))
        Queues[slot(wayOf(*Leaf, Fiber, isDoubtful(Call, *Leaf)),
                    Leaf->HowBadly)]
            .push({0, 0, I, C, -1, Leaf});
    }
  }

  for (unsigned Slot = 0; Slot != SlotCount; ++Slot) {
    Queue &Q = Queues[Slot];
    while (!Q.empty()) {
      const Item At = Q.top();
      Q.pop();
      Node &N = Nodes[At.Node];
      if (N.Ways[Slot].Call >= 0)
        continue;
      const Witness W{static_cast<int>(At.Call), At.Next, At.Leaf, At.Crossings,
                      At.Length};
      N.Ways.add(Slot, W);
      if (!countsAtCaller(N))
        continue;
      for (auto [From, C] : N.Callers) {
        const Node &Caller = Nodes[From];
        if (Caller.Ways[Slot].Call >= 0 || Caller.excuses(C))
          continue;
        if (isModelled(Caller, C, N) || waitsForReady(Caller, C, N, W) ||
            Models->allowsEdge(Caller.Facts->Name, N.Facts->Name))
          continue;
        Q.push({At.Crossings + crosses(Caller, N), At.Length + 1, From, C,
                static_cast<int>(At.Node), At.Leaf});
      }
    }
  }
}

std::optional<BlockingPath>
Program::blockingPath(const FunctionFacts &F, const CallSite &Call,
                      llvm::ArrayRef<Tier> Tiers) const {
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const auto Index = static_cast<unsigned>(&Call - F.Calls.data());
  const bool InFiber = N.In.Kind == ContextKind::Fiber;
  BlockingPath Path;

  bool Opaque = false;
  const BlockingModel *Leaf = Impl->leaf(N, Index, Opaque);
  if (Impl->Models->allowsEdge(F.Name, Call.CalleeName))
    return std::nullopt;
  if (Leaf && llvm::is_contained(Tiers, Leaf->HowBadly) &&
      !(InFiber && Impl->Models->suspendsStackful(Call))) {
    Path.Leaf = Leaf;
    Path.Kind = Leaf->Kind;
    Path.LeafName = Impl->leafName(N, Index);
    Path.Doubtful = Impl->isDoubtful(Call, *Leaf);
  } else {
    const Witness *Best = nullptr;
    int First = -1;
    Way BestWay = Way::BlockingCall;
    for (Way W : {Way::NestedEventLoop, Way::SyncWait, Way::FiberWait,
                  Way::BlockingCall, Way::Doubtful}) {
      if (W == Way::FiberWait && InFiber)
        continue;
      for (unsigned T = 1; T <= TierCount && !Best; ++T) {
        if (!llvm::is_contained(Tiers, static_cast<Tier>(T)))
          continue;
        for (NodeIndex To : N.Calls[Index].Nodes) {
          const Node &Target = Impl->Nodes[To];
          const Witness &Candidate = Target.Ways[slot(W, static_cast<Tier>(T))];
          if (Candidate.Call < 0 || !Impl->countsAtCaller(Target) ||
              Impl->waitsForReady(N, Index, Target, Candidate) ||
              Impl->isModelled(N, Index, Target) ||
              Impl->Models->allowsEdge(F.Name, Target.Facts->Name))
            continue;
          const auto Cost = [&](const Witness &X, NodeIndex At) {
            return std::make_tuple(
                X.Crossings + Impl->crosses(N, Impl->Nodes[At]), X.Length, At);
          };
          if (!Best || Cost(Candidate, To) < Cost(*Best, First)) {
            Best = &Candidate;
            First = static_cast<int>(To);
            BestWay = W;
          }
        }
      }
      if (Best)
        break;
    }
    if (!Best)
      return std::nullopt;
    Path.Leaf = Best->Leaf;
    Path.Kind = Best->Leaf->Kind;
    Path.OneOfSeveral = N.Calls[Index].OneOfSeveral;
    Path.Doubtful = BestWay == Way::Doubtful;
    const unsigned Slot = slot(BestWay, Best->Leaf->HowBadly);
    for (int At = First; At >= 0;) {
      const Node &Here = Impl->Nodes[At];
      const Witness &W = Here.Ways[Slot];
      const CallSite &Next = Here.Facts->Calls[W.Call];
      if (W.Next >= 0) {
        Path.Steps.push_back(
            {Next.Where, llvm::formatv("`{0}` calls `{1}`", Here.Facts->Name,
                                       Impl->Nodes[W.Next].Facts->Name)
                             .str()});
      } else {
        Path.LeafName = Impl->leafName(Here, W.Call);
        Path.Steps.push_back(
            {Next.Where,
             llvm::formatv("`{0}` calls `{1}`, which {2}", Here.Facts->Name,
                           Path.LeafName, W.Leaf->Why)
                 .str()});
      }
      At = W.Next;
    }
  }
  // Awaiting is what a synchronous wait should have been: an awaiter that waits
  // blocks, and `co_await` cannot be its cure.
  if (N.In.Kind == ContextKind::Awaiter && Path.Kind == BlockingKind::SyncWait)
    Path.Kind = BlockingKind::BlockingCall;
  return Path;
}

bool Program::suspendsStackful(const FunctionFacts &F,
                               const CallSite &Call) const {
  if (Impl->Models->suspendsStackful(Call))
    return true;
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const unsigned Slot = slot(Way::Stackful, Tier::Waits);
  return llvm::any_of(N.Calls[&Call - F.Calls.data()].Nodes, [&](NodeIndex I) {
    const Node &Target = Impl->Nodes[I];
    return Target.Ways[Slot].Call >= 0 && !Target.Facts->IsCoroutine &&
           Target.In.Kind != ContextKind::Offloaded;
  });
}

std::optional<bool> Program::Implementation::suspends(const Suspension &S,
                                                      unsigned Unit) const {
  if (S.GoesOn || Models->neverSuspends(S.Operand.Type) ||
      Models->neverSuspends(S.AwaiterType))
    return false;
  if (std::optional<NodeIndex> Ready = resolve(S.AwaitReady, Unit))
    if (Nodes[*Ready].Facts->Returns == 1)
      return false;
  return true;
}

} // namespace async_tidy
