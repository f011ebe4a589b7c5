//===- Plugin.cpp - async-tidy as clang-tidy checks -----------------------===//
//
// One clang-tidy check a rule, so that users select and suppress rules as they
// do any other check. All checks of a translation unit share one extraction,
// one Program and one run of the rules; each shows the findings of its rule.
// Nothing is decided here: selection, options and levels are read as the other
// front ends read them, and NOLINT is clang-tidy's own business.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include "Host.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "facts/Extract.h"
#include "models/Models.h"
#include "rules/Rule.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Registry.h"
#include <mutex>

using namespace clang;

extern "C" const char *async_tidy_engine_built_for() {
  return ASYNC_TIDY_BUILT_FOR;
}

namespace async_tidy {

Host &host() {
  static Host TheHost;
  return TheHost;
}

namespace {

/// The options that all checks share: `async.Level`, `async.Models` and
/// `async.WholeProgram`.
/// clang-tidy accepts an option in a configuration if a check reads it through
/// such a view and stores it.
tidy::ClangTidyCheck::OptionsView commonOptions(tidy::ClangTidyContext &C) {
  return {"async", C.getOptions().CheckOptions, &C};
}

/// Where the paths in `async.Models` start: at the nearest `.clang-tidy` that
/// sets it, as far as can be told; clang-tidy keeps no note of where an option
/// is from. Otherwise (`--config`) in the working directory.
std::string folderOfModels(StringRef SourceFile) {
  SmallString<256> Folder(SourceFile);
  llvm::sys::fs::make_absolute(Folder);
  while (llvm::sys::path::has_relative_path(Folder)) {
    llvm::sys::path::remove_filename(Folder);
    SmallString<256> Config(Folder);
    llvm::sys::path::append(Config, ".clang-tidy");
    if (auto Text = llvm::MemoryBuffer::getFile(Config))
      if (auto Options = tidy::parseConfiguration((*Text)->getMemBufferRef()))
        if (Options->CheckOptions.contains("async.Models"))
          return std::string(Folder);
  }
  return ".";
}

/// What the checks of one translation unit share.
class Unit {
public:
  explicit Unit(tidy::ClangTidyContext &Context)
      : What(std::make_shared<Selection>(selectRules(
            Context.getOptions().Checks.value_or(""), Level::Default))),
        Models(std::shared_ptr<void>(), &builtinModels()) {
    What->Rules.clear(); // clang-tidy says which by making their checks
    for (const auto &Option : Context.getOptions().CheckOptions)
      What->CheckOptions[Option.getKey().str()] = Option.getValue().Value;

    Problems = optionErrors(What->CheckOptions);
    Doubts = unknownNames("", What->CheckOptions); // of checks it speaks itself
    const auto Options = commonOptions(Context);
    What->Wanted =
        parseLevel(Options.get("Level", "default")).value_or(Level::Default);
    addModels(Options.get("Models", ""), Context.getCurrentFile());
    Whole = Options.get("WholeProgram", false);
  }

  void enable(const Rule &R) { What->Rules.push_back(&R); }

  /// What is wrong with the configuration; told once.
  std::vector<std::string> takeProblems() {
    return std::exchange(Problems, {});
  }

  /// What it says and does not mean anything; told once.
  std::vector<std::string> takeDoubts() { return std::exchange(Doubts, {}); }

  ArrayRef<Finding> findings(ASTContext &Ctx) {
    if (!Seen.In)
      look(Ctx);
    return Seen.Findings;
  }

  /// A comment in the text of a macro covers \p F. clang-tidy cannot see that:
  /// it is told only where the macro is used.
  bool silencedInMacro(const Finding &F) const {
    return F.Suppressed &&
           llvm::any_of(Seen.In->units(), [&](const TranslationUnitFacts &U) {
             return llvm::any_of(
                 U.Directives, [&](const SuppressionDirective &D) {
                   return D.What == SuppressionDirective::Kind::Expansion &&
                          D.Where == F.Where;
                 });
           });
  }

private:
  /// With what it was looked at once, \p Open can be looked at again.
  static FoundInFile look(std::shared_ptr<const Selection> What,
                          std::shared_ptr<const ModelSet> Models, bool Whole,
                          const TranslationUnitFacts &Open) {
    TranslationUnitFacts Unit = Open;
    Surroundings Rest;
    if (host().Around)
      Rest = host().Around(Unit);
    Rest.Units.push_back(std::move(Unit));
    FoundInFile Result;
    Result.File = Open.MainFile;
    // The program refers to its models.
    Result.In = {
        new Program(std::move(Rest.Units), *Models, Rest.Whole || Whole),
        [Models](const Program *P) { delete P; }};
    if (!Rest.NotOurs)
      Result.Findings = check(*Result.In, *What);
    return Result;
  }

