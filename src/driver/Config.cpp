//===- Config.cpp - What .clang-tidy says ---------------------------------===//

#include "driver/Config.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "driver/Filter.h"
#include "report/Report.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using clang::tidy::ClangTidyOptions;
using clang::tidy::ClangTidyOptionsProvider;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

constexpr StringLiteral LevelOption = "async.Level";
constexpr StringLiteral ModelsOption = "async.Models";

/// What clang-tidy's reader complains of; it would print and go on.
using Complaints = std::vector<std::string>;

ErrorOr<ClangTidyOptions> readOptions(MemoryBufferRef Text, Complaints &To) {
  if (nestsDeeperThan(Text.getBuffer(), MaxDepth)) {
    To.push_back((Text.getBufferIdentifier() + ": nested too deeply").str());
    return std::make_error_code(std::errc::invalid_argument);
  }
  return clang::tidy::parseConfigurationWithDiags(
      Text, [&](const SMDiagnostic &D) {
        To.push_back((Twine(D.getFilename()) + ":" + Twine(D.getLineNo()) +
                      ":" + Twine(D.getColumnNo() + 1) + ": " + D.getMessage())
                         .str());
      });
}

/// Hides files, not folders, that are not below one folder.
class FilesWithin : public vfs::ProxyFileSystem {
public:
  explicit FilesWithin(std::string Root)
      : ProxyFileSystem(vfs::getRealFileSystem()), Root(std::move(Root)) {}
  ErrorOr<vfs::Status> status(const Twine &Path) override {
    auto S = ProxyFileSystem::status(Path);
    if (S && !S->isDirectory() && !isBelow(Path.str(), Root))
      return std::make_error_code(std::errc::no_such_file_or_directory);
    return S;
  }

private:
  std::string Root;
};

/// Looks for .clang-tidy files as clang-tidy does, with a reader of ours.
class FileProvider : public clang::tidy::FileOptionsProvider {
public:
  FileProvider(ClangTidyOptions Default, ClangTidyOptions Overriding,
               const std::string &Within, ConfigFileHandler::second_type Reader)
      : FileOptionsProvider({}, std::move(Default), std::move(Overriding),
                            ConfigFileHandlers{{".clang-tidy", Reader}}) {
    FS = vfs::getRealFileSystem(); // this constructor of LLVM 22 leaves it null
    if (!Within.empty())
      FS = makeIntrusiveRefCnt<FilesWithin>(Within);
  }
};

} // namespace

struct Config::Implementation {
  ConfigOverrides Overrides;
  std::shared_ptr<Complaints> Bad = std::make_shared<Complaints>();
  /// The provider asks for each file once.
  std::shared_ptr<std::vector<std::string>> Files =
      std::make_shared<std::vector<std::string>>();
  std::unique_ptr<ClangTidyOptionsProvider> Provider;
  /// What paths in `--config` are relative to.
  std::string ExplicitDirectory;
  std::map<std::string, FileConfig> ByDirectory;
};

Config::Config() : Impl(std::make_unique<Implementation>()) {}
Config::Config(Config &&) = default;
Config::~Config() = default;

/// The text of `--config` or `--config-file`, if there is one.
static Expected<std::unique_ptr<MemoryBuffer>>
explicitText(const ConfigOverrides &O) {
  if (O.ConfigText)
    return MemoryBuffer::getMemBufferCopy(*O.ConfigText, "--config");
  if (!O.ConfigFile)
    return nullptr;
  auto Text = MemoryBuffer::getFile(*O.ConfigFile);
  if (!Text)
    return bad(*O.ConfigFile + ": " + Text.getError().message());
  return std::move(*Text);
}

static ClangTidyOptions overriding(const ConfigOverrides &O) {
  ClangTidyOptions Options;
  Options.Checks = O.Checks;
  Options.WarningsAsErrors = O.WarningsAsErrors;
  Options.HeaderFilterRegex = O.HeaderFilter;
  Options.ExcludeHeaderFilterRegex = O.ExcludeHeaderFilter;
  return Options;
}

Expected<Config> Config::create(ConfigOverrides Overrides) {
  Config C;
  Implementation &I = *C.Impl;
  I.Overrides = std::move(Overrides);
  // LLVM 22's default for both versions that we support: all user headers.
  ClangTidyOptions Default;
  Default.HeaderFilterRegex = ".*";

  auto Text = explicitText(I.Overrides);
  if (!Text)
    return Text.takeError();
  if (*Text) {
    auto Read = readOptions((*Text)->getMemBufferRef(), *I.Bad);
    if (!Read || !I.Bad->empty())
      return bad(I.Bad->empty() ? (*Text)->getBufferIdentifier().str() + ": " +
                                      Read.getError().message()
                                : I.Bad->front());
    I.ExplicitDirectory =
        I.Overrides.ConfigFile
            ? absolutePath(sys::path::parent_path(*I.Overrides.ConfigFile),
                           currentDirectory())
            : currentDirectory();
    if (I.Overrides.ConfigFile)
      I.Files->push_back(
          absolutePath(*I.Overrides.ConfigFile, currentDirectory()));
    I.Provider = std::make_unique<clang::tidy::ConfigOptionsProvider>(
        clang::tidy::ClangTidyGlobalOptions(), Default, *Read,
        overriding(I.Overrides));
    return C;
  }
  I.Provider = std::make_unique<FileProvider>(
      Default, overriding(I.Overrides), I.Overrides.Within,
      [Bad = I.Bad,
       Files = I.Files](MemoryBufferRef Text) -> ErrorOr<ClangTidyOptions> {
        Files->push_back(Text.getBufferIdentifier().str());
        auto Read = readOptions(Text, *Bad);
        if (Read)
          return Read;
        if (Bad->empty())
          Bad->push_back(
              (Text.getBufferIdentifier() + ": " + Read.getError().message())
                  .str());
        return ClangTidyOptions(); // it is told, and not by the library
      });
  return C;
}

