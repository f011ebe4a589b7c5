//===- BazelTest.cpp - The rules for Bazel, run by Bazel ------------------===//
//
// Debian's Bazel has no rules_cc and no rules_java, which it would fetch; the
// folders beside this file stand in for them.
//
//===----------------------------------------------------------------------===//

#include "support/FrontEnd.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

using namespace async_tidy::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

const std::string Here = ASYNC_TIDY_SOURCE_DIR "/test/integrations/bazel";
const std::string Tool = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";

/// What one run of Bazel did.
struct Built {
  unsigned Ran = 0, Hits = 0; ///< actions that ran, or that the cache had
  Finished Run;
  std::string Told; ///< on either stream
};

/// A copy of the workspace, and Bazel in it.
class Workspace {
public:
  Workspace(const std::string &Folder, const std::string &State)
      : Folder(Folder), State(State) {
    fs::copy(Here + "/workspace", Folder, fs::copy_options::recursive);
    std::string Text = "workspace(name = \"nap_service\")\n";
    const auto Repository = [&](const std::string &Name,
                                const std::string &Path) {
      Text += "local_repository(name = \"" + Name + "\", path = \"" + Path +
              "\")\n";
    };
    Repository("async_tidy", ASYNC_TIDY_SOURCE_DIR "/integrations/bazel");
    Repository("platforms", "/usr/share/bazel/platforms");
    Repository("rules_cc", Here + "/rules_cc");
    Repository("rules_java", Here + "/rules_java");
    Repository("remote_coverage_tools", Here + "/coverage_tools");
    Text += "load(\"@async_tidy//:repositories.bzl\", \"async_tidy_local\")\n"
            "async_tidy_local(name = \"async_tidy_local\", path = \"" +
            Tool + "\")\n";
    write("WORKSPACE", Text);
  }
  ~Workspace() { bazel({"shutdown"}); }

  void write(const std::string &Name, const std::string &Text) const {
    std::ofstream(Folder + "/" + Name) << Text;
  }
  std::string text(const std::string &Name) const {
    return readFile(Folder + "/" + Name);
  }
  void replace(const std::string &Name, const std::string &From,
               const std::string &To) const {
    std::string Text = text(Name);
    const size_t At = Text.find(From);
    ASSERT_NE(At, std::string::npos) << Name << " has no " << From;
    write(Name, Text.replace(At, From.size(), To));
  }

  Finished bazel(std::vector<std::string> Words) const {
    std::vector<std::string> Command = {
        ASYNC_TIDY_BAZEL, "--nohome_rc", "--output_user_root=" + State,
        "--max_idle_secs=300",
        // It starts in half the time.
        "--host_jvm_args=-XX:TieredStopAtLevel=1"};
    Command.insert(Command.end(), Words.begin(), Words.end());
    return run(Command, Folder);
  }
  Built build(std::vector<std::string> Words,
              const std::string &How = "build") const {
    Words.insert(Words.begin(),
                 {How, "--nosandbox_debug", "--disk_cache=" + State + "/disk"});
    Built B;
    B.Run = bazel(Words);
    B.Told = B.Run.Output + B.Run.Errors;
    std::smatch Line;
    if (std::regex_search(B.Run.Errors, Line,
                          std::regex("INFO: \\d+ process(es)?: (.*)\\."))) {
      const std::string Kinds = Line[2];
      const std::regex Kind("(\\d+) ([^,]+)");
      for (std::sregex_iterator I(Kinds.begin(), Kinds.end(), Kind), End;
           I != End; ++I) {
        const unsigned N = std::stoul((*I)[1]);
        if ((*I)[2] == "remote cache hit" || (*I)[2] == "disk cache hit")
          B.Hits += N;
        else if ((*I)[2] != "internal")
          B.Ran += N;
      }
    } else {
      ADD_FAILURE() << "Bazel does not say what it did:\n" << B.Run.Errors;
    }
    return B;
  }

  const std::string Folder, State;
};

class Bazel : public testing::Test {
protected:
  static void SetUpTestSuite() {
    ASSERT_STRNE(ASYNC_TIDY_BAZEL, "ASYNC_TIDY_BAZEL-NOTFOUND");
    Root = new TemporaryFolder;
    W = new Workspace(Root->path() + "/work", Root->path() + "/state");
  }
  static void TearDownTestSuite() {
    delete W;
    // Bazel takes the right to write from what it made.
    run({"chmod", "-R", "u+w", Root->path()});
    delete Root;
  }
  /// Each case begins with the workspace as it is in the repository.
  void SetUp() override {
    for (const char *Name : {"app", "nap", "task", ".clang-tidy"})
      fs::copy(Here + "/workspace/" + Name, W->Folder + "/" + Name,
               fs::copy_options::recursive |
                   fs::copy_options::overwrite_existing);
  }

