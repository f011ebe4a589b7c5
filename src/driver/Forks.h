//===- Forks.h - Copies of this process, some at a time -------------------===//
//
// A process that has parsed what several units begin with goes on as several:
// each copy has all that was parsed, and memory is copied only where it is
// written to.
//
// How many may run at once is agreed on with everybody else by the protocol of
// GNU make's job server: a pipe holds a byte for each further process. Who runs
// has one place for himself, and takes a byte for each child but one.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FORKS_H
#define ASYNC_TIDY_DRIVER_FORKS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstddef>
#include <optional>

namespace async_tidy {

/// The pipe of places; `-1` for none, and then one child runs at a time.
class Places {
public:
  Places() = default;
  Places(int Read, int Write) : Read(Read), Write(Write) {}
  /// A new pipe with \p Count places.
  static Places create(unsigned Count);

  /// Takes a place if there is one.
  bool take() const;
  void give() const;
  void close();
  /// As many as there should be when nobody runs: one who was killed gives
  /// nothing back.
  void reset(unsigned Count) const;

  int Read = -1, Write = -1; ///< the ends of the pipe
};

/// Forks \p Count times, as there is room. In a child, gives its number at
/// once; in the parent nothing, when all children have ended. \p Ended is told
/// of each, in the parent, with its status as `waitpid` gives it.
std::optional<size_t> forkEach(size_t Count, const Places &Room,
                               llvm::function_ref<void(size_t, int)> Ended);

/// If the parent of this process dies, this process does (where the system can
/// do that); \p Parent is who it was.
void dieWithParent(int Parent);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FORKS_H
