#pragma once
#include <corral/_mock.h>
