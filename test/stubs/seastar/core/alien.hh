#pragma once
#include <seastar/_names.hh>
