//===- Files.h - Model files for tests ------------------------------------===//
//
// Loads YAML that stands in a test.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_MODELS_FILES_H
#define ASYNC_TIDY_TEST_MODELS_FILES_H

#include "models/Models.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

/// \p Body after the two keys that every file needs: it begins on line 3.
inline std::string file(llvm::StringRef Body, llvm::StringRef Library = "lib") {
  return ("library: " + Library + "\nsummary: a library\n" + Body).str();
}

/// The errors of \p YAML as `m.yaml`, one a line; empty if there are none.
inline std::string errorsOf(llvm::StringRef YAML) {
  ModelSet Models;
  llvm::Error E = Models.add(YAML, "m.yaml");
  const bool Failed = static_cast<bool>(E);
  EXPECT_EQ(Models.libraries().empty(), Failed)
      << "a file is added, or there is an error";
  return llvm::toString(std::move(E));
}

/// The models of \p Bodies, each a file, in this order.
inline ModelSet modelsOf(std::initializer_list<llvm::StringRef> Bodies) {
  ModelSet Models;
  unsigned Number = 0;
  for (llvm::StringRef Body : Bodies)
    EXPECT_EQ(llvm::toString(Models.add(
                  file(Body), "file" + std::to_string(++Number) + ".yaml")),
              "");
  return Models;
}

/// A call of \p Name that is given \p Arguments.
inline CallSite call(llvm::StringRef Name, std::vector<Value> Arguments = {}) {
  CallSite Result;
  Result.CalleeName = Name.str();
  Result.Written = Arguments.size();
  Result.Arguments.assign(Arguments.begin(), Arguments.end());
  return Result;
}

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_MODELS_FILES_H
