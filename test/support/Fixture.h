//===- Fixture.h - Code, and what is to be found in it --------------------===//
//
// A fixture is a program with marks in its comments:
//
//   // expect: RULE       exactly this is found on this line
//   // missed: RULE       is not found, but should be
//   // false-alarm: RULE  is found, but should not be
//
// With `-next-line` a mark speaks of the next line (`// expect-next-line:
// RULE`). The day a `missed` is found, or a `false-alarm` is not, the test
// fails and the mark is put right. Comments at the beginning of a file say how
// it is compiled and checked: `// flags: -std=c++17`, `// level: strict`,
// `// options: async-blocking-call.Tiers=1;2;3`.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_SUPPORT_FIXTURE_H
#define ASYNC_TIDY_TEST_SUPPORT_FIXTURE_H

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace async_tidy::test {

/// That a rule fires, or is to fire, on a line of a file.
struct Mark {
  std::string File; ///< without its folder
  unsigned Line = 0;
  std::string Rule;
  friend auto operator<=>(const Mark &, const Mark &) = default;
};

struct Fixture {
  std::string Name; ///< of the test: letters, digits and `_`
  /// The sources, with absolute paths; one program.
  std::vector<std::string> Sources;
  std::vector<std::string> Flags;
  std::string Level = "default";
  /// clang-tidy's `Checks`.
  std::string Checks = "-*,async-*";
  std::map<std::string, std::string> Options;
  std::set<Mark> Expected, Missed;
  /// What is wrong with the marks themselves.
  std::vector<std::string> Mistakes;

  /// Another file of the program, header or source.
  void add(const std::string &Path, const std::string &Text);

  /// For GoogleTest.
  friend void PrintTo(const Fixture &F, std::ostream *Out) { *Out << F.Name; }
};

/// The flags of test/compile_flags.txt, with absolute paths.
std::vector<std::string> defaultFlags();

/// test/rules/async-*.cpp, and in each folder of test/rules (`peers`, or one
/// with the name of a rule) every file, and every folder as a program of
/// several files.
std::vector<Fixture> ruleFixtures();
/// The C++ blocks of the rules' pages, one program each, checked by the page's
/// rule alone, and those of docs/guide, checked by all rules. The sources are
/// written to \p Folder; their lines are those of the page.
std::vector<Fixture> pageFixtures(const std::string &Folder);
/// The programs of test/projects that have marks, at level strict.
std::vector<Fixture> projectFixtures();

/// The text of a file; a failure of the test if it cannot be read.
std::string readFile(const std::string &Path);

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_SUPPORT_FIXTURE_H
