//===- Values.cpp - What an expression says about its value ---------------===//
//
// See Values.h.
//
//===----------------------------------------------------------------------===//

#include "facts/Values.h"
#include "facts/ClangCompat.h"
#include "clang/AST/APValue.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace async_tidy {

/// How far a value is followed through initialisers, conversions and calls.
static constexpr unsigned MaxDepth = 6;

/// `std::move`, `std::forward`, `std::addressof`, `std::as_const`: Clang itself
/// knows these as functions that only pass their argument on.
static bool passesOn(const CallExpr *E) {
  switch (E->getBuiltinCallee()) {
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
  case Builtin::BIforward:
  case Builtin::BIforward_like:
  case Builtin::BIaddressof:
  case Builtin::BI__addressof:
  case Builtin::BIas_const:
    return E->getNumArgs() >= 1;
  default:
    return false;
  }
}

const Expr *core(const Expr *E) {
  while (E) {
    const Expr *Inner = E->IgnoreParenCasts();
    if (const auto *X = dyn_cast<ExprWithCleanups>(Inner))
      Inner = X->getSubExpr();
    else if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = X->getSubExpr();
    else if (const auto *X = dyn_cast<ConstantExpr>(Inner))
      Inner = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXDefaultArgExpr>(Inner))
      Inner = X->getExpr();
    else if (const auto *X = dyn_cast<SubstNonTypeTemplateParmExpr>(Inner))
      Inner = X->getReplacement();
    else if (const auto *X = dyn_cast<CXXConstructExpr>(Inner);
             X && X->getNumArgs() == 1 &&
             (X->isElidable() ||
              X->getConstructor()->isCopyOrMoveConstructor()))
      Inner = X->getArg(0);
    else if (const auto *X = dyn_cast<CallExpr>(Inner); X && passesOn(X))
      Inner = X->getArg(0);
    else if (const auto *X = dyn_cast<InitListExpr>(Inner);
             X && X->getNumInits() == 1 && X->isTransparent())
      Inner = X->getInit(0);
    if (Inner == E)
      return E;
    E = Inner;
  }
  return E;
}

/// The `typedef` of a class template's instance by whose name \p E makes an
/// object: it may say more than the name of the template. Null if there is
/// none.
static const TypedefNameDecl *writtenAlias(const Expr *E) {
  E = E ? E->IgnoreParenImpCasts() : nullptr;
  if (const auto *X = dyn_cast_or_null<MaterializeTemporaryExpr>(E))
    E = X->getSubExpr()->IgnoreParenImpCasts();
  const TypeSourceInfo *Written = nullptr;
  if (const auto *X = dyn_cast_or_null<CXXTemporaryObjectExpr>(E))
    Written = X->getTypeSourceInfo();
  else if (const auto *X = dyn_cast_or_null<CXXFunctionalCastExpr>(E))
    Written = X->getTypeInfoAsWritten();
  const auto *Alias =
      Written ? Written->getType()->getAs<TypedefType>() : nullptr;
  const auto *Class = Alias ? Alias->getAsCXXRecordDecl() : nullptr;
  return isa_and_nonnull<ClassTemplateSpecializationDecl>(Class)
             ? Alias->getDecl()
             : nullptr;
}

void ValueReader::origins(const Expr *E, unsigned Depth, List<Symbol> &Out) {
  const TypedefNameDecl *Alias = writtenAlias(E);
  E = core(E);
  if (!E || Depth == 0 || E->isTypeDependent())
    return;
  auto Add = [&](std::string Name) {
    const size_t Angle = Name.find('<');
    if (Angle != std::string::npos)
      Name.resize(Angle);
    while (llvm::StringRef(Name).ends_with(" *"))
      Name.resize(Name.size() - 2);
    if (!Name.empty() && !llvm::is_contained(Out, Name))
      Out.push_back(std::move(Name));
  };
  Add(N.type(E->getType()));
  if (Alias)
    Add(N.name(Alias));
  if (const auto *X = dyn_cast<CXXConstructExpr>(E)) {
    for (const Expr *A : X->arguments())
      origins(A, Depth - 1, Out);
  } else if (const auto *X = dyn_cast<CXXMemberCallExpr>(E)) {
    if (const CXXMethodDecl *M = X->getMethodDecl())
      Add(N.name(M));
    if (const Expr *Object = X->getImplicitObjectArgument())
      origins(Object, Depth - 1, Out);
  } else if (const auto *X = dyn_cast<CallExpr>(E)) {
    if (const FunctionDecl *F = X->getDirectCallee())
      Add(N.name(F));
    for (const Expr *A : X->arguments())
      origins(A, Depth - 1, Out);
  } else if (const auto *X = dyn_cast<CoroutineSuspendExpr>(E)) {
    origins(X->getOperand(), Depth - 1, Out);
  } else if (const auto *X = dyn_cast<UnaryOperator>(E)) {
    origins(X->getSubExpr(), Depth - 1, Out);
  } else if (const auto *X = dyn_cast<AbstractConditionalOperator>(E)) {
    origins(X->getTrueExpr(), Depth - 1, Out);
    origins(X->getFalseExpr(), Depth - 1, Out);
  } else if (const Expr *Init = initialiser(E)) {
    origins(Init, Depth - 1, Out);
  }
}

