// Boost.Thread with the interface that most projects ask for. For the test that
// modelled names exist.
#pragma once

#define BOOST_THREAD_VERSION 4
#include <boost/thread.hpp>
#include <boost/thread/future.hpp>
