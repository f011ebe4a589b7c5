// Libraries of the system: PAM, libsystemd, zlib, and `select` and its like.
// level: strict
// clang-format off: a mark belongs to its line
#include <mini/task.hpp>
#include <poll.h>
#include <security/pam_appl.h>
#include <sys/select.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>
#include <systemd/sd-journal.h>
#include <unistd.h>
#include <wordexp.h>
#include <zlib.h>

mini::task<void> pam_bad(pam_handle_t *h) {
  pam_authenticate(h, 0); // expect: async-blocking-call
  pam_open_session(h, 0); // expect: async-blocking-call
  co_return;
}

mini::task<void> bus_bad(sd_bus *bus, sd_bus_message *m, sd_journal *j) {
  sd_bus_call(bus, m, 0, nullptr, nullptr); // expect: async-blocking-call
  sd_bus_request_name(bus, "a.b", 0); // expect: async-blocking-call
  sd_bus_wait(bus, UINT64_MAX); // expect: async-blocking-call
  sd_journal_wait(j, 1000); // expect: async-blocking-call
  sd_journal_next(j); // expect: async-blocking-call
  co_return;
}

static int answered(sd_bus_message *, void *, sd_bus_error *) {
  ::sleep(1); // expect: async-blocking-call
  return 0;
}

mini::task<void> bus_ok(sd_bus *bus, sd_bus_message *m) {
  sd_bus_call_async(bus, nullptr, m, answered, nullptr, 0);
  sd_bus_send(bus, m, nullptr);
  sd_bus_wait(bus, 0);
  co_return;
}

mini::task<void> gz_bad(char *buffer) {
  gzFile f = gzopen("a", "r"); // expect: async-blocking-call
  gzread(f, buffer, 9); // expect: async-blocking-call
  gzclose(f); // expect: async-blocking-call
  co_return;
}

mini::task<void> select_bad(fd_set *s, timeval *t, pollfd *p, const timespec *limit) {
  select(1, s, nullptr, nullptr, nullptr); // expect: async-blocking-call
  select(1, s, nullptr, nullptr, t); // expect: async-blocking-call
  ppoll(p, 1, limit, nullptr); // expect: async-blocking-call
  co_return;
}

mini::task<void> words_bad(wordexp_t *w) {
  wordexp("$(ls)", w, 0); // expect: async-blocking-call
  co_return;
}

mini::task<void> words_ok(wordexp_t *w) {
  wordexp("a b", w, WRDE_NOCMD);
  co_return;
}
