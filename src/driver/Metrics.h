//===- Metrics.h - The numbers that a team puts on its wall ---------------===//
//
// Each says of how many things of a kind it is true that they are as they
// should be. docs/design/metrics.md says what is counted.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_METRICS_H
#define ASYNC_TIDY_DRIVER_METRICS_H

#include "driver/Session.h"

namespace async_tidy {

/// Names and titles of all metrics, with nothing counted.
std::vector<Metric> allMetrics();

/// Counts in \p P, whatever the user's level and choice of rules are. \p R is
/// the rest of the report.
llvm::Expected<std::vector<Metric>> measure(Session &S, const Program &P,
                                            const Report &R);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_METRICS_H
