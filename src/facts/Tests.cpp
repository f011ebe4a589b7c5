//===- Tests.cpp - What a body compares, throws, and could have called ----===//
//
// Facts that rules about limits, failures and cancellation ask for. See
// BodyReader.h.
//
//===----------------------------------------------------------------------===//

#include "facts/BodyReader.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace async_tidy {

/// Reads what the operand \p S of a comparison names. What a call is given is
/// the call's own.
void BodyReader::readOperands(const Stmt *S, Comparison &To) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E)
    return;
  const Expr *Core = core(E);
  if (auto It = Values.CallOf.find(Core); It != Values.CallOf.end())
    To.Calls.push_back(It->second);
  if (isa<LambdaExpr>(Core))
    return;
  if (isa<DeclRefExpr, MemberExpr>(Core)) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Core);
    if (Ref && Values.isConstant(Ref->getDecl()))
      To.Names.push_back(N.name(Ref->getDecl()));
    if (ObjectPath P = Values.path(Core); !P.empty())
      To.Reads.push_back(std::move(P));
    return;
  }
  if (isa<CallExpr>(Core) && !isa<CXXOperatorCallExpr>(Core))
    return;
  for (const Stmt *Child : Core->children())
    readOperands(Child, To);
}

/// `tasks.size() == most`: a number that an object tells, and one that is kept.
static bool asksHowMany(const Expr *E) {
  bool Told = false, Kept = false;
  for (const Stmt *Side : E->children()) {
    const auto *Operand = dyn_cast_or_null<Expr>(Side);
    Operand = Operand ? Operand->IgnoreParenImpCasts() : nullptr;
    if (!Operand || !Operand->getType()->isIntegerType())
      return false;
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Operand))
      Told |= Call->getNumArgs() == 0 && Call->getMethodDecl() &&
              Call->getMethodDecl()->isConst();
    else
      Kept |= isa<MemberExpr, DeclRefExpr>(Operand);
  }
  return Told && Kept;
}

void BodyReader::readComparison(const Expr *E, BinaryOperatorKind What) {
  const Shape::Place At = Where.Places.lookup(E);
  if (!BinaryOperator::isComparisonOp(What) || E->isTypeDependent() ||
      (BinaryOperator::isEqualityOp(What) && !At.InCondition &&
       !(What == BO_EQ && asksHowMany(E))))
    return;
  Comparison C;
  C.Where = N.where(E->getExprLoc());
  C.Loop = At.Loop;
  C.InLoopCondition = At.InCondition;
  for (const Stmt *Side : E->children()) {
    readOperands(Side, C);
    if (const auto *Operand = dyn_cast_or_null<Expr>(Side);
        Operand && !C.Constant)
      C.Constant = Values.constant(Operand);
  }
  Out.Comparisons.push_back(std::move(C));
}

void BodyReader::readThrow(const CXXThrowExpr *E) {
  const Shape::Place At = Where.Places.lookup(E);
  Throw T;
  T.Where = N.where(E->getThrowLoc());
  if (const Expr *Thrown = E->getSubExpr();
      Thrown && !Thrown->isTypeDependent())
    T.Type = N.type(Thrown->getType());
  T.Try = At.TryIndex;
  T.Handler = At.Handler;
  Out.Throws.push_back(std::move(T));
}

/// The types of the parameters that overloads of \p Callee take after the first
/// \p Given, if those are the same.
List<Symbol> BodyReader::furtherParameters(const FunctionDecl &Callee,
                                           unsigned Given) {
  List<Symbol> Result;
  const DeclContext *Around = Callee.getDeclContext()->getRedeclContext();
  if (!Callee.getDeclName().isIdentifier() || Given > Callee.getNumParams())
    return Result;
  auto TypeOf = [](const ParmVarDecl *P) {
    return P->getType()
        .getNonReferenceType()
        .getCanonicalType()
        .getUnqualifiedType();
  };
  const bool Coroutine = isa_and_nonnull<CoroutineBodyStmt>(D.getBody());
  auto IsClass = [](QualType T) {
    T = T.getNonReferenceType();
    return (T->isPointerType() ? T->getPointeeType() : T)->isRecordType();
  };
  for (const NamedDecl *Named : Around->lookup(Callee.getDeclName())) {
    const FunctionDecl *Other = Named->getUnderlyingDecl()->getAsFunction();
    if (!Other || Other->getCanonicalDecl() == Callee.getCanonicalDecl() ||
        Other->getNumParams() <= Given ||
        Other->getMinRequiredArguments() > Given + 1 || Other->isDeleted())
      continue;
    bool Same = true;
    for (unsigned I = 0; I != Given && Same; ++I) {
      const QualType Theirs = TypeOf(Other->getParamDecl(I));
      Same =
          Theirs->isDependentType() || Theirs == TypeOf(Callee.getParamDecl(I));
    }
    const QualType Next = Other->getParamDecl(Given)->getType();
    if (Same && !Next->isDependentType() && (Coroutine || IsClass(Next)))
      Result.push_back(N.type(Next));
  }
  llvm::sort(Result);
  Result.erase(llvm::unique(Result), Result.end());
  return Result;
}

} // namespace async_tidy
