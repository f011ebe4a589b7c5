#pragma once
#include <userver/_names.hpp>
