//===- Filter.cpp - Which findings a user wants to see --------------------===//

#include "driver/Filter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

using namespace llvm;

namespace async_tidy {

/// Matches a whole name against shell patterns that are known to be valid.
static bool matchesAny(StringRef Name, ArrayRef<StringLiteral> Patterns) {
  return any_of(Patterns, [&](StringRef Pattern) {
    return cantFail(GlobPattern::create(Pattern)).match(Name);
  });
}

static constexpr StringLiteral BuildFolders[] = {"build", "build[-_.]*",
                                                 "cmake-build-*"};

bool isGeneratedOrVendored(StringRef Path) {
  static constexpr StringLiteral Folders[] = {
      "CMakeFiles", "*_autogen",    "_deps",     "third_party", "third-party",
      "thirdparty", "3rdparty",     "vendor",    "vendored",    "external",
      "externals",  "node_modules", "bazel-out",
  };
  static constexpr StringLiteral Files[] = {
      "moc_*.cpp", "*.moc",   "qrc_*.cpp", "ui_*.h",
      "*.pb.h",    "*.pb.cc", "*.pb.cpp",
  };
  if (matchesAny(sys::path::filename(Path), Files))
    return true;
  const StringRef Folder = sys::path::parent_path(Path);
  return any_of(make_range(sys::path::begin(Folder), sys::path::end(Folder)),
                [](StringRef Name) {
                  return matchesAny(Name, Folders) ||
                         matchesAny(Name, BuildFolders);
                });
}

bool isBelow(StringRef Path, StringRef Folder) {
  return Path.consume_front(Folder) &&
         (Path.empty() || Folder.ends_with("/") || Path.starts_with("/"));
}

std::string commonFolder(ArrayRef<CompileJob> Jobs) {
  if (Jobs.empty())
    return {};
  StringRef Common = sys::path::parent_path(Jobs.front().File);
  for (const CompileJob &Job : Jobs)
    while (!isBelow(Job.File, Common))
      Common = sys::path::parent_path(Common);
  return Common.str();
}

StringRef Filter::withinProject(StringRef File) const {
  // A folder that is called `build` above the project says nothing of the
  // project; nor does one that the user named.
  StringRef Base;
  const auto Consider = [&](StringRef Folder) {
    if (isBelow(File, Folder) && Folder.size() > Base.size())
      Base = Folder;
  };
  Consider(SourceRoot);
  for (StringRef S : Scope)
    Consider(S);
  // A database usually stands in the project's folder, in its `build`, or a
  // level or two below that.
  StringRef Around = BuildFolder;
  StringRef Folder = BuildFolder;
  for (int Level = 0; Level < 3; ++Level) {
    if (matchesAny(sys::path::filename(Folder), BuildFolders)) {
      Around = sys::path::parent_path(Folder);
      break;
    }
    Folder = sys::path::parent_path(Folder);
  }
  while (!Around.empty() && !isBelow(File, Around))
    Around = sys::path::parent_path(Around);
  Consider(Around);
  return Base.empty() ? sys::path::filename(File) : File.substr(Base.size());
}

Verdict Filter::judge(StringRef File, bool IsMainFile,
                      const FileConfig &Config) const {
  if (is_contained(Scope, File))
    return Verdict::Show;
  const bool Outside = !Scope.empty() && none_of(Scope, [&](StringRef S) {
    return isBelow(File, S);
  });
  if (Outside && IsMainFile)
    return Verdict::OutOfScope;
  if (!IsMainFile && (!Regex(Config.HeaderFilter).match(File) ||
                      (!Config.ExcludeHeaderFilter.empty() &&
                       Regex(Config.ExcludeHeaderFilter).match(File))))
    return Verdict::Header;
  if (!All && isGeneratedOrVendored(withinProject(File)))
    return Verdict::NotOurs;
  return Outside && !AskedForHeaders ? Verdict::HeaderOutOfScope
                                     : Verdict::Show;
}

} // namespace async_tidy
