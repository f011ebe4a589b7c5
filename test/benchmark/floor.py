#!/usr/bin/env python3
#===- floor.py - A parse with everything skipped --------------------------===#
#
# Parses each file that is named as libclang does with no body of a function,
# which is the least that a tool can do which parses each unit.
#
#   floor.py FILE... -- FLAGS
#
#===-----------------------------------------------------------------------===#

import ctypes
import sys

SKIP_FUNCTION_BODIES = 0x40  # CXTranslationUnit_SkipFunctionBodies


def main():
    split = sys.argv.index("--")
    files, flags = sys.argv[1:split], sys.argv[split + 1:]
    clang = ctypes.CDLL("libclang-22.so.1")
    clang.clang_createIndex.restype = ctypes.c_void_p
    words = (ctypes.c_char_p * len(flags))(*(f.encode() for f in flags))
    for file in files:
        index = ctypes.c_void_p(clang.clang_createIndex(0, 0))
        unit = ctypes.c_void_p()
        error = clang.clang_parseTranslationUnit2(
            index, file.encode(), words, len(flags), None, 0,
            SKIP_FUNCTION_BODIES, ctypes.byref(unit))
        if error:
            sys.exit(f"error: {file}: libclang's error {error}")


if __name__ == "__main__":
    main()