  /// What a run of the command line finds in the units of //app.
  static json findingsOfARun() {
    const std::string Generated = W->Folder + "/bazel-bin";
    json Entries = json::array();
    for (const char *File : {"app/main.cc", "app/serve.cc", "nap/nap.cc"})
      Entries.push_back(
          {{"directory", W->Folder},
           {"file", File},
           {"arguments",
            {"g++", "-std=c++20", "-iquote", ".", "-iquote", Generated,
             "-Itask", "-Inap/include", "-DNAME=\"the server\"", "-DSERVES=1",
             "-DNAP_INSIDE", "-c", File}}});
    W->write("compile_commands.json", Entries.dump());
    const Finished Run = run({Tool, "--no-store", "--output=json"}, W->Folder);
    fs::remove(W->Folder + "/compile_commands.json");
    EXPECT_EQ(Run.ExitCode, 1) << Run.Errors;
    return json::parse(Run.Output)["findings"];
  }

  static TemporaryFolder *Root;
  static Workspace *W;
};

TemporaryFolder *Bazel::Root = nullptr;
Workspace *Bazel::W = nullptr;

TEST_F(Bazel, AReportSaysWhatARunSays) {
  const Built First = W->build({"//app:program"});
  EXPECT_EQ(First.Run.ExitCode, 0) << First.Run.Errors;
  EXPECT_EQ(First.Ran, 5u) << "a genrule, three units, a link";
  const std::string Text = W->text("bazel-bin/app/program.json");
  const json Report = json::parse(Text);
  EXPECT_EQ(Report["findings"], findingsOfARun());
  EXPECT_GE(Report["findings"].size(), 4u);
  EXPECT_EQ(Report["units"]["analysed"],
            (json{"app/main.cc", "app/serve.cc", "nap/nap.cc"}));
  for (const char *Format : {"txt", "json", "sarif"}) {
    const std::string Output =
        W->text(std::string("bazel-bin/app/program.") + Format);
    EXPECT_THAT(Output, HasSubstr("nap/include/nap/nap.h")) << Format;
    for (const char *Place : {"sandbox/", "execroot", "bazel-out", "/tmp"})
      EXPECT_THAT(Output, Not(HasSubstr(Place))) << Format;
  }
}

TEST_F(Bazel, AnEditRunsWhatItChanges) {
  EXPECT_EQ(W->build({"//app:program"}).Run.ExitCode, 0);
  EXPECT_EQ(W->build({"//app:program"}).Ran, 0u);
  W->replace("app/serve.cc", "  nap();\n", "  nap(); // a word\n");
  EXPECT_EQ(W->build({"//app:program"}).Ran, 1u) << "the unit, and no link";
  W->replace("app/serve.cc", "task serve", "\ntask serve");
  EXPECT_EQ(W->build({"//app:program"}).Ran, 2u) << "the unit and the link";
}

TEST_F(Bazel, WhatWasCachedServesEveryCheckout) {
  EXPECT_EQ(W->build({"//app:program"}).Run.ExitCode, 0);
  EXPECT_EQ(W->bazel({"clean"}).ExitCode, 0);
  Built Again = W->build({"//app:program"});
  EXPECT_EQ(Again.Ran, 0u) << Again.Run.Errors;
  EXPECT_EQ(Again.Hits, 5u);

  const Workspace Other(Root->path() + "/elsewhere", W->State);
  Again = Other.build({"//app:program"});
  EXPECT_EQ(Again.Ran, 0u) << Again.Run.Errors;
  EXPECT_EQ(Again.Hits, 5u);
}

TEST_F(Bazel, WithoutASandboxTheFactsAreTheSame) {
  const std::string Facts =
      "bazel-bin/app/_async_tidy/serve/app/serve.cc.facts";
  EXPECT_EQ(W->build({"//app:program"}).Run.ExitCode, 0);
  const std::string Before = W->text(Facts);
  EXPECT_EQ(W->bazel({"clean"}).ExitCode, 0);
  EXPECT_EQ(
      W->bazel({"build", "--spawn_strategy=local", "//app:program"}).ExitCode,
      0);
  EXPECT_EQ(W->text(Facts), Before);
}

