//===- Pool.h - Child processes, some at a time ---------------------------===//
//
// Starts a child for each request and collects the answers. What a child does
// to itself (crash, hang, nonsense) is its answer's failure and nobody else's.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_POOL_H
#define ASYNC_TIDY_DRIVER_POOL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <sys/resource.h>

namespace async_tidy {

struct PoolOptions {
  /// The program and what it is started with.
  std::string Executable;
  std::string Argument = "--worker";
  unsigned Jobs = 1;
  std::chrono::seconds Timeout{300}; ///< for one child
};

/// What one child is asked.
struct Task {
  Task(std::string Request, bool LimitsItself = false)
      : Request(std::move(Request)), LimitsItself(LimitsItself) {}

  std::string Request;
  bool LimitsItself; ///< it looks after its time, and may have children
};

/// What became of one child.
struct Answer {
  std::string Bytes;   ///< its standard output
  std::string Failure; ///< why there is no answer: `stopped with signal 11`
  int ExitCode = 0;    ///< of a child that ended by itself
  double CpuSeconds = 0;
  uint64_t PeakBytes = 0;
};

/// How a failure for want of time reads.
std::string tooSlow(const PoolOptions &Options);

/// The largest memory that \p Usage tells of.
uint64_t peakBytes(const rusage &Usage);

/// Takes from the front of what a child has said so far.
using Heard = llvm::function_ref<void(size_t, std::string &)>;
inline void hearLater(size_t, std::string &) {}

/// Runs \p Count children; \p Next gives the request of one, written to its
/// standard input, and \p Done takes its answer, in the order in which they
/// finish. False if a signal interrupted it; the children are dead then.
/// \p Count, which is asked again and again, may grow.
bool runChildren(const PoolOptions &Options, llvm::function_ref<size_t()> Count,
                 llvm::function_ref<Task(size_t)> Next,
                 llvm::function_ref<void(size_t, Answer)> Done,
                 Heard Hear = hearLater);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_POOL_H
