//===- Unit.h - Facts of a piece of code, for tests -----------------------===//
//
// Parses code that stands in a test and gives its facts or its program. Code
// that does not compile fails the test.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_SUPPORT_UNIT_H
#define ASYNC_TIDY_TEST_SUPPORT_UNIT_H

#include "facts/Facts.h"
#include <string>
#include <vector>

namespace async_tidy::test {

/// The facts of \p Code, compiled as \p File with C++20, the stubs of
/// test/stubs and \p Flags.
TranslationUnitFacts factsOf(const std::string &Code,
                             const std::string &File = "input.cpp",
                             std::vector<std::string> Flags = {});

/// The function that is called \p Name; a failure of the test and an empty one
/// if there is none or there are several.
const FunctionFacts &function(const TranslationUnitFacts &Unit,
                              const std::string &Name);

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_SUPPORT_UNIT_H
