#pragma once
#include "task.h"
#include <unistd.h>

inline task lonely() {
  sleep(1);
  co_return;
}
