//===- Coroutine.cpp - Suspensions and promises ---------------------------===//
//
// What a co_await says, and what the promise does around the written body,
// which Clang's CFG does not show. See BodyReader.h.
//
//===----------------------------------------------------------------------===//

#include "facts/BodyReader.h"
#include "facts/ClangCompat.h"

using namespace clang;

namespace async_tidy {

/// Whether every `return` of \p S gives \p Answer. \p Any is set if there is
/// one.
static bool returnsOnly(const Stmt *S, bool Answer, ASTContext &Ctx,
                        bool &Any) {
  if (!S || isa<LambdaExpr>(S))
    return true;
  if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
    const Expr *Value = Return->getRetValue();
    bool Result = false;
    Any = true;
    return Value && !Value->isValueDependent() &&
           Value->EvaluateAsBooleanCondition(Result, Ctx) && Result == Answer;
  }
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return returnsOnly(Child, Answer, Ctx, Any);
  });
}

/// Whether what \p Call calls is written to return \p Answer always.
static bool alwaysReturns(const Expr *Call, bool Answer, ASTContext &Ctx) {
  const auto *E = dyn_cast_or_null<CallExpr>(Call ? core(Call) : nullptr);
  const FunctionDecl *F = E ? E->getDirectCallee() : nullptr;
  bool Any = false;
  return F && F->getReturnType()->isBooleanType() && F->hasBody() &&
         returnsOnly(F->getBody(), Answer, Ctx, Any) && Any;
}

static bool hasReferenceArgument(QualType T) {
  const auto *Instance = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      compat::recordOf(T.getNonReferenceType()));
  return Instance &&
         llvm::any_of(Instance->getTemplateArgs().asArray(),
                      [](const TemplateArgument &A) {
                        return A.getKind() == TemplateArgument::Type &&
                               A.getAsType()->isReferenceType();
                      });
}

void BodyReader::readSuspension(const CoroutineSuspendExpr *E) {
  auto [It, New] = SuspensionOf.try_emplace(
      E, static_cast<unsigned>(Out.Suspensions.size()));
  if (!New)
    return;
  Suspension S;
  S.What =
      isa<CoyieldExpr>(E) ? Suspension::Kind::Yield : Suspension::Kind::Await;
  S.Where = N.where(E->getKeywordLoc());
  if (const Expr *Operand = E->getOperand()) {
    S.Operand = Values.value(Operand);
    S.GivesReference = hasReferenceArgument(Operand->getType());
    S.Call = S.Operand.Call;
    // What is awaited is known by the call that await_transform is given.
    if (S.Call >= 0)
      Out.Calls[S.Call].Awaited = true;
  }
  if (const Expr *Common = E->getCommonExpr())
    S.AwaiterType = N.type(Common->getType());
  if (const Expr *Ready = E->getReadyExpr())
    if (const auto *Call = dyn_cast<CallExpr>(core(Ready)))
      if (const FunctionDecl *F = Call->getDirectCallee())
        S.AwaitReady = N.id(F);
  S.GoesOn = alwaysReturns(E->getReadyExpr(), true, N.context()) ||
             alwaysReturns(E->getSuspendExpr(), false, N.context());
  const Shape::Place At = Where.Places.lookup(E);
  S.Loop = At.Loop;
  S.Try = At.TryIndex;
  Out.Suspensions.push_back(std::move(S));
  addEvent(Event::Kind::Suspend, It->second);
}

void BodyReader::readPromise(const CoroutineBodyStmt &Body) {
  Out.IsCoroutine = true;
  if (const VarDecl *Promise = Body.getPromiseDecl())
    if (const CXXRecordDecl *R = compat::recordOf(Promise->getType())) {
      Out.PromiseType = N.name(R);
      const IdentifierInfo &Transform =
          N.context().Idents.get("await_transform");
      Out.AwaitTransform =
          R->hasDefinition() && R->hasMemberName(DeclarationName(&Transform));
    }
  auto ReadImplicit = [&](const Stmt *S) {
    const size_t Before = Out.Calls.size();
    const size_t EventsBefore = Current->Events.size();
    const size_t Suspensions = Out.Suspensions.size();
    UsedAt = D.getLocation();
    readLinear(S);
    UsedAt = {};
    // The initial and the final suspension hold nothing of the body's.
    if (Out.Suspensions.size() > Suspensions) {
      if (Out.InitialAwaiter.empty())
        Out.InitialAwaiter = Out.Suspensions[Suspensions].AwaiterType;
      Out.Suspensions.resize(Suspensions);
    }
    // Of a library's promise no body is known, and no model speaks of it.
    std::vector<CallSite> Own;
    for (size_t I = Before; I != Out.Calls.size(); ++I) {
      CallSite &C = Out.Calls[I];
      if (llvm::StringRef(C.Callee).starts_with("s:"))
        continue;
      C.Implicit = C.ByAwait = true;
      C.Consumer = -1;
      Own.push_back(std::move(C));
    }
    Out.Calls.resize(Before);
    Current->Events.resize(EventsBefore);
    for (CallSite &C : Own) {
      addEvent(Event::Kind::Call, static_cast<unsigned>(Out.Calls.size()));
      Out.Calls.push_back(std::move(C));
    }
  };
  if (D.isDependentContext())
    return;
  ReadImplicit(Body.getInitSuspendStmt());
  ReadImplicit(Body.getReturnValueInit());
  const Symbol Initial = Out.InitialAwaiter;
  ReadImplicit(Body.getFinalSuspendStmt());
  ReadImplicit(Body.getExceptionHandler());
  Out.InitialAwaiter = Initial;
}

} // namespace async_tidy
