//===- Shape.cpp - Where in a body each expression stands -----------------===//
//
// See Shape.h.
//
//===----------------------------------------------------------------------===//

#include "facts/Shape.h"
#include "clang/AST/StmtVisitor.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace async_tidy {

void Shape::binds(const FieldDecl &Member, const ObjectPath &Whole,
                  const Expr *Init) {
  if (Whole.empty() || !Init || Init->isTypeDependent() ||
      !(Member.getType()->isReferenceType() ||
        Member.getType()->isPointerType()))
    return;
  if (ObjectPath Object = Values.path(Init); !Object.empty())
    Out.Bindings.push_back(
        {Whole + "." + Member.getNameAsString(), std::move(Object)});
}

void Shape::becomes(const Expr *E, const ObjectPath &P) {
  // Each layer that may turn out to be a call, down to the one that makes it.
  while (E) {
    const Expr *Bare = E->IgnoreParenCasts();
    if (isa<CallExpr, CXXConstructExpr, CoroutineSuspendExpr>(Bare))
      Targets[Bare] = P;
    const Expr *Next = Bare;
    if (const auto *X = dyn_cast<ExprWithCleanups>(Bare))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(Bare))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXBindTemporaryExpr>(Bare))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXConstructExpr>(Bare);
             X && X->isElidable() && X->getNumArgs() == 1)
      Next = X->getArg(0);
    else if (const auto *X = dyn_cast<CXXNewExpr>(Bare))
      Next = X->getConstructExpr();
    else if (const auto *X = dyn_cast<CXXDefaultInitExpr>(Bare))
      Next = X->getExpr();
    else if (const auto *X = dyn_cast<LambdaExpr>(Bare)) {
      const LambdaCapture *C = X->capture_begin();
      for (const Expr *Init : X->capture_inits()) {
        if (C->capturesVariable() && !P.empty())
          becomes(Init, P + "." + C->getCapturedVar()->getNameAsString());
        ++C;
      }
      return;
    } else if (const auto *X = dyn_cast<InitListExpr>(Bare)) {
      if (const auto *R = X->getType()->getAsCXXRecordDecl();
          R && !X->isTransparent()) {
        auto Field = R->field_begin();
        for (const Expr *Init : X->inits()) {
          if (Field == R->field_end())
            break;
          becomes(Init, P + "." + Field->getNameAsString());
          binds(**Field, P, Init);
          ++Field;
        }
        return;
      }
      Next = X->getNumInits() == 1 ? X->getInit(0) : nullptr;
    }
    if (Next == Bare)
      return;
    E = Next;
  }
}

void Shape::leaveOut(const Stmt *S) {
  for (const Stmt *Child : S->children())
    if (Child && Unevaluated.insert(Child).second)
      leaveOut(Child);
}

void Shape::leaves(Place At) {
  for (int L = At.Loop; L >= 0; L = Loops[L].Parent)
    Loops[L].Leaves = true;
}

void Shape::inHandlers(Place At, bool Handler::*What) {
  for (int H = At.Handler; H >= 0; H = AroundHandler[H].first)
    Out.Handlers[H].*What = true;
}

/// Says that nobody takes the value of \p S, if it is an expression.
void Shape::discard(const Stmt *S, CallSite::Discard How) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E)
    return;
  E = E->IgnoreParens();
  if (const auto *X = dyn_cast<ExprWithCleanups>(E))
    return discard(X->getSubExpr(), How);
  if (const auto *X = dyn_cast<ExplicitCastExpr>(E);
      X && X->getType()->isVoidType())
    return discard(X->getSubExpr(), CallSite::Discard::Cast);
  if (const auto *X = dyn_cast<BinaryOperator>(E);
      X && X->getOpcode() == BO_Comma)
    return discard(X->getRHS(), How); // the other side is a comma's own
  if (const auto *X = dyn_cast<ConditionalOperator>(E)) {
    discard(X->getTrueExpr(), How);
    return discard(X->getFalseExpr(), How);
  }
  Discarded[core(E)] = How;
}

