//===- Program.cpp - Facts of many translation units, linked --------------===//
//
// Links units, resolves calls and answers the rules' questions. See Program.h.
//
//===----------------------------------------------------------------------===//

#include "program/Content.h"
#include "program/Implementation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <tuple>

namespace async_tidy {

void Program::Implementation::link() {
  // Where several units speak of one thing, the first one's word stands: those
  // that did not compile speak last.
  llvm::sort(Units, [](const auto &A, const auto &B) {
    return std::make_tuple(!A.Errors.empty(), llvm::StringRef(A.MainFile)) <
           std::make_tuple(!B.Errors.empty(), llvm::StringRef(B.MainFile));
  });
  // An object that several units share is one candidate.
  struct Candidate {
    const FunctionFacts *Facts;
    unsigned Unit;
    List<unsigned> OtherUnits;
    bool isSamePlace(const Candidate &O) const {
      return Facts->Where == O.Facts->Where && Facts->Id == O.Facts->Id;
    }
  };
  std::vector<Candidate> All;
  llvm::DenseMap<const FunctionFacts *, unsigned> Seen;
  for (unsigned U = 0; U != Units.size(); ++U) {
    const TranslationUnitFacts &Unit = Units[U];
    UnitNames.push_back(Unit.MainFile);
    for (const FunctionFacts &F : Unit.Functions) {
      const auto [At, New] = Seen.try_emplace(&F, All.size());
      if (New)
        All.push_back({&F, U, {}});
      else if (Candidate &C = All[At->second];
               C.Unit != U &&
               !llvm::is_contained(llvm::reverse(C.OtherUnits), U))
        C.OtherUnits.push_back(U);
    }
    for (const TypeFacts &T : Unit.Types)
      Types.try_emplace(T.Name, &T);
    for (const AwaitableFacts &A : Unit.Awaitables)
      Awaitables.try_emplace(templateName(A.Name), &A);
    auto Add = [&](const auto &D) {
      Said &S = Attributes[D.Id];
      S.Blocking |= D.Blocking || llvm::is_contained(D.Annotations, "blocking");
      S.Nonblocking |=
          D.Nonblocking || llvm::is_contained(D.Annotations, "nonblocking");
      if (!D.Claims.empty())
        Claims.try_emplace(D.Id, &D.Claims);
    };
    for (const DeclarationFacts &D : Unit.Declarations)
      Add(D);
    for (const FunctionFacts &F : Unit.Functions)
      if (F.Blocking || F.Nonblocking || !F.Annotations.empty() ||
          !F.Claims.empty())
        Add(F);
  }
  // An inline function is defined in many units, at one place: that is one
  // definition for all that read the same in it.
  llvm::sort(All, [](const Candidate &A, const Candidate &B) {
    return std::tie(A.Facts->Where, A.Facts->Id, A.Unit) <
           std::tie(B.Facts->Where, B.Facts->Id, B.Unit);
  });
  const auto Content = [&](const Candidate &C) {
    return contentOf(*C.Facts, Units[C.Unit].MainFile);
  };
  Nodes.reserve(All.size());
  for (auto First = All.begin(); First != All.end();) {
    const auto End =
        std::find_if_not(First, All.end(), [&](const Candidate &C) {
          return C.isSamePlace(*First);
        });
    const size_t Before = Nodes.size();
    // Of the nodes from there on; who is alone need not be compared.
    const bool Alone = First + 1 == End;
    std::vector<uint64_t> Contents;
    for (; First != End; ++First) {
      const uint64_t Own = Alone ? 0 : Content(*First);
      size_t Which = llvm::find(Contents, Own) - Contents.begin();
      // What the compiler made of a unit with errors may be anything.
      if (Which == Contents.size() && !Contents.empty() &&
          !Units[First->Unit].Errors.empty())
        Which = 0;
      if (Which == Contents.size()) {
        Contents.push_back(Own);
        Node &New = Nodes.emplace_back();
        New.Facts = First->Facts;
        New.Unit = First->Unit;
      } else {
        Nodes[Before + Which].OtherUnits.push_back(First->Unit);
      }
      llvm::append_range(Nodes[Before + Which].OtherUnits, First->OtherUnits);
    }
    // All bear one id: the later ones follow the earlier ones.
    for (size_t I = Before; I != Nodes.size(); ++I) {
      llvm::sort(Nodes[I].OtherUnits);
      auto [Known, New] = Definitions.try_emplace(Nodes[I].Facts->Id, I);
      if (New)
        continue;
      Node *Last = &Nodes[Known->second];
      while (Last->SameId >= 0)
        Last = &Nodes[Last->SameId];
      Last->SameId = static_cast<int>(I);
    }
  }
  for (NodeIndex I = 0; I != Nodes.size(); ++I) {
    const FunctionFacts *F = Nodes[I].Facts;
    Functions.push_back(F);
    NodeOf[F] = I;
    if (F->Name.ends_with("::lock"))
      LockMethods[F->Name].push_back(I);
    for (const FunctionId &Base : F->Overrides)
      Overriders[Base].push_back(I);
  }
}

std::optional<NodeIndex> Program::Implementation::resolve(FunctionId Id,
                                                          unsigned Unit) const {
  auto It = Definitions.find(Id);
  if (Id.empty() || It == Definitions.end())
    return std::nullopt;
  for (int I = It->second; I >= 0; I = Nodes[I].SameId)
    if (Nodes[I].isIn(Unit))
      return I;
  // Several programs may stand in one database: which one is meant is unknown.
  // Readings of one header's text are of one program.
  const NodeIndex First = It->second;
  for (int I = Nodes[First].SameId; I >= 0; I = Nodes[I].SameId)
    if (Nodes[I].Facts->Where != Nodes[First].Facts->Where)
      return std::nullopt;
  return First;
}

void Program::Implementation::addOverriders(const FunctionId &Method,
                                            unsigned Unit, Targets &Out) const {
  auto It = Overriders.find(Method);
  if (It == Overriders.end())
    return;
  for (NodeIndex I : It->second) {
    // An overrider of another program's class of the same name is not ours.
    const auto Meant = resolve(Nodes[I].Facts->Id, Unit);
    if (!Meant || *Meant != I || llvm::is_contained(Out.Nodes, I))
      continue;
    Out.Nodes.push_back(I);
    addOverriders(Nodes[I].Facts->Id, Unit, Out);
  }
}

/// Finds which parameters each function calls, and adds the callables that its
/// callers give it to what those calls enter.
void Program::Implementation::findInvokedParameters() {
  auto Invokes = [&](Node &N, int Parameter) {
    if (Parameter < 0 || llvm::is_contained(N.Invokes, Parameter))
      return false;
    N.Invokes.push_back(Parameter);
    return true;
  };
  std::deque<NodeIndex> Work;
  for (NodeIndex I = 0; I != Nodes.size(); ++I) {
    Node &N = Nodes[I];
    bool Changed = false;
    for (const CallSite &C : N.Facts->Calls) {
      if (C.Callee.empty())
        Changed |= Invokes(N, C.Object.Parameter);
      for (const RunModel *M : Models->runs(C))
        if (M->Where == Place::InPlace)
          if (const Value *V = valueAt(C, M->What))
            Changed |= Invokes(N, V->Parameter);
    }
    if (Changed && !N.Facts->IsCoroutine)
      Work.push_back(I);
  }
  for (NodeIndex I = 0; I != Nodes.size(); ++I)
    for (unsigned C = 0; C != Nodes[I].Calls.size(); ++C)
      for (NodeIndex To : Nodes[I].Calls[C].Nodes)
        Nodes[To].Callers.push_back({I, C});
  while (!Work.empty()) {
    const NodeIndex At = Work.front();
    Work.pop_front();
    const auto Callers = Nodes[At].Callers;
    for (auto [From, C] : Callers) {
      Node &Caller = Nodes[From];
      const CallSite &Call = Caller.Facts->Calls[C];
      for (unsigned P : Nodes[At].Invokes) {
        if (P >= Call.Arguments.size())
          continue;
        const Value &Given = Call.Arguments[P];
        if (Invokes(Caller, Given.Parameter) && !Caller.Facts->IsCoroutine)
          Work.push_back(From);
        const FunctionId Run = callable(*Caller.Facts, Given);
        enterLibrary(Caller, C, Run, nullptr);
        if (std::optional<NodeIndex> To = resolve(Run, Caller.Unit);
            To && !llvm::is_contained(Caller.Calls[C].Nodes, *To)) {
          Caller.Calls[C].Nodes.push_back(*To);
          Nodes[*To].Callers.push_back({From, C});
        }
      }
    }
  }
}

Program::Program(std::vector<TranslationUnitFacts> Units,
                 const ModelSet &Models, bool Whole)
    : Impl(std::make_unique<Implementation>()) {
  Impl->Units = std::move(Units);
  Impl->Models = &Models;
  Impl->Whole = Whole;
  Impl->link();
  Impl->findModes();
  Impl->findChanges();
  Impl->resolveCalls();
  Impl->findInvokedParameters();
  Impl->findContexts();
  Impl->findExcuses();
  Impl->summarise();
  Impl->findLocks();
  Impl->findMembers(*this);
  for (Node &N : Impl->Nodes)
    N.Late = findLateUses(*this, *N.Facts);
}

Program::~Program() = default;

llvm::ArrayRef<TranslationUnitFacts> Program::units() const {
  return Impl->Units;
}
const ModelSet &Program::models() const { return *Impl->Models; }
bool Program::isWhole() const { return Impl->Whole; }
llvm::ArrayRef<const FunctionFacts *> Program::functions() const {
  return Impl->Functions;
}
const Context &Program::context(const FunctionFacts &F) const {
  return Impl->Nodes[Impl->NodeOf.lookup(&F)].In;
}
llvm::ArrayRef<LateUse> Program::lateUses(const FunctionFacts &F) const {
  return Impl->Nodes[Impl->NodeOf.lookup(&F)].Late;
}
llvm::ArrayRef<HeldLock> Program::heldLocks(const FunctionFacts &F) const {
  return Impl->Nodes[Impl->NodeOf.lookup(&F)].Held;
}

bool Program::isExcused(const FunctionFacts &F, const CallSite &Call) const {
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const auto Index = static_cast<size_t>(&Call - F.Calls.data());
  return N.excuses(Index);
}

bool Program::maySuspend(const Suspension &S) const {
  return *Impl->suspends(S, 0);
}

const AwaitableFacts *Program::awaitable(llvm::StringRef Type) const {
  return Impl->Awaitables.lookup(templateName(Type));
}

const TypeFacts *Program::type(llvm::StringRef Name) const {
  return Impl->Types.lookup(Name);
}

const FunctionFacts *Program::callee(const FunctionFacts &F,
                                     const CallSite &Call) const {
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const Targets &T = N.Calls[&Call - F.Calls.data()];
  return T.Nodes.size() == 1 ? Impl->Nodes[T.Nodes.front()].Facts : nullptr;
}

const FunctionFacts *Program::definition(const FunctionFacts &F,
                                         llvm::StringRef Id) const {
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const std::optional<NodeIndex> Found = Impl->resolve(Id, N.Unit);
  return Found ? Impl->Nodes[*Found].Facts : nullptr;
}

std::string Program::replacement(const FunctionFacts &F,
                                 const BlockingModel &Leaf) const {
  const llvm::StringRef Offered =
      Impl->Models->replacement(context(F).Library, Leaf.Operation);
  // A library is not told to use itself where it is made, and only a coroutine
  // to await.
  const llvm::StringRef Named = Offered.split('`').second.split("::").first;
  const bool Own =
      !Named.empty() && llvm::StringRef(F.Name).split("::").first == Named;
  for (const llvm::StringRef Text :
       {Own ? "" : Offered, llvm::StringRef(Leaf.Instead)})
    if (!Text.empty() && (F.IsCoroutine || !Text.contains("co_await")))
      return Text.str();
  return "";
}

} // namespace async_tidy