  void look(ASTContext &Ctx) {
    auto Open = std::make_shared<TranslationUnitFacts>(extractFacts(Ctx));
    if (!host().Found) {
      Seen = look(What, Models, Whole, *Open);
      return;
    }
    // An editor shows a file at a time.
    What->OnlyIn = Open->MainFile;
    const SourceManager &SM = Ctx.getSourceManager();
    const auto Again = [What = What, Models = Models, Whole = Whole, Open,
                        Text = SM.getBufferData(SM.getMainFileID()).str()] {
      FoundInFile Found = look(What, Models, Whole, *Open);
      Found.Text = Text;
      llvm::erase_if(Found.Findings, [&](const Finding &F) {
        return F.Where.File != Open->MainFile || F.Suppressed;
      });
      return Found;
    };
    Seen = Again();
    FoundInFile Told = Seen;
    Told.Again = Again;
    host().Found(std::move(Told));
  }

  void addModels(StringRef Paths, StringRef SourceFile) {
    SmallVector<StringRef> Files;
    Paths.split(Files, ';', -1, /*KeepEmpty=*/false);
    if (Files.empty())
      return;
    auto Ours = std::make_shared<ModelSet>(loadBuiltinModels());
    for (StringRef File : Files) {
      if (File.trim().empty())
        continue;
      SmallString<256> Path(File.trim());
      if (llvm::sys::path::is_relative(Path)) {
        Path = folderOfModels(SourceFile);
        llvm::sys::path::append(Path, File.trim());
      }
      auto Text = llvm::MemoryBuffer::getFile(Path);
      if (!Text)
        Problems.push_back(("cannot read the models `" + Path +
                            "` (async.Models): " + Text.getError().message())
                               .str());
      else if (llvm::Error E = Ours->add((*Text)->getBuffer(), Path))
        Problems.push_back(llvm::toString(std::move(E)));
    }
    Models = std::move(Ours);
  }

  std::shared_ptr<Selection> What;
  std::shared_ptr<const ModelSet> Models;
  std::vector<std::string> Problems, Doubts;
  /// The user says that a unit is the whole program.
  bool Whole = false;
  FoundInFile Seen;
};

/// Finds the unit that a new check belongs to. clangd makes checks for several
/// files at the same time, each with its own context.
class Units {
public:
  std::shared_ptr<Unit> of(tidy::ClangTidyContext &Context) {
    const std::lock_guard<std::mutex> Guard(Mutex);
    llvm::erase_if(Open,
                   [](const auto &Entry) { return Entry.second.expired(); });
    for (const auto &[Owner, U] : Open)
      if (Owner == &Context)
        return U.lock();
    auto New = std::make_shared<Unit>(Context);
    Open.emplace_back(&Context, New);
    return New;
  }

private:
  std::mutex Mutex;
  std::vector<std::pair<tidy::ClangTidyContext *, std::weak_ptr<Unit>>> Open;
};

class RuleCheck : public tidy::ClangTidyCheck {
public:
  RuleCheck(StringRef Name, tidy::ClangTidyContext *Context, const Rule &R,
            std::shared_ptr<Unit> Shared)
      : ClangTidyCheck(Name, Context), R(R), Shared(std::move(Shared)),
        Common(commonOptions(*Context)),
        CommonLevel(Common.get("Level", "default")),
        CommonModels(Common.get("Models", "")),
        CommonWhole(Common.get("WholeProgram", false)) {
    this->Shared->enable(R);
    for (const RuleOption &O : R.Options)
      Values.emplace_back(O.Name, Options.get(O.Name, O.Default).str());
  }

