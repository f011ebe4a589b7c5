//===- RealNamesTest.cpp - Models speak of what exists --------------------===//
//
// A model whose name is misspelt is silent for ever. So for each library that
// async-tidy knows, the headers that its file names are parsed (the real ones
// where they are packaged, test/stubs where they are not), and each name of the
// file must be one by which facts call something that these headers declare.
//
//===----------------------------------------------------------------------===//

#include "driver/CommandLine.h"
#include "facts/Names.h"
#include "models/Models.h"
#include "support/Fixture.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <gtest/gtest.h>

using namespace async_tidy;

namespace {

/// What headers declare, under the names that facts use.
struct Declared {
  llvm::StringSet<> Functions, Types, Constants;
  llvm::StringMap<std::vector<std::string>> Bases; ///< of a class
  /// Other names of these: those of typedefs and using-declarations.
  llvm::StringMap<std::string> Aliases;
};

class Collector : public clang::RecursiveASTVisitor<Collector> {
public:
  Collector(clang::ASTContext &Context, Declared &Out) : N(Context), Out(Out) {}

  bool shouldVisitImplicitCode() const { return true; }

  bool VisitFunctionDecl(clang::FunctionDecl *D) {
    Out.Functions.insert(N.name(D));
    return true;
  }
  bool VisitCXXRecordDecl(clang::CXXRecordDecl *D) {
    // Those that nobody declares are made when they are needed.
    const std::string Own = D->getNameAsString();
    Out.Functions.insert(N.name(D) + "::" + Own);
    Out.Functions.insert(N.name(D) + "::~" + Own);
    if (D->isThisDeclarationADefinition())
      for (const clang::CXXBaseSpecifier &B : D->bases())
        Out.Bases[N.name(D)].push_back(templateName(N.type(B.getType())).str());
    return true;
  }
  bool VisitTagDecl(clang::TagDecl *D) {
    Out.Types.insert(N.type(N.context().getCanonicalTagType(D)));
    return true;
  }
  bool VisitEnumConstantDecl(clang::EnumConstantDecl *D) {
    Out.Constants.insert(N.name(D));
    return true;
  }
  bool VisitVarDecl(clang::VarDecl *D) {
    if (D->isFileVarDecl())
      Out.Constants.insert(N.name(D));
    return true;
  }
  bool VisitTypedefNameDecl(clang::TypedefNameDecl *D) {
    if (!D->getUnderlyingType()->isDependentType())
      Out.Aliases[N.name(D)] = N.type(D->getUnderlyingType());
    return true;
  }
  bool VisitUsingShadowDecl(clang::UsingShadowDecl *D) {
    Out.Aliases[N.name(D)] = N.name(D->getTargetDecl());
    return true;
  }

private:
  Names N;
  Declared &Out;
};

class CollectAction : public clang::ASTFrontendAction {
public:
  explicit CollectAction(Declared &Out) : Out(Out) {}

  bool BeginInvocation(clang::CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    return true;
  }
  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &, llvm::StringRef) override {
    return std::make_unique<clang::ASTConsumer>();
  }
  void EndSourceFileAction() override {
    clang::CompilerInstance &CI = getCompilerInstance();
    Collector(CI.getASTContext(), Out)
        .TraverseDecl(CI.getASTContext().getTranslationUnitDecl());
    for (const auto &[Name, State] : CI.getPreprocessor().macros())
      Out.Constants.insert(Name->getName());
  }

private:
  Declared &Out;
};

/// A unit that includes the headers of \p L; each that does not exist is an
/// error of its own.
std::string unitFor(const ModelSet::Library &L) {
  std::string Code;
  for (const std::string &Header : L.Headers)
    Code += llvm::formatv("#if __has_include(<{0}>)\n"
                          "#include <{0}>\n"
                          "#else\n"
                          "#error \"the header {0} does not exist\"\n"
                          "#endif\n",
                          Header);
  return Code;
}

