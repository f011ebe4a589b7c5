//===- Changes.cpp - What a body writes, and what only counts -------------===//
//
// The part of Shape that tells a loop which makes something different from one
// that goes round, and a local that keeps the outcome of a test from one that
// is written again. See Shape.h.
//
//===----------------------------------------------------------------------===//

#include "facts/Shape.h"

using namespace clang;

namespace async_tidy {

static const VarDecl *localOf(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->isLocalVarDecl() && !Var->hasGlobalStorage() ? Var
                                                                  : nullptr;
}

void Shape::writes(Place At) {
  for (int L = At.Loop; L >= 0; L = Loops[L].Parent)
    Loops[L].Writes = true;
}

void Shape::changes(Place At) {
  for (int L = At.Loop; L >= 0; L = Loops[L].Parent)
    Loops[L].Changes = true;
}

void Shape::assigns(const Expr *Given, Place At) {
  writes(At);
  if (!At.InCondition || !isa<CallExpr, CoroutineSuspendExpr>(core(Given)))
    changes(At);
}

void Shape::steps(const UnaryOperator *E, Place At) {
  writes(At);
  const VarDecl *Var = localOf(E->getSubExpr());
  if (!Var || !Discarded.contains(E))
    return changes(At);
  Mentions &M = MentionsOf[Var];
  if (At.Loop >= 0)
    --M.InLoops;
  M.Steps.push_back(At);
}

void Shape::mentions(const DeclRefExpr *E, Place At) {
  if (const VarDecl *Var = localOf(E)) {
    Mentions &M = MentionsOf[Var];
    ++M.Unread;
    M.InLoops += At.Loop >= 0;
  }
}

void Shape::reads(const CastExpr *E) {
  if (E->getCastKind() == CK_LValueToRValue)
    if (const VarDecl *Var = localOf(E->getSubExpr()))
      --MentionsOf[Var].Unread;
}

void Shape::finish() {
  for (const auto &[Var, M] : MentionsOf)
    if (M.InLoops > 0)
      for (const Place &At : M.Steps)
        changes(At);
}

const Expr *Shape::keptTest(const Expr *E) const {
  const VarDecl *Var = localOf(E);
  if (!Var || !Var->getType()->isBooleanType() || !Var->hasInit())
    return nullptr;
  const auto It = MentionsOf.find(Var);
  if (It == MentionsOf.end() || It->second.Unread != 0)
    return nullptr;
  const Expr *Init = Var->getInit()->IgnoreParenImpCasts();
  if (const auto *X = dyn_cast<ExprWithCleanups>(Init))
    Init = X->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *X = dyn_cast<UnaryOperator>(Init))
    return X->getOpcode() == UO_LNot ? Init : nullptr;
  if (const auto *X = dyn_cast<BinaryOperator>(Init))
    return X->isEqualityOp() ? Init : nullptr;
  if (const auto *X = dyn_cast<CXXOperatorCallExpr>(Init))
    return X->getOperator() == OO_EqualEqual ||
                   X->getOperator() == OO_ExclaimEqual
               ? Init
               : nullptr;
  return isa<CXXRewrittenBinaryOperator>(Init) ? Init : nullptr;
}

} // namespace async_tidy
