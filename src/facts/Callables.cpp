//===- Callables.cpp - Which function a value would enter -----------------===//
//
// A lambda, a named function, an object with call operators, or what holds one
// of these. See Values.h.
//
//===----------------------------------------------------------------------===//

#include "facts/ClangCompat.h"
#include "facts/Values.h"

using namespace clang;

namespace async_tidy {

/// The call operators of \p R, inherited ones included.
static void callOperators(const CXXRecordDecl *R,
                          llvm::SmallVectorImpl<const CXXMethodDecl *> &Out,
                          unsigned Depth = 3) {
  if (!R || !R->hasDefinition() || Depth == 0)
    return;
  for (const CXXMethodDecl *M : R->methods())
    if (M->getOverloadedOperator() == OO_Call)
      Out.push_back(M);
  for (const CXXBaseSpecifier &Base : R->bases())
    callOperators(compat::recordOf(Base.getType()), Out, Depth - 1);
}

static const CXXMethodDecl *onlyCallOperator(const CXXRecordDecl *R) {
  llvm::SmallVector<const CXXMethodDecl *, 2> Found;
  callOperators(R, Found);
  return Found.size() == 1 ? Found.front() : nullptr;
}

const Expr *initialiser(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || isa<ParmVarDecl>(Var) || !Var->hasInit())
    return nullptr;
  return Var->getInit();
}

FunctionId ValueReader::callable(const Expr *E, unsigned Depth) {
  E = core(E);
  if (!E || Depth == 0)
    return {};
  if (const auto *X = dyn_cast<LambdaExpr>(E))
    return N.id(X->getCallOperator());
  if (const auto *X = dyn_cast<UnaryOperator>(E))
    return callable(X->getSubExpr(), Depth - 1);
  if (const auto *X = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *F = dyn_cast<FunctionDecl>(X->getDecl()))
      return N.id(F);
  }
  // A lambda that is turned into a pointer.
  if (const auto *X = dyn_cast<CXXMemberCallExpr>(E);
      X && isa_and_nonnull<CXXConversionDecl>(X->getMethodDecl()))
    return callable(X->getImplicitObjectArgument(), Depth - 1);
  const CXXRecordDecl *R = compat::recordOf(E->getType());
  if (R && R->isLambda())
    return N.id(R->getLambdaCallOperator());
  if (const Expr *Init = initialiser(E))
    return callable(Init, Depth - 1);
  if (R && !N.isSystem(R->getLocation()))
    if (const CXXMethodDecl *M = onlyCallOperator(R))
      return N.id(M);
  // A conversion to something that holds a callable: `std::function`.
  if (const auto *X = dyn_cast<CXXConstructExpr>(E);
      X && X->getNumArgs() >= 1 && R && onlyCallOperator(R))
    return callable(X->getArg(0), Depth - 1);
  return {};
}

List<FunctionId> ValueReader::overloads(const Expr *E, unsigned Depth) {
  List<FunctionId> Result;
  E = core(E);
  const CXXRecordDecl *R = E ? compat::recordOf(E->getType()) : nullptr;
  if (!R || Depth == 0 || N.isSystem(R->getLocation()))
    return Result;
  llvm::SmallVector<const CXXMethodDecl *, 2> Found;
  callOperators(R, Found);
  if (Found.size() > 1)
    for (const CXXMethodDecl *M : Found)
      Result.push_back(N.id(M));
  return Result;
}

} // namespace async_tidy
