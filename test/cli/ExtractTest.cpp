//===- ExtractTest.cpp - Facts as files of a build ------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

std::string contents(const std::string &File) {
  std::ifstream In(File, std::ios::binary);
  return {std::istreambuf_iterator<char>(In), {}};
}

/// A helper that blocks in one unit, and a coroutine that calls it in another.
class Extract : public testing::Test {
protected:
  Extract() {
    P.write("nap.h", "#pragma once\n"
                     "#include \"task.h\"\n"
                     "void nap();\n"
                     "inline void doze() { sleep(1); }\n");
    P.addUnit("a.cpp", "#include \"nap.h\"\n"
                       "static void deep() { sleep(2); }\n"
                       "void nap() { deep(); }\n");
    P.addUnit("b.cpp", "#include \"nap.h\"\n"
                       "task b() { nap(); doze(); co_return; }\n"
                       "task c() { nap(); co_return; } // NOLINT\n");
  }
  Finished extract(const std::string &Unit,
                   std::vector<std::string> Options = {}) const {
    std::vector<std::string> Words = {"extract", "-o", Unit + ".facts"};
    Words.insert(Words.end(), Options.begin(), Options.end());
    Words.insert(Words.end(), {"--", "c++", "-std=c++20", "-I.", "-c",
                               Unit + ".cpp", "-o", Unit + ".o"});
    return P.tidy(Words);
  }

  Project P;
};

TEST_F(Extract, ALinkFindsWhatARunOverTheUnitsFinds) {
  EXPECT_EQ(extract("a").ExitCode, 0);
  EXPECT_EQ(extract("b").ExitCode, 0);
  P.write("params", "b.facts\n\na.facts\n");
  for (const char *Format : {"text", "json", "sarif"}) {
    const std::string Output = std::string("--output=") + Format;
    const Finished Whole = P.tidy({"--no-store", Output});
    const Finished Linked = P.tidy({"link", Output, "a.facts", "b.facts"});
    EXPECT_THAT(Whole.Output, HasSubstr("a.cpp"));
    if (std::string(Format) == "text")
      EXPECT_EQ(count(Whole.Output, "[async-blocking-call]"), 2u);
    EXPECT_EQ(Linked.ExitCode, 1) << Linked.Errors;
    EXPECT_EQ(Linked.Output, Whole.Output);
    EXPECT_EQ(P.tidy({"link", "@params", Output}).Output, Linked.Output);
  }
  EXPECT_EQ(P.tidy({"link", "--checks=-*,async-busy-wait", "a.facts"}).ExitCode,
            0);
  EXPECT_EQ(P.tidy({"link", "b.facts"}).ExitCode, 1) << "the header's";
}

TEST_F(Extract, TheReportGoesToAFileAsSarif) {
  extract("a"), extract("b");
  const Finished Run = P.tidy(
      {"link", "-o", "out.sarif", "--fail-on=never", "a.facts", "b.facts"});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_EQ(Run.Output, "");
  EXPECT_EQ(contents(P.path() + "/out.sarif"),
            P.tidy({"--no-store", "--output=sarif"}).Output);
}

TEST_F(Extract, TheBytesAreTheSameInEveryFolder) {
  extract("a"), extract("b");
  const TemporaryFolder Other;
  const std::string There = Other.path() + "/elsewhere";
  fs::copy(P.path(), There, fs::copy_options::recursive);
  for (const char *Unit : {"a", "b"}) {
    const std::string Name = std::string(Unit) + ".facts";
    const std::string Before = contents(P.path() + "/" + Name);
    ASSERT_NE(Before, "");
    EXPECT_THAT(Before, Not(HasSubstr(P.path())));
    EXPECT_THAT(Before, Not(HasSubstr("/usr/")));
    fs::remove(There + "/" + Name);
    EXPECT_EQ(run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "extract", "-o",
                   Name, "--", "c++", "-std=c++20", "-I.", "-c",
                   std::string(Unit) + ".cpp"},
                  There)
                  .ExitCode,
              0);
    EXPECT_EQ(contents(There + "/" + Name), Before);
  }
}

