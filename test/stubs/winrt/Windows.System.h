#pragma once
#include <winrt/_names.h>
