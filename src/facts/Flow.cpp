//===- Flow.cpp - The control flow of one function ------------------------===//
//
// Walks Clang's CFG and hands each element to Body.cpp. See BodyReader.h.
//
//===----------------------------------------------------------------------===//

#include "facts/BodyReader.h"
#include "facts/ClangCompat.h"

using namespace clang;

namespace async_tidy {

/// What a `switch` must find to come to \p Case; empty for anything else.
std::string BodyReader::readCase(const CFGBlock *Case) {
  const auto *Label =
      Case ? dyn_cast_or_null<CaseStmt>(Case->getLabel()) : nullptr;
  return Label && !Label->caseStmtIsGNURange()
             ? Values.constantName(Label->getLHS())
             : "";
}

std::optional<Branch> BodyReader::readTest(const Expr *Condition) {
  Branch Test;
  for (;;) {
    Condition = Condition->IgnoreParenImpCasts();
    if (const auto *X = dyn_cast<ExprWithCleanups>(Condition)) {
      Condition = X->getSubExpr();
      continue;
    }
    if (const auto *X = dyn_cast<CXXRewrittenBinaryOperator>(Condition)) {
      Condition = X->getSemanticForm();
      continue;
    }
    if (const auto *X = dyn_cast<BinaryOperator>(Condition);
        X && X->getOpcode() == BO_Comma) {
      Condition = X->getRHS();
      continue;
    }
    // A local that keeps the outcome of a test tells what the test told.
    if (const Expr *Kept = Where.keptTest(Condition)) {
      Condition = Kept;
      continue;
    }
    const auto *Not = dyn_cast<UnaryOperator>(Condition);
    if (!Not || Not->getOpcode() != UO_LNot)
      break;
    Test.Negated = !Test.Negated;
    Condition = Not->getSubExpr();
  }
  const Expr *Left = nullptr, *Right = nullptr;
  bool Unequal = false;
  if (const auto *X = dyn_cast<BinaryOperator>(Condition);
      X && X->isEqualityOp()) {
    Left = X->getLHS();
    Right = X->getRHS();
    Unequal = X->getOpcode() == BO_NE;
  } else if (const auto *X = dyn_cast<CXXOperatorCallExpr>(Condition);
             X && X->getNumArgs() == 2 &&
             (X->getOperator() == OO_EqualEqual ||
              X->getOperator() == OO_ExclaimEqual)) {
    Left = X->getArg(0);
    Right = X->getArg(1);
    Unequal = X->getOperator() == OO_ExclaimEqual;
  }
  if (Left) {
    std::string Constant = Values.constantName(Right);
    if (Constant.empty()) {
      std::swap(Left, Right);
      Constant = Values.constantName(Right);
    }
    if (Constant.empty())
      return std::nullopt;
    Test.Equals = std::move(Constant);
    Test.Negated ^= Unequal;
    Condition = Left;
  }
  const Expr *Core = core(Condition);
  if (auto It = Values.CallOf.find(Core); It != Values.CallOf.end())
    Test.Call = static_cast<int>(It->second);
  Test.Path = Values.path(Core);
  if (Test.Call < 0 && Test.Path.empty())
    return std::nullopt;
  return Test;
}

/// What \p Condition says by being \p Outcome, if it asks several things at
/// once: a temporary in it makes Clang branch on the whole.
void BodyReader::readParts(const Expr *Condition, bool Outcome,
                           List<Branch> &Known) {
  const Expr *Bare = Condition->IgnoreParenImpCasts();
  if (const auto *X = dyn_cast<ExprWithCleanups>(Bare))
    return readParts(X->getSubExpr(), Outcome, Known);
  if (const auto *X = dyn_cast<UnaryOperator>(Bare);
      X && X->getOpcode() == UO_LNot)
    return readParts(X->getSubExpr(), !Outcome, Known);
  if (const auto *X = dyn_cast<BinaryOperator>(Bare); X && X->isLogicalOp()) {
    if ((X->getOpcode() == BO_LAnd) == Outcome)
      for (const Expr *Side : {X->getLHS(), X->getRHS()})
        readParts(Side, Outcome, Known);
    return;
  }
  if (std::optional<Branch> Part = readTest(Bare)) {
    Part->Negated ^= !Outcome;
    Known.push_back(std::move(*Part));
  }
}

void BodyReader::readElement(const CFGElement &E) {
  ASTContext &Ctx = N.context();
  if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
    return readStmt(S->getStmt());
  if (std::optional<CFGAutomaticObjDtor> X = E.getAs<CFGAutomaticObjDtor>()) {
    const VarDecl *Var = X->getVarDecl();
    // What is returned in place is the caller's.
    if (Var->isNRVOVariable() && N.context().getLangOpts().ElideConstructors)
      return;
    ObjectPath Path = Values.path(static_cast<const ValueDecl *>(Var));
    // A reference that keeps a temporary alive ends the temporary.
    if (Var->getType()->isReferenceType() && Var->hasInit())
      if (auto It = Values.CallOf.find(core(Var->getInit()));
          It != Values.CallOf.end())
        Path = "#" + std::to_string(It->second);
    const Stmt *Near = Var->getInit();
    return readDestruction(X->getDestructorDecl(Ctx), std::move(Path),
                           Var->getLocation(), Near);
  }
  if (std::optional<CFGLifetimeEnds> X = E.getAs<CFGLifetimeEnds>()) {
    const VarDecl *Var = X->getVarDecl();
    const CXXRecordDecl *R = Var->getType()->getAsCXXRecordDecl();
    if (auto It = VariableOf.find(Var);
        R && R->hasTrivialDestructor() && It != VariableOf.end())
      addEvent(Event::Kind::End, It->second);
    return;
  }
  if (std::optional<CFGTemporaryDtor> X = E.getAs<CFGTemporaryDtor>()) {
    const CXXBindTemporaryExpr *Bind = X->getBindTemporaryExpr();
    ObjectPath Path;
    if (auto It = Values.CallOf.find(core(Bind)); It != Values.CallOf.end())
      Path = "#" + std::to_string(It->second);
    return readDestruction(X->getDestructorDecl(Ctx), std::move(Path),
                           Bind->getExprLoc(), Bind);
  }
  if (std::optional<CFGDeleteDtor> X = E.getAs<CFGDeleteDtor>())
    return readDestruction(X->getDestructorDecl(Ctx),
                           Values.path(X->getDeleteExpr()->getArgument()),
                           X->getDeleteExpr()->getBeginLoc(),
                           X->getDeleteExpr());
  if (std::optional<CFGBaseDtor> X = E.getAs<CFGBaseDtor>())
    return readDestruction(X->getDestructorDecl(Ctx), "this", D.getEndLoc(),
                           nullptr);
  if (std::optional<CFGMemberDtor> X = E.getAs<CFGMemberDtor>())
    return readDestruction(X->getDestructorDecl(Ctx),
                           "this." + X->getFieldDecl()->getNameAsString(),
                           D.getEndLoc(), nullptr);
}

llvm::BitVector BodyReader::reachable(const CFG &G) const {
  llvm::BitVector Seen(G.getNumBlockIDs());
  llvm::SmallVector<const CFGBlock *, 32> Work{&G.getEntry()};
  // Nothing but an exception leads to a handler, and any call may throw one.
  for (const CFGBlock *Try : G.try_blocks())
    Work.push_back(Try);
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    if (Seen.test(B->getBlockID()))
      continue;
    Seen.set(B->getBlockID());
    for (const CFGBlock *Next : B->succs())
      if (Next)
        Work.push_back(Next);
  }
  return Seen;
}