/// Parses \p Code; what the compiler does not like is a failure of the test.
Declared parse(const std::string &Code) {
  Declared Result;
  std::string Output;
  llvm::raw_string_ostream Stream(Output);
  clang::DiagnosticOptions Options;
  clang::TextDiagnosticPrinter Printer(Stream, Options);
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Memory->addFile("/headers.cpp", 0, llvm::MemoryBuffer::getMemBuffer(Code));
  auto System = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::vfs::getRealFileSystem());
  System->pushOverlay(Memory);
  auto Files = llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), System);
  llvm::Expected<std::string> Resources = resourceDirectory();
  if (!Resources) {
    ADD_FAILURE() << llvm::toString(Resources.takeError());
    return Result;
  }
  std::vector<std::string> Arguments = {"clang++", "-fsyntax-only",
                                        "-resource-dir=" + *Resources};
  llvm::append_range(Arguments, test::defaultFlags());
  Arguments.push_back("-w");
  Arguments.push_back("/headers.cpp");
  clang::tooling::ToolInvocation Invocation(
      Arguments, std::make_unique<CollectAction>(Result), Files.get());
  Invocation.setDiagnosticConsumer(&Printer);
  EXPECT_TRUE(Invocation.run()) << Output;
  return Result;
}

bool isBuiltinType(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Words[] = {
      "void",  "bool",   "char",   "short",    "int",    "long",
      "float", "double", "signed", "unsigned", "wchar_t"};
  llvm::SmallVector<llvm::StringRef> Parts;
  Name.split(Parts, ' ');
  return llvm::all_of(Parts, [](llvm::StringRef Part) {
    return llvm::is_contained(Words, Part);
  });
}

/// What may be the name of an entry under a key.
struct Expected {
  llvm::StringLiteral Key;
  bool Function, Type, Constant;
  llvm::StringLiteral What;
};
constexpr Expected Keys[] = {
    {"mutexes", false, true, false, "class"},
    {"async-mutexes", false, true, false, "class"},
    {"guards", false, true, false, "class"},
    {"tasks", false, true, false, "class"},
    {"never-suspends", false, true, false, "class"},
    {"views", false, true, false, "class"},
    {"executors", true, true, false, "class or function"},
    {"switches", true, true, false, "class or function"},
    {"pauses", true, true, false, "class or function"},
    {"completions", true, true, false, "class or function"},
    {"owners", false, true, false, "class"},
    {"cancellation-types", false, true, false, "class"},
    {"cancellation-errors", false, true, true, "class or constant"},
    {"cancellable", true, true, false, "class or function"},
    {"cannot-fail", true, true, false, "class or function"},
    {"ends-when-dropped", true, true, false, "class or function"},
    {"warns-when-dropped", true, true, false, "class or function"},
    {"operations", true, true, false, "class or function"},
    {"limits", true, true, false, "class or function"},
    {"supervises", true, true, false, "class or function"},
    {"tells-errors", true, true, false, "class or function"},
    {"long-lived", false, true, false, "class"},
    {"owning-types", false, true, false, "class"},
    {"shared-bases", false, true, false, "class"},
    {"synchronizers", false, true, false, "class"},
    {"member", true, false, false, "member function"},
    {"type", true, true, false, "type or function"},
    {"constant", false, false, true, "constant or macro"},
};

const Expected &expected(llvm::StringRef Key) {
  static constexpr Expected Function = {"", true, false, false, "function"};
  for (const Expected &E : Keys)
    if (E.Key == Key)
      return E;
  return Function;
}

/// A member of a lock may be inherited: it is called on the lock.
bool isMember(llvm::StringRef Class, llvm::StringRef Member,
              const Declared &D) {
  if (D.Functions.contains((Class + "::" + Member).str()))
    return true;
  const auto It = D.Bases.find(Class);
  return It != D.Bases.end() &&
         llvm::any_of(It->second, [&](const std::string &Base) {
           return Base != Class && isMember(Base, Member, D);
         });
}

