//===- NinjaTest.cpp - The rules for ninja, run by ninja ------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

/// What one run of ninja did.
struct Built {
  unsigned Extracted = 0, Linked = 0;
  Finished Run;
};

/// A helper that blocks in one unit, a coroutine that calls it in another, and
/// a header with a finding of its own.
class Ninja : public testing::Test {
protected:
  Ninja() {
    P.write("nap.h", "#pragma once\n"
                     "#include \"task.h\"\n"
                     "void nap();\n"
                     "inline task doze() { sleep(1); co_return; }\n");
    P.addUnit("a.cpp", "#include \"task.h\"\n"
                       "static void deep() { sleep(2); }\n"
                       "void nap() { deep(); }\n");
    P.addUnit("my $dir/b#.cpp", "#include \"nap.h\"\n"
                                "task b() { nap(); co_return; }\n"
                                "task c() { nap(); co_return; } // NOLINT\n"
                                "int d; // NOLINT(async-blocking-call)\n");
    P.addUnit("c.cpp",
              "#include \"nap.h\"\n"
              "static_assert(sizeof(NAME) == 7);\n",
              {R"(-DNAME="$ 'x' ")"});
  }

  /// Writes the rules.
  void write(std::vector<std::string> Options = {}) const {
    std::vector<std::string> Words = {"ninja", "-o", "lint.ninja"};
    Words.insert(Words.end(), Options.begin(), Options.end());
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
    EXPECT_EQ(Run.Output + Run.Errors, "");
  }
  Built build() const {
    Built B;
    B.Run = run({"ninja", "-v", "-k", "0", "-f", "lint.ninja"}, P.path());
    EXPECT_EQ(B.Run.Errors, "");
    B.Extracted = count(B.Run.Output, "/async-tidy extract ");
    B.Linked = count(B.Run.Output, "/async-tidy link ");
    return B;
  }
  std::string text(const std::string &File) const {
    return readFile(P.path() + "/" + File);
  }
  void append(const std::string &File, const std::string &Text) const {
    P.write(File, text(File) + Text);
  }

  Project P;
};

TEST_F(Ninja, FindsWhatARunFinds) {
  write({"--level=strict", "--output=json:out.json", "--output", "sarif:o s"});
  const Built First = build();
  EXPECT_EQ(First.Extracted, 3u);
  EXPECT_EQ(First.Linked, 1u);
  EXPECT_NE(First.Run.ExitCode, 0) << "there are findings";
  const auto Whole = [&](const std::string &Format) {
    return P.tidy({"--no-store", "--level=strict", "--output=" + Format})
        .Output;
  };
  EXPECT_THAT(Whole("text"), HasSubstr("[async-blocking-call]"));
  EXPECT_THAT(Whole("text"), HasSubstr("b#.cpp:4"))
      << "the comment that nobody needs";
  EXPECT_THAT(First.Run.Output, HasSubstr(Whole("text")));
  EXPECT_EQ(json::parse(text("out.json")), json::parse(Whole("json")));
  EXPECT_EQ(text("o s"), Whole("sarif"));

  const Built Second = build();
  EXPECT_EQ(Second.Extracted + Second.Linked, 0u);
  EXPECT_NE(Second.Run.ExitCode, 0);
  EXPECT_THAT(Second.Run.Output, HasSubstr(Whole("text"))) << "told again";
}

TEST_F(Ninja, ParsesAndLinksWhatAnEditChanges) {
  write({"--fail-on=never"});
  EXPECT_EQ(build().Run.ExitCode, 0);
  EXPECT_THAT(build().Run.Output, HasSubstr("no work to do"));

  append("a.cpp", "// a word\n"); // moves no line
  Built B = build();
  EXPECT_EQ(B.Extracted, 1u);
  EXPECT_EQ(B.Linked, 0u);
  EXPECT_THAT(build().Run.Output, HasSubstr("no work to do"));

  append("nap.h", "inline void wake() {}\n");
  B = build();
  EXPECT_EQ(B.Extracted, 2u) << "the units that include it";
  EXPECT_EQ(B.Linked, 1u);
  EXPECT_THAT(build().Run.Output, HasSubstr("no work to do"));
}

