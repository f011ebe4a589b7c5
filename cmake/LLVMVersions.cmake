# The LLVM versions in use. The program is linked against LLVM 22; a plugin needs
# only the headers of its host's version, since the host brings the code.
#
# Afterwards there is a target `llvm-headers-N` for each version.

find_package(Clang 22.1 REQUIRED CONFIG HINTS /usr/lib/llvm-22)

function(async_tidy_llvm_headers VERSION)
  if(TARGET llvm-headers-${VERSION})
    return()
  endif()
  find_path(ASYNC_TIDY_LLVM_${VERSION}_INCLUDE clang/AST/AST.h
    PATHS /usr/lib/llvm-${VERSION}/include NO_DEFAULT_PATH)
  if(NOT ASYNC_TIDY_LLVM_${VERSION}_INCLUDE)
    message(FATAL_ERROR "no headers of LLVM ${VERSION}: install "
      "libclang-${VERSION}-dev and llvm-${VERSION}-dev, say where they are with "
      "-DASYNC_TIDY_LLVM_${VERSION}_INCLUDE=DIR, or leave ${VERSION} out of "
      "-DASYNC_TIDY_PLUGINS")
  endif()
  add_library(llvm-headers-${VERSION} INTERFACE)
  # After the compiler's own: libc++abi-22-dev puts a cxxabi.h there.
  target_compile_options(llvm-headers-${VERSION} INTERFACE
    "SHELL:-idirafter ${ASYNC_TIDY_LLVM_${VERSION}_INCLUDE}")
  target_compile_definitions(llvm-headers-${VERSION} INTERFACE
    _GNU_SOURCE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS)
endfunction()

foreach(VERSION 22 ${ASYNC_TIDY_PLUGINS})
  async_tidy_llvm_headers(${VERSION})
endforeach()
