#pragma once
#include "nap/length.h"
#include <unistd.h>
#ifndef NAP_INSIDE
#error "for nap.cc alone"
#endif
inline void deep() { sleep(NAP_LENGTH); }