TEST_F(Bazel, TheAspectFailsTheBuildAndTellsEachFindingOnce) {
  const Built B = W->build({"--config=lint", "-k", "//..."});
  EXPECT_EQ(B.Run.ExitCode, 1);
  for (const json &F : findingsOfARun()) {
    if (F.contains("suppressed"))
      continue;
    const std::string Place = F["file"].get<std::string>() + ":" +
                              std::to_string(F["line"].get<int>()) + ":";
    EXPECT_EQ(count(B.Told, Place + std::to_string(F["column"].get<int>()) +
                                ": warning: "),
              1u)
        << Place;
  }
  EXPECT_EQ(count(B.Told, "app/lonely.h:6:3: warning: "), 1u)
      << "a header that no source reads";
  EXPECT_THAT(B.Told, HasSubstr("//app:serve failed"));
  EXPECT_THAT(B.Told, Not(HasSubstr("quiet_test failed")));

  // What is clean is not spoken of.
  const Built Clean = W->build({"--config=lint", "//app:quiet_test", "//task"});
  EXPECT_EQ(Clean.Run.ExitCode, 0) << Clean.Told;
  EXPECT_THAT(Clean.Told, Not(HasSubstr("no findings")));

  // Findings that fail nothing are still told.
  const Built Told =
      W->build({"--config=lint", "--@async_tidy//:options=--fail-on=never",
                "//app:serve"});
  EXPECT_EQ(Told.Run.ExitCode, 0) << Told.Run.Errors;
  EXPECT_THAT(Told.Told, HasSubstr("app/serve.cc:7:3: warning: "));
}

TEST_F(Bazel, AUnitThatDoesNotCompileIsTold) {
  W->replace("app/serve.cc", "  nap();", "  no_such_name();");
  const Built B = W->build({"--config=lint", "//app:serve"});
  EXPECT_EQ(B.Run.ExitCode, 1);
  EXPECT_THAT(B.Told, HasSubstr("app/serve.cc:7:3: "));
  EXPECT_THAT(B.Told, HasSubstr("no_such_name"));
  EXPECT_THAT(B.Told, Not(HasSubstr("sandbox/")));
  // It is told where it is; what depends on it is not failed for it.
  const Built App = W->build(
      {"--config=lint", "--@async_tidy//:options=--fail-on=never", "//app"});
  EXPECT_EQ(App.Run.ExitCode, 0) << App.Run.Errors;
  EXPECT_THAT(App.Told, HasSubstr("no_such_name"));
  EXPECT_EQ(W->build({"//app:program"}).Run.ExitCode, 0);
  const json Units =
      json::parse(W->text("bazel-bin/app/program.json"))["units"];
  EXPECT_EQ(Units["notAnalysed"][0]["unit"], "app/serve.cc");
}

TEST_F(Bazel, ATargetMayStayOut) {
  // Its source compiles nowhere, so it is not built, either.
  EXPECT_EQ(W->build({"--config=lint",
                      "--output_groups=async_tidy_report,_validation",
                      "//app:broken"})
                .Run.ExitCode,
            0);
}

TEST_F(Bazel, TheConfigurationIsTheWorkspaces) {
  W->write(".clang-tidy", "Checks: '-*,async-busy-wait'\n");
  EXPECT_EQ(W->build({"--config=lint", "//..."}).Run.ExitCode, 0);
  W->write(".clang-tidy", "Checks: 'nonsense: ['\nnonsense\n");
  const Built B = W->build({"--config=lint", "//app:serve"});
  EXPECT_EQ(B.Run.ExitCode, 1);
  EXPECT_THAT(B.Told, HasSubstr(".clang-tidy"));
}

TEST_F(Bazel, AProgramIsATest) {
  const Built B = W->build(
      {"-k", "--test_output=errors", "//app:app_lint", "//app:quiet_lint"},
      "test");
  EXPECT_EQ(B.Run.ExitCode, 3) << B.Run.Errors;
  EXPECT_THAT(B.Told, HasSubstr("app/serve.cc:7:3: warning: "));
  EXPECT_TRUE(std::regex_search(B.Told, std::regex("app_lint +FAILED")))
      << B.Told;
  EXPECT_TRUE(std::regex_search(B.Told, std::regex("quiet_lint +PASSED")))
      << B.Told;
}

TEST_F(Bazel, AToolThatIsNotThereIsTold) {
  const std::string Text = W->text("WORKSPACE");
  W->replace("WORKSPACE", Tool, "/no/such/async-tidy");
  const Finished Run = W->bazel({"build", "//app:program"});
  W->write("WORKSPACE", Text);
  EXPECT_NE(Run.ExitCode, 0);
  EXPECT_THAT(Run.Errors, HasSubstr("no async-tidy at /no/such/async-tidy"));
}

} // namespace