void Shape::walkTry(const CXXTryStmt *S, Place At) {
  Place In = At;
  In.Try = S;
  In.TryIndex = static_cast<int>(Out.Tries.size());
  Outer[S] = At.Try;
  TryOf[S] = Out.Tries.size();
  Out.Tries.push_back({N.where(S->getTryLoc()), At.TryIndex, At.Loop, {}});
  walk(S->getTryBlock(), In);
  for (unsigned I = 0; I != S->getNumHandlers(); ++I) {
    const CXXCatchStmt *Catch = S->getHandler(I);
    Place Within = At;
    Within.Handler = static_cast<int>(Out.Handlers.size());
    AroundHandler.push_back({At.Handler, At.Loop});
    Out.Tries[In.TryIndex].Handlers.push_back(Within.Handler);
    Handler &H = Out.Handlers.emplace_back();
    H.Where = N.where(Catch->getCatchLoc());
    if (const QualType T = Catch->getCaughtType();
        !T.isNull() && !T->isDependentType())
      H.Type = N.type(T);
    walk(Catch, Within);
  }
}

void Shape::walkVariable(const VarDecl *Var, Place At) {
  const ObjectPath Name = Values.path(static_cast<const ValueDecl *>(Var));
  if (Var->isLocalVarDecl() && !Var->isReferenced() &&
      !isa<DecompositionDecl>(Var))
    UnusedLocals.insert(Name);
  const Expr *Init = Var->getInit();
  if (!Init)
    return;
  becomes(Init, Name);
  if (Var->hasGlobalStorage())
    Places[Init] = At;
  walk(Init, At);
}

void Shape::reads(const Stmt *S, List<ObjectPath> &Out) {
  if (!S || isa<CallExpr, LambdaExpr>(S))
    return;
  if (isa<DeclRefExpr, MemberExpr>(S)) {
    if (ObjectPath P = Values.path(cast<Expr>(S)); !P.empty())
      Out.push_back(std::move(P));
    return;
  }
  for (const Stmt *Child : S->children())
    reads(Child, Out);
}

int Shape::enterLoop(const Stmt *S, Loop::Kind What, const Expr *Condition,
                     Place At) {
  Loop L;
  L.Where = N.where(S->getBeginLoc());
  L.What = What;
  L.Parent = At.Loop;
  L.Try = At.TryIndex;
  if (What == Loop::Kind::RangeFor) {
  } else if (!Condition) {
    L.Endless = true;
  } else if (!Condition->isValueDependent()) {
    bool Always = false;
    L.Endless =
        Condition->EvaluateAsBooleanCondition(Always, N.context()) && Always;
    reads(Condition, L.Reads);
  }
  Loops.push_back(std::move(L));
  return static_cast<int>(Loops.size()) - 1;
}

void Shape::children(const Stmt *S, Place At) {
  for (const Stmt *Child : S->children())
    walk(Child, At);
}

static const Expr *loopCondition(const Stmt *S) {
  if (const auto *X = dyn_cast<WhileStmt>(S))
    return X->getCond();
  if (const auto *X = dyn_cast<DoStmt>(S))
    return X->getCond();
  return nullptr;
}

bool Shape::isNever(const Expr *Condition) {
  bool Holds = true;
  Condition = whatItReturns(Condition);
  return !Condition->isValueDependent() &&
         Condition->EvaluateAsBooleanCondition(Holds, N.context()) && !Holds;
}

/// Walks what a loop repeats.
void Shape::walkLoop(const Stmt *Body, Place In) {
  BreakLeavesLoop.push_back(true);
  discard(Body, CallSite::Discard::Statement);
  walk(Body, In);
  BreakLeavesLoop.pop_back();
}

