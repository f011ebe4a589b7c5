#pragma once
#include <tmc/_mock.hpp>