TEST_F(Extract, TheFoldersNameIsNoPartOfTypes) {
  P.write("a.cpp", "#include \"nap.h\"\n"
                   "template <unsigned N> void log(const char (&)[N]) {}\n"
                   "void nap() { log(__FILE__); }\n");
  const auto Absolute = [&](const std::string &Folder) {
    EXPECT_EQ(
        run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "extract", "-o",
             "a.facts", "--", "c++", "-std=c++20", "-c", Folder + "/a.cpp"},
            Folder)
            .ExitCode,
        0);
    return contents(Folder + "/a.facts");
  };
  const TemporaryFolder Other;
  const std::string There = Other.path() + "/elsewhere";
  fs::copy(P.path(), There, fs::copy_options::recursive);
  EXPECT_EQ(Absolute(P.path()), Absolute(There));
}

TEST_F(Extract, ACommentThatMovesNoLineLeavesTheBytes) {
  extract("b");
  const std::string Before = contents(P.path() + "/b.facts");
  std::string Text = contents(P.path() + "/nap.h");
  P.write("nap.h", Text + "// a word\n");
  extract("b");
  EXPECT_EQ(contents(P.path() + "/b.facts"), Before);
  P.write("nap.h", "\n" + Text);
  extract("b");
  EXPECT_NE(contents(P.path() + "/b.facts"), Before);
}

TEST_F(Extract, FlagsOfTheConfigurationCount) {
  P.write("a.cpp", "#include \"nap.h\"\n"
                   "#ifdef NAP\n"
                   "task a() { sleep(1); co_return; }\n"
                   "#endif\n");
  extract("a");
  EXPECT_EQ(P.tidy({"link", "a.facts"}).ExitCode, 0);
  P.write(".clang-tidy", "ExtraArgs: ['-DNAP']\n");
  extract("a");
  EXPECT_EQ(P.tidy({"link", "a.facts"}).ExitCode, 1);
}

TEST_F(Extract, TheDepfileNamesWhatWasRead) {
  fs::create_directory(P.path() + "/a folder");
  P.write("a folder/x.h", "int x;\n");
  P.write("b.cpp", "#include \"nap.h\"\n#include \"a folder/x.h\"\n");
  EXPECT_EQ(extract("b", {"--depfile=b.d"}).ExitCode, 0);
  const std::string Rule = contents(P.path() + "/b.d");
  EXPECT_THAT(Rule, testing::StartsWith("b.facts:"));
  for (const char *File : {" b.cpp", " nap.h", " task.h", " a\\ folder/x.h"})
    EXPECT_THAT(Rule, HasSubstr(File));
  EXPECT_THAT(Rule, Not(HasSubstr(P.path())));
  EXPECT_THAT(Rule, Not(HasSubstr(".clang-tidy")));
  P.write(".clang-tidy", "Checks: '-*,async-*'\n");
  P.write("own.yaml", "library: own\nsummary: ours\n");
  EXPECT_EQ(extract("b", {"--depfile=b.d"}).ExitCode, 0);
  EXPECT_THAT(contents(P.path() + "/b.d"), HasSubstr(" .clang-tidy"));
  EXPECT_EQ(P.tidy({"link", "--models=own.yaml", "--output=json:b.json",
                    "--depfile=link.d", "b.facts"})
                .ExitCode,
            0);
  EXPECT_EQ(contents(P.path() + "/link.d"),
            "b.json: \\\n  b.facts \\\n  .clang-tidy \\\n  own.yaml\n");
}

TEST_F(Extract, TheCommandMayRunElsewhere) {
  fs::create_directory(P.path() + "/build");
  extract("a");
  const std::string Before = contents(P.path() + "/a.facts");
  EXPECT_EQ(P.tidy({"extract", "-o", "a2.facts", "--directory=build", "--",
                    "c++", "-std=c++20", "-I..", "-c", "../a.cpp"})
                .ExitCode,
            0);
  EXPECT_EQ(contents(P.path() + "/a2.facts"), Before);
  P.write("build/words", "-std=c++20 -I.. -c '../a.cpp'\n");
  EXPECT_EQ(P.tidy({"extract", "-o", "a3.facts", "--directory=build", "--",
                    "c++", "@words"})
                .ExitCode,
            0);
  EXPECT_EQ(contents(P.path() + "/a3.facts"), Before);
}

