//===- Names.cpp - What AST nodes are called in facts ---------------------===//
//
// See Names.h.
//
//===----------------------------------------------------------------------===//

#include "facts/Names.h"
#include "facts/ClangCompat.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace async_tidy {

/// Template arguments nest without end in handler types; nobody reads, and no
/// model names, more than this.
static constexpr unsigned MaxTypeDepth = 3;
static constexpr unsigned MaxTypeArguments = 4;

Names::Names(ASTContext &Ctx) : Ctx(Ctx) {}

const std::string &Names::mainFile() { return file(sources().getMainFileID()); }

const std::string &Names::file(FileID F) {
  auto [It, New] = Files.try_emplace(F);
  if (New)
    if (OptionalFileEntryRef Entry = sources().getFileEntryRefForID(F)) {
      llvm::SmallString<256> Path(Entry->getFileEntry().tryGetRealPathName());
      if (Path.empty()) {
        Path = Entry->getName();
        sources().getFileManager().makeAbsolutePath(Path);
        llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
      }
      It->second = std::string(Path);
    }
  return It->second;
}

bool Names::isSystem(SourceLocation L) {
  if (L.isInvalid())
    return true;
  const SourceLocation Expanded = sources().getExpansionLoc(L);
  const FileID F = sources().getFileID(Expanded);
  // A file turns into a system header in its middle only by a pragma, which
  // then stands at its top: one answer serves the whole file.
  auto [It, New] = System.try_emplace(F, false);
  if (New)
    It->second = sources().isInSystemHeader(Expanded);
  return It->second;
}

Location Names::where(SourceLocation L) {
  if (L.isInvalid())
    return {};
  if (L.isMacroID())
    MacroPlaces.push_back(L);
  const auto [F, Offset] = sources().getDecomposedLoc(sources().getFileLoc(L));
  const std::string &Path = file(F);
  if (Path.empty())
    return {};
  return {Path, sources().getLineNumber(F, Offset),
          sources().getColumnNumber(F, Offset)};
}

Location Names::endOf(SourceLocation L) {
  if (L.isInvalid())
    return {};
  if (L.isMacroID())
    return {};
  return where(Lexer::getLocForEndOfToken(L, 0, sources(), Ctx.getLangOpts()));
}

const FunctionId &Names::id(const FunctionDecl *D) {
  D = D->getCanonicalDecl();
  auto It = Ids.find(D);
  if (It == Ids.end())
    It = Ids.try_emplace(D, makeId(D)).first;
  return It->second;
}

static bool isLambda(const FunctionDecl *D) {
  const auto *M = dyn_cast<CXXMethodDecl>(D);
  return M && M->getParent()->isLambda();
}

/// Adds the places of the lambdas and local classes among \p Arguments.
static void addLocalTypes(llvm::ArrayRef<TemplateArgument> Arguments, Names &N,
                          unsigned Depth, std::string &Out) {
  for (const TemplateArgument &A : Arguments) {
    if (A.getKind() == TemplateArgument::Pack)
      addLocalTypes(A.getPackAsArray(), N, Depth, Out);
    if (A.getKind() != TemplateArgument::Type)
      continue;
    QualType T = A.getAsType();
    while (!T->getPointeeType().isNull())
      T = T->getPointeeType();
    const CXXRecordDecl *R = compat::recordOf(T);
    if (!R)
      continue;
    if (R->getParentFunctionOrMethod() || R->isLambda()) {
      const Location At = N.where(R->getLocation());
      Out += "$" + std::to_string(At.Line) + ":" + std::to_string(At.Column);
    }
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(R);
        Spec && Depth)
      addLocalTypes(Spec->getTemplateArgs().asArray(), N, Depth - 1, Out);
  }
}

/// A USR does not tell apart the instances of a template for two lambdas of one
/// function: their places do.
static std::string localArguments(const FunctionDecl *D, Names &N) {
  std::string Out;
  if (const TemplateArgumentList *Own = D->getTemplateSpecializationArgs())
    addLocalTypes(Own->asArray(), N, MaxTypeDepth, Out);
  for (const DeclContext *Around = D->getDeclContext(); Around;
       Around = Around->getParent())
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Around))
      addLocalTypes(Spec->getTemplateArgs().asArray(), N, MaxTypeDepth, Out);
  return Out;
}

std::string Names::makeId(const FunctionDecl *D) {
  if (isSystem(D->getLocation()))
    return "s:" + name(D);
  if (isLambda(D)) {
    // Instances of a template share the USR of their lambdas, and a USR holds
    // the byte offset: a place in the enclosing instance serves better.
    const DeclContext *Around = cast<CXXMethodDecl>(D)->getParent();
    std::string Outer;
    while ((Around = Around->getParent()))
      if (const auto *F = dyn_cast<FunctionDecl>(Around)) {
        Outer = std::string(id(F));
        break;
      }
    const Location At = where(D->getLocation());
    std::string Result = Outer + "$lambda:" + std::to_string(At.Line) + ":" +
                         std::to_string(At.Column);
    if (D->getOverloadedOperator() != OO_Call)
      Result += ":" + D->getDeclName().getAsString();
    for (const Symbol Argument : templateArguments(D))
      Result += "<" + Argument + ">";
    return Outer.empty() ? Result + "@" + At.File : Result;
  }
  llvm::SmallString<128> USR;
  if (index::generateUSRForDecl(D, USR))
    USR = name(D);
  USR += localArguments(D, *this);
  if (!D->isExternallyVisible())
    (USR += "@") += mainFile();
  return std::string(USR);
}

