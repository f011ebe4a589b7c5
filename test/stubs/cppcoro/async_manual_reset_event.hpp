#pragma once
#include <cppcoro/_names.hpp>
