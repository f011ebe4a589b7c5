#pragma once
#include <drogon/_names.h>