TEST_F(Extract, WhatIsTheSameIsLeftAlone) {
  extract("a");
  const fs::path Facts = P.path() + "/a.facts";
  const auto Long = fs::last_write_time(Facts) - std::chrono::hours(1);
  fs::last_write_time(Facts, Long);
  extract("a", {"--write-if-changed"});
  EXPECT_EQ(fs::last_write_time(Facts), Long);
  P.write("a.cpp", "int x;\n");
  extract("a", {"--write-if-changed"});
  EXPECT_NE(fs::last_write_time(Facts), Long);
}

/// A folder of links to the files of another one, as build engines make it.
class Sandbox : public Extract {
protected:
  Sandbox() {
    for (const char *Name : {"task.h", "nap.h", "a.cpp", "b.cpp"})
      link(Name, Name);
  }
  void link(const std::string &From, const std::string &To) const {
    fs::create_directories(fs::path(There.path() + "/" + From).parent_path());
    fs::create_symlink(P.path() + "/" + To, There.path() + "/" + From);
  }
  Finished tidy(std::vector<std::string> Words) const {
    Words.insert(Words.begin(), ASYNC_TIDY_BINARY_DIR "/bin/async-tidy");
    return run(Words, There.path());
  }
  Finished extractThere(const std::string &Unit,
                        std::vector<std::string> Options = {}) const {
    std::vector<std::string> Words = {"extract", "--sandbox", "-o",
                                      Unit + ".facts"};
    Words.insert(Words.end(), Options.begin(), Options.end());
    Words.insert(Words.end(), {"--", "c++", "-std=c++20", "-I.", "-Ilinks",
                               "-c", Unit + ".cpp"});
    return tidy(Words);
  }

  TemporaryFolder There;
};

TEST_F(Sandbox, LinksAreTheFilesThatTheyLeadTo) {
  for (const char *Unit : {"a", "b"}) {
    extract(Unit);
    EXPECT_EQ(extractThere(Unit).ExitCode, 0);
    EXPECT_EQ(contents(There.path() + "/" + Unit + ".facts"),
              contents(P.path() + "/" + Unit + ".facts"));
  }
  for (const char *Name : {"task.h", "nap.h", "a.cpp", "b.cpp"})
    fs::remove(There.path() + "/" + Name);
  const Finished Run =
      tidy({"link", "--sandbox", "--output=json", "a.facts", "b.facts"});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("\"file\": \"nap.h\""));
  for (const std::string &Place : {P.path(), There.path()})
    EXPECT_THAT(Run.Output, Not(HasSubstr(Place)));
  EXPECT_THAT(tidy({"link", "--sandbox", "--output=sarif", "a.facts"}).Output,
              Not(HasSubstr(There.path())));
}

TEST_F(Sandbox, AFolderOfLinksHasTheNameOfWhatItShows) {
  extract("b");
  fs::remove(There.path() + "/nap.h");
  link("links/nap.h", "nap.h");
  EXPECT_EQ(extractThere("b", {"--file-prefix-map=links=."}).ExitCode, 0);
  EXPECT_EQ(contents(There.path() + "/b.facts"),
            contents(P.path() + "/b.facts"));
}

