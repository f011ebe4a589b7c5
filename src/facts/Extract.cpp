//===- Extract.cpp - AST to facts -----------------------------------------===//
//
// Finds the functions and classes of user code by AST matchers, and hands each
// to its extractor. See Extract.h.
//
//===----------------------------------------------------------------------===//

#include "facts/Extract.h"
#include "facts/Body.h"
#include "facts/ClangCompat.h"
#include "facts/Directives.h"
#include "facts/Includes.h"
#include "facts/Types.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace clang;
using namespace clang::ast_matchers;

namespace async_tidy {

bool isSystemBody(const FunctionDecl &D) {
  // Whether an awaiter suspends at all is told by these two, if by anything.
  if (const IdentifierInfo *Name = D.getIdentifier())
    if (Name->isStr("await_ready") ||
        (Name->isStr("await_suspend") && D.getReturnType()->isBooleanType()))
      return false;
  const SourceManager &SM = D.getASTContext().getSourceManager();
  return SM.isInSystemHeader(SM.getExpansionLoc(D.getLocation()));
}

namespace {

/// What attributes say of a function.
struct Attributes {
  bool Blocking = false, Nonblocking = false;
  List<std::string> Annotations;
  bool any() const { return Blocking || Nonblocking || !Annotations.empty(); }
};

class Extractor {
public:
  explicit Extractor(ASTContext &Ctx) : N(Ctx) {}

  TranslationUnitFacts run();

private:
  void readFunction(const FunctionDecl &D);
  void readPatterns(const CXXRecordDecl &R);
  void readInitialisersOf(const CXXRecordDecl &R);
  FunctionFacts describe(const FunctionDecl &D);
  std::vector<Decl *> worthReading(const DeclContext &In);
  void readMentioned();
  void readFiles();
  bool isUsed(const FunctionDecl &D);
  static Attributes attributes(const FunctionDecl &D);

