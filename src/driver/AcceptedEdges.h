//===- AcceptedEdges.h - What models accept is marked and not dropped -----===//

#ifndef ASYNC_TIDY_DRIVER_ACCEPTEDEDGES_H
#define ASYNC_TIDY_DRIVER_ACCEPTEDEDGES_H

#include "driver/Session.h"

namespace async_tidy {

/// Adds to \p Found, as suppressed, what the `edges` of \p Models silence in
/// \p P, and what is to be said of those that silence nothing. It costs linking
/// the program again, if there are edges.
llvm::Error addAccepted(Session &S, const Program &P, const ModelSet &Models,
                        bool Complete, Findings &Found);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_ACCEPTEDEDGES_H