TEST_F(Sandbox, NoConfigurationAboveItCounts) {
  P.write("b.cpp", "#include \"nap.h\"\n"
                   "#ifdef NAP\n"
                   "task b() { sleep(1); co_return; }\n"
                   "#endif\n");
  const fs::path Here = fs::path(There.path()) / "deep/er";
  fs::create_directories(Here);
  for (const char *Name : {"task.h", "nap.h", "b.cpp"})
    fs::copy_file(P.path() + "/" + Name, Here / Name);
  There.write(".clang-tidy", "ExtraArgs: ['-DNAP']\n");
  const auto Findings = [&](std::vector<std::string> Sandbox) {
    std::vector<std::string> Words = {ASYNC_TIDY_BINARY_DIR "/bin/async-tidy",
                                      "extract", "-o", "b.facts"};
    Words.insert(Words.end(), Sandbox.begin(), Sandbox.end());
    Words.insert(Words.end(), {"--", "c++", "-std=c++20", "-c", "b.cpp"});
    EXPECT_EQ(run(Words, Here).ExitCode, 0);
    Words = {ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "link", "b.facts"};
    Words.insert(Words.end(), Sandbox.begin(), Sandbox.end());
    return count(run(Words, Here).Output, "[async-blocking-call]");
  };
  EXPECT_EQ(Findings({}), 1u);
  EXPECT_EQ(Findings({"--sandbox"}), 0u);
  There.write("deep/er/.clang-tidy",
              "InheritParentConfig: true\nExtraArgs: ['-DNAP']\n");
  EXPECT_EQ(Findings({"--sandbox"}), 1u);
}

TEST_F(Extract, OnlyTheFilesThatAreNamed) {
  extract("a"), extract("b");
  const auto Only = [&](std::vector<std::string> Names) {
    std::vector<std::string> Words = {"link", "a.facts", "b.facts"};
    for (const std::string &Name : Names)
      Words.push_back("--only=" + Name);
    return P.tidy(Words);
  };
  EXPECT_THAT(Only({"a.cpp"}).Output, HasSubstr("no findings"));
  EXPECT_EQ(Only({"a.cpp"}).ExitCode, 0);
  EXPECT_THAT(Only({"nap.h", "a.cpp"}).Output, HasSubstr("no findings"));
  EXPECT_THAT(Only({"b.cpp"}).Output, HasSubstr("b.cpp:2:"));
  EXPECT_THAT(Only({"."}).Output, HasSubstr("b.cpp:2:"));
  EXPECT_THAT(Only({"nap.h"}).Output, Not(HasSubstr("note: ")));
  EXPECT_THAT(Only({"nap.h", "lonely.h"}).Output,
              HasSubstr("note: lonely.h is read by none of these units"));

  // A unit that is not analysed fails the run that is about it.
  P.write("a.cpp", "int x = no_such_name;\n");
  extract("a");
  EXPECT_EQ(Only({"nap.h"}).ExitCode, 0);
  EXPECT_THAT(Only({"nap.h"}).Output, HasSubstr("no_such_name"));
  EXPECT_EQ(Only({"a.cpp"}).ExitCode, 3);
}

TEST_F(Extract, OfAWholeProgramTheCommentsAreJudged) {
  P.write("a.cpp", "void nap() {} // NOLINT(async-blocking-call)\n");
  extract("a"), extract("b");
  const auto Unused = [&](const Finished &Run) {
    return count(Run.Output, "a.cpp:1:");
  };
  EXPECT_EQ(Unused(P.tidy({"--no-store", "--level=strict"})), 1u);
  EXPECT_EQ(Unused(P.tidy({"link", "--level=strict", "a.facts", "b.facts"})),
            0u);
  EXPECT_EQ(P.tidy({"link", "--level=strict", "--whole-program", "a.facts",
                    "b.facts"})
                .Output,
            P.tidy({"--no-store", "--level=strict"}).Output);
}