void Shape::walk(const Stmt *S, Place At) {
  if (!S)
    return;
  Places[S] = At;
  constexpr auto Statement = CallSite::Discard::Statement;

  if (const auto *X = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : X->capture_inits()) {
      if (Init)
        Captured.insert(core(Init));
      walk(Init, At);
    }
    return;
  }
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, RequiresExpr>(S))
    return leaveOut(S);
  if (const auto *X = dyn_cast<CXXDefaultArgExpr>(S))
    return walk(X->getExpr(), At);
  if (const auto *X = dyn_cast<CXXDefaultInitExpr>(S)) {
    // A constructor's are its own; of an aggregate, whoever makes it runs them.
    Place In = At;
    if (!InConstructor)
      In.UsedAt = X->getUsedLocation();
    return walk(X->getExpr(), In);
  }

  // `do ... while (false)`, and `while (false && ...)`, make no loop: they are
  // what assertions are made of; so is the `do` of a system header's macro.
  if (const Expr *Condition = loopCondition(S);
      (Condition && isNever(Condition)) ||
      (isa<DoStmt>(S) && N.sources().isInSystemMacro(S->getBeginLoc()))) {
    BreakLeavesLoop.push_back(false);
    children(S, At);
    BreakLeavesLoop.pop_back();
    return;
  }
  if (const auto *X = dyn_cast<WhileStmt>(S)) {
    Place In = At;
    In.Loop = enterLoop(X, Loop::Kind::While, X->getCond(), At);
    Place Condition = In;
    Condition.InCondition = true;
    walk(X->getConditionVariableDeclStmt(), Condition);
    walk(X->getCond(), Condition);
    walkLoop(X->getBody(), In);
    return;
  }
  if (const auto *X = dyn_cast<DoStmt>(S)) {
    Place In = At;
    In.Loop = enterLoop(X, Loop::Kind::Do, X->getCond(), At);
    Place Condition = In;
    Condition.InCondition = true;
    walkLoop(X->getBody(), In);
    walk(X->getCond(), Condition);
    return;
  }
  if (const auto *X = dyn_cast<ForStmt>(S)) {
    walk(X->getInit(), At);
    Place In = At;
    In.Loop = enterLoop(X, Loop::Kind::For, X->getCond(), At);
    Place Condition = In;
    Condition.InCondition = true;
    walk(X->getConditionVariableDeclStmt(), Condition);
    walk(X->getCond(), Condition);
    walkLoop(X->getBody(), In);
    discard(X->getInc(), Statement);
    walk(X->getInc(), In);
    return;
  }
  if (const auto *X = dyn_cast<CXXForRangeStmt>(S)) {
    walk(X->getInit(), At);
    walk(X->getRangeStmt(), At);
    walk(X->getBeginStmt(), At);
    walk(X->getEndStmt(), At);
    Place In = At;
    In.Loop = enterLoop(X, Loop::Kind::RangeFor, X->getCond(), At);
    if (const Expr *Range = X->getRangeInit(); !Range->isTypeDependent())
      Loops[In.Loop].Range = Values.value(Range);
    Place Condition = In;
    Condition.InCondition = true;
    walk(X->getCond(), Condition);
    walk(X->getInc(), Condition);
    walk(X->getLoopVarStmt(), In);
    walkLoop(X->getBody(), In);
    return;
  }
  if (isa<SwitchStmt>(S)) {
    BreakLeavesLoop.push_back(false);
    children(S, At);
    BreakLeavesLoop.pop_back();
    return;
  }
  if (const auto *X = dyn_cast<CXXTryStmt>(S))
    return walkTry(X, At);

  if (const auto *X = dyn_cast<CompoundStmt>(S)) {
    for (const Stmt *Child : X->body())
      discard(Child, Statement);
  } else if (const auto *X = dyn_cast<IfStmt>(S)) {
    discard(X->getThen(), Statement);
    discard(X->getElse(), Statement);
  } else if (const auto *X = dyn_cast<SwitchCase>(S)) {
    discard(X->getSubStmt(), Statement);
  } else if (const auto *X = dyn_cast<LabelStmt>(S)) {
    discard(X->getSubStmt(), Statement);
  }

  if (isa<BreakStmt>(S)) {
    if (!BreakLeavesLoop.empty() && BreakLeavesLoop.back() && At.Loop >= 0) {
      Loops[At.Loop].Leaves = true;
      for (int H = At.Handler; H >= 0; H = AroundHandler[H].first)
        if (AroundHandler[H].second == At.Loop)
          Out.Handlers[H].Leaves = true;
    }
  } else if (isa<ReturnStmt, CoreturnStmt, GotoStmt, CXXThrowExpr>(S)) {
    leaves(At);
    inHandlers(At, isa<CXXThrowExpr>(S) ? &Handler::Throws : &Handler::Leaves);
  }

  if (const auto *X = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : X->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        walkVariable(Var, At);
    return;
  }
  if (const auto *X = dyn_cast<ReturnStmt>(S)) {
    if (const Expr *E = X->getRetValue()) {
      Returned.insert(E->IgnoreParenCasts());
      Returned.insert(core(E));
      becomes(E, "return");
    }
  } else if (const auto *X = dyn_cast<BinaryOperator>(S)) {
    if (X->getOpcode() == BO_Comma)
      discard(X->getLHS(), Statement);
    if (X->isCompoundAssignmentOp()) {
      writes(At);
      changes(At);
    } else if (X->isAssignmentOp()) {
      assigns(X->getRHS(), At);
      if (X->getOpcode() == BO_Assign) {
        becomes(X->getRHS(), Values.path(X->getLHS()));
        Written.insert(X->getLHS()->IgnoreParens());
      }
    }
  } else if (const auto *X = dyn_cast<UnaryOperator>(S)) {
    if (X->isIncrementDecrementOp())
      steps(X, At);
  } else if (isa<CXXDeleteExpr>(S)) {
    changes(At);
  } else if (const auto *X = dyn_cast<ImplicitCastExpr>(S)) {
    reads(X);
  } else if (const auto *X = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (X->getOperator() == OO_Equal)
      Written.insert(X->getArg(0)->IgnoreParenImpCasts());
    // The step of a range-for is the loop's own.
    if (X->getOperator() == OO_Equal) {
      assigns(X->getArg(1), At);
    } else if (X->isAssignmentOp() || ((X->getOperator() == OO_PlusPlus ||
                                        X->getOperator() == OO_MinusMinus) &&
                                       !At.InCondition)) {
      writes(At);
      changes(At);
    }
  } else if (const auto *X = dyn_cast<CallExpr>(S)) {
    if (X->getBuiltinCallee() == Builtin::BImove && X->getNumArgs() == 1)
      Moved.insert(X->getArg(0)->IgnoreParenImpCasts());
  } else if (const auto *X = dyn_cast<DeclRefExpr>(S)) {
    mentions(X, At);
    if (At.Handler >= 0 && Values.isConstant(X->getDecl()))
      for (int H = At.Handler; H >= 0; H = AroundHandler[H].first)
        Out.Handlers[H].Names.push_back(N.name(X->getDecl()));
  } else if (const auto *X = dyn_cast<CoroutineSuspendExpr>(S)) {
    if (const Expr *E = X->getReadyExpr())
      AwaitParts[core(E)] = {X, Part::Ready};
    if (const Expr *E = X->getResumeExpr()) {
      AwaitParts[core(E)] = {X, Part::Resume};
      if (auto It = Targets.find(X); It != Targets.end())
        becomes(E, It->second);
      if (Returned.contains(X))
        Returned.insert(core(E));
    }
    walk(X->getCommonExpr(), At);
    walk(X->getReadyExpr(), At);
    Place Handle = At;
    Handle.MakesHandle = true;
    walk(X->getSuspendExpr(), Handle);
    walk(X->getResumeExpr(), At);
    return;
  }
  children(S, At);
}

} // namespace async_tidy