const Expr *whatItReturns(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenImpCasts());
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || Call->getNumArgs() != 0 || isa<CXXMethodDecl>(Callee))
    return E;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Callee->getBody());
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  return Return && Return->getRetValue() ? Return->getRetValue() : E;
}

bool ValueReader::isConstant(const ValueDecl *D) {
  if (isa<EnumConstantDecl>(D))
    return true;
  const auto *Var = dyn_cast<VarDecl>(D);
  return Var && (Var->getType().isConstQualified() || Var->hasGlobalStorage());
}

void ValueReader::names(const Expr *E, List<Symbol> &Out, unsigned Depth) {
  if (!E || Depth == 0)
    return;
  // A macro that stands for a number leaves only its place.
  SourceLocation L = E->getBeginLoc();
  if (L.isMacroID() &&
      isa<IntegerLiteral, ParenExpr, DeclRefExpr, UnaryOperator>(E)) {
    std::string Macro =
        Lexer::getImmediateMacroName(L, N.sources(), N.context().getLangOpts())
            .str();
    if (!Macro.empty() && !llvm::is_contained(Out, Macro))
      Out.push_back(std::move(Macro));
  }
  E = E->IgnoreParenCasts();
  if (const auto *X = dyn_cast<ConstantExpr>(E))
    return names(X->getSubExpr(), Out, Depth);
  if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(E))
    return names(X->getSubExpr(), Out, Depth);
  if (const auto *X = dyn_cast<CXXDefaultArgExpr>(E))
    return names(X->getExpr(), Out, Depth);
  if (const auto *X = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return names(X->getReplacement(), Out, Depth);
  if (const auto *X = dyn_cast<DeclRefExpr>(E)) {
    if (isConstant(X->getDecl())) {
      const std::string &Name = N.name(X->getDecl());
      if (!llvm::is_contained(Out, Name))
        Out.push_back(Name);
      if (const Expr *Init = initialiser(X))
        names(Init, Out, Depth - 1);
    }
    return;
  }
  if (isa<CallExpr, CXXConstructExpr, LambdaExpr>(E) &&
      !isa<CXXOperatorCallExpr>(E))
    return;
  for (const Stmt *Child : E->children())
    if (const auto *Sub = dyn_cast_or_null<Expr>(Child))
      names(Sub, Out, Depth - 1);
}

/// The number in a constant object that holds exactly one, such as a duration.
static std::optional<int64_t> onlyNumber(const APValue &V) {
  if (V.isInt())
    return V.getInt().getExtValue();
  if (V.isFloat()) { // a number of seconds
    llvm::APSInt Whole(64, /*isUnsigned=*/false);
    bool Exact = false;
    V.getFloat().convertToInteger(Whole, llvm::APFloat::rmTowardZero, &Exact);
    return Exact ? std::optional(Whole.getExtValue()) : std::nullopt;
  }
  if (V.isStruct() && V.getStructNumBases() == 0 && V.getStructNumFields() == 1)
    return onlyNumber(V.getStructField(0));
  return std::nullopt;
}

static bool holdsOneNumber(QualType T, unsigned Depth = 3) {
  if (T->isIntegralOrEnumerationType() || T->isRealFloatingType())
    return true;
  const CXXRecordDecl *R = compat::recordOf(T);
  if (!R || Depth == 0 || !R->hasDefinition() || !R->isLiteral() ||
      R->getNumBases() != 0)
    return false;
  auto Fields = R->fields();
  return !Fields.empty() && std::next(Fields.begin()) == Fields.end() &&
         holdsOneNumber(Fields.begin()->getType(), Depth - 1);
}

std::optional<int64_t> ValueReader::constant(const Expr *E) {
  if (E->isValueDependent() || E->isTypeDependent() || E->containsErrors())
    return std::nullopt;
  QualType T = E->getType().getNonReferenceType();
  if (T->isPointerType() || T->isNullPtrType()) {
    if (E->isNullPointerConstant(N.context(),
                                 Expr::NPC_ValueDependentIsNotNull))
      return 0;
    return std::nullopt;
  }
  if (!holdsOneNumber(T))
    return std::nullopt;
  Expr::EvalResult Result;
  const Expr *Rvalue = E->IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Rvalue))
    Rvalue = M->getSubExpr();
  if (!(E->isGLValue() ? Rvalue : E)->EvaluateAsRValue(Result, N.context()) ||
      Result.HasSideEffects)
    return std::nullopt;
  if (Result.Val.isInt() && Result.Val.getInt().getSignificantBits() > 63)
    return std::nullopt;
  return onlyNumber(Result.Val);
}

