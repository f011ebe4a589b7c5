//===- Dataflow.cpp - What a test tells -----------------------------------===//
//
// See Dataflow.h.
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"

namespace async_tidy {

std::optional<bool> answers(const Branch &Test, bool Taken,
                            llvm::StringRef Answer) {
  const bool Holds = Taken != Test.Negated;
  const llvm::StringRef Wanted = Answer.empty() ? "true" : Answer;
  if (Test.Equals.empty()) {
    // Tested as a boolean: false is 0.
    if (Wanted == "true")
      return Holds;
    if (Wanted == "0")
      return !Holds;
    return std::nullopt;
  }
  llvm::StringRef Compared = Test.Equals;
  if (Wanted == "true" && (Compared == "1" || Compared == "true"))
    return Holds;
  if (Wanted == "true" && (Compared == "0" || Compared == "false"))
    return !Holds;
  if (Compared == Wanted)
    return Holds;
  // Equal to something else: not the answer; unequal to it: nothing is known.
  if (Holds)
    return false;
  return std::nullopt;
}

} // namespace async_tidy