static bool endsByThrowing(const CFGBlock &B) {
  if (B.hasNoReturnElement())
    return true;
  for (const CFGElement &E : llvm::reverse(B))
    if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
      return isa<CXXThrowExpr>(S->getStmt());
  return false;
}

/// Whether Clang can build the CFG of \p D: it does not expect to meet what an
/// error left incomplete, and would crash.
static bool isSound(const FunctionDecl &D) {
  const ASTContext &Ctx = D.getASTContext();
  // After a header that does not exist nothing is instantiated any more.
  if (Ctx.getDiagnostics().hasFatalErrorOccurred())
    return false;
  const auto *Special = dyn_cast<CXXMethodDecl>(&D);
  if (!Special || !isa<CXXDestructorDecl, CXXConstructorDecl>(Special))
    return true;
  const CXXRecordDecl *R = Special->getParent();
  auto IsComplete = [&](QualType T) {
    const CXXRecordDecl *Part = compat::recordOf(Ctx.getBaseElementType(T));
    return !Part || (Part->isCompleteDefinition() && !Part->isInvalidDecl());
  };
  return R->isCompleteDefinition() && !R->isInvalidDecl() &&
         llvm::all_of(R->bases(),
                      [&](const CXXBaseSpecifier &B) {
                        return IsComplete(B.getType());
                      }) &&
         llvm::all_of(R->fields(), [&](const FieldDecl *F) {
           return !F->isInvalidDecl() && IsComplete(F->getType());
         });
}