TEST_F(Ninja, TheConfigurationAndModelsAreInputs) {
  P.write(".clang-tidy", "Checks: '-*,async-*'\n");
  const std::string Model = "library: own\nsummary: ours\n";
  P.write("own.yaml", Model);
  write({"--fail-on=never", "--models=own.yaml"});
  EXPECT_EQ(build().Run.ExitCode, 0);
  P.write("own.yaml", Model + "# a word\n");
  Built B = build();
  EXPECT_EQ(B.Extracted, 0u) << B.Run.Output;
  EXPECT_EQ(B.Linked, 1u);
  EXPECT_THAT(B.Run.Output, HasSubstr("[async-blocking-call]"));
  P.write(".clang-tidy", "Checks: '-*,async-busy-wait'\n");
  B = build();
  EXPECT_EQ(B.Extracted, 3u) << "it may change flags";
  EXPECT_EQ(B.Linked, 1u);
  EXPECT_THAT(B.Run.Output, Not(HasSubstr("[async-blocking-call]")));
}

TEST_F(Ninja, ANewUnitIsNoticed) {
  write();
  build();
  P.addUnit("new.cpp", "#include \"nap.h\"\ntask e() { nap(); co_return; }\n");
  const Built B = build();
  EXPECT_EQ(B.Extracted, 1u);
  EXPECT_THAT(B.Run.Output, HasSubstr("new.cpp:2:"));
}

TEST_F(Ninja, AUnitThatIsNotAnalysedFailsTheBuild) {
  write({"--fail-on=never"});
  P.write("a.cpp", "int x = no_such_name;\n");
  const Built B = build();
  EXPECT_NE(B.Run.ExitCode, 0);
  EXPECT_THAT(B.Run.Output, HasSubstr("a.cpp:1:9: "));
  EXPECT_THAT(B.Run.Output, HasSubstr("[async-blocking-call]"));
  P.write("a.cpp", "#pragma clang __debug crash\n");
  EXPECT_THAT(build().Run.Output, HasSubstr("died of signal"));
  EXPECT_NE(build().Run.ExitCode, 0);
  P.write("a.cpp", "int x;\n");
  EXPECT_EQ(build().Run.ExitCode, 0);
}

TEST_F(Ninja, OfTheFilesThatAreNamed) {
  write({"c.cpp", "a.cpp"});
  const Built B = build();
  EXPECT_EQ(B.Extracted, 2u);
  EXPECT_EQ(B.Run.ExitCode, 0) << B.Run.Output;
}

TEST_F(Ninja, ACommandThatNoShellTakesGoesThroughAFile) {
  std::vector<std::string> Flags;
  for (int I = 0; I < 3000; ++I)
    Flags.push_back("-DA_RATHER_LONG_NAME_OF_A_MACRO_" + std::to_string(I) +
                    "=\"a 'word'\"");
  Flags.push_back("-DLAST=\"$ 'x' \"");
  P.addUnit("long.cpp", "static_assert(sizeof(LAST) == 7);\n", Flags);
  write({"long.cpp"});
  const Built B = build();
  EXPECT_EQ(B.Extracted, 1u);
  EXPECT_EQ(B.Run.ExitCode, 0) << B.Run.Output.substr(0, 2000);
}

TEST_F(Ninja, MistakesAreTold) {
  P.write("flags/compile_flags.txt", "-std=c++20\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> Calls = {
      {{}, "-o is missing"},
      {{"-o", "x", "--output=json"}, "--output=FORMAT:FILE"},
      {{"-o", "x", "--output=jsn:x"}, "no such format"},
      {{"-o", "x", "--checks=async-nothing"}, "no rule async-nothing"},
      {{"-o", "x", "--depfile=y"}, "says that already"},
      {{"-o", "x", "nap.h"}, "nap.h: no unit"},
      {{"-o", "x", "gone.cpp"}, "no such file"},
      {{"-o", "x", "--", "-std=c++20"}, "needs a compile database"},
      {{"-o", "x", "-p", "flags", "a.cpp"}, "needs a compile_commands.json"},
      {{"-o", "a|b"}, "ninja cannot read the name a|b"},
      {{"-o", "no/such/x"}, "no/such/x"},
  };
  for (const auto &[Options, Said] : Calls) {
    std::vector<std::string> Words = {"ninja"};
    Words.insert(Words.end(), Options.begin(), Options.end());
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2) << Said;
    EXPECT_THAT(Run.Errors, HasSubstr(Said));
  }
}

} // namespace
