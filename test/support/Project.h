//===- Project.h - A project of some files, and async-tidy in it ----------===//
//
// Writes sources and a compile database into a folder and runs the program
// there, as a user does.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_SUPPORT_PROJECT_H
#define ASYNC_TIDY_TEST_SUPPORT_PROJECT_H

#include "support/FrontEnd.h"

namespace async_tidy::test {

/// The least that a coroutine needs; `task` is its type.
extern const char *const TaskHeader;

class Project : public TemporaryFolder {
public:
  /// Writes task.h.
  Project();

  /// A source file with an entry in compile_commands.json.
  std::string addUnit(const std::string &Name, const std::string &Text,
                      std::vector<std::string> Flags = {});
  /// A unit with one finding of async-blocking-call, in `run`, whose line is 3.
  std::string addHazard(const std::string &Name);
  /// A unit without a finding.
  std::string addClean(const std::string &Name);

  /// Runs `async-tidy WORDS` in the folder, after the assignments of
  /// \p Environment.
  Finished tidy(std::vector<std::string> Words,
                const std::vector<std::string> &Environment = {}) const;

private:
  std::string Entries;
};

/// How often \p What stands in \p Text.
unsigned count(const std::string &Text, const std::string &What);

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_SUPPORT_PROJECT_H
