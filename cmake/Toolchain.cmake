# How everything is compiled and linked.

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  message(WARNING "async-tidy is built and tested with Clang; the presets "
    "choose clang++-22. ${CMAKE_CXX_COMPILER_ID} may work.")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/static)

# LLVM's packages have no type information for their classes.
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>
  -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers
  -fdiagnostics-color)

if(ASYNC_TIDY_SANITIZERS)
  # `vptr` needs what -fno-rtti takes away.
  add_compile_options(-fsanitize=${ASYNC_TIDY_SANITIZERS} -fno-sanitize=vptr
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ASYNC_TIDY_SANITIZERS})
endif()

find_program(ASYNC_TIDY_MOLD mold)
find_program(ASYNC_TIDY_LLD NAMES ld.lld-22 ld.lld)
if(ASYNC_TIDY_MOLD)
  add_link_options(-fuse-ld=mold)
elseif(ASYNC_TIDY_LLD)
  add_link_options(--ld-path=${ASYNC_TIDY_LLD})
endif()

find_program(ASYNC_TIDY_CCACHE ccache)
if(ASYNC_TIDY_CCACHE)
  # What ccache's manual asks for when precompiled headers are used.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ${ASYNC_TIDY_CCACHE})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang\ -fno-pch-timestamp>)
endif()
