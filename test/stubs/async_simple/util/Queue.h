#pragma once
#include <async_simple/_names.h>