const std::string &Names::name(const NamedDecl *D) {
  auto It = NamesOf.find(D);
  if (It == NamesOf.end())
    It = NamesOf.try_emplace(D, makeName(D)).first;
  return It->second;
}

/// A conversion to a type that depends on the class's arguments is called
/// `operator T`, in all its instances.
static bool convertsToArgument(const CXXConversionDecl *D) {
  const FunctionDecl *Pattern = D->getTemplateInstantiationPattern();
  return Pattern && Pattern->getReturnType()->isDependentType();
}

static std::string unqualifiedName(const NamedDecl *D) {
  if (const auto *C = dyn_cast<CXXConstructorDecl>(D))
    return C->getParent()->getNameAsString();
  if (const auto *X = dyn_cast<CXXDestructorDecl>(D))
    return "~" + X->getParent()->getNameAsString();
  if (const auto *V = dyn_cast<CXXConversionDecl>(D))
    if (convertsToArgument(V) || V->getConversionType()->isDependentType())
      return "operator T";
  return D->getDeclName().getAsString();
}

std::string Names::makeName(const NamedDecl *D) {
  if (const auto *M = dyn_cast<CXXMethodDecl>(D);
      M && M->getParent()->isLambda() && M->getOverloadedOperator() == OO_Call)
    return name(M->getParent());
  if (const auto *R = dyn_cast<CXXRecordDecl>(D); R && R->isLambda()) {
    const DeclContext *Around = R->getParent();
    while (Around && !isa<FunctionDecl>(Around))
      Around = Around->getParent();
    return Around ? name(cast<FunctionDecl>(Around)) + "::(lambda)"
                  : "(lambda)";
  }
  const DeclContext *Around = D->getDeclContext();
  while (Around &&
         (Around->isTransparentContext() || Around->isInlineNamespace() ||
          (isa<NamespaceDecl>(Around) &&
           cast<NamespaceDecl>(Around)->isAnonymousNamespace())))
    Around = Around->getParent();
  const auto *Outer = dyn_cast_or_null<NamedDecl>(Around);
  const std::string Own = unqualifiedName(D);
  return Outer ? name(Outer) + "::" + Own : Own;
}

const std::string &Names::type(QualType T) {
  static const std::string None;
  if (T.isNull())
    return None;
  T = T.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  auto It = Types.find(T.getTypePtr());
  if (It == Types.end())
    It = Types.try_emplace(T.getTypePtr(), makeType(T, 0)).first;
  return It->second;
}

std::string Names::makeType(QualType T, unsigned Depth) {
  T = T.getCanonicalType().getUnqualifiedType();
  if (T->isPointerType())
    return makeType(T->getPointeeType(), Depth) + " *";
  if (T->isReferenceType())
    return makeType(T.getNonReferenceType(), Depth);
  if (const auto *Tag = T->getAs<TagType>()) {
    const TagDecl *D = Tag->getDecl();
    std::string Result = name(D);
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(D);
    if (!Spec)
      return Result;
    if (Depth == MaxTypeDepth)
      return Result + "<...>";
    Result += "<";
    unsigned Count = 0;
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray()) {
      if (Count)
        Result += ", ";
      if (++Count > MaxTypeArguments) {
        Result += "...";
        break;
      }
      if (A.getKind() == TemplateArgument::Type)
        Result += makeType(A.getAsType(), Depth + 1);
      else if (A.getKind() == TemplateArgument::Integral)
        Result += llvm::toString(A.getAsIntegral(), 10);
      else if (A.getKind() == TemplateArgument::Pack) {
        std::string Pack;
        for (const TemplateArgument &P : A.getPackAsArray()) {
          if (!Pack.empty())
            Pack += ", ";
          Pack += P.getKind() == TemplateArgument::Type
                      ? makeType(P.getAsType(), Depth + 1)
                      : "?";
        }
        Result += Pack;
      } else {
        Result += "?";
      }
    }
    return Result + ">";
  }
  if (const auto *F = T->getAs<FunctionType>())
    return makeType(F->getReturnType(), Depth) + "(...)";
  if (T->isMemberPointerType())
    return "function";
  return T.getAsString(Ctx.getPrintingPolicy());
}

static void addTypes(llvm::ArrayRef<TemplateArgument> Arguments, Names &N,
                     List<Symbol> &Out) {
  for (const TemplateArgument &A : Arguments) {
    if (A.getKind() == TemplateArgument::Type)
      Out.push_back(N.type(A.getAsType()));
    else if (A.getKind() == TemplateArgument::Pack)
      addTypes(A.getPackAsArray(), N, Out);
  }
}

List<Symbol> Names::templateArguments(const FunctionDecl *D) {
  List<Symbol> Result;
  if (const auto *M = dyn_cast<CXXMethodDecl>(D))
    if (const auto *Spec =
            dyn_cast<ClassTemplateSpecializationDecl>(M->getParent()))
      addTypes(Spec->getTemplateArgs().asArray(), *this, Result);
  if (const TemplateArgumentList *Own = D->getTemplateSpecializationArgs())
    addTypes(Own->asArray(), *this, Result);
  return Result;
}

} // namespace async_tidy