  Names N;
  Mentioned Also;
  TranslationUnitFacts Out;
  llvm::DenseSet<const FunctionDecl *> Done;
};

} // namespace

Attributes Extractor::attributes(const FunctionDecl &D) {
  Attributes Result;
  for (const FunctionEffectWithCondition &E : D.getFunctionEffects()) {
    if (E.Effect.kind() == FunctionEffect::Kind::Blocking)
      Result.Blocking = true;
    if (E.Effect.kind() == FunctionEffect::Kind::NonBlocking)
      Result.Nonblocking = true;
  }
  for (const FunctionDecl *Redecl : D.redecls())
    for (const auto *A : Redecl->specific_attrs<AnnotateAttr>()) {
      llvm::StringRef Text = A->getAnnotation();
      if (Text.consume_front("async-tidy:") &&
          !llvm::is_contained(Result.Annotations, Text.trim()))
        Result.Annotations.push_back(Text.trim().str());
    }
  return Result;
}

static bool isNoexcept(const FunctionDecl &D) {
  const auto *Type = D.getType()->getAs<FunctionProtoType>();
  return Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
         Type->isNothrow();
}

/// A pattern of a template says little; its instances are read instead. But the
/// instance of a generic lambda exists only where its caller's body was parsed,
/// so the pattern is what every front end sees.
bool Extractor::isUsed(const FunctionDecl &D) {
  if (D.isDependentContext()) {
    const auto *M = dyn_cast<CXXMethodDecl>(&D);
    return M && M->getParent()->isGenericLambda() &&
           !M->getParent()->getDeclContext()->isDependentContext();
  }
  if (!D.isTemplateInstantiation())
    return true;
  // Clang does not say who asked for an instance whose return type it had to
  // deduce.
  if (D.getPointOfInstantiation().isInvalid())
    return Also.Functions.contains(&D);
  // An instance that a system body asked for exists only if that body was
  // parsed.
  return !N.isSystem(D.getPointOfInstantiation());
}

void Extractor::readFunction(const FunctionDecl &D) {
  if (D.isInvalidDecl() || !D.doesThisDeclarationHaveABody() ||
      D.hasSkippedBody() || N.isSystem(D.getLocation()) || !isUsed(D))
    return;
  const auto *Method = dyn_cast<CXXMethodDecl>(&D);
  if (Method && !Method->isUserProvided() && !Method->getParent()->isLambda())
    return; // derived from bases and fields, when it is mentioned
  if (!Done.insert(D.getCanonicalDecl()).second)
    return;

  FunctionFacts F = describe(D);
  readBody(D, N, F, Also);
  // A coroutine moves each parameter into its frame, which is no use. Of a
  // template, branches that are left out count.
  if (F.IsCoroutine && !D.isTemplateInstantiation())
    for (Parameter &P : F.Parameters)
      P.Used =
          llvm::any_of(F.Uses, [&](const Use &U) { return U.Name == P.Name; });
  ++Out.BodiesAnalysed;
  Out.Functions.push_back(std::move(F));
}

/// Constructors and destructors that only a library's body asks for
/// (`make_unique<T>()`) may have no instance: their patterns are read.
void Extractor::readPatterns(const CXXRecordDecl &R) {
  llvm::SmallVector<const CXXMethodDecl *, 4> Members(R.ctors());
  if (const CXXDestructorDecl *Dtor = R.getDestructor())
    Members.push_back(Dtor);
  for (const CXXMethodDecl *M : Members) {
    const FunctionDecl *Pattern = M->getTemplateInstantiationPattern();
    const FunctionDecl *Body = nullptr;
    if (!Pattern || !Pattern->hasBody(Body) || Body->isInvalidDecl() ||
        Body->isDefaulted() || !Done.insert(M->getCanonicalDecl()).second)
      continue;
    FunctionFacts F = describe(*M);
    readBody(*Body, N, F, Also);
    Out.Functions.push_back(std::move(F));
  }
}

/// A class may have initialisers of members and no constructor of its own that
/// shows them: they are read as a function, which nobody calls.
void Extractor::readInitialisersOf(const CXXRecordDecl &R) {
  if (R.hasUserDeclaredConstructor() || !R.hasInClassInitializer() ||
      R.methods().empty())
    return;
  FunctionFacts F;
  F.Class = N.type(compat::typeOf(N.context(), &R));
  F.Id = "initialisers of " + F.Class;
  F.Name = F.Class;
  F.Where = N.where(R.getLocation());
  F.ExternalLinkage = false;
  readInitialisers(R, **R.method_begin(), N, F, Also);
  if (!F.Calls.empty())
    Out.Functions.push_back(std::move(F));
}

/// What \p D says but for its body.
FunctionFacts Extractor::describe(const FunctionDecl &D) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&D);
  FunctionFacts F;
  F.Id = N.id(&D);
  F.Name = N.name(&D);
  F.Where = N.where(D.getLocation());
  F.ExternalLinkage = D.isExternallyVisible();
  F.IsMain = D.isMain();
  F.Virtual = Method && Method->isVirtual();
  F.Noexcept = isNoexcept(D);
  F.ReturnType =
      D.getReturnType()->isDependentType() ? "" : N.type(D.getReturnType());
  auto Mention = [&](QualType T) {
    if (const CXXRecordDecl *R = compat::recordOf(T))
      Also.Results.insert(R);
  };
  Mention(D.getReturnType());
  for (const ParmVarDecl *P : D.parameters()) {
    Mention(P->getType());
    F.Parameters.push_back(
        {P->getNameAsString(),
         P->getType()->isDependentType() ? "" : N.type(P->getType()),
         P->getType()->isReferenceType(), N.where(P->getLocation()),
         P->isReferenced() || P->isUsed()});
  }
  for (const DeclContext *Around = D.getParent(); Around;
       Around = Around->getParent())
    if (const auto *Outer = dyn_cast<FunctionDecl>(Around)) {
      F.Parent = N.id(Outer);
      break;
    }
  if (Method) {
    F.IsLambda = Method->getParent()->isLambda();
    if (F.IsLambda)
      F.Captures = readCaptures(*Method, N);
    F.Class = N.type(compat::typeOf(N.context(), Method->getParent()));
    for (const CXXMethodDecl *Base : Method->overridden_methods())
      F.Overrides.push_back(N.id(Base));
  }
  Attributes Said = attributes(D);
  F.Blocking = Said.Blocking;
  F.Nonblocking = Said.Nonblocking;
  F.Annotations = std::move(Said.Annotations);
  F.Claims = readClaims(D, N);
  return F;
}

