//===- GuardTest.cpp - A plugin in the wrong place says so ----------------===//
//
// A plugin that cannot work must end the program that loaded it: clang-tidy
// goes on without its checks and reports success, and so would a gate.
//
//===----------------------------------------------------------------------===//

#include "plugin/Run.h"
#include <gmock/gmock.h>

using namespace async_tidy::test;
using testing::AllOf;
using testing::HasSubstr;

namespace {

const std::string Library = ASYNC_TIDY_BINARY_DIR "/lib/";

std::string pluginFile(const std::string &Version) {
  return "async-tidy-plugin-" + Version + ".so";
}
std::string engineFile(const std::string &Version) {
  return "async-tidy/async-tidy-engine-" + Version + ".so";
}

class Guard : public testing::TestWithParam<std::string> {
protected:
  Guard() { In.write("a.cpp", "int main() {}\n"); }

  /// What clang-tidy does with the plugin \p File. The built-in check would
  /// make it succeed without ours.
  Outcome load(const std::string &File) const {
    return In.run("clang-tidy-" + GetParam() + " -load " + File +
                  " -checks='-*,async-*,bugprone-assert-side-effect' a.cpp --");
  }
  /// Copies \p From of the build to \p To.
  void copy(const std::string &From, const std::string &To) const {
    const Outcome O = In.run("mkdir -p $(dirname " + To + ") && cp '" +
                             Library + From + "' " + To);
    ASSERT_EQ(O.Exit, 0) << O.Text;
  }

  Workplace In;
};

INSTANTIATE_TEST_SUITE_P(ClangTidy, Guard,
                         testing::Values(ASYNC_TIDY_PLUGIN_VERSIONS),
                         [](const auto &I) { return I.param; });

TEST_P(Guard, TheRightPluginLoads) {
  const Outcome O = load(Library + pluginFile(GetParam()));
  EXPECT_EQ(O.Exit, 0) << O.Text;
}

TEST_P(Guard, APluginForAnotherVersionEndsTheProgram) {
  for (const std::string Other : {ASYNC_TIDY_PLUGIN_VERSIONS}) {
    if (Other == GetParam())
      continue;
    const Outcome O = load(Library + pluginFile(Other));
    EXPECT_EQ(O.Exit, 2) << O.Text;
    EXPECT_THAT(O.Text,
                AllOf(HasSubstr("this plugin is for clang-tidy-" + Other),
                      HasSubstr("version " + GetParam()),
                      HasSubstr("load " + pluginFile(GetParam()))));
  }
}

TEST_P(Guard, SoItDoesWhereNothingIsLinted) {
  for (const std::string Other : {ASYNC_TIDY_PLUGIN_VERSIONS}) {
    if (Other == GetParam())
      continue;
    for (const char *Action : {"-list-checks", "-verify-config"}) {
      const Outcome O =
          In.run("clang-tidy-" + GetParam() + " -load " + Library +
                 pluginFile(Other) + " -checks='async-*' " + Action);
      EXPECT_EQ(O.Exit, 2) << Action << O.Text;
    }
  }
}

TEST_P(Guard, APluginWithoutItsEngineEndsTheProgram) {
  copy(pluginFile(GetParam()), "plugin.so");
  const Outcome O = load("./plugin.so");
  EXPECT_EQ(O.Exit, 2) << O.Text;
  EXPECT_THAT(O.Text, AllOf(HasSubstr("cannot open the engine"),
                            HasSubstr(engineFile(GetParam()))));
}

TEST_P(Guard, AnEngineForAnotherVersionEndsTheProgram) {
  for (const std::string Other : {ASYNC_TIDY_PLUGIN_VERSIONS}) {
    if (Other == GetParam())
      continue;
    copy(pluginFile(GetParam()), "plugin.so");
    copy(engineFile(Other), engineFile(GetParam()));
    const Outcome O = load("./plugin.so");
    EXPECT_EQ(O.Exit, 2) << O.Text;
    EXPECT_THAT(O.Text, HasSubstr("async-tidy: error: "));
  }
}

TEST_P(Guard, AnythingElseInPlaceOfTheEngineEndsTheProgram) {
  copy(pluginFile(GetParam()), "plugin.so");
  ASSERT_EQ(In.run("mkdir async-tidy").Exit, 0);
  In.write(engineFile(GetParam()), "not a library");
  Outcome O = load("./plugin.so");
  EXPECT_EQ(O.Exit, 2) << O.Text;
  EXPECT_THAT(O.Text, HasSubstr("cannot open the engine"));

  // A library, but not ours.
  In.write("x.c", "int x;\n");
  ASSERT_EQ(
      In.run("clang-22 -shared -fPIC x.c -o " + engineFile(GetParam())).Exit,
      0);
  O = load("./plugin.so");
  EXPECT_EQ(O.Exit, 2) << O.Text;
  EXPECT_THAT(O.Text, HasSubstr("is not an engine of async-tidy"));

  // An engine of another build.
  In.write("y.c", "const char *async_tidy_engine_built_for() "
                  "{ return \"1.2.3\"; }\n");
  ASSERT_EQ(
      In.run("clang-22 -shared -fPIC y.c -o " + engineFile(GetParam())).Exit,
      0);
  O = load("./plugin.so");
  EXPECT_EQ(O.Exit, 2) << O.Text;
  EXPECT_THAT(O.Text, HasSubstr("is built for LLVM 1.2.3"));
}

TEST_P(Guard, AnEngineThatIsLoadedItselfChecksNothing) {
  for (const std::string Version : {ASYNC_TIDY_PLUGIN_VERSIONS}) {
    const Outcome O =
        In.run("clang-tidy-" + GetParam() + " -load " + Library +
               engineFile(Version) + " -checks='-*,async-*' a.cpp --");
    EXPECT_NE(O.Exit, 0) << "does not pass: " << O.Text;
    EXPECT_THAT(O.Text, HasSubstr("no checks enabled"));
  }
}

TEST_P(Guard, ACompilerIsNotClangTidy) {
  const Outcome O =
      In.run("clang++-" + GetParam() + " -fsyntax-only -fplugin=" + Library +
             pluginFile(GetParam()) + " a.cpp");
  EXPECT_NE(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("the host must be clang-tidy-" + GetParam()));
}

TEST_P(Guard, ThePluginNeedsNoVariableOfItsHost) {
  // Of what is not defined, functions can be missing until they are called; a
  // variable cannot, and clang-tidy would pass over the plugin.
  const Outcome O = In.run("llvm-readelf-22 --relocs --wide " + Library +
                           pluginFile(GetParam()) +
                           " | grep -v JUMP_SLO | grep -E 'llvm|clang'"
                           " | grep -v getClangFullVersion");
  EXPECT_EQ(O.Text, "");
}

} // namespace
