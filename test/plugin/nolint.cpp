// clang-format off
// What the comments of the NOLINT family silence, in many forms. A line that
// calls `nap` ends in SHOWN or SILENT: what clang-tidy makes of it (the rule is
// async-blocking-call). NolintTest.cpp asks clang-tidy and async-tidy.

#include <mini/task.hpp>
#include <unistd.h>

static void nap() { sleep(1); }

mini::task<> on_the_line() {
  nap();                                                  // SHOWN
  nap(); // NOLINT                                           SILENT
  nap(); /* NOLINT */                                     // SILENT
  nap(); // NOLINT: a reason                                 SILENT
  nap(); // NOLINT(async-blocking-call)                      SILENT
  nap(); // NOLINT(async-blocking-call): why                 SILENT
  nap(); // NOLINT( bugprone-x , async-blocking-call )       SILENT
  nap(); // NOLINT(async-*)                                  SILENT
  nap(); // NOLINT(*)                                        SILENT
  nap(); // NOLINT(*-blocking-*)                             SILENT
  nap(); // NOLINT(bugprone-x)                               SHOWN
  nap(); // NOLINT(async-blocking)                           SHOWN
  nap(); // NOLINT(*-blocking)                               SHOWN
  nap(); // NOLINT(async-busy-wait,async-sync-wait)          SHOWN
  nap(); // NOLINT()                                         SHOWN
  nap(); // NOLINT(-async-blocking-call)                     SHOWN
  nap(); // NOLINT(async-*,-async-blocking-call)             SILENT
  nap(); // NOLINT (async-busy-wait)                         SILENT
  nap(); // NOLINT(async-busy-wait                           SILENT
  nap(); // NOLINT(ASYNC-BLOCKING-CALL)                      SHOWN
  nap(); // NOLINT(async.blocking.call)                      SHOWN
  nap(); // nolint                                           SHOWN
  nap(); // XNOLINT                                          SILENT
  nap(); // NOLINTX                                          SHOWN
  nap(); // NOLINT_                                          SILENT
  nap(); // NOLINTS NOLINT                                   SILENT
  nap(); // NOLINT(bugprone-x) NOLINT(async-blocking-call)   SILENT
  nap(); // NOLINT(async-busy-wait), and NOLINT             SILENT
  static const char *text = "NOLINT"; nap();              // SILENT
  (void)text;
  co_return;
}

mini::task<> on_the_next_line() {
  // NOLINTNEXTLINE
  nap(); // SILENT
  nap(); // SHOWN
  // NOLINTNEXTLINE(async-blocking-call)
  nap(); // SILENT
  // NOLINTNEXTLINE(bugprone-x)
  nap(); // SHOWN
  // NOLINTNEXTLINE( async-blocking-call , bugprone-x )
  nap(); // SILENT
  // NOLINTNEXTLINE

  nap(); // SHOWN
  nap(); // NOLINTNEXTLINE                                   SHOWN
  nap(); // SILENT
  // NOLINT
  nap(); // SHOWN
  /* NOLINTNEXTLINE */ nap(); // SHOWN
  nap(); // SILENT
  // clang-tidy looks at one line only, not at the statement.
  // NOLINTNEXTLINE
  if (true)
    nap(); // SHOWN
  co_return;
}

mini::task<> in_a_block() {
  nap(); /* NOLINTBEGIN */ nap(); // SHOWN SILENT
  nap();                          // SILENT
  nap(); /* NOLINTEND */   nap(); // SILENT SHOWN
  // NOLINTBEGIN(async-blocking-call)
  nap(); // SILENT
  // NOLINTBEGIN(bugprone-x)
  nap(); // SILENT
  // NOLINTEND(bugprone-x)
  nap(); // SILENT
  // NOLINTEND( async-blocking-call )
  nap(); // SHOWN
  // NOLINTBEGIN(bugprone-x)
  nap(); // SHOWN
  // NOLINTBEGIN(async-*)
  nap(); // SILENT
  // NOLINTEND(async-*)
  nap(); // SHOWN
  // NOLINTEND(bugprone-x)
  nap(); // SHOWN
  co_return;
}

// NOLINTBEGIN(async-*, bugprone-x)
mini::task<> in_a_block_of_functions() {
  nap(); // SILENT
  co_return;
}
// NOLINTEND(async-*,bugprone-x)

#define NAP nap()
#define QUIET_NAP nap() // NOLINT
#define QUIETER_NAP nap() // NOLINT(async-blocking-call)
#define OTHER_NAP nap() // NOLINT(bugprone-x)
#define OUTER_NAP QUIET_NAP
#define OUTER_QUIET_NAP NAP // NOLINT
#define OUTER_OTHER_NAP OTHER_NAP
// NOLINTNEXTLINE(async-*)
#define NEXT_LINE_NAP nap()
// NOLINTBEGIN(async-blocking-call)
#define BLOCK_NAP nap()
// NOLINTEND(async-blocking-call)
#define DO(X) X
#define DO_QUIETLY(X) X // NOLINT
#define LONG_NAP                                                               \
  do {                                                                         \
    nap(); /* NOLINT */                                                        \
  } while (false)

mini::task<> in_macros() {
  NAP;             // SHOWN
  NAP;             // NOLINT                                 SILENT
  QUIET_NAP;       // SILENT
  QUIETER_NAP;     // SILENT
  OTHER_NAP;       // SHOWN
  OUTER_NAP;       // SILENT
  OUTER_QUIET_NAP; // SILENT
  OUTER_OTHER_NAP; // SHOWN
  NEXT_LINE_NAP;   // SILENT
  BLOCK_NAP;       // SILENT
  DO(nap());       // SHOWN
  DO(nap());       // NOLINT                                 SILENT
  DO_QUIETLY(nap()); // SILENT
  DO(QUIET_NAP);   // SILENT
  LONG_NAP;        // SILENT
  QUIET_NAP; nap(); // SILENT SHOWN
  co_return;
}
