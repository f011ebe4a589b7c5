//===- Body.cpp - Calls, suspensions and control flow of one function -----===//
//
// Reads what each evaluated expression says. See Body.h.
//
//===----------------------------------------------------------------------===//

#include "facts/BodyReader.h"
#include "facts/ClangCompat.h"

using namespace clang;

namespace async_tidy {

static const Expr *objectOf(const CallExpr *E, const FunctionDecl *Callee) {
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(E))
    return M->getImplicitObjectArgument();
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  if (isa<CXXOperatorCallExpr>(E) && Method && !Method->isStatic() &&
      E->getNumArgs() > 0)
    return E->getArg(0);
  return nullptr;
}

/// The names by which a co_await enters functions ([expr.await]).
static bool isAwaitProtocol(const FunctionDecl *F) {
  if (F->getOverloadedOperator() == OO_Coawait)
    return true;
  const IdentifierInfo *Name = F->getIdentifier();
  return Name &&
         (Name->isStr("await_ready") || Name->isStr("await_suspend") ||
          Name->isStr("await_resume") || Name->isStr("await_transform"));
}

void BodyReader::addEvent(Event::Kind What, unsigned Index) {
  Current->Events.push_back({What, Index, {}});
}

void BodyReader::beginTries(const CXXTryStmt *Try) {
  if (!Try || !Begun.insert(Try).second)
    return;
  beginTries(Where.Outer.lookup(Try));
  Event E;
  E.What = Event::Kind::Try;
  E.Index = Where.TryOf.lookup(Try);
  E.Handlers = Handlers.lookup(Try);
  Current->Events.push_back(std::move(E));
}

unsigned BodyReader::add(CallSite C, const Expr *E, const Stmt *Near) {
  const Shape::Place At = Where.Places.lookup(E ? E : Near);
  C.Loop = At.Loop;
  C.InLoopCondition = At.InCondition;
  C.Try = At.TryIndex;
  C.Handler = At.Handler;
  if (UsedAt.isValid() || At.UsedAt.isValid())
    C.Where = N.where(UsedAt.isValid() ? UsedAt : At.UsedAt);
  const auto Index = static_cast<unsigned>(Out.Calls.size());
  if (E) {
    C.Result = Where.Targets.lookup(E);
    C.Returned = Where.Returned.contains(E);
    C.ResultUnused = Where.UnusedLocals.contains(C.Result);
    C.Discarded = Where.Discarded.lookup(E);
    Values.CallOf[E] = Index;
    if (C.Kind == CallKind::Construct)
      C.Object.Path = C.Result.empty() ? "#" + std::to_string(Index) : C.Result;
  }
  Out.Calls.push_back(std::move(C));
  addEvent(Event::Kind::Call, Index);
  return Index;
}

void BodyReader::consume(llvm::ArrayRef<const Expr *> Given, unsigned By) {
  for (const Expr *E : Given)
    if (E)
      if (auto It = Values.CallOf.find(core(E)); It != Values.CallOf.end())
        Out.Calls[It->second].Consumer = static_cast<int>(By);
}

void BodyReader::setCallee(CallSite &C, const FunctionDecl *Callee) {
  C.Callee = N.id(Callee);
  C.CalleeName = N.name(Callee);
  C.TemplateArguments = N.templateArguments(Callee);
  Also.Functions.insert(Callee);
  const auto *M = dyn_cast<CXXMethodDecl>(Callee);
  C.Const = M && M->isConst();
  if (M && !M->isUserProvided() && !N.isSystem(M->getLocation()))
    Also.Implied.insert(M->getCanonicalDecl());
}

void BodyReader::setArguments(CallSite &C,
                              llvm::ArrayRef<const Expr *> Arguments) {
  for (const Expr *A : Arguments) {
    C.Arguments.push_back(Values.value(A));
    C.Written += !isa<CXXDefaultArgExpr>(A);
  }
}

