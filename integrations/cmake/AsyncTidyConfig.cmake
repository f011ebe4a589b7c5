# find_package(AsyncTidy) reads this file.
include(${CMAKE_CURRENT_LIST_DIR}/AsyncTidy.cmake)
