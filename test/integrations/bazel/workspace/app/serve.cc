#include "app/serve.h"
#include "nap/nap.h"

static_assert(sizeof(NAME) == 11);

task serve() {
  nap();
  co_return;
}

task accepted() {
  nap(); // NOLINT(async-blocking-call)
  co_return;
}
