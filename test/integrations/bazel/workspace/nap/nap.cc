#include "nap/nap.h"
#include "nap/detail.h"

void nap() { deep(); }
