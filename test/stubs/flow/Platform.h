#pragma once
#include <flow/flow.h>
