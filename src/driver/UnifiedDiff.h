//===- UnifiedDiff.h - A change as patch(1) and git read it ---------------===//

#ifndef ASYNC_TIDY_DRIVER_UNIFIEDDIFF_H
#define ASYNC_TIDY_DRIVER_UNIFIEDDIFF_H

#include "driver/ApplyFixes.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

/// Writes \p Change of the file \p Name with three lines around each place,
/// so that `git apply` and `patch -p1` make it. Byte by byte what the file has;
/// coloured if \p OS has colours enabled.
void printUnifiedDiff(llvm::StringRef Name, const FileChange &Change,
                      llvm::raw_ostream &OS);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_UNIFIEDDIFF_H
