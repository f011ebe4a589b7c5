//===- Lsp.cpp - async-tidy lsp: serve an editor --------------------------===//
//
// For those who keep their own clangd. `async-clangd`, which is installed next
// to us, follows the texts and parses them; told so, it says only what is ours.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <unistd.h>

using namespace llvm;

namespace async_tidy::cli {

int runLsp(const Arguments &A) {
  const StringRef Folder = sys::path::parent_path(A.Executable);
  const auto Server = sys::findProgramByName("async-clangd", {Folder});
  if (!Server)
    return fail(createStringError(
        Server.getError(), "there is no async-clangd next to " + A.Executable));
  std::vector<std::string> Words = {*Server, "--async-only",
                                    "--background-index=0", "--log=error"};
  if (const auto *Database = A.Options.getLastArg(OPT_p))
    Words.push_back(std::string("--compile-commands-dir=") +
                    Database->getValue());
  if (const auto *Store = A.Options.getLastArg(OPT_store_EQ))
    Words.push_back(std::string("--async-store=") + Store->getValue());
  if (A.Options.hasArg(OPT_no_store))
    Words.push_back("--async-no-store");
  std::vector<char *> Arguments;
  for (std::string &Word : Words)
    Arguments.push_back(Word.data());
  Arguments.push_back(nullptr);
  execv(Server->c_str(), Arguments.data());
  return fail(createStringError(std::error_code(errno, std::generic_category()),
                                "cannot run " + *Server));
}

} // namespace async_tidy::cli
