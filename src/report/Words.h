//===- Words.h - What several formats say in the same words ---------------===//
//
// Formats differ in syntax. What is shown, in which order and how it is worded
// is the same in all of them.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_WORDS_H
#define ASYNC_TIDY_REPORT_WORDS_H

#include "report/Report.h"
#include <array>
#include <string>
#include <vector>

namespace async_tidy {

/// The findings of \p R that are shown, in its order.
std::vector<const Finding *> shownFindings(const Report &R);
/// The same, errors first.
std::vector<const Finding *> gravestFirst(const Report &R);

/// The units that were not analysed, sorted.
std::vector<UnitNotAnalysed> sortedUnits(const Report &R);
/// Where to look for why \p U was not analysed: the compiler's error, or the
/// unit.
Location placeOf(const UnitNotAnalysed &U);
/// An error, unless the user said that it need not be analysed.
Severity weightOf(const UnitNotAnalysed &U);
/// `b.cpp was not analysed: 'x.h' file not found`.
std::string inWords(const UnitNotAnalysed &U, llvm::StringRef Root);
/// What stands for the id of a rule where a unit was not analysed.
inline constexpr llvm::StringLiteral NotAnalysedId = "async-tidy-not-analysed";

/// `src/a.cpp:3:7`, or the file alone; nothing in it can do harm to a terminal.
std::string placeInWords(const Location &Where, llvm::StringRef Root);
/// The steps of \p F, a line each: `1. src/a.cpp:3:7: f calls g`; harmless as
/// well.
std::vector<std::string> stepsInWords(const Finding &F, llvm::StringRef Root);

/// How many findings there are of each severity, `note` first.
using Tally = std::array<unsigned, 3>;
/// `1 error, 3 warnings`; empty if there is nothing.
std::string inWords(const Tally &T);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_WORDS_H
