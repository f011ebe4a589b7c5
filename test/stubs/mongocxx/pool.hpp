#pragma once
#include <mongocxx/client.hpp>
