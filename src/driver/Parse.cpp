//===- Parse.cpp - One unit, by Clang -------------------------------------===//
//
// The cheapest parse that still gives all facts: no bodies of system headers,
// no warnings, no typo correction, nothing freed.
//
//===----------------------------------------------------------------------===//

#include "driver/Parse.h"
#include "facts/Extract.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace async_tidy {
namespace {

/// More errors than that of one unit help nobody.
constexpr size_t MaxErrors = 20;

class Consumer : public ASTConsumer {
public:
  explicit Consumer(TranslationUnitFacts &Out) : Out(Out) {}
  bool shouldSkipFunctionBody(Decl *D) override {
    const FunctionDecl *F = D->getAsFunction();
    const bool Skip = F && isSystemBody(*F);
    Skipped += Skip;
    return Skip;
  }
  void HandleTranslationUnit(ASTContext &Ctx) override {
    Out = extractFacts(Ctx);
    Out.BodiesSkipped = Skipped;
  }

private:
  TranslationUnitFacts &Out;
  unsigned Skipped = 0;
};

class Action : public ASTFrontendAction {
public:
  Action(TranslationUnitFacts &Out, ParseHook *Hook) : Out(Out), Hook(Hook) {}
  bool BeginSourceFileAction(CompilerInstance &Clang) override {
    if (Hook)
      Hook->begin(Clang);
    return true;
  }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<Consumer>(Out);
  }

private:
  TranslationUnitFacts &Out;
  ParseHook *Hook;
};

/// Keeps errors as values.
class ErrorCollector : public DiagnosticConsumer {
public:
  explicit ErrorCollector(StringRef Directory) : Directory(Directory) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &D) override {
    DiagnosticConsumer::HandleDiagnostic(Level, D);
    if (Level < DiagnosticsEngine::Error || Errors.size() == MaxErrors)
      return;
    async_tidy::Diagnostic &E = Errors.emplace_back();
    SmallString<128> Text;
    D.FormatDiagnostic(Text);
    E.Message = std::string(Text);
    if (D.hasSourceManager() && D.getLocation().isValid())
      E.Where = where(D.getSourceManager(), D.getLocation());
  }

  std::vector<async_tidy::Diagnostic> Errors;

private:
  Location where(const SourceManager &SM, SourceLocation L) const {
    const auto [File, Offset] = SM.getDecomposedExpansionLoc(L);
    const OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
    if (!Entry)
      return {};
    const StringRef Real = Entry->getFileEntry().tryGetRealPathName();
    return {Real.empty() ? absolutePath(Entry->getName(), Directory)
                         : Real.str(),
            SM.getLineNumber(File, Offset), SM.getColumnNumber(File, Offset)};
  }

  StringRef Directory;
};

class Invocation : public tooling::ToolAction {
public:
  Invocation(TranslationUnitFacts &Out, bool SkipBodies, StringRef Root,
             ParseHook *Hook)
      : Out(Out), SkipBodies(SkipBodies), Root(Root), Hook(Hook) {}

  bool runInvocation(std::shared_ptr<CompilerInvocation> CI, FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> PCH,
                     DiagnosticConsumer *Diagnostics) override {
    configure(*CI);
    CompilerInstance Clang(std::move(CI), std::move(PCH));
    Clang.setVirtualFileSystem(Files->getVirtualFileSystemPtr());
    Clang.setFileManager(Files);
    Clang.createDiagnostics(Diagnostics, /*ShouldOwnClient=*/false);
    Clang.createSourceManager();
    Action A(Out, Hook);
    return Clang.ExecuteAction(A);
  }

private:
  void configure(CompilerInvocation &CI) const {
    FrontendOptions &Frontend = CI.getFrontendOpts();
    Frontend.SkipFunctionBodies = SkipBodies;
    Frontend.DisableFree = true;
    Frontend.TimeTracePath.clear();
    // Errors that a user can turn off are no errors for us: a unit compiles
    // with the options it is built with, or gcc accepts it.
    DiagnosticOptions &Diagnostics = CI.getDiagnosticOpts();
    Diagnostics.IgnoreWarnings = true;
    Diagnostics.PedanticErrors = false;
    Diagnostics.Warnings = {"no-everything"};
    Diagnostics.Remarks.clear();
    Diagnostics.ErrorLimit = 0; // too many errors would end the parse
    Diagnostics.DiagnosticSerializationFile.clear();
    Diagnostics.DiagnosticLogFile.clear();
    LangOptions &Language = CI.getLangOpts();
    Language.SpellChecking = false;
    Language.CommentOpts.ParseAllComments = false;
    Language.RetainCommentsFromSystemHeaders = false;
    // The length of `__FILE__` is part of types.
    if (!Root.empty())
      Language.MacroPrefixMap.try_emplace((Root + "/").str(), "");
    PreprocessorOptions &Preprocessor = CI.getPreprocessorOpts();
    Preprocessor.ImplicitPCHInclude.clear();
    Preprocessor.DetailedRecord = false;
    CI.getDependencyOutputOpts() = {};
  }

  TranslationUnitFacts &Out;
  bool SkipBodies;
  StringRef Root;
  ParseHook *Hook;
};

} // namespace

TranslationUnitFacts
parse(const CompileJob &Job, bool SkipBodies,
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> System, StringRef Root,
      ParseHook *Hook) {
  TranslationUnitFacts Facts;
  FileSystemOptions Options;
  Options.WorkingDir = Job.Directory;
  llvm::IntrusiveRefCntPtr<FileManager> Files =
      llvm::makeIntrusiveRefCnt<FileManager>(Options, std::move(System));
  (void)Files->getVirtualFileSystem().setCurrentWorkingDirectory(Job.Directory);
  Invocation Run(Facts, SkipBodies, Root, Hook);
  tooling::ToolInvocation Tool(Job.CommandLine, &Run, Files.get(),
                               std::make_shared<PCHContainerOperations>());
  ErrorCollector Errors(Job.Directory);
  Tool.setDiagnosticConsumer(&Errors);
  const bool Parsed = Tool.run();
  Facts.Errors = std::move(Errors.Errors);
  if (!Parsed && Facts.Errors.empty())
    Facts.Errors.push_back({{}, "Clang could not run this command line"});
  if (Facts.MainFile.empty())
    Facts.MainFile = Job.File;
  return Facts;
}

std::string clangVersion() { return getClangFullVersion(); }

} // namespace async_tidy
