//===- Uses.cpp - Variables, and where a body names them ------------------===//
//
// What becomes of a reference is told by where it is bound and where it is
// named, in the order of control flow. See BodyReader.h.
//
//===----------------------------------------------------------------------===//

#include "facts/BodyReader.h"
#include "facts/ClangCompat.h"
#include "facts/Types.h"

using namespace clang;

namespace async_tidy {

/// Objects of \p T oblige whoever has them to await something.
bool BodyReader::isObliging(QualType T, unsigned Depth) {
  const CXXRecordDecl *R = compat::recordOf(T.getNonReferenceType());
  if (!R || Depth == 0)
    return false;
  if (const auto It = Obliging.find(R); It != Obliging.end())
    return It->second;
  bool Result = isAwaitable(*R);
  if (const auto *I = dyn_cast<ClassTemplateSpecializationDecl>(R);
      I && !Result && I->getTemplateArgs().size() != 0)
    if (const TemplateArgument &A = I->getTemplateArgs()[0];
        A.getKind() == TemplateArgument::Type)
      Result = isObliging(A.getAsType(), Depth - 1);
  return Obliging[R] = Result;
}

void BodyReader::readDeclaration(const VarDecl *Var, const Stmt *Near) {
  if (!Var->isLocalVarDecl() || Var->isInvalidDecl())
    return;
  Variable V;
  V.Name = Values.path(static_cast<const ValueDecl *>(Var));
  V.Where = N.where(Var->getLocation());
  if (!Var->getType()->isDependentType())
    V.Type = N.type(Var->getType());
  V.Reference = Var->getType()->isReferenceType();
  V.Static = Var->hasGlobalStorage();
  V.ThreadLocal = Var->getTLSKind() != VarDecl::TLS_None;
  V.Loop = Where.Places.lookup(Near).Loop;
  V.Implicit = compat::isRangeForVariable(Var);
  if (const QualType T = Var->getType().getNonReferenceType();
      !V.Reference && !T->isDependentType() && !T->isIncompleteType())
    V.Size = N.context().getTypeSizeInChars(T).getQuantity();
  if (const Expr *Init = Var->getInit(); Init && !Init->isTypeDependent())
    V.Init = Values.value(Init);
  if (V.Reference || Var->getType()->isPointerType() ||
      (!Out.IsCoroutine && isObliging(Var->getType())))
    Watched.insert(V.Name);
  VariableOf[Var] = static_cast<unsigned>(Out.Variables.size());
  addEvent(Event::Kind::Declare, static_cast<unsigned>(Out.Variables.size()));
  Out.Variables.push_back(std::move(V));
}

void BodyReader::readUse(const Expr *E) {
  Use U;
  bool Always = Out.IsCoroutine;
  if (isa<CXXThisExpr>(E)) {
    U.Name = "this";
  } else {
    const ValueDecl *D = cast<DeclRefExpr>(E)->getDecl();
    if (const auto *B = dyn_cast<BindingDecl>(D))
      if (const ValueDecl *Whole = B->getDecomposedDecl())
        D = Whole;
    const auto *Var = dyn_cast<VarDecl>(D);
    if (!Var || (Var->isImplicit() && !compat::isRangeForVariable(Var)))
      return; // the promise
    if (Var->getTLSKind() != VarDecl::TLS_None) {
      U.Name = "::" + N.name(Var);
      Always = true;
    } else if (Var->hasGlobalStorage()) {
      return;
    } else {
      U.Name = Values.path(static_cast<const ValueDecl *>(Var));
      Always |= Watched.contains(U.Name) || (!Always && isa<ParmVarDecl>(Var) &&
                                             isObliging(Var->getType()));
    }
  }
  if (!Always)
    return;
  U.Where = N.where(E->getExprLoc());
  U.Writes = Where.Written.contains(E);
  U.Moves = Where.Moved.contains(E);
  U.Captured = Where.Captured.contains(E);
  addEvent(Event::Kind::Use, static_cast<unsigned>(Out.Uses.size()));
  Out.Uses.push_back(std::move(U));
}

/// `errno` is a `thread_local` that C libraries reach by a function.
static bool givesErrno(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenImpCasts());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->getIdentifier() || F->getNumParams() != 0)
    return false;
  static constexpr llvm::StringLiteral Names[] = {
      "__errno_location", "__error", "___errno", "__errno", "_errno"};
  return llvm::is_contained(Names, F->getName());
}

void BodyReader::readErrno(const UnaryOperator *E) {
  if (E->getOpcode() != UO_Deref || !givesErrno(E->getSubExpr()))
    return;
  Use U;
  U.Name = "::errno";
  U.Where = N.where(E->getExprLoc());
  U.Writes = Where.Written.contains(E);
  addEvent(Event::Kind::Use, static_cast<unsigned>(Out.Uses.size()));
  Out.Uses.push_back(std::move(U));
}

} // namespace async_tidy