void Extractor::readMentioned() {
  for (size_t I = 0; I != Also.Functions.size(); ++I) // grows as it goes
    if (const FunctionDecl *D = Also.Functions[I]->getDefinition();
        D && D->isTemplateInstantiation() &&
        D->getPointOfInstantiation().isInvalid()) {
      Also.Functions.insert(D);
      readFunction(*D);
    }
  for (const CXXRecordDecl *R : Also.Results)
    if (std::optional<AwaitableFacts> F = readAwaitable(*R, N))
      Out.Awaitables.push_back(std::move(*F));
  for (size_t I = 0; I != Also.Implied.size(); ++I) // grows as it goes
    Out.Functions.push_back(readImplied(*Also.Implied[I], N, Also));
  llvm::DenseSet<const FunctionDecl *> Seen;
  for (const FunctionDecl *D : Also.Functions) {
    if (!Seen.insert(D->getCanonicalDecl()).second)
      continue;
    Attributes Said = attributes(*D->getMostRecentDecl());
    List<LockClaim> Claims = readClaims(*D, N);
    if (Said.any() || !Claims.empty())
      Out.Declarations.push_back(
          {N.id(D), N.name(D), N.where(D->getLocation()), Said.Blocking,
           Said.Nonblocking, std::move(Said.Annotations), std::move(Claims)});
  }
}

void Extractor::readFiles() {
  const SourceManager &SM = N.sources();
  // In an order that does not tell which file was read first: headers that
  // units share are read before those of one unit.
  std::map<std::string, FileID> Files;
  for (unsigned I = 0, E = SM.local_sloc_entry_size(); I != E; ++I) {
    const SrcMgr::SLocEntry &Entry = SM.getLocalSLocEntry(I);
    if (!Entry.isFile() || Entry.getFile().getIncludeLoc().isMacroID())
      continue;
    const FileID File =
        SM.getFileID(SourceLocation::getFromRawEncoding(Entry.getOffset()));
    const std::string &Path = N.file(File);
    if (!Path.empty() && !N.isSystem(SM.getLocForStartOfFile(File)))
      Files.try_emplace(Path, File);
  }
  for (const auto &[Path, File] : Files) {
    Out.Files.push_back(Path);
    if (std::optional<llvm::StringRef> Text = SM.getBufferDataOrNone(File)) {
      llvm::append_range(Out.Includes, includesIn(*Text));
      std::vector<SuppressionDirective> Found = directivesIn(*Text, Path);
      Out.Directives.insert(Out.Directives.end(), Found.begin(), Found.end());
    }
  }
  llvm::sort(Out.Includes);
  Out.Includes.erase(llvm::unique(Out.Includes), Out.Includes.end());
}

/// The declarations of the user's in \p In and its namespaces in which a body
/// or a class may stand: matchers take their time, and most of a header is
/// others.
std::vector<Decl *> Extractor::worthReading(const DeclContext &In) {
  std::vector<Decl *> Found;
  for (Decl *D : In.decls()) {
    if (N.isSystem(D->getLocation()))
      continue;
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D))
      llvm::append_range(Found, worthReading(*cast<DeclContext>(D)));
    else if (!F || (F->doesThisDeclarationHaveABody() && !F->hasSkippedBody()))
      Found.push_back(D);
  }
  return Found;
}

TranslationUnitFacts Extractor::run() {
  Out.MainFile = N.mainFile();
  const auto Functions = findAll(functionDecl(isDefinition()).bind("function"));
  const auto Classes = findAll(
      cxxRecordDecl(isDefinition(), unless(isImplicit())).bind("class"));
  std::vector<const CXXRecordDecl *> Instances;
  for (Decl *Top : worthReading(*N.context().getTranslationUnitDecl())) {
    for (const BoundNodes &Match : match(decl(Functions), *Top, N.context()))
      readFunction(*Match.getNodeAs<FunctionDecl>("function"));
    for (const BoundNodes &Match : match(decl(Classes), *Top, N.context())) {
      const auto *R = Match.getNodeAs<CXXRecordDecl>("class");
      if (!R->isDependentContext() && !R->isLambda() && !R->isInvalidDecl() &&
          !N.isSystem(R->getLocation()))
        Instances.push_back(R);
    }
  }
  for (const CXXRecordDecl *R : Instances) {
    Out.Types.push_back(readType(*R, N, Also));
    readInitialisersOf(*R);
    if (isa<ClassTemplateSpecializationDecl>(R))
      readPatterns(*R);
  }
  readMentioned();
  readFiles();
  const std::vector<SourceLocation> Places = N.takeMacroPlaces();
  std::vector<SuppressionDirective> Carried =
      directivesInMacros(N.sources(), Places, Out.Directives,
                         [&](SourceLocation L) { return N.where(L); });
  Out.Directives.insert(Out.Directives.end(), Carried.begin(), Carried.end());
  return std::move(Out);
}

TranslationUnitFacts extractFacts(ASTContext &Ctx) {
  return Extractor(Ctx).run();
}

} // namespace async_tidy
