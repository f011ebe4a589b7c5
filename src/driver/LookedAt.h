//===- LookedAt.h - What a run can tell the absence of --------------------===//
//
// That nothing was found is news only where somebody looked: in units that were
// analysed, by rules that ran, in files that are shown. Seeing less code may
// hide a finding, so a run over a part of the project can tell of nothing that
// it is gone.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_LOOKEDAT_H
#define ASYNC_TIDY_DRIVER_LOOKEDAT_H

#include "driver/Session.h"
#include <set>

namespace async_tidy {

class LookedAt {
public:
  /// What a run looked at that parsed \p Parsed and linked it to \p P.
  LookedAt(Session &S, const Program &P, const ParsedUnits &Parsed);

  /// Every unit of the compile database, and each without an error.
  bool everything() const { return Everything; }
  /// Some unit without errors reads \p File, an absolute path.
  bool read(llvm::StringRef File) const { return Files.count(File.str()); }
  /// A finding of \p R and \p L that depends on \p Of, of which the first has
  /// its place, would have been found and shown.
  llvm::Expected<bool> wouldFind(const Rule &R, Level L,
                                 llvm::ArrayRef<std::string> Of) const;

private:
  Session &S;
  Filter Shows;
  /// Every unit that there is was asked for.
  bool AllAsked;
  bool Everything;
  std::set<std::string> Files;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_LOOKEDAT_H
