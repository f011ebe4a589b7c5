# async-tidy in a project that is built with CMake:
#
#   find_package(AsyncTidy REQUIRED)          # or include(AsyncTidy.cmake)
#   async_tidy_add_lint(lint)                 # cmake --build build --target lint
#
# async_tidy_add_lint(NAME [TARGETS TARGET...] [ARGS ARG...] [ALL])
#
#   Adds the target NAME, which runs async-tidy over the sources of TARGETS, or of
#   the whole project, as the compile database of the build says they are
#   compiled. It fails as async-tidy does. What the targets generate is generated
#   first. ARGS are for async-tidy: `--level=strict`, `--since=origin/main`. With
#   ALL it is a part of every build.
#
# async_tidy_on_compile(TARGET... [CHECKS GLOBS])
#
#   Lets clang-tidy with the plugin look at each source of the TARGETs when it is
#   compiled; what needs several translation units is found by the lint alone.
#   CHECKS are added to those of .clang-tidy; without a .clang-tidy in the
#   project's folder they are `-*,async-*`.
#
# Unity builds and precompiled headers need nothing special. The generator must be
# one that writes compile databases: Makefiles or Ninja.

include_guard(GLOBAL)

# This file is in PREFIX/lib/cmake/AsyncTidy.
find_program(ASYNC_TIDY_EXECUTABLE async-tidy
  HINTS ${CMAKE_CURRENT_LIST_DIR}/../../../bin)
find_program(ASYNC_TIDY_CLANG_TIDY NAMES clang-tidy-22 clang-tidy-19)
if("${CMAKE_EXPORT_COMPILE_COMMANDS}" STREQUAL "") # nobody has said anything
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON CACHE BOOL "Write a compile database" FORCE)
endif()

# Why lint cannot work here; empty if it can.
function(_async_tidy_obstacle OUT)
  set(WHY "")
  if(NOT ASYNC_TIDY_EXECUTABLE)
    set(WHY "async-tidy was not found: install it, or say where it is with -DASYNC_TIDY_EXECUTABLE=FILE")
  elseif(NOT CMAKE_EXPORT_COMPILE_COMMANDS)
    set(WHY "CMAKE_EXPORT_COMPILE_COMMANDS is off, so there is no compile database")
  elseif(NOT CMAKE_GENERATOR MATCHES "Makefiles|Ninja")
    set(WHY "the generator ${CMAKE_GENERATOR} writes no compile database: use Ninja or Makefiles")
  endif()
  set(${OUT} "${WHY}" PARENT_SCOPE)
endfunction()

function(async_tidy_add_lint NAME)
  cmake_parse_arguments(PARSE_ARGV 1 A "ALL" "" "TARGETS;ARGS")
  if(A_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "async_tidy_add_lint: ${A_UNPARSED_ARGUMENTS} means nothing; "
      "there are TARGETS, ARGS and ALL")
  endif()
  if(A_ALL)
    set(ALL ALL)
  endif()
  _async_tidy_obstacle(WHY)
  if(WHY)
    # To build the project does not need async-tidy; to lint it does.
    message(WARNING "${NAME}: ${WHY}")
    add_custom_target(${NAME} ${ALL}
      COMMAND ${CMAKE_COMMAND} -E echo "${NAME}: ${WHY}"
      COMMAND ${CMAKE_COMMAND} -E false VERBATIM)
    return()
  endif()

  set(SOURCES "")
  foreach(TARGET ${A_TARGETS})
    if(NOT TARGET ${TARGET})
      message(FATAL_ERROR "async_tidy_add_lint: there is no target ${TARGET}")
    endif()
    get_target_property(FOLDER ${TARGET} SOURCE_DIR)
    get_target_property(OWN ${TARGET} SOURCES)
    foreach(SOURCE ${OWN})
      if(SOURCE MATCHES "^\\$<")
        continue() # its objects are another target's
      endif()
      cmake_path(ABSOLUTE_PATH SOURCE BASE_DIRECTORY ${FOLDER} NORMALIZE)
      if(SOURCE MATCHES "\\.(c|cc|cpp|cxx|c\\+\\+|C|cppm|ixx)$")
        list(APPEND SOURCES ${SOURCE})
      endif()
    endforeach()
  endforeach()
  if(A_TARGETS AND NOT SOURCES)
    message(FATAL_ERROR "async_tidy_add_lint: ${A_TARGETS} have no sources of C or C++")
  endif()
  add_custom_target(${NAME} ${ALL}
    COMMAND ${ASYNC_TIDY_EXECUTABLE} check -p ${CMAKE_BINARY_DIR} ${A_ARGS} ${SOURCES}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "async-tidy" VERBATIM COMMAND_EXPAND_LISTS USES_TERMINAL)
  if(A_TARGETS)
    # Before their sources are read, theirs are generated.
    foreach(TARGET ${A_TARGETS})
      get_target_property(NEEDS ${TARGET} MANUALLY_ADDED_DEPENDENCIES)
      if(NEEDS)
        add_dependencies(${NAME} ${NEEDS})
      endif()
    endforeach()
  endif()
endfunction()

function(async_tidy_on_compile)
  cmake_parse_arguments(PARSE_ARGV 0 A "" "CHECKS" "")
  if(NOT A_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "async_tidy_on_compile: name targets")
  endif()
  if(NOT ASYNC_TIDY_CLANG_TIDY)
    message(FATAL_ERROR "async_tidy_on_compile: clang-tidy-22 or -19 was not found: "
      "say where it is with -DASYNC_TIDY_CLANG_TIDY=FILE")
  endif()
  # The plugin must be of clang-tidy's version, and clang-tidy says nothing of
  # one that is not there.
  execute_process(COMMAND ${ASYNC_TIDY_CLANG_TIDY} --version OUTPUT_VARIABLE VERSION)
  string(REGEX MATCH "version ([0-9]+)" VERSION "${VERSION}")
  set(LLVM ${CMAKE_MATCH_1})
  find_library(ASYNC_TIDY_PLUGIN_${LLVM} async-tidy-plugin-${LLVM}.so
    HINTS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../.. NO_CACHE)
  if(NOT ASYNC_TIDY_PLUGIN_${LLVM})
    message(FATAL_ERROR "async_tidy_on_compile: there is no async-tidy-plugin-${LLVM}.so "
      "for ${ASYNC_TIDY_CLANG_TIDY}: say where it is with -DASYNC_TIDY_PLUGIN_${LLVM}=FILE")
  endif()
  if(NOT A_CHECKS AND NOT EXISTS ${CMAKE_SOURCE_DIR}/.clang-tidy)
    set(A_CHECKS "-*,async-*")
  endif()
  set(COMMAND ${ASYNC_TIDY_CLANG_TIDY} -load=${ASYNC_TIDY_PLUGIN_${LLVM}} --quiet)
  if(A_CHECKS)
    list(APPEND COMMAND --checks=${A_CHECKS})
  endif()
  set_target_properties(${A_UNPARSED_ARGUMENTS} PROPERTIES CXX_CLANG_TIDY "${COMMAND}")
endfunction()