void BodyReader::readCall(const CallExpr *E) {
  const FunctionDecl *Callee = E->getDirectCallee();
  if (E->getBuiltinCallee() &&
      !(Callee && Callee->getBuiltinID() &&
        !N.context().BuiltinInfo.isInStdNamespace(Callee->getBuiltinID()) &&
        N.context().BuiltinInfo.isPredefinedLibFunction(
            Callee->getBuiltinID())))
    return;
  if (E->isUnevaluatedBuiltinCall(N.context()))
    return;
  // The handle that `await_suspend` is given is made by the compiler.
  if (const Shape::Place *At = Where.find(E); At && At->MakesHandle)
    if (!Callee || !isAwaitProtocol(Callee))
      return;

  CallSite C;
  const Expr *Object = objectOf(E, Callee);
  if (Callee) {
    if (const auto *M = dyn_cast<CXXMethodDecl>(Callee);
        M && M->isVirtual() && Object) {
      const auto *Member = dyn_cast<MemberExpr>(E->getCallee()->IgnoreParens());
      if (const CXXMethodDecl *Exact =
              const_cast<CXXMethodDecl *>(M)->getDevirtualizedMethod(
                  Object, /*IsAppleKext=*/false))
        Callee = Exact;
      else
        C.Virtual = !(Member && Member->hasQualifier());
    }
    setCallee(C, Callee);
    C.ByAwait = isAwaitProtocol(Callee);
  } else {
    if (E->isTypeDependent() && !isa<DeclRefExpr>(core(E->getCallee())))
      return;
    // Through a pointer or a parameter: what it holds may be known.
    C.Object = Values.value(E->getCallee());
  }
  if (Object)
    C.Object = Values.value(Object);

  llvm::ArrayRef<const Expr *> Arguments(const_cast<CallExpr *>(E)->getArgs(),
                                         E->getNumArgs());
  if (Object && !isa<CXXMemberCallExpr>(E))
    Arguments = Arguments.drop_front();
  setArguments(C, Arguments);
  if (!E->isTypeDependent()) {
    C.ResultType = N.type(E->getType());
    if (const CXXRecordDecl *R = compat::recordOf(E->getType());
        R && E->isPRValue()) {
      Also.Results.insert(R);
      if (Callee)
        C.More = furtherParameters(*Callee, C.Written);
    }
  }
  C.GivesObject = E->isPRValue() && !E->getType()->isPointerType();

  SourceLocation At = E->getExprLoc();
  C.Where = N.where(At.isValid() ? At : E->getBeginLoc());
  C.Implicit = C.ByAwait || isa_and_nonnull<CXXConversionDecl>(Callee);
  if (!E->getBeginLoc().isMacroID() && !E->getEndLoc().isMacroID()) {
    C.Begin = N.where(E->getBeginLoc());
    C.End = N.endOf(E->getEndLoc());
    const Expr *First = !Arguments.empty() ? Arguments.front() : Object;
    const Expr *Last = !Arguments.empty() ? Arguments.back() : Object;
    if (First) {
      C.GivenBegin = N.where(First->getBeginLoc());
      C.GivenEnd = N.endOf(Last->getEndLoc());
    }
  }
  const auto Part = Where.AwaitParts.find(E);
  const bool Resumes = Part != Where.AwaitParts.end() &&
                       Part->second.second == Shape::Part::Resume;
  if (Resumes)
    readSuspension(Part->second.first);

  llvm::SmallVector<const Expr *, 8> Given(Arguments);
  Given.push_back(Object);
  const unsigned Index = add(std::move(C), E, E);
  consume(Given, Index);
  if (Resumes)
    Out.Suspensions[SuspensionOf.lookup(Part->second.first)].Resume =
        static_cast<int>(Index);
}

void BodyReader::readConstruction(const CXXConstructExpr *E) {
  const CXXConstructorDecl *Ctor = E->getConstructor();
  if (E->isElidable() || (Ctor->isTrivial() && Ctor->isImplicit()))
    return;
  // An inherited one does to the object what it does to its base.
  QualType Made = E->getType();
  if (const auto *Of = Ctor->getInheritedConstructor().getConstructor()) {
    Ctor = Of;
    Made = compat::typeOf(N.context(), Of->getParent());
  }
  CallSite C;
  C.Kind = CallKind::Construct;
  setCallee(C, Ctor);
  llvm::ArrayRef<const Expr *> Arguments(
      const_cast<CXXConstructExpr *>(E)->getArgs(), E->getNumArgs());
  setArguments(C, Arguments);
  C.ResultType = C.Object.Type = N.type(Made);
  C.GivesObject = true;
  C.Where = N.where(E->getLocation());
  const unsigned Index = add(std::move(C), E, E);
  consume(Arguments, Index);
}

void BodyReader::readDestruction(const CXXDestructorDecl *Dtor,
                                 ObjectPath Object, SourceLocation At,
                                 const Stmt *Near) {
  if (!Dtor || Dtor->isTrivial())
    return;
  CallSite C;
  C.Kind = CallKind::Destroy;
  setCallee(C, Dtor);
  C.Object.Path = std::move(Object);
  C.Object.Type = N.type(compat::typeOf(N.context(), Dtor->getParent()));
  C.Where = N.where(At);
  C.Implicit = true;
  add(std::move(C), nullptr, Near);
}