/// What decides between the successors of \p B: its last expression, unless the
/// end of a temporary comes after it.
static const Expr *conditionOf(const CFGBlock &B) {
  const bool Chooses = isa_and_nonnull<SwitchStmt>(B.getTerminatorStmt());
  if ((B.succ_size() != 2 && !Chooses) || !B.getTerminator().isStmtBranch())
    return nullptr;
  if (const Expr *Last = B.getLastCondition())
    return Last;
  return dyn_cast_or_null<Expr>(B.getTerminatorCondition());
}

bool BodyReader::readFlow(Stmt *Body) {
  if (!isSound(D))
    return false;
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddLifetime = true;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.AddCXXDefaultInitExprInAggregates = true;
  Options.PruneTriviallyFalseEdges = true;
  Options.setAllAlwaysAdd();
  std::unique_ptr<CFG> G = CFG::buildCFG(&D, Body, &N.context(), Options);
  if (!G)
    return false;

  const unsigned Count = G->getNumBlockIDs();
  const unsigned Entry = G->getEntry().getBlockID();
  // Clang numbers blocks from the exit; facts number them from the entry.
  auto IndexOf = [&](const CFGBlock *B) {
    return (Entry + Count - B->getBlockID()) % Count;
  };
  Out.Flow.resize(Count);
  for (const CFGBlock *Try : G->try_blocks())
    if (const auto *S = dyn_cast_or_null<CXXTryStmt>(Try->getTerminatorStmt()))
      for (const CFGBlock *Handler : Try->succs())
        if (Handler && Handler->getLabel())
          Handlers[S].push_back(IndexOf(Handler));

  const llvm::BitVector Live = reachable(*G);
  std::vector<const CFGBlock *> Blocks(Count, nullptr);
  for (const CFGBlock *B : *G)
    Blocks[IndexOf(B)] = B;
  for (unsigned I = 0; I != Count; ++I) {
    const CFGBlock *B = Blocks[I];
    if (!B || !Live.test(B->getBlockID()))
      continue;
    Current = &Out.Flow[I];
    for (const CFGElement &E : *B)
      readElement(E);
    if (const Expr *Condition = conditionOf(*B)) {
      Current->Test = readTest(Condition);
      if (!Current->Test && B->succ_size() == 2) {
        readParts(Condition, true, Current->IfTrue);
        readParts(Condition, false, Current->IfFalse);
      }
    }
    // Clang leads a throw to the exit, where it would look like a return.
    if (endsByThrowing(*B))
      continue;
    for (const CFGBlock::AdjacentBlock &Next : B->succs()) {
      const CFGBlock *To = Next.getReachableBlock();
      Current->Successors.push_back(To ? static_cast<int>(IndexOf(To)) : -1);
      if (isa_and_nonnull<SwitchStmt>(B->getTerminatorStmt()))
        Current->Cases.push_back(readCase(To));
    }
  }
  return true;
}

} // namespace async_tidy
