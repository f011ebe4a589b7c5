//===- InitFiles.cpp - What async-tidy init writes ------------------------===//
//
// The CI files are those of integrations/, with the project's own folder and
// command.
//
//===----------------------------------------------------------------------===//

#include "cli/InitFiles.h"
#include "driver/Filter.h"
#include "report/Source.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace async_tidy::cli {

static constexpr char GitHubText[] =
#include "async-tidy.yml.inc"
    ;
static constexpr char GitLabText[] =
#include "async-tidy.gitlab-ci.yml.inc"
    ;
static constexpr char JenkinsText[] =
#include "Jenkinsfile.inc"
    ;

/// As the templates have it.
static constexpr StringLiteral ConfigureWithCMake =
    "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";

static std::string readText(const Twine &File) {
  auto Text = MemoryBuffer::getFile(File);
  return Text ? (*Text)->getBuffer().str() : std::string();
}

std::vector<std::string> ciSystems(StringRef Project) {
  static constexpr std::pair<StringLiteral, StringLiteral> Signs[] = {
      {".github", "github"},
      {".gitlab-ci.yml", "gitlab"},
      {"Jenkinsfile", "jenkins"},
  };
  std::vector<std::string> Systems;
  for (const auto &[File, System] : Signs)
    if (sys::fs::exists(Project + "/" + File))
      Systems.push_back(System.str());
  if (Systems.empty())
    for (StringRef System : {"github", "gitlab"})
      if (StringRef(readText(Project + "/.git/config")).contains(System))
        Systems.push_back(System.str());
  return Systems;
}

/// The value of \p Key in CMake's cache of \p Build; empty if there is none.
static std::string fromCMakeCache(StringRef Build, StringRef Key) {
  const std::string Text = readText(Build + "/CMakeCache.txt");
  const size_t At = Text.find(("\n" + Key + "=").str());
  return At == std::string::npos ? std::string()
                                 : StringRef(Text)
                                       .drop_front(At + Key.size() + 2)
                                       .split('\n')
                                       .first.str();
}

/// \p Path as it stands in a file below \p Project.
static Expected<std::string> within(StringRef Project, StringRef Path) {
  static constexpr StringLiteral Plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-/";
  std::string Relative = Path == Project ? "." : shownPath(Path, Project);
  if (StringRef(Relative).starts_with("/") ||
      StringRef(Relative).starts_with("-") || Relative.empty() ||
      StringRef(Relative).find_first_not_of(Plain) != StringRef::npos)
    return createStringError(inconvertibleErrorCode(),
                             Path + " cannot be named in a CI file");
  return Relative;
}

Expected<HowConfigured> howConfigured(StringRef Project, StringRef Build) {
  auto Folder = within(Project, Build);
  if (!Folder)
    return Folder.takeError();
  const std::string Home =
      fromCMakeCache(Build, "CMAKE_HOME_DIRECTORY:INTERNAL");
  if (!Home.empty()) {
    auto Sources = within(Project, Home);
    if (!Sources)
      return Sources.takeError();
    return HowConfigured{*Folder, "cmake -S " + *Sources + " -B " + *Folder +
                                      " -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"};
  }
  if (sys::fs::exists(Build + "/meson-info"))
    return HowConfigured{*Folder, "meson setup " + *Folder};
  return HowConfigured{*Folder, "bear --output " + *Folder +
                                    "/compile_commands.json -- make"};
}

InitFile configurationFile() {
  return {
      ".clang-tidy",
      "# For async-tidy and clang-tidy. `async-tidy rules` lists the rules,\n"
      "# `async-tidy explain RULE` says why and which options there are.\n"
      "Checks: 'async-*'\n"
      "# Findings that count as errors:\n"
      "# WarningsAsErrors: 'async-blocking-call,async-sync-wait'\n"
      "CheckOptions:\n"
      "  # How much to say: default, strict (a team's policy) or hint.\n"
      "  async.Level: default\n",
      "rules and options"};
}

static std::string filled(StringRef Template, const HowConfigured &How) {
  std::string Text = Template.str();
  const auto Replace = [&](StringRef Old, const std::string &New) {
    for (size_t At = Text.find(Old); At != std::string::npos;
         At = Text.find(Old, At + New.size()))
      Text.replace(At, Old.size(), New);
  };
  Replace(ConfigureWithCMake, How.Command);
  Replace("ASYNC_TIDY_BUILD_DIRECTORY: build",
          "ASYNC_TIDY_BUILD_DIRECTORY: " + How.Folder);
  Replace("ASYNC_TIDY_BUILD_DIRECTORY = 'build'",
          "ASYNC_TIDY_BUILD_DIRECTORY = '" + How.Folder + "'");
  return Text;
}

std::vector<InitFile> ciFiles(StringRef System, StringRef Project,
                              const HowConfigured &How) {
  if (System == "github")
    return {{".github/workflows/async-tidy.yml", filled(GitHubText, How),
             "checks each pull request"}};
  if (System == "gitlab") {
    std::vector<InitFile> Files = {{".gitlab/async-tidy.gitlab-ci.yml",
                                    filled(GitLabText, How),
                                    "checks each merge request"}};
    if (!sys::fs::exists(Project + "/.gitlab-ci.yml"))
      Files.push_back({".gitlab-ci.yml",
                       "include:\n"
                       "  - local: .gitlab/async-tidy.gitlab-ci.yml\n",
                       "includes that file"});
    return Files;
  }
  if (System == "jenkins")
    return {{sys::fs::exists(Project + "/Jenkinsfile")
                 ? "Jenkinsfile.async-tidy"
                 : "Jenkinsfile",
             filled(JenkinsText, How), "checks each change request"}};
  return {};
}

std::string ciAdvice(StringRef System, StringRef Project) {
  static constexpr StringLiteral Image =
      "an image with async-tidy (integrations/docker) and what the project is "
      "built with";
  if (System == "github")
    return ("set the variable ASYNC_TIDY_IMAGE of the GitHub repository: " +
            Image)
        .str();
  if (System == "gitlab")
    return ((StringRef(readText(Project + "/.gitlab-ci.yml"))
                         .contains("async-tidy.gitlab-ci.yml") ||
                     !sys::fs::exists(Project + "/.gitlab-ci.yml")
                 ? ""
                 : "add `include: [{local: .gitlab/async-tidy.gitlab-ci.yml}]` "
                   "to .gitlab-ci.yml; ") +
            StringRef("set the variable ASYNC_TIDY_IMAGE of the GitLab "
                      "project: ") +
            Image)
        .str();
  if (System == "jenkins")
    return "give the agent `async-tidy`, and make a multibranch pipeline of "
           "the "
           "Jenkinsfile, or add its stage to yours";
  return {};
}

} // namespace async_tidy::cli