/// The model files that the options name, relative to whoever names them.
static std::vector<std::string>
modelFiles(ArrayRef<ClangTidyOptionsProvider::OptionsSource> Sources,
           StringRef ExplicitDirectory) {
  std::vector<std::string> Files;
  for (const auto &[Options, Source] : Sources) {
    const auto It = Options.CheckOptions.find(ModelsOption);
    if (It == Options.CheckOptions.end())
      continue;
    const std::string Directory = sys::path::is_absolute(Source)
                                      ? sys::path::parent_path(Source).str()
                                      : ExplicitDirectory.str();
    Files.clear();
    SmallVector<StringRef> Names;
    StringRef(It->second.Value).split(Names, ';');
    for (StringRef Name : Names)
      if (!Name.trim().empty())
        Files.push_back(absolutePath(Name.trim(), Directory));
  }
  return Files;
}

Expected<const FileConfig *> Config::of(StringRef File) {
  const std::string Directory = sys::path::parent_path(File).str();
  if (const auto It = Impl->ByDirectory.find(Directory);
      It != Impl->ByDirectory.end())
    return &It->second;
  // The library complains of folders that are gone, on its own account.
  StringRef Folder = Directory;
  while (!Folder.empty() && !sys::fs::is_directory(Folder))
    Folder = sys::path::parent_path(Folder);
  SmallString<256> There(Folder);
  sys::path::append(There, sys::path::filename(File));
  const auto Sources = Impl->Provider->getRawOptions(There);
  const ClangTidyOptions Options = Impl->Provider->getOptions(There);
  if (!Impl->Bad->empty())
    return bad(Impl->Bad->front());

  FileConfig C;
  C.Checks = Options.Checks.value_or("");
  C.WarningsAsErrors = Options.WarningsAsErrors.value_or("");
  C.HeaderFilter = Options.HeaderFilterRegex.value_or("");
  C.ExcludeHeaderFilter = Options.ExcludeHeaderFilterRegex.value_or("");
  for (const std::string *Pattern : {&C.HeaderFilter, &C.ExcludeHeaderFilter})
    if (std::string Why; !Pattern->empty() && !Regex(*Pattern).isValid(Why))
      return bad("'" + *Pattern + "' is no regular expression: " + Why);
  for (const auto &Option : Options.CheckOptions)
    if (Option.getKey().starts_with("async"))
      C.CheckOptions[Option.getKey().str()] = Option.getValue().Value;
  C.Models = modelFiles(Sources, Impl->ExplicitDirectory);
  if (const auto Errors = optionErrors(C.CheckOptions); !Errors.empty())
    return bad("the configuration of " + File + ": " + Errors.front());
  if (const auto It = C.CheckOptions.find(LevelOption.str());
      It != C.CheckOptions.end())
    C.Wanted = parseLevel(It->second).value_or(C.Wanted);
  if (Impl->Overrides.Wanted)
    C.Wanted = *Impl->Overrides.Wanted;
  C.ExtraArgs = Options.ExtraArgs.value_or(C.ExtraArgs);
  C.ExtraArgsBefore = Options.ExtraArgsBefore.value_or(C.ExtraArgsBefore);
  C.RemovedArgs = Options.RemovedArgs.value_or(C.RemovedArgs);
  return &Impl->ByDirectory.emplace(Directory, std::move(C)).first->second;
}

ArrayRef<std::string> Config::filesRead() const { return *Impl->Files; }

Selection FileConfig::selection() const {
  Selection S = selectRules(Checks, Wanted);
  S.CheckOptions = CheckOptions;
  return S;
}

Expected<std::string> Config::dump(StringRef File) {
  Expected<const FileConfig *> C = of(File);
  if (!C)
    return C.takeError();
  const Selection S = (*C)->selection();
  ClangTidyOptions Options = Impl->Provider->getOptions(File);
  std::string Checks = "-*";
  ClangTidyOptions::OptionMap Values;
  for (const Rule *R : S.Rules) {
    Checks += "," + R->Id.str();
    const RuleOptions Set(*R, S.CheckOptions);
    for (const RuleOption &O : R->Options)
      Values[(R->Id + "." + O.Name).str()] = {Set.get(O.Name)};
  }
  std::string Models;
  for (const std::string &Model : (*C)->Models)
    Models += (Models.empty() ? "" : ";") + Model;
  Values[ModelsOption] = {Models};
  Values[LevelOption] = {nameOf((*C)->Wanted)};
  Options.Checks = Checks;
  Options.CheckOptions = std::move(Values);
  return clang::tidy::configurationAsText(Options);
}

} // namespace async_tidy
