//===- FrontEnd.cpp -------------------------------------------------------===//

#include "support/FrontEnd.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

namespace async_tidy::test {

namespace fs = std::filesystem;
using nlohmann::json;

std::set<Mark> Answer::marks() const {
  std::set<Mark> Marks;
  for (const Seen &S : Findings)
    Marks.insert(S.Where);
  return Marks;
}

TemporaryFolder::TemporaryFolder() {
  llvm::SmallString<128> Folder;
  if (llvm::sys::fs::createUniqueDirectory("async-tidy-test", Folder))
    ADD_FAILURE() << "cannot make a temporary folder";
  Path = Folder.str();
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code Ignored;
  fs::remove_all(Path, Ignored);
}

std::string TemporaryFolder::write(const std::string &Name,
                                   const std::string &Text) const {
  const fs::path File = fs::path(Path) / Name;
  fs::create_directories(File.parent_path());
  std::ofstream(File) << Text;
  return File;
}

Finished run(const std::vector<std::string> &Command,
             const std::string &Folder) {
  TemporaryFolder Logs;
  const std::string Out = Logs.write("out", ""), Err = Logs.write("err", "");
  std::vector<llvm::StringRef> Arguments = {"/usr/bin/env", "-C", Folder};
  Arguments.insert(Arguments.end(), Command.begin(), Command.end());
  Finished Done;
  std::string Error;
  Done.ExitCode = llvm::sys::ExecuteAndWait(
      Arguments[0], Arguments, std::nullopt,
      {llvm::StringRef(), llvm::StringRef(Out), llvm::StringRef(Err)},
      /*SecondsToWait=*/300, /*MemoryLimit=*/0, &Error);
  Done.Output = readFile(Out);
  Done.Errors = readFile(Err) + Error;
  return Done;
}

/// The configuration that all front ends are given.
static std::string configuration(const Fixture &F) {
  std::string Text = "Checks: '" + F.Checks +
                     "'\n"
                     "HeaderFilterRegex: '.*'\n"
                     "CheckOptions:\n"
                     "  async.Level: '" +
                     F.Level + "'\n";
  // A plugin cannot know that there is no other unit.
  if (F.Sources.size() == 1)
    Text += "  async.WholeProgram: 'true'\n";
  for (const auto &[Name, Value] : F.Options)
    Text += "  " + Name + ": '" + Value + "'\n";
  return Text;
}

static std::string database(const Fixture &F) {
  json Entries = json::array();
  for (const std::string &Source : F.Sources) {
    std::vector<std::string> Command = {"clang++-22"};
    Command.insert(Command.end(), F.Flags.begin(), F.Flags.end());
    Command.insert(Command.end(), {"-c", Source});
    Entries.push_back({{"directory", fs::path(Source).parent_path().string()},
                       {"file", Source},
                       {"arguments", Command}});
  }
  return Entries.dump(1);
}

static std::string told(const Finished &Done) {
  return "exit " + std::to_string(Done.ExitCode) + "\n" + Done.Output +
         Done.Errors;
}

/// A message without its steps, which stand on lines of their own.
static std::string firstLine(const std::string &Text) {
  return Text.substr(0, Text.find('\n'));
}

Answer runProgram(const Fixture &F) {
  TemporaryFolder Folder;
  Folder.write("compile_commands.json", database(F));
  const std::string Sarif = Folder.path() + "/out.sarif";
  std::vector<std::string> Command = {
      ASYNC_TIDY_BINARY_DIR "/bin/async-tidy",
      "--no-store",
      "-p",
      Folder.path(),
      "--config-file=" + Folder.write("config.yaml", configuration(F)),
      "--output=sarif:" + Sarif};
  Command.insert(Command.end(), F.Sources.begin(), F.Sources.end());
  const Finished Done = run(Command, Folder.path());

  Answer A;
  if ((Done.ExitCode != 0 && Done.ExitCode != 1) || !fs::exists(Sarif)) {
    A.Failure = told(Done);
    return A;
  }
  const json Log = json::parse(readFile(Sarif), nullptr, false);
  if (Log.is_discarded()) {
    A.Failure = "not JSON: " + readFile(Sarif);
    return A;
  }
  for (const json &Result : Log.at("runs").at(0).at("results")) {
    if (Result.contains("suppressions") && !Result["suppressions"].empty())
      continue;
    const json &Place = Result.at("locations").at(0).at("physicalLocation");
    const std::string File = Place.at("artifactLocation").at("uri");
    const json &Region = Place.at("region");
    A.Findings.insert({{fs::path(File).filename(), Region.at("startLine"),
                        Result.at("ruleId")},
                       Region.at("startColumn"),
                       firstLine(Result.at("message").at("text"))});
  }
  return A;
}

Answer runPlugin(const Fixture &F, unsigned Version) {
  static const std::regex Line(
      R"(^(.*):(\d+):(\d+): (warning|error): (.*) \[([\w.,-]+)\]$)");
  TemporaryFolder Folder;
  Folder.write("compile_commands.json", database(F));
  const std::string N = std::to_string(Version);
  const std::string Config = Folder.write("config.yaml", configuration(F));
  Answer A;
  for (const std::string &Source : F.Sources) {
    const Finished Done = run(
        {"clang-tidy-" + N,
         "-load=" ASYNC_TIDY_BINARY_DIR "/lib/async-tidy-plugin-" + N + ".so",
         "--quiet", "-p", Folder.path(), "--config-file=" + Config, Source},
        Folder.path());
    if (Done.ExitCode != 0)
      A.Failure += told(Done);
    std::istringstream In(Done.Output);
    for (std::string Text; std::getline(In, Text);) {
      std::smatch Match;
      if (!std::regex_match(Text, Match, Line))
        continue;
      if (Match[4] == "error" || !Match[6].str().starts_with("async-"))
        A.Failure += Text + "\n";
      else
        A.Findings.insert(
            {{fs::path(Match[1].str()).filename(),
              static_cast<unsigned>(std::stoul(Match[2])), Match[6]},
             static_cast<unsigned>(std::stoul(Match[3])),
             Match[5]});
    }
  }
  return A;
}

} // namespace async_tidy::test
