//===- Calls.cpp - What each call enters ----------------------------------===//
//
// The body that is meant, overriders of a virtual method, callables that are
// run in place, constructors and destructors that an algorithm or a smart
// pointer calls; and what a library's function among these does.
//
//===----------------------------------------------------------------------===//

#include "program/Implementation.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

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

/// What a library does inside is in its model, also where its headers are not a
/// system's, so that its bodies were read: whoever is not part of it does not
/// look into them.
bool Program::Implementation::isLibrarysBusiness(
    const FunctionFacts &Caller, const FunctionFacts &Callee) const {
  for (const ModelSet::Library &L : Models->libraries())
    for (const llvm::StringRef Namespace : L.Namespaces) {
      auto In = [&](llvm::StringRef Name) {
        return Name.consume_front(Namespace) && Name.starts_with("::");
      };
      if (In(Callee.Name))
        return !In(Caller.Name);
    }
  return false;
}

void Program::Implementation::enterLibrary(Node &N, unsigned C,
                                           llvm::StringRef Id,
                                           const List<Value> *Arguments) {
  Targets &T = N.Calls[C];
  if (!Id.consume_front("s:") || T.HiddenLeaf)
    return;
  CallSite Hidden = N.Facts->Calls[C];
  Hidden.CalleeName = Id.str();
  Hidden.Arguments = Arguments ? *Arguments : List<Value>();
  Hidden.Written = Hidden.Arguments.size();
  T.HiddenLeaf = Models->blocking(Hidden);
  T.Hidden = Id;
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
            To && !llvm::is_contained(T.Nodes, *To) &&
            !isLibrarysBusiness(F, *Nodes[*To].Facts))
          T.Nodes.push_back(*To);
      };
      auto Run = [&](const Value &V, const List<Value> *Arguments) {
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
        if (const List<Value> &Given = C.Arguments;
            !Made.empty() && M->FirstArgument <= Given.size()) {
          const List<Value> Rest(Given.begin() + M->FirstArgument, Given.end());
          enterLibrary(N, I, ("s:" + Made + "::" + ownName(Made)).str(), &Rest);
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

} // namespace async_tidy
