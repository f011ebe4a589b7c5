#pragma once
#include <coro/_names.hpp>
