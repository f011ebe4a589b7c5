#pragma once
#include <folly/_names.h>
