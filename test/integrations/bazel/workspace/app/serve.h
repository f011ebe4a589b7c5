#pragma once
#include "task.h"

task serve();
