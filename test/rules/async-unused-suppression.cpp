// Comments that suppress something, and others that do not.
// level: strict

#include <mini/task.hpp>
#include <mutex>
#include <unistd.h>

mini::task<void> tick();

mini::task<void> used() {
  sleep(1); // NOLINT(async-blocking-call)
  sleep(1); // NOLINT
  sleep(1); // NOLINT(async-*): a glob
  // NOLINTNEXTLINE(bugprone-branch-clone, async-blocking-call): two checks
  sleep(1);
  // NOLINTBEGIN(async-blocking-call)
  sleep(1);
  // NOLINTEND(async-blocking-call)
  co_await tick();
}

mini::task<void> unused() {
  co_await tick(); // NOLINT
  co_await tick(); // NOLINT(bugprone-branch-clone)
  // expect-next-line: async-unused-suppression
  co_await tick(); // NOLINT(async-blocking-call)
  // expect-next-line: async-unused-suppression
  co_await tick(); // NOLINT(async-*)
  // expect-next-line: async-unused-suppression
  // NOLINTNEXTLINE(async-busy-wait)
  co_await tick();
  // expect-next-line: async-unused-suppression
  // NOLINTBEGIN(async-blocking-call, async-busy-wait)
  sleep(1);
  // NOLINTEND(async-blocking-call, async-busy-wait)
  // The other platform needs it.
  co_await tick(); // NOLINT(async-blocking-call, async-unused-suppression)
}

mini::task<void> no_such_rule() {
  // expect-next-line: async-unused-suppression
  co_await tick(); // NOLINT(async-blocking-calls)
}

// A comment in a macro does it for every use of the macro.
#define NAP() sleep(1) /* NOLINT(async-blocking-call) */
// expect-next-line: async-unused-suppression
#define NOTHING() (void)0 /* NOLINT(async-blocking-call) */

mini::task<void> macros() {
  NAP();
  NOTHING();
  co_await tick();
}
