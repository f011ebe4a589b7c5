//===- Run.h - A folder and the commands that a user types in it ----------===//
//
// A test of the plugin writes a few files, runs clang-tidy as a user does, and
// reads what a user reads.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_PLUGIN_RUN_H
#define ASYNC_TIDY_TEST_PLUGIN_RUN_H

#include "support/FrontEnd.h"

namespace async_tidy::test {

/// What a command printed, on both streams, and its exit code.
struct Outcome {
  int Exit = -1;
  std::string Text;
};

/// A folder of its own, deleted with the object.
class Workplace : public TemporaryFolder {
public:
  /// Runs \p Command by the shell in the folder.
  Outcome run(const std::string &Command) const {
    const Finished Done =
        test::run({"sh", "-c", "exec 2>&1; " + Command}, path());
    return {Done.ExitCode, Done.Output + Done.Errors};
  }
  std::string read(const std::string &Name) const {
    return readFile(path() + "/" + Name);
  }
};

/// How often \p Part occurs in \p Text.
inline unsigned countOf(const std::string &Text, const std::string &Part) {
  unsigned Count = 0;
  for (size_t At = 0; (At = Text.find(Part, At)) != std::string::npos; ++At)
    ++Count;
  return Count;
}

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_PLUGIN_RUN_H
