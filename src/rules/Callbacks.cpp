//===- Callbacks.cpp - What callables take with them ----------------------===//
//
// See Callbacks.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Callbacks.h"
#include "rules/Bodies.h"
#include "rules/Escapes.h"

namespace async_tidy {

static bool givesOwner(const Value &V, const ModelSet &Models) {
  return llvm::any_of(V.Origins, [&](llvm::StringRef Origin) {
    return Models.is(Role::GivesOwner, Origin);
  });
}

/// A smart pointer of a library, or what is called like one: for `this`, any
/// owner is taken to be one of the object, unless it owns a string or a buffer.
bool mayOwnThis(const Carried &C, const ModelSet &Models) {
  if (C.ByReference || llvm::StringRef(C.Type).ends_with("*"))
    return false;
  if (C.Init && givesOwner(*C.Init, Models))
    return true;
  const llvm::StringRef Type = C.Type;
  if (isOwner(Type, Models)) {
    llvm::StringRef Of = Type.split('<').second;
    return !Of.starts_with("std::basic_string<") &&
           !Of.starts_with("std::vector<") && !Of.starts_with("std::array<");
  }
  const std::string Name = templateName(Type).lower();
  const llvm::StringRef Last = ownName(Name);
  for (llvm::StringRef Word : {"ptr", "guard", "holder", "token", "keepalive",
                               "weak", "strong", "scope"})
    if (Last.contains(Word))
      return true;
  return false;
}

/// Adds what \p V, a lambda or a bound function, carries.
void readCallback(const FunctionFacts &F, const Value &V, const Program &P,
                  Callback &Out, unsigned Depth) {
  const ModelSet &Models = P.models();
  if (!V.Callable.empty())
    if (const FunctionFacts *L = P.definition(F, V.Callable)) {
      // One that is only handed on refers to another function's locals.
      if (L->IsLambda && L->Parent == F.Id) {
        Out.Lambda = L;
        for (const Capture &C : L->Captures)
          Out.Holds.push_back(
              {C.Name, C.Type, C.ByReference, C.Where, &C.Init});
      }
      return;
    }
  if (V.Call < 0 || Depth == 0)
    return;
  const CallSite &Wrapper = F.Calls[V.Call];
  const auto Runs = Models.runs(Wrapper);
  if (llvm::none_of(Runs,
                    [](const RunModel *M) { return M->Where == Place::Wraps; }))
    return;
  for (const Value &A : Wrapper.Arguments) {
    const bool Pointer = llvm::StringRef(A.Type).ends_with("*");
    if (Pointer && A.Path == "this")
      Out.Holds.push_back({"this", A.Type, true, Wrapper.Where, nullptr});
    else if (isOwner(A.Type, Models) || givesOwner(A, Models))
      Out.Owns = true;
    else
      readCallback(F, A, P, Out, Depth - 1);
  }
}

/// The object of \p F's own that \p C refers to; empty if it refers to none.
std::string ownObject(const FunctionFacts &F, const Program &P,
                      const Carried &C) {
  if (C.Name == "this")
    return "";
  const bool Pointer = llvm::StringRef(C.Type).ends_with("*");
  const bool New = C.Init && !C.Init->Path.empty();
  const llvm::StringRef Root =
      New ? rootOf(C.Init->Path) : llvm::StringRef(C.Name);
  const llvm::StringRef Type = ownType(F, Root);
  if (Type.empty())
    return "";
  // A name that is declared twice: which one is meant is not told.
  for (const Variable &V : F.Variables)
    if (llvm::StringRef(V.Name).starts_with(Root.str() + "@") && V.Reference)
      return "";
  const bool Points = Type.ends_with("*") || isOwner(Type, P.models());
  if (C.ByReference) {
    // `&x = *pointer` refers to what the pointer does.
    return New && Points ? "" : Root.str();
  }
  if (Pointer && New)
    return Points ? "" : Root.str(); // `p = &local`
  // A view into an object of the function's own.
  if (New || !P.models().isView(C.Type))
    return "";
  const Variable *View = variable(F, Root);
  if (!View)
    return "";
  const Value *Into = &View->Init;
  if (Into->Call >= 0 && llvm::StringRef(Into->Path).starts_with("#")) {
    const CallSite &Made = F.Calls[Into->Call];
    if (!Made.Object.Path.empty() && Made.Kind == CallKind::Call)
      Into = &Made.Object;
    else if (!Made.Arguments.empty())
      Into = &Made.Arguments.front();
  }
  const llvm::StringRef Of = rootOf(Into->Path);
  const llvm::StringRef OfType = ownType(F, Of);
  return Of == Root || OfType.empty() || P.models().isView(OfType) ||
                 OfType.ends_with("*") || isOwner(OfType, P.models())
             ? ""
             : Of.str();
}

/// A parameter of \p F by which \p C refers to what the caller owns.
bool isCallers(const FunctionFacts &F, const Program &P, const Carried &C) {
  if (F.IsLambda)
    return false; // of somebody who calls back
  for (const Parameter &A : F.Parameters) {
    if (A.Name != C.Name || (C.Init && !C.Init->Path.empty()))
      continue;
    if (A.ByReference && C.ByReference) {
      // What runs the program lives long enough.
      const std::string Name = templateName(A.Type).lower();
      for (llvm::StringRef Word : {"context", "executor", "loop", "service",
                                   "scheduler", "pool", "strand"})
        if (llvm::StringRef(Name).contains(Word))
          return false;
      return true;
    }
    return !C.ByReference && P.models().isView(A.Type);
  }
  return false;
}

/// The handler looks at its error before anything else: what was cancelled, as
/// by the destructor of its object, ends here.
bool testsError(const FunctionFacts &Lambda) {
  if (Lambda.Parameters.empty() ||
      !llvm::StringRef(Lambda.Parameters.front().Type).contains("error_code"))
    return false;
  const Symbol Error = Lambda.Parameters.front().Name;
  auto Is = [&](const Branch &B) {
    if (rootOf(B.Path) == Error)
      return true;
    if (B.Call < 0)
      return false;
    const CallSite &C = Lambda.Calls[B.Call];
    return rootOf(C.Object.Path) == Error ||
           llvm::any_of(C.Arguments, [&](const Value &A) {
             return rootOf(A.Path) == Error;
           });
  };
  return llvm::any_of(Lambda.Flow, [&](const Block &B) {
    return (B.Test && Is(*B.Test)) || llvm::any_of(B.IfTrue, Is) ||
           llvm::any_of(B.IfFalse, Is);
  });
}

static bool derives(llvm::StringRef Type, llvm::StringRef From,
                    const Program &P, unsigned Depth = 8) {
  if (Type == From)
    return true;
  const TypeFacts *T = Depth ? P.type(Type) : nullptr;
  return T && llvm::any_of(T->Bases, [&](llvm::StringRef Base) {
           return derives(Base, From, P, Depth - 1);
         });
}

/// \p Type, an owner, may own an object of \p Class.
static bool ownsClass(llvm::StringRef Type, llvm::StringRef Class,
                      const Program &P) {
  if (!isOwner(Type, P.models()))
    return false;
  llvm::StringRef Of = Type.split('<').second;
  if (!Of.consume_back(">"))
    return true;
  return Of == "void" || derives(Class, Of, P) || derives(Of, Class, P);
}

/// \p G keeps, or asks for, an owner of its object.
bool holdsOwner(const FunctionFacts &G, const Program &P) {
  const ModelSet &Models = P.models();
  for (const Variable &V : G.Variables)
    if (ownsClass(V.Type, G.Class, P) || givesOwner(V.Init, Models))
      return true;
  for (const Parameter &A : G.Parameters)
    if (!A.ByReference && ownsClass(A.Type, G.Class, P))
      return true;
  for (const Capture &C : G.Captures)
    if (mayOwnThis({C.Name, C.Type, C.ByReference, C.Where, &C.Init}, Models))
      return true;
  return llvm::any_of(G.Calls, [&](const CallSite &C) {
    return Models.role(Role::GivesOwner, C);
  });
}

/// The first use of `this` in \p G after it gave up its thread; null if none.
const LateUse *lateThis(const FunctionFacts &G, const Program &P) {
  for (const LateUse &Late : P.lateUses(G))
    if (Late.Suspension >= 0 && G.Uses[Late.Use].Name == "this")
      return &Late;
  return nullptr;
}

} // namespace async_tidy
