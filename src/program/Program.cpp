//===- Program.cpp - Facts of many translation units, linked --------------===//
//
// Links units, resolves calls and answers the rules' questions. See Program.h.
//
//===----------------------------------------------------------------------===//

#include "program/Implementation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <tuple>

namespace async_tidy {

std::vector<std::string> typeArguments(llvm::StringRef Type) {
  std::vector<std::string> Result;
  const size_t Open = Type.find('<');
  if (Open == llvm::StringRef::npos)
    return Result;
  unsigned Depth = 0;
  size_t Start = Open + 1;
  for (size_t I = Open; I != Type.size(); ++I) {
    const char C = Type[I];
    if (C == '<' || C == '(') {
      ++Depth;
    } else if (C == '>' || C == ')') {
      if (--Depth == 0) {
        Result.push_back(Type.slice(Start, I).trim().str());
        break;
      }
    } else if (C == ',' && Depth == 1) {
      Result.push_back(Type.slice(Start, I).trim().str());
      Start = I + 1;
    }
  }
  return Result;
}

void Program::Implementation::link() {
  llvm::sort(Units, [](const auto &A, const auto &B) {
    return A.MainFile < B.MainFile;
  });
  struct Candidate {
    const FunctionFacts *Facts;
    unsigned Unit;
  };
  std::vector<Candidate> All;
  for (unsigned U = 0; U != Units.size(); ++U) {
    const TranslationUnitFacts &Unit = Units[U];
    for (const FunctionFacts &F : Unit.Functions)
      All.push_back({&F, U});
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
  // definition, and its first unit's facts stand.
  llvm::sort(All, [](const Candidate &A, const Candidate &B) {
    return std::tie(A.Facts->Where, A.Facts->Id, A.Unit) <
           std::tie(B.Facts->Where, B.Facts->Id, B.Unit);
  });
  for (const Candidate &C : All) {
    const bool Again = !Nodes.empty() &&
                       Nodes.back().Facts->Where == C.Facts->Where &&
                       Nodes.back().Facts->Id == C.Facts->Id;
    if (!Again) {
      Node New;
      New.Facts = C.Facts;
      New.Unit = C.Unit;
      Nodes.push_back(std::move(New));
      Definitions[C.Facts->Id].push_back(
          {static_cast<NodeIndex>(Nodes.size() - 1), {}});
    }
    auto &Units = Definitions[C.Facts->Id].back().Units;
    if (Units.empty() || Units.back() != C.Unit)
      Units.push_back(C.Unit);
  }
  for (NodeIndex I = 0; I != Nodes.size(); ++I) {
    const FunctionFacts *F = Nodes[I].Facts;
    Functions.push_back(F);
    NodeOf[F] = I;
    ByName[F->Name].push_back(I);
    for (const FunctionId &Base : F->Overrides)
      Overriders[Base].push_back(I);
  }
}

std::optional<NodeIndex> Program::Implementation::resolve(llvm::StringRef Id,
                                                          unsigned Unit) const {
  auto It = Definitions.find(Id);
  if (It == Definitions.end())
    return std::nullopt;
  for (const Definition &D : It->second)
    if (llvm::is_contained(D.Units, Unit))
      return D.Node;
  // Several programs may stand in one database: which one is meant is unknown.
  if (It->second.size() == 1)
    return It->second.front().Node;
  return std::nullopt;
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

FunctionId Program::Implementation::callable(const FunctionFacts &F,
                                             const Value &V) const {
  // What `bind` and its like return is called for what they were given.
  if (V.Call >= 0 && static_cast<size_t>(V.Call) < F.Calls.size()) {
    const CallSite &Maker = F.Calls[V.Call];
    for (const RunModel *M : Models->runs(Maker))
      if (M->Where == Place::Wraps)
        if (const Value *Inner = valueAt(Maker, M->What);
            Inner && Inner != &V && Inner->Call < V.Call)
          if (FunctionId Id = callable(F, *Inner); !Id.empty())
            return Id;
  }
  return V.Callable;
}

void Program::Implementation::enterLibrary(
    Node &N, unsigned C, llvm::StringRef Id,
    const std::vector<Value> *Arguments) {
  Targets &T = N.Calls[C];
  if (!Id.consume_front("s:") || T.HiddenLeaf)
    return;
  CallSite Hidden = N.Facts->Calls[C];
  Hidden.CalleeName = Id.str();
  Hidden.Arguments = Arguments ? *Arguments : std::vector<Value>();
  Hidden.Written = Hidden.Arguments.size();
  T.HiddenLeaf = Models->blocking(Hidden);
  T.Hidden = Id.str();
}

void Program::Implementation::resolveCalls() {
  for (Node &N : Nodes) {
    const FunctionFacts &F = *N.Facts;
    N.Calls.resize(F.Calls.size());
    for (unsigned I = 0; I != F.Calls.size(); ++I) {
      const CallSite &C = F.Calls[I];
      Targets &T = N.Calls[I];
      auto Enter = [&](llvm::StringRef Id) {
        if (std::optional<NodeIndex> To = resolve(Id, N.Unit);
            To && !llvm::is_contained(T.Nodes, *To))
          T.Nodes.push_back(*To);
      };
      auto Run = [&](const Value &V, const std::vector<Value> *Arguments) {
        const FunctionId Id = callable(F, V);
        Enter(Id);
        enterLibrary(N, I, Id, Arguments);
        for (const FunctionId &Other : V.Overloads)
          Enter(Other);
        T.OneOfSeveral |= !V.Overloads.empty() && T.Nodes.size() > 1;
      };
      if (C.Callee.empty())
        Run(C.Object, &C.Arguments);
      else
        Enter(C.Callee);
      if (C.Virtual) {
        addOverriders(C.Callee, N.Unit, T);
        T.OneOfSeveral = T.Nodes.size() > 1;
      }
      for (const RunModel *M : Models->runs(C)) {
        if (M->Where != Place::InPlace)
          continue;
        if (M->What.What == Position::Kind::Any) {
          for (const Value &A : C.Arguments)
            Run(A, nullptr);
        } else if (const Value *V = valueAt(C, M->What)) {
          Run(*V, nullptr);
        }
      }
      auto NameOf = [&](const LifetimeModel &M) -> llvm::StringRef {
        unsigned Index = 0;
        if (llvm::StringRef(M.Type).drop_front().getAsInteger(10, Index) ||
            Index >= C.TemplateArguments.size())
          return {};
        return C.TemplateArguments[Index];
      };
      for (const LifetimeModel *M : Models->destroys(C.CalleeName))
        if (const TypeFacts *Type = Types.lookup(NameOf(*M)))
          Enter(Type->Destructor);
      for (const LifetimeModel *M : Models->constructs(C.CalleeName)) {
        const llvm::StringRef Made = templateName(NameOf(*M));
        if (const std::vector<Value> &Given = C.Arguments;
            !Made.empty() && M->FirstArgument <= Given.size()) {
          const std::vector<Value> Rest(Given.begin() + M->FirstArgument,
                                        Given.end());
          const size_t Colon = Made.rfind("::");
          enterLibrary(
              N, I,
              ("s:" + Made + "::" + Made.drop_front(Colon + 1 ? Colon + 2 : 0))
                  .str(),
              &Rest);
        }
        if (const TypeFacts *Type = Types.lookup(NameOf(*M))) {
          // Which constructor is known only if no other takes as many.
          const unsigned Given =
              C.Arguments.size() -
              std::min<size_t>(M->FirstArgument, C.Arguments.size());
          const TypeFacts::Constructor *Only = nullptr;
          bool Several = false;
          for (const TypeFacts::Constructor &K : Type->Constructors)
            if (!K.CopyOrMove && K.Arity == Given) {
              Several |= Only != nullptr;
              Only = &K;
            }
          if (Only && !Several)
            Enter(Only->Id);
        }
      }
    }
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
                 const ModelSet &Models)
    : Impl(std::make_unique<Implementation>()) {
  Impl->Units = std::move(Units);
  Impl->Models = &Models;
  Impl->link();
  Impl->findModes();
  Impl->resolveCalls();
  Impl->findInvokedParameters();
  Impl->findContexts();
  Impl->findExcuses();
  Impl->summarise();
  Impl->findLocks();
}

Program::~Program() = default;

llvm::ArrayRef<TranslationUnitFacts> Program::units() const {
  return Impl->Units;
}
const ModelSet &Program::models() const { return *Impl->Models; }
llvm::ArrayRef<const FunctionFacts *> Program::functions() const {
  return Impl->Functions;
}
const Context &Program::context(const FunctionFacts &F) const {
  return Impl->Nodes[Impl->NodeOf.lookup(&F)].In;
}
llvm::ArrayRef<HeldLock> Program::heldLocks(const FunctionFacts &F) const {
  return Impl->Nodes[Impl->NodeOf.lookup(&F)].Held;
}

bool Program::isExcused(const FunctionFacts &F, const CallSite &Call) const {
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const auto Index = static_cast<size_t>(&Call - F.Calls.data());
  return Index < N.Excused.size() && N.Excused.test(Index);
}

bool Program::maySuspend(const Suspension &S) const {
  return *Impl->suspends(S, 0);
}

const AwaitableFacts *Program::awaitable(llvm::StringRef Type) const {
  return Impl->Awaitables.lookup(templateName(Type));
}

const FunctionFacts *Program::callee(const FunctionFacts &F,
                                     const CallSite &Call) const {
  const Node &N = Impl->Nodes[Impl->NodeOf.lookup(&F)];
  const Targets &T = N.Calls[&Call - F.Calls.data()];
  return T.Nodes.size() == 1 ? Impl->Nodes[T.Nodes.front()].Facts : nullptr;
}

std::string Program::replacement(const FunctionFacts &F,
                                 const BlockingModel &Leaf) const {
  const llvm::StringRef Offered =
      Impl->Models->replacement(context(F).Library, Leaf.Operation);
  // A library is not told to use itself where it is made.
  const llvm::StringRef Named = Offered.split('`').second.split("::").first;
  if (Offered.empty() ||
      (!Named.empty() && llvm::StringRef(F.Name).split("::").first == Named))
    return Leaf.Instead;
  return Offered.str();
}

} // namespace async_tidy