ObjectPath ValueReader::path(const ValueDecl *D) {
  auto [It, New] = Locals.try_emplace(D);
  if (!New)
    return It->second;
  if (const auto *B = dyn_cast<BindingDecl>(D))
    if (const ValueDecl *Whole = B->getDecomposedDecl())
      return Locals[D] = path(Whole) + "." + B->getNameAsString();
  std::string Name = D->getNameAsString();
  if (const auto *Whole = dyn_cast<DecompositionDecl>(D)) {
    for (const BindingDecl *B : Whole->bindings())
      Name += (Name.empty() ? "[" : ", ") + B->getNameAsString();
    Name += "]";
  }
  const unsigned Before = SameName[Name]++;
  if (Before)
    Name += "@" + std::to_string(Before);
  return Locals[D] = Name;
}

ObjectPath ValueReader::path(const Expr *E) {
  E = core(E);
  if (!E)
    return {};
  if (isa<CXXThisExpr>(E))
    return "this";
  if (const auto *X = dyn_cast<DeclRefExpr>(E)) {
    const ValueDecl *D = X->getDecl();
    if (const auto *Var = dyn_cast<VarDecl>(D)) {
      if (Var->hasGlobalStorage())
        return "::" + N.name(Var);
      if (Var->getType()->isReferenceType() && Var->hasInit() &&
          !isa<ParmVarDecl>(Var)) {
        if (ObjectPath Bound = path(Var->getInit()); !Bound.empty())
          return Bound;
      }
      return path(static_cast<const ValueDecl *>(Var));
    }
    if (isa<BindingDecl>(D))
      return path(D);
    return {};
  }
  if (const auto *X = dyn_cast<CXXNewExpr>(E))
    return path(X->getConstructExpr());
  if (const auto *X = dyn_cast<OpaqueValueExpr>(E)) // what is awaited
    return path(X->getSourceExpr());
  if (const auto *X = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(X->getMemberDecl()))
      return "::" + N.name(Var);
    if (!isa<FieldDecl>(X->getMemberDecl()))
      return {};
    const ObjectPath Base = path(X->getBase());
    return Base.empty() ? Base
                        : Base + "." + X->getMemberDecl()->getNameAsString();
  }
  if (const auto *X = dyn_cast<UnaryOperator>(E);
      X && (X->getOpcode() == UO_AddrOf || X->getOpcode() == UO_Deref))
    return path(X->getSubExpr());
  if (const auto *X = dyn_cast<ArraySubscriptExpr>(E)) {
    const ObjectPath Base = path(X->getBase());
    return Base.empty() ? Base : Base + "[]";
  }
  if (const auto *X = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (X->getNumArgs() >= 1 &&
        (X->getOperator() == OO_Arrow || X->getOperator() == OO_Star))
      return path(X->getArg(0));
    if (X->getOperator() == OO_Subscript) {
      const ObjectPath Base = path(X->getArg(0));
      return Base.empty() ? Base : Base + "[]";
    }
  } else if (const auto *X = dyn_cast<CXXMemberCallExpr>(E)) {
    // An accessor: two calls of it are taken to give the same object.
    const CXXMethodDecl *M = X->getMethodDecl();
    if (M && X->getNumArgs() == 0 &&
        (M->getReturnType()->isReferenceType() ||
         M->getReturnType()->isPointerType())) {
      const ObjectPath Base = path(X->getImplicitObjectArgument());
      if (!Base.empty())
        return Base + "." + M->getNameAsString() + "()";
    }
  } else if (const auto *X = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *F = X->getDirectCallee();
    if (F && X->getNumArgs() == 0 &&
        (F->getReturnType()->isReferenceType() ||
         F->getReturnType()->isPointerType()))
      return "::" + N.name(F) + "()";
  }
  if (auto It = CallOf.find(E); It != CallOf.end())
    return "#" + std::to_string(It->second);
  return {};
}

std::string ValueReader::constantName(const Expr *E) {
  List<Symbol> Found;
  names(E, Found, 3);
  if (!Found.empty())
    return Found.front().str();
  if (std::optional<int64_t> C = constant(E))
    return std::to_string(*C);
  return {};
}

Value ValueReader::value(const Expr *E) {
  Value V;
  const Expr *Core = core(E);
  if (!Core)
    return V;
  if (!E->isTypeDependent())
    V.Type = N.type(E->getType());
  origins(E, MaxDepth, V.Origins);
  names(E, V.Names, MaxDepth);
  V.Constant = constant(E);
  V.Path = path(E);
  V.Moved = Core->isPRValue() || E->isXValue() || E->isPRValue();
  V.Callable = callable(E, MaxDepth);
  V.Overloads = overloads(E, MaxDepth);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Core))
    if (const auto *P = dyn_cast<ParmVarDecl>(Ref->getDecl());
        P && P->getDeclContext() == &In)
      V.Parameter = static_cast<int>(P->getFunctionScopeIndex());
  auto Made = CallOf.find(Core);
  if (Made == CallOf.end())
    if (const Expr *Init = initialiser(Core))
      Made = CallOf.find(core(Init));
  if (Made != CallOf.end())
    V.Call = static_cast<int>(Made->second);
  return V;
}

} // namespace async_tidy
