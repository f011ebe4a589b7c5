//===- LockSummaries.cpp - What a callee does to its caller's locks -------===//
//
// Says in the caller's names what the summary of a callee says in the callee's.
// See LockEffects.h.
//
//===----------------------------------------------------------------------===//

#include "program/LockEffects.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Turns paths of a callee into paths of its caller; empty if the caller has no
/// name for them.
class Translation {
public:
  Translation(const Program::Implementation &P, const Node &Caller,
              unsigned Index, NodeIndex CalleeIndex)
      : P(P), Self(P.NodeOf.lookup(Caller.Facts)),
        C(Caller.Facts->Calls[Index]), Index(Index),
        Callee(P.Nodes[CalleeIndex]) {
    // The object whose members are entered; that of `make_unique` is its
    // result.
    Object = C.Object.Path;
    for (const LifetimeModel *M : P.Models->constructs(C.CalleeName))
      if (M->At.What == Position::Kind::Result)
        Object = madeBy(C, Index);
    // What another function calls for its caller is given that one's arguments.
    Direct = !Callee.Facts->IsLambda || C.Callee == Callee.Facts->Id ||
             (C.Callee.empty() && C.Object.Callable == Callee.Facts->Id);
  }

  ObjectPath Object;

  ObjectPath operator()(const ObjectPath &Path) const {
    const size_t End = llvm::StringRef(Path).find_first_of(".[");
    const llvm::StringRef Root = llvm::StringRef(Path).take_front(End);
    const std::string Rest =
        End == llvm::StringRef::npos ? "" : Path.substr(End);
    if (Root.starts_with("::"))
      return Path;
    const ObjectPath New = root(Root);
    return New.empty() ? New : New + Rest;
  }

private:
  ObjectPath root(llvm::StringRef Root) const {
    if (Root.starts_with("^")) {
      const auto [Of, Name] = Root.drop_front().split(':');
      return Of == std::to_string(Self) ? Name.str() : Root.str();
    }
    if (Callee.Facts->IsLambda) {
      for (const Capture &K : Callee.Facts->Captures)
        if (K.Name == Root || (K.ByReference && K.Init.Path == Root))
          return captured(K);
      if (Root == "this")
        return {};
    }
    if (Root == "this")
      return Object;
    if (Root == "return")
      return madeBy(C, Index);
    if (Direct)
      for (unsigned A = 0; A != Callee.Facts->Parameters.size(); ++A)
        if (Callee.Facts->Parameters[A].Name == Root && A < C.Arguments.size())
          return C.Arguments[A].Path;
    return {};
  }

  /// What a lambda captures is a local of whoever made it.
  ObjectPath captured(const Capture &K) const {
    const ObjectPath &Name =
        K.Init.Path.empty() || !K.ByReference ? K.Name : K.Init.Path;
    if (!K.ByReference)
      return Direct && !Object.empty() ? Object + "." + Name : ObjectPath();
    const auto Maker = P.resolve(Callee.Facts->Parent, Callee.Unit);
    if (!Maker)
      return {};
    return *Maker == Self ? Name : "^" + std::to_string(*Maker) + ":" + Name;
  }

  const Program::Implementation &P;
  const NodeIndex Self;
  const CallSite &C;
  const unsigned Index;
  const Node &Callee;
  bool Direct;
};

} // namespace

/// Replaces the members of \p Path that refer to other objects by these.
static ObjectPath
referred(ObjectPath Path,
         const std::vector<std::pair<ObjectPath, ObjectPath>> &Known) {
  for (unsigned Steps = 0; Steps != 4; ++Steps) {
    const auto It = llvm::find_if(
        Known, [&](const auto &A) { return isWithin(Path, A.first); });
    if (It == Known.end())
      break;
    Path = It->second + Path.substr(It->first.size());
  }
  return Path;
}

const LockModelReader::Aliases &LockModelReader::aliases(NodeIndex I,
                                                         unsigned Depth) {
  static const Aliases None;
  if (Depth > 3)
    return None;
  auto [It, New] = KnownAliases.try_emplace(I);
  if (!New)
    return It->second;
  const Node &N = P.Nodes[I];
  Aliases Found;
  for (const Binding &B : N.Facts->Bindings)
    Found.push_back({B.Member, B.Object});
  // What a constructor, or a function that makes an object, binds in it.
  for (unsigned C = 0; C != N.Calls.size(); ++C)
    for (NodeIndex Callee : N.Calls[C].Nodes) {
      const Translation Translate(P, N, C, Callee);
      const bool Makes = N.Facts->Calls[C].Kind == CallKind::Construct;
      for (const auto &[Member, Object] : Aliases(aliases(Callee, Depth + 1))) {
        const llvm::StringRef Root = Makes ? "this" : "return";
        if (!isWithin(Member, Root))
          continue;
        ObjectPath To = Translate(Object), From = Translate(Member);
        if (!To.empty() && !From.empty())
          Found.push_back({std::move(From), std::move(To)});
      }
    }
  return KnownAliases[I] = std::move(Found);
}

