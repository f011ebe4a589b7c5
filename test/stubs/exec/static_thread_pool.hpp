#pragma once
#include <stdexec/_names.hpp>
