//===- Engine.h - What the shim and the engine agree upon -----------------===//
//
// The shim (Shim.cpp) opens the engine (Plugin.cpp) and asks it what it was
// built for, before anything of it is used. An engine that is loaded in any
// other way does nothing at all.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANG_TIDY_ENGINE_H
#define ASYNC_TIDY_INTEGRATIONS_CLANG_TIDY_ENGINE_H

#include "llvm/Config/llvm-config.h"

/// The LLVM version that a file was compiled for; both are compared by it.
#define ASYNC_TIDY_BUILT_FOR LLVM_VERSION_STRING

/// Gives the `ASYNC_TIDY_BUILT_FOR` of the engine.
extern "C" const char *async_tidy_engine_built_for();

/// Makes the checks known to clang-tidy.
extern "C" void async_tidy_engine_register();

#endif // ASYNC_TIDY_INTEGRATIONS_CLANG_TIDY_ENGINE_H
