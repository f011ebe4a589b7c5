#pragma once
#include "task.h"
#include <unistd.h>

void nap();

/// Its finding is the header's, whoever includes it.
inline task doze() {
  sleep(1);
  co_return;
}