void BodyReader::readStmt(const Stmt *S) {
  if (Where.Unevaluated.contains(S))
    return;
  if (auto It = Where.Places.find(S); It != Where.Places.end())
    beginTries(It->second.Try);
  if (isa<DeclRefExpr, CXXThisExpr>(S))
    return readUse(cast<Expr>(S));
  if (const auto *X = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : X->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        readDeclaration(Var, X);
    return;
  }
  if (const auto *X = dyn_cast<CallExpr>(S)) {
    readCall(X);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(X);
        Operator && Operator->isComparisonOp())
      readComparison(
          X, BinaryOperator::getOverloadedOpcode(Operator->getOperator()));
    return;
  }
  if (const auto *X = dyn_cast<CXXConstructExpr>(S))
    return readConstruction(X);
  if (const auto *X = dyn_cast<CoroutineSuspendExpr>(S)) {
    readSuspension(X);
    // Whoever takes what the await gives takes what await_resume gives.
    if (const Expr *Resume = X->getResumeExpr())
      if (auto It = Values.CallOf.find(core(Resume)); It != Values.CallOf.end())
        Values.CallOf[X] = It->second;
    return;
  }
  if (const auto *X = dyn_cast<CoreturnStmt>(S)) {
    if (const auto *Call = dyn_cast_or_null<CallExpr>(
            X->getPromiseCall() ? core(X->getPromiseCall()) : nullptr)) {
      const size_t Before = Out.Calls.size();
      readCall(Call);
      for (size_t I = Before; I != Out.Calls.size(); ++I)
        Out.Calls[I].Implicit = true;
    }
    return;
  }
  if (const auto *X = dyn_cast<CXXThrowExpr>(S))
    return readThrow(X);
  if (const auto *X = dyn_cast<UnaryOperator>(S))
    return readErrno(X);
  if (const auto *X = dyn_cast<BinaryOperator>(S))
    return readComparison(X, X->getOpcode());
  if (const auto *X = dyn_cast<CXXRewrittenBinaryOperator>(S))
    return readComparison(X, X->getOperator());
  if (const auto *X = dyn_cast<CXXDefaultArgExpr>(S)) {
    const SourceLocation Before = UsedAt;
    UsedAt = X->getUsedLocation();
    readLinear(X->getExpr());
    UsedAt = Before;
  }
}

void BodyReader::readLinear(const Stmt *S) {
  if (!S || isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, RequiresExpr>(S))
    return;
  if (const auto *X = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : X->capture_inits())
      readLinear(Init);
    return;
  }
  if (const auto *X = dyn_cast<IfStmt>(S); X && X->isConstexpr())
    if (std::optional<const Stmt *> Taken =
            const_cast<IfStmt *>(X)->getNondiscardedCase(N.context()))
      return readLinear(*Taken);
  if (const auto *X = dyn_cast<CoroutineSuspendExpr>(S)) {
    for (const Expr *Part : {X->getCommonExpr(), X->getReadyExpr(),
                             X->getSuspendExpr(), X->getResumeExpr()})
      readLinear(Part);
    return readStmt(S);
  }
  for (const Stmt *Child : S->children())
    readLinear(Child);
  readStmt(S);
}

void BodyReader::read() {
  Stmt *Body = D.getBody();
  if (!Body)
    return;
  const auto *Coroutine = dyn_cast<CoroutineBodyStmt>(Body);
  Stmt *Written = Coroutine ? Coroutine->getBody() : Body;

  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&D))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      if (Init->getInit()) {
        Where.becomes(Init->getInit(),
                      Init->isAnyMemberInitializer()
                          ? "this." + Init->getAnyMember()->getNameAsString()
                          : "this");
        Where.walk(Init->getInit(), {});
        if (const FieldDecl *Member = Init->getMember())
          Where.binds(*Member, "this", Init->getInit());
      }
  Where.walk(Written, {});
  Where.finish();

  Block Promise;
  if (Coroutine) {
    Current = &Promise;
    readPromise(*Coroutine);
  }
  const auto *Statements = dyn_cast<CompoundStmt>(Written);
  Out.Empty = Statements && Statements->body_empty();
  // Clang does not build the CFG of what depends on template parameters.
  if (D.isDependentContext() || !readFlow(Written)) {
    Out.Flow.assign(1, {});
    Current = &Out.Flow.front();
    readLinear(Written);
  }
  if (!Promise.Events.empty())
    Out.Flow.front().Events.insert(Out.Flow.front().Events.begin(),
                                   Promise.Events.begin(),
                                   Promise.Events.end());

  if (Statements && Statements->size() == 1)
    if (const auto *Return = dyn_cast<ReturnStmt>(Statements->body_front()))
      if (const Expr *E = Return->getRetValue();
          E && !E->isValueDependent() && !E->isTypeDependent()) {
        Out.Returns = Values.constant(E);
        Out.Answers = readTest(E);
      }
}

void BodyReader::readInitialisers(const CXXRecordDecl &R) {
  Out.Flow.assign(1, {});
  Current = &Out.Flow.front();
  for (const FieldDecl *Field : R.fields())
    if (const Expr *Init = Field->getInClassInitializer();
        Init && !Init->isTypeDependent()) {
      Where.becomes(Init, "this." + Field->getNameAsString());
      Where.walk(Init, {});
      readLinear(Init);
    }
}

void readInitialisers(const CXXRecordDecl &R, const FunctionDecl &Near,
                      Names &N, FunctionFacts &Out, Mentioned &Also) {
  BodyReader(Near, N, Out, Also).readInitialisers(R);
}

void readBody(const FunctionDecl &D, Names &N, FunctionFacts &Out,
              Mentioned &Also) {
  BodyReader(D, N, Out, Also).read();
}

} // namespace async_tidy