TEST_F(Extract, ABaselineIsUsedWhereItIsNamed) {
  ASSERT_EQ(extract("a").ExitCode, 0);
  ASSERT_EQ(extract("b").ExitCode, 0);
  const std::vector<std::string> Link = {"link", "a.facts", "b.facts"};
  const auto With = [&](std::vector<std::string> More) {
    More.insert(More.begin(), Link.begin(), Link.end());
    return P.tidy(More);
  };
  EXPECT_EQ(With({"--write-baseline=accepted"}).ExitCode, 0);
  EXPECT_EQ(With({"--baseline=accepted"}).ExitCode, 0);
  // A build engine does not know of files that nobody names.
  fs::copy(P.path() + "/accepted", P.path() + "/.async-tidy-baseline");
  EXPECT_EQ(With({}).ExitCode, 1);

  // What is gone is told of a whole program, and of no part.
  P.write("b.cpp", "#include \"nap.h\"\ntask b() { co_return; }\n");
  ASSERT_EQ(extract("b").ExitCode, 0);
  EXPECT_EQ(With({"--baseline=accepted"}).ExitCode, 0);
  const Finished Stale = With({"--baseline=accepted", "--whole-program"});
  EXPECT_EQ(Stale.ExitCode, 1);
  EXPECT_THAT(Stale.Output, HasSubstr("stale"));
  EXPECT_EQ(
      With({"--baseline=accepted", "--whole-program", "--only=a.cpp"}).ExitCode,
      0);
}

TEST_F(Extract, AUnitThatDoesNotCompileIsTheLinksToTell) {
  P.write("a.cpp", "#include \"nap.h\"\nint x = no_such_name;\n");
  const Finished Run = extract("a");
  EXPECT_EQ(Run.ExitCode, 0) << "the other units of the build go on";
  EXPECT_THAT(Run.Errors, HasSubstr("a.cpp:2: "));
  extract("b");
  const Finished Linked = P.tidy({"link", "a.facts", "b.facts"});
  EXPECT_EQ(Linked.ExitCode, 3);
  EXPECT_THAT(Linked.Output, HasSubstr("no_such_name"));
  EXPECT_THAT(Linked.Output, HasSubstr("[async-blocking-call]"));
}

TEST_F(Extract, AUnitWithoutFactsLeavesNoFile) {
  P.write("a.cpp", "#pragma clang __debug crash\n");
  const Finished Run = extract("a");
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Errors, HasSubstr("died of signal"));
  EXPECT_FALSE(fs::exists(P.path() + "/a.facts"));
  P.write("a.facts", "of another text");
  EXPECT_EQ(extract("a").ExitCode, 3);
  EXPECT_FALSE(fs::exists(P.path() + "/a.facts"));
}

TEST_F(Extract, MistakesAreTold) {
  extract("a");
  const std::string Facts = contents(P.path() + "/a.facts");
  P.write("cut.facts", Facts.substr(0, Facts.size() / 2));
  P.write("text.facts", "no facts\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> Calls = {
      {{"extract", "--", "c++", "-c", "a.cpp"}, "-o is missing"},
      {{"extract", "-o", "x"}, "no compiler command"},
      {{"extract", "-o", "x", "--", "c++", "-c", "a.o"}, "names no C or C++"},
      {{"extract", "-o", "x", "--", "c++", "a.cpp", "b.cpp"}, "names 2 C"},
      {{"extract", "-o", "x", "a.cpp"}, "stands after --"},
      {{"extract", "-o", "x", "--file-prefix-map=a", "--", "c++", "a.cpp"},
       "--file-prefix-map=a: two folders"},
      {{"extract", "-o", "no/such/x", "--", "c++", "-c", "a.cpp"}, "no/such/x"},
      {{"link"}, "no facts"},
      {{"link", "gone.facts"}, "gone.facts"},
      {{"link", "@gone"}, "gone"},
      {{"link", "a.facts", "cut.facts"}, "cut.facts: not facts"},
      {{"link", "text.facts"}, "text.facts: not facts"},
      {{"link", "-o", "x", "--output=json", "a.facts"}, "exclude each other"},
      {{"link", "-o", "", "a.facts"}, "-o needs a file"},
      {{"link", "--depfile=x", "a.facts"}, "--depfile speaks of a report"},
  };
  for (const auto &[Words, Said] : Calls) {
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2) << Said;
    EXPECT_THAT(Run.Errors, HasSubstr(Said));
    EXPECT_EQ(Run.Output, "");
  }
}

} // namespace
