//===- Shim.cpp - async-tidy-plugin-N.so, which clang-tidy loads ----------===//
//
// A plugin that is loaded into another LLVM version must say so and fail. It
// cannot if it does not load: clang-tidy passes over such a file, finds the
// checks nowhere and reports success. So this file needs nothing of LLVM's, no
// variable of anybody's, and does three things: it compares the versions, opens
// the engine in the folder `async-tidy` next to it, and ends the process with
// words if either fails.
//
//===----------------------------------------------------------------------===//

#include "Engine.h"
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>

namespace clang {
/// Of the host; null if it does not have it.
__attribute__((weak)) std::string getClangFullVersion();
} // namespace clang

namespace {

#define ASYNC_TIDY_STRING_(X) #X
#define ASYNC_TIDY_STRING(X) ASYNC_TIDY_STRING_(X)
#define ASYNC_TIDY_MAJOR ASYNC_TIDY_STRING(LLVM_VERSION_MAJOR)

constexpr char Engine[] =
    "async-tidy/async-tidy-engine-" ASYNC_TIDY_MAJOR ".so";

/// The file that \p Address is from.
const char *fileOf(const void *Address) {
  Dl_info Info;
  return dladdr(Address, &Info) && Info.dli_fname ? Info.dli_fname : "?";
}

const char *thisFile() { return fileOf(reinterpret_cast<void *>(&thisFile)); }

/// Ends the process before it can pass for one that checked something.
[[noreturn]] void fail(const std::string &What, const std::string &Do) {
  dprintf(STDERR_FILENO,
          "async-tidy: error: %s\n"
          "  plugin: %s, built for LLVM " ASYNC_TIDY_BUILT_FOR "\n"
          "  %s\n"
          "  no check of async-tidy could have run, so the program ends here\n",
          What.c_str(), thisFile(), Do.c_str());
  _exit(2);
}

/// 22 of `Debian clang version 22.1.8`, 0 if there is none.
int majorOf(const std::string &FullVersion) {
  constexpr char Word[] = "version ";
  const size_t At = FullVersion.find(Word);
  return At == std::string::npos
             ? 0
             : atoi(FullVersion.c_str() + At + sizeof(Word) - 1);
}

void requireMatchingHost() {
  if (!clang::getClangFullVersion)
    fail("the program that loaded this plugin does not let it see Clang",
         "load it with -load into a clang-tidy-" ASYNC_TIDY_MAJOR
         " that is linked dynamically (those of Debian, Ubuntu and "
         "apt.llvm.org are), or use the async-tidy program instead");
  const std::string Host = clang::getClangFullVersion();
  const int Major = majorOf(Host);
  if (Major != LLVM_VERSION_MAJOR)
    fail("this plugin is for clang-tidy-" ASYNC_TIDY_MAJOR
         ", but it was loaded into: " +
             Host,
         Major == 0 ? "use clang-tidy-" ASYNC_TIDY_MAJOR
                    : "use clang-tidy-" ASYNC_TIDY_MAJOR ", or load "
                      "async-tidy-plugin-" +
                          std::to_string(Major) + ".so");
}

void openEngine() {
  std::string Path = thisFile();
  const size_t Slash = Path.rfind('/');
  Path.replace(Slash == std::string::npos ? 0 : Slash + 1, std::string::npos,
               Engine);
  // Without a slash dlopen would look elsewhere.
  if (Slash == std::string::npos)
    Path = "./" + Path;

  void *Handle = dlopen(Path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!Handle) {
    const char *Why = dlerror();
    fail(std::string("cannot open the engine: ") + (Why ? Why : Path),
         "it must lie in the folder async-tidy next to the plugin and come "
         "from the same build; the "
         "host must be clang-tidy-" ASYNC_TIDY_MAJOR);
  }
  void *BuiltFor = dlsym(Handle, "async_tidy_engine_built_for");
  if (!BuiltFor)
    fail(Path + " is not an engine of async-tidy",
         "install plugin and engine from the same build");
  const char *Version =
      reinterpret_cast<decltype(&async_tidy_engine_built_for)>(BuiltFor)();
  if (strcmp(Version, ASYNC_TIDY_BUILT_FOR) != 0)
    fail(Path + " is built for LLVM " + Version,
         "install plugin and engine from the same build");
  void *Register = dlsym(Handle, "async_tidy_engine_register");
  if (!Register)
    fail(Path + " is not an engine of async-tidy",
         "install plugin and engine from the same build");
  reinterpret_cast<decltype(&async_tidy_engine_register)>(Register)();
}

__attribute__((constructor)) void load() {
  requireMatchingHost();
  openEngine();
}

} // namespace
