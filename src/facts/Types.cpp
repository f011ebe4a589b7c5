//===- Types.cpp - Classes of user code, and what the compiler writes -----===//
//
// See Types.h.
//
//===----------------------------------------------------------------------===//

#include "facts/Types.h"
#include "facts/ClangCompat.h"
#include "facts/Values.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace async_tidy {

TypeFacts readType(const CXXRecordDecl &R, Names &N, Mentioned &Also) {
  TypeFacts T;
  T.Name = N.type(compat::typeOf(N.context(), &R));
  T.Where = N.where(R.getLocation());
  T.ScopedLockable = R.hasAttr<ScopedLockableAttr>();
  const auto *Capability = R.getAttr<CapabilityAttr>();
  T.Capability = Capability && Capability->getName() != "role";
  for (const CXXBaseSpecifier &Base : R.bases())
    T.Bases.push_back(N.type(Base.getType()));
  for (const FieldDecl *Field : R.fields())
    T.Fields.push_back({Field->getNameAsString(), N.type(Field->getType()),
                        Field->getType()->isReferenceType()});
  if (const CXXDestructorDecl *Dtor = R.getDestructor();
      Dtor && !Dtor->isTrivial()) {
    T.Destructor = N.id(Dtor);
    if (!Dtor->isUserProvided())
      Also.Implied.insert(Dtor->getCanonicalDecl());
  }
  for (const CXXConstructorDecl *Ctor : R.ctors())
    if (!Ctor->isDeleted())
      T.Constructors.push_back(
          {N.id(Ctor), Ctor->getNumParams(), Ctor->isCopyOrMoveConstructor()});
  return T;
}

namespace {

/// Adds the calls of one special member to those of bases and fields.
class Subobjects {
public:
  Subobjects(Names &N, FunctionFacts &Out, Mentioned &Also)
      : N(N), Out(Out), Also(Also) {}

  void destroy(QualType T, const std::string &Path) {
    const CXXRecordDecl *R =
        compat::recordOf(N.context().getBaseElementType(T));
    if (R && R->hasDefinition())
      if (const CXXDestructorDecl *Dtor = R->getDestructor();
          Dtor && !Dtor->isTrivial())
        add(Dtor, CallKind::Destroy, T, Path);
  }

  void construct(QualType T, const std::string &Path) {
    const CXXRecordDecl *R =
        compat::recordOf(N.context().getBaseElementType(T));
    if (!R || !R->hasDefinition())
      return;
    for (const CXXConstructorDecl *Ctor : R->ctors())
      if (Ctor->isDefaultConstructor() && !Ctor->isTrivial())
        return add(Ctor, CallKind::Construct, T, Path);
  }

private:
  void add(const CXXMethodDecl *Callee, CallKind Kind, QualType T,
           const std::string &Path) {
    CallSite C;
    C.Kind = Kind;
    C.Callee = N.id(Callee);
    C.CalleeName = N.name(Callee);
    C.TemplateArguments = N.templateArguments(Callee);
    C.Object.Type = N.type(T);
    C.Object.Path = Path;
    if (Kind == CallKind::Construct)
      C.Result = Path;
    C.Where = Out.Where;
    C.Implicit = true;
    Out.Flow.front().Events.push_back(
        {Event::Kind::Call, static_cast<unsigned>(Out.Calls.size()), {}});
    Out.Calls.push_back(std::move(C));
    if (!Callee->isUserProvided() && !N.isSystem(Callee->getLocation()))
      Also.Implied.insert(Callee->getCanonicalDecl());
  }

  Names &N;
  FunctionFacts &Out;
  Mentioned &Also;
};

} // namespace

