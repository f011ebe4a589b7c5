//===- SharedParse.h - One parse that becomes several ---------------------===//
//
// Parses what the units of a plan begin with, and forks where they part. The
// headers are included by lines behind Clang's predefined macros, before the
// main file, which at that time is empty. A fork that has reached a unit fills
// in its text, and the main file is then parsed from its first byte: headers
// that it includes have been read and are skipped.
//
// That is the parse of the unit alone only if it would have read those headers
// first and in that order, and nothing before them that changes what they mean.
// Each fork watches the preprocessor until it has passed the last of them, and
// gives up at anything else: a token, a macro that those headers know, a
// `#pragma`, another header. Who gives up says nothing; its unit is parsed
// alone.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_SHAREDPARSE_H
#define ASYNC_TIDY_DRIVER_SHAREDPARSE_H

#include "driver/Forks.h"
#include "driver/Parse.h"
#include "driver/SharePlan.h"
#include "driver/Trace.h"
#include <chrono>

namespace async_tidy {

struct SharedParse {
  /// That of one of the units, with the words before and after its file.
  CompileJob Job;
  size_t FileWord = 0; ///< where the file stands in it
  std::vector<ShareUnit> Units;
  ShareNode Tree;
  std::chrono::seconds Timeout{0}; ///< for each process; 0: none
};

/// Parses by \p Plan. Returns in a fork for each unit, with its number and
/// facts, and nowhere else: all other processes end here. \p TimedOut is told
/// of units whose fork took too long.
std::pair<unsigned, TranslationUnitFacts>
parseShared(const SharedParse &Plan, bool SkipBodies, const Places &Room,
            llvm::IntrusiveRefCntPtr<TracingFileSystem> Files,
            llvm::function_ref<void(unsigned)> TimedOut);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_SHAREDPARSE_H
