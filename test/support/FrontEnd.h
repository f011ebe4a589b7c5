//===- FrontEnd.h - What each front end finds in a fixture ----------------===//
//
// Runs a front end, as a user does, over a program, and reads what it found
// from what it prints.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_SUPPORT_FRONTEND_H
#define ASYNC_TIDY_TEST_SUPPORT_FRONTEND_H

#include "support/Fixture.h"

namespace async_tidy::test {

/// A finding as a user sees it.
struct Seen {
  Mark Where;
  unsigned Column = 0;
  std::string Message;
  friend auto operator<=>(const Seen &, const Seen &) = default;
};

/// What a front end said.
struct Answer {
  std::set<Seen> Findings;
  /// Not empty if it could not check the program: what it printed.
  std::string Failure;

  std::set<Mark> marks() const;
};

/// `async-tidy`, all units at once.
Answer runProgram(const Fixture &F);
/// `clang-tidy-VERSION -load` our plugin, each unit by itself.
Answer runPlugin(const Fixture &F, unsigned Version);

/// What a finished process left.
struct Finished {
  int ExitCode = 0; ///< negative if it could not be run or was ended
  std::string Output, Errors;
};

/// Runs \p Command in \p Folder.
Finished run(const std::vector<std::string> &Command,
             const std::string &Folder = ".");

/// A folder that exists as long as this does.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::string &path() const { return Path; }
  /// Writes a file and gives its path.
  std::string write(const std::string &Name, const std::string &Text) const;

private:
  std::string Path;
};

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_SUPPORT_FRONTEND_H