FunctionFacts readImplied(const CXXMethodDecl &M, Names &N, Mentioned &Also) {
  const CXXRecordDecl &R = *M.getParent();
  FunctionFacts F;
  F.Id = N.id(&M);
  F.Name = N.name(&M);
  F.Where = N.where(R.getLocation());
  F.ExternalLinkage = M.isExternallyVisible();
  F.Class = N.type(compat::typeOf(N.context(), &R));
  F.Flow.emplace_back();
  Subobjects Parts(N, F, Also);
  if (isa<CXXDestructorDecl>(M)) {
    for (const FieldDecl *Field : R.fields())
      Parts.destroy(Field->getType(), "this." + Field->getNameAsString());
    for (const CXXBaseSpecifier &Base : R.bases())
      Parts.destroy(Base.getType(), "this");
  } else if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&M);
             Ctor && Ctor->isDefaultConstructor()) {
    // What Clang has written has the initialisers of members in it.
    const FunctionDecl *Written = nullptr;
    if (Ctor->hasBody(Written)) {
      F.Flow.clear();
      readBody(*Written, N, F, Also);
      return F;
    }
    for (const CXXBaseSpecifier &Base : R.bases())
      Parts.construct(Base.getType(), "this");
    for (const FieldDecl *Field : R.fields())
      if (!Field->hasInClassInitializer())
        Parts.construct(Field->getType(), "this." + Field->getNameAsString());
  }
  return F;
}

List<LockClaim> readClaims(const FunctionDecl &D, Names &N) {
  List<LockClaim> Result;
  const FunctionDecl &Last = *D.getMostRecentDecl();
  if (!Last.hasAttrs())
    return Result;
  ValueReader Values(N, Last);
  auto Add = [&](LockClaim::Kind What, llvm::ArrayRef<Expr *> Locks,
                 Symbol Success) {
    for (const Expr *E : Locks) {
      if (E->isTypeDependent())
        continue;
      LockClaim C{What, Values.path(E), N.type(E->getType()), Success};
      const llvm::StringRef Root = llvm::StringRef(C.Lock).split('.').first;
      for (const ParmVarDecl *P : Last.parameters())
        if (!Root.empty() && P->getName() == Root) {
          C.Lock = "$" + std::to_string(P->getFunctionScopeIndex()) +
                   C.Lock.substr(Root.size());
          break;
        }
      if (!C.Lock.empty())
        Result.push_back(std::move(C));
    }
    // Without arguments it is the object itself.
    if (const auto *M = dyn_cast<CXXMethodDecl>(&Last); M && Locks.empty())
      Result.push_back({What, "this",
                        N.type(compat::typeOf(N.context(), M->getParent())),
                        Success});
  };
  auto Arguments = [](const auto &A) {
    return llvm::ArrayRef<Expr *>(A.args_begin(), A.args_size());
  };
  for (const Attr *A : Last.attrs())
    if (const auto *Acquire = dyn_cast<AcquireCapabilityAttr>(A))
      Add(LockClaim::Kind::Acquires, Arguments(*Acquire), "");
    else if (const auto *Release = dyn_cast<ReleaseCapabilityAttr>(A))
      Add(LockClaim::Kind::Releases, Arguments(*Release), "");
    else if (const auto *Try = dyn_cast<TryAcquireCapabilityAttr>(A))
      Add(LockClaim::Kind::Tries, Arguments(*Try),
          Values.constantName(Try->getSuccessValue()));
  return Result;
}

List<Capture> readCaptures(const CXXMethodDecl &M, Names &N) {
  List<Capture> Result;
  ValueReader Values(N, M);
  auto Field = M.getParent()->field_begin();
  for (const LambdaCapture &C : M.getParent()->captures()) {
    const QualType T = (*Field++)->getType();
    Capture Out;
    Out.Where = N.where(C.getLocation());
    if (!T->isDependentType())
      Out.Type = N.type(T);
    if (C.capturesThis()) {
      Out.Name = "this";
      Out.ByReference = C.getCaptureKind() == LCK_This;
    } else if (C.capturesVariable()) {
      const ValueDecl *Var = C.getCapturedVar();
      Out.Name = Var->getNameAsString();
      Out.ByReference = C.getCaptureKind() == LCK_ByRef;
      const auto *New = dyn_cast<VarDecl>(Var);
      if (New && New->isInitCapture() && New->getInit() &&
          !New->getInit()->isTypeDependent())
        Out.Init = Values.value(New->getInit());
    } else {
      continue;
    }
    Result.push_back(std::move(Out));
  }
  return Result;
}

