//===- Host.h - A program that knows more than clang-tidy -----------------===//
//
// clang-tidy shows one unit and knows nothing else. An editor's server can know
// the rest of the program, and wants to know what was found.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANG_TIDY_HOST_H
#define ASYNC_TIDY_INTEGRATIONS_CLANG_TIDY_HOST_H

#include "rules/Rule.h"
#include <functional>
#include <memory>

namespace async_tidy {

/// What is known beside the unit that is looked at.
struct Surroundings {
  std::vector<TranslationUnitFacts> Units;
  /// With it, nothing is unknown.
  bool Whole = false;
};

/// What was found in the main file of a unit and is not suppressed.
struct FoundInFile {
  std::string File, Text;
  std::vector<Finding> Findings;
  std::shared_ptr<const Program> In;
  /// Looks again, at the same unit and what the host then knows.
  std::function<FoundInFile()> Again;
};

/// Each function may be empty; they are called on several threads.
struct Host {
  /// Gives the other units of the program that \p Open belongs to, and adds to
  /// \p Open what its reader has skipped.
  std::function<Surroundings(TranslationUnitFacts &Open)> Around;
  std::function<void(FoundInFile)> Found;
};

/// The one of this process. It is set, if at all, before the first unit.
Host &host();

} // namespace async_tidy

#endif // ASYNC_TIDY_INTEGRATIONS_CLANG_TIDY_HOST_H
