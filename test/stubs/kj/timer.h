#pragma once
#include <kj/_names.h>