/// The class that \p R calls its promise, or null.
static const CXXRecordDecl *promiseOf(const CXXRecordDecl &R) {
  const ASTContext &Ctx = R.getASTContext();
  for (const NamedDecl *D :
       R.lookup(DeclarationName(&Ctx.Idents.get("promise_type")))) {
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
      return compat::recordOf(Alias->getUnderlyingType());
    if (const auto *Nested = dyn_cast<CXXRecordDecl>(D))
      return Nested;
  }
  return nullptr;
}

/// What `initial_suspend` of \p Promise returns, if it says so in its
/// declaration. Of a template the pattern is read: whether an instance is
/// complete depends on what else was parsed.
static std::string initialAwaiter(const CXXRecordDecl &Promise, Names &N) {
  const CXXRecordDecl *R = &Promise;
  if (const auto *Instance = dyn_cast<ClassTemplateSpecializationDecl>(R))
    R = Instance->getSpecializedTemplate()->getTemplatedDecl();
  if (!R->hasDefinition())
    return {};
  R = R->getDefinition();
  const ASTContext &Ctx = R->getASTContext();
  for (const NamedDecl *D :
       R->lookup(DeclarationName(&Ctx.Idents.get("initial_suspend"))))
    if (const auto *M = dyn_cast<CXXMethodDecl>(D);
        M && !M->getReturnType()->isDependentType() &&
        !M->getReturnType()->isUndeducedType())
      return N.type(M->getReturnType());
  for (const CXXBaseSpecifier &Base : R->bases())
    if (const CXXRecordDecl *B = compat::recordOf(Base.getType()))
      if (std::string Found = initialAwaiter(*B, N); !Found.empty())
        return Found;
  return {};
}

/// Whether \p Promise, or the pattern that it is an instance of, has a member
/// of this name.
static bool hasMember(const CXXRecordDecl &Promise, DeclarationName Name) {
  const CXXRecordDecl *R = &Promise;
  if (const auto *Instance = dyn_cast<ClassTemplateSpecializationDecl>(R))
    R = Instance->getSpecializedTemplate()->getTemplatedDecl();
  return R->hasDefinition() && R->getDefinition()->hasMemberName(Name);
}

static bool awaits(const CXXRecordDecl &R) {
  const ASTContext &Ctx = R.getASTContext();
  DeclarationNameTable &Table = const_cast<ASTContext &>(Ctx).DeclarationNames;
  return R.hasMemberName(DeclarationName(&Ctx.Idents.get("await_ready"))) ||
         R.hasMemberName(Table.getCXXOperatorName(OO_Coawait));
}

static bool isSender(const CXXRecordDecl &R) {
  const ASTContext &Ctx = R.getASTContext();
  return !R.lookup(DeclarationName(&Ctx.Idents.get("sender_concept"))).empty();
}

bool isAwaitable(const CXXRecordDecl &R) {
  return R.hasDefinition() && (promiseOf(R) || awaits(R) || isSender(R));
}

std::optional<AwaitableFacts> readAwaitable(const CXXRecordDecl &R, Names &N) {
  if (!isAwaitable(R))
    return std::nullopt;
  const ASTContext &Ctx = R.getASTContext();
  AwaitableFacts F;
  F.Name = N.type(compat::typeOf(Ctx, &R));
  F.Awaits = awaits(R);
  F.Sender = isSender(R);
  for (const char *Name : {"then", "get", "wait", "detach", "cancel", "join"})
    F.Handle |= hasMember(R, DeclarationName(&Ctx.Idents.get(Name)));
  if (const CXXRecordDecl *Promise = promiseOf(R)) {
    F.Task = true;
    F.InitialAwaiter = initialAwaiter(*Promise, N);
    F.Yields =
        hasMember(*Promise, DeclarationName(&Ctx.Idents.get("yield_value")));
  }
  return F;
}

} // namespace async_tidy
