#pragma once
#include <unifex/_names.hpp>