  void storeOptions(tidy::ClangTidyOptions::OptionMap &Map) override {
    Common.store(Map, "Level", CommonLevel);
    Common.store(Map, "Models", CommonModels);
    Common.store(Map, "WholeProgram", CommonWhole);
    for (const auto &[Name, Value] : Values)
      Options.store(Map, Name, Value);
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(ast_matchers::translationUnitDecl(), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    for (const std::string &Problem : Shared->takeProblems())
      configurationDiag("%0", DiagnosticIDs::Error) << Problem;
    for (const std::string &Doubt : Shared->takeDoubts())
      configurationDiag("%0") << Doubt;
    for (const Finding &F : Shared->findings(*Result.Context))
      if (F.From == &R && !Shared->silencedInMacro(F))
        show(F, Result.Context->getSourceManager());
  }

private:
  /// Every finding is a warning: clang-tidy shows an error as the compiler's
  /// and ignores NOLINT for it, and a note loses its name.
  void show(const Finding &F, SourceManager &SM) {
    {
      DiagnosticBuilder Warning = diag(placeOf(F.Where, SM), "%0")
                                  << worded(F.Where, F.Message, SM);
      const auto Fixable = llvm::find_if(F.Fixes, [&](const Fix &X) {
        return X.Safe && llvm::all_of(X.Edits, [&](const Edit &E) {
                 return fits(E, SM);
               });
      });
      if (Fixable != F.Fixes.end())
        for (const Edit &E : Fixable->Edits)
          Warning << FixItHint::CreateReplacement(
              CharSourceRange::getCharRange(find(E.Begin, SM), find(E.End, SM)),
              E.Text);
    }
    for (const Step &S : F.Steps)
      diag(placeOf(S.Where, SM), "%0", DiagnosticIDs::Note)
          << worded(S.Where, S.Text, SM);
  }

  /// \p E can be made, and loses no comment.
  static bool fits(const Edit &E, const SourceManager &SM) {
    const SourceLocation Begin = find(E.Begin, SM), End = find(E.End, SM);
    return Begin.isValid() && End.isValid() &&
           !holdsComment(Lexer::getSourceText(
               CharSourceRange::getCharRange(Begin, End), SM, LangOptions()));
  }

  static SourceLocation find(const Location &L, const SourceManager &SM) {
    if (!L.isValid())
      return {};
    const auto File = SM.getFileManager().getOptionalFileRef(L.File);
    return File ? SM.translateFileLineCol(&File->getFileEntry(), L.Line,
                                          L.Column)
                : SourceLocation();
  }

  static SourceLocation placeOf(const Location &L, SourceManager &SM) {
    SourceLocation Found = find(L, SM);
    // A step in a unit that only the host knows: its file is read to be shown.
    if (host().Around && L.isValid() && Found.isInvalid())
      if (const auto File = SM.getFileManager().getOptionalFileRef(L.File))
        Found = SM.translateLineCol(SM.getOrCreateFileID(*File, SrcMgr::C_User),
                                    L.Line, L.Column);
    return Found.isValid() ? Found
                           : SM.getLocForStartOfFile(SM.getMainFileID());
  }

  /// \p Text, with its place in words where Clang has not read the file.
  static std::string worded(const Location &L, StringRef Text,
                            const SourceManager &SM) {
    if (!L.isValid() || find(L, SM).isValid())
      return Text.str();
    return (Text + " (" + L.File.ref() + ":" + Twine(L.Line) + ":" +
            Twine(L.Column) + ")")
        .str();
  }

  const Rule &R;
  std::shared_ptr<Unit> Shared;
  OptionsView Common;
  StringRef CommonLevel, CommonModels;
  bool CommonWhole;
  std::vector<std::pair<StringRef, std::string>> Values;
};

class Module : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    auto Shared = std::make_shared<Units>();
    for (const Rule *R : allRules())
      Factories.registerCheckFactory(
          R->Id, [R, Shared](StringRef Name, tidy::ClangTidyContext *Context) {
            return std::make_unique<RuleCheck>(Name, Context, *R,
                                               Shared->of(*Context));
          });
  }
};

} // namespace
} // namespace async_tidy

// clang-tidy knows modules by such objects only. It is made when the shim says
// so: an engine that somebody loads himself may be in the wrong clang-tidy.
extern "C" void async_tidy_engine_register() {
  static const llvm::Registry<tidy::ClangTidyModule>::Add<async_tidy::Module>
      Registration("async-tidy", "Checks for asynchronous C++.");
}