/// Adds what \p I does to the locks of \p N; if \p OnlyGives, only what it
/// gives back.
void LockModelReader::applySummary(const Node &N, unsigned Index, NodeIndex I,
                                   bool OnlyGives, LockOperations &Out) {
  const CallSite &C = N.Facts->Calls[Index];
  const Node &Callee = P.Nodes[I];
  if (Callee.Facts->IsCoroutine || !Callee.Locks.any())
    return;
  const Translation Callees(P, N, Index, I);
  const Aliases &Known = aliases(P.NodeOf.lookup(N.Facts));
  auto Translate = [&](const ObjectPath &Path) {
    return referred(Callees(Path), Known);
  };
  const ObjectPath &Object = Callees.Object;
  const bool Dies = C.Kind == CallKind::Destroy;
  const bool Makes = C.Kind == CallKind::Construct ||
                     !P.Models->constructs(C.CalleeName).empty();
  for (const ObjectPath &Owner : Callee.Locks.Ends)
    if (ObjectPath Path = Translate(Owner); !Path.empty()) {
      // A lambda does not tell apart locals of one name.
      if (Callee.Facts->IsLambda)
        for (const Variable &V : N.Facts->Variables)
          if (llvm::StringRef(V.Name).starts_with(Path + "@"))
            Out.EndsOwners.push_back(V.Name);
      Out.EndsOwners.push_back(std::move(Path));
    }
  for (const LockEffect &E : Callee.Locks.Releases) {
    LockEffect R = E;
    R.Mutex = Translate(E.Mutex);
    R.Owner = Translate(E.Owner);
    // What it is called with is what the object was given.
    if (OnlyGives && R.Mutex.empty() && !C.Arguments.empty())
      R.Mutex = C.Arguments.front().Path;
    Out.Releases.push_back(std::move(R));
    // What an object took, it gives back, by whatever name.
    if ((llvm::StringRef(E.Mutex).starts_with("this") || Dies) &&
        !Object.empty() && !Callee.Facts->IsLambda)
      Out.EndsOwners.push_back(Object);
  }
  if (OnlyGives)
    return;
  for (const LockEffect &E : Callee.Locks.Acquires) {
    LockEffect A = E;
    A.Mutex = Translate(E.Mutex);
    A.Owner = Translate(E.Owner);
    // What the dead hold nobody gives back.
    if (Dies && isWithin(A.Owner.empty() ? A.Mutex : A.Owner, Object))
      continue;
    // A constructor locks for its object.
    if (A.Owner.empty() && Makes)
      A.Owner = Object;
    if (A.Owner.empty() && A.Mutex.empty())
      continue;
    Out.Acquires.push_back(std::move(A));
  }
}

void LockModelReader::applySummaries(const Node &N, unsigned Index,
                                     LockOperations &Out) {
  for (NodeIndex I : N.Calls[Index].Nodes)
    applySummary(N, Index, I, /*OnlyGives=*/false, Out);
}

void LockModelReader::applyKept(const Node &N, Body &Out) {
  const FunctionFacts &F = *N.Facts;
  for (unsigned K = 0; K != F.Calls.size(); ++K) {
    const CallSite &Maker = F.Calls[K];
    const ObjectPath &Kept =
        Maker.Kind == CallKind::Construct ? Maker.Object.Path : Maker.Result;
    if (Kept.empty() || isTemporary(Kept) ||
        !(Maker.Kind == CallKind::Construct || Maker.GivesObject))
      continue;
    for (const Value &A : Maker.Arguments) {
      // A lambda may have become a pointer on the way.
      const FunctionId &Given = A.Callable.empty() && A.Call >= 0
                                    ? F.Calls[A.Call].Object.Callable
                                    : A.Callable;
      if (Given.empty())
        continue;
      const auto Callable = P.resolve(Given, N.Unit);
      if (!Callable)
        continue;
      LockOperations Gives;
      applySummary(N, K, *Callable, /*OnlyGives=*/true, Gives);
      auto Add = [&](LockOperations &At) {
        llvm::append_range(At.EndsOwners, Gives.EndsOwners);
        llvm::append_range(At.Releases, Gives.Releases);
      };
      for (unsigned C = 0; C != F.Calls.size(); ++C)
        if ((F.Calls[C].Kind == CallKind::Destroy ||
             !P.Models->destroys(F.Calls[C].CalleeName).empty()) &&
            isWithin(Kept, F.Calls[C].Object.Path))
          Add(Out.Calls[C]);
      for (unsigned V = 0; V != F.Variables.size(); ++V)
        if (isWithin(Kept, F.Variables[V].Name))
          Add(Out.Ends[V]);
    }
  }
}

} // namespace async_tidy