/// A condition may name the typedef of a template's instance: origins do.
bool isInstance(llvm::StringRef Name, const Declared &D) {
  const auto It = D.Aliases.find(Name);
  return It != D.Aliases.end() && llvm::StringRef(It->second).contains('<');
}

bool isDeclared(llvm::StringRef Name, const Expected &Want, const Declared &D) {
  if (Want.Key == "member") {
    const size_t Member = Name.take_front(Name.find("operator")).rfind("::");
    return isMember(Name.take_front(Member), Name.drop_front(Member + 2), D);
  }
  return (Want.Function && D.Functions.contains(Name)) ||
         (Want.Type && (D.Types.contains(Name) || isBuiltinType(Name))) ||
         (Want.Key == "type" && isInstance(Name, D)) ||
         (Want.Constant && D.Constants.contains(Name));
}

std::string mistake(llvm::StringRef Name, const Expected &Want,
                    const Declared &D) {
  std::string Result = "`" + Name.str() + "` is not a " + Want.What.str() +
                       " that the headers declare";
  if (const auto It = D.Aliases.find(Name); It != D.Aliases.end())
    Result += ": it is another name of `" + It->second + "`";
  else if (D.Constants.contains(Name))
    Result += ", but a constant, a variable or a macro";
  else if (D.Types.contains(Name))
    Result += ", but a type";
  return Result;
}

/// \p Name in each of the library's namespaces, if it is in one: they are one
/// library in several versions, so that one of them must declare it.
std::vector<std::string> alternatives(const ModelSet::Library &L,
                                      llvm::StringRef Name) {
  std::vector<std::string> Result;
  for (const std::string &Namespace : L.Namespaces) {
    llvm::StringRef Rest = Name;
    if (Rest.consume_front(Namespace) && Rest.starts_with("::"))
      for (const std::string &Other : L.Namespaces)
        Result.push_back(Other + Rest.str());
  }
  Result.push_back(Name.str());
  return Result;
}

class RealNames : public testing::TestWithParam<size_t> {};

TEST_P(RealNames, AreInTheHeaders) {
  const ModelSet::Library &L = builtinModels().libraries()[GetParam()];
  EXPECT_EQ(L.File, L.Name + ".yaml");
  ASSERT_FALSE(L.Headers.empty()) << "`headers` are needed to check the names";
  const Declared D = parse(unitFor(L));
  llvm::StringSet<> UsedNamespaces;
  for (const std::vector<ModelSet::Entry> *Entries : {&L.Entries, &L.Mentions})
    for (const ModelSet::Entry &E : *Entries) {
      const Expected &Want = expected(E.Key);
      if (isDeclared(E.Name, Want, D)) {
        for (const std::string &Namespace : L.Namespaces)
          if (llvm::StringRef(E.Name).starts_with(Namespace + "::"))
            UsedNamespaces.insert(Namespace);
      } else if (llvm::none_of(alternatives(L, E.Name),
                               [&](const std::string &Name) {
                                 return isDeclared(Name, Want, D);
                               })) {
        ADD_FAILURE_AT(("checks/models/" + L.File).c_str(),
                       static_cast<int>(E.Line))
            << mistake(E.Name, Want, D);
      }
    }
  for (const std::string &Namespace : L.Namespaces)
    EXPECT_TRUE(UsedNamespaces.contains(Namespace))
        << "the headers declare nothing of the file in namespace " << Namespace;
}

INSTANTIATE_TEST_SUITE_P(Models, RealNames,
                         testing::Range(size_t(0),
                                        builtinModels().libraries().size()),
                         [](const auto &Info) {
                           std::string Name =
                               builtinModels().libraries()[Info.param].Name;
                           std::replace(Name.begin(), Name.end(), '-', '_');
                           return Name;
                         });

} // namespace
