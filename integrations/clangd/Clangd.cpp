//===- Clangd.cpp - What clangd is told of our checks ---------------------===//
//
// clangd's headers are not packaged, its libraries are. Where it asks a free
// function about checks, the linker (`--wrap`) lets ours answer first. The
// declarations here must be those of LLVM 22.
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyOptions.h"
#include "rules/Rule.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

using namespace llvm;

namespace clang::clangd {

/// Never made here: only for the type of a null pointer.
class SymbolIndex {
public:
  virtual ~SymbolIndex();
};

namespace remote {
/// clangd's index on another machine, which would need gRPC.
std::unique_ptr<SymbolIndex> getClient(StringRef Address, StringRef Root) {
  errs() << "async-clangd has no remote index; " << Address
         << " is not asked\n";
  return nullptr;
}
} // namespace remote
} // namespace clang::clangd

namespace async_tidy {

#define FAST "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define OPTIONS                                                                \
  "_ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy16" \
  "ClangTidyOptionsENS1_9StringRefEEEES6_"

using clang::tidy::ClangTidyOptions;
using OptionsOf = function_ref<void(ClangTidyOptions &, StringRef)>;

std::optional<bool> clangdIsFast(StringRef Check) asm("__real_" FAST);
ClangTidyOptions clangdOptions(OptionsOf, StringRef) asm("__real_" OPTIONS);

std::optional<bool> isFast(StringRef Check) asm("__wrap_" FAST);
ClangTidyOptions optionsFor(OptionsOf, StringRef) asm("__wrap_" OPTIONS);

/// clangd leaves out checks that it does not know to be fast. One extraction
/// serves all of ours.
std::optional<bool> isFast(StringRef Check) {
  return findRule(Check) ? true : clangdIsFast(Check);
}

/// Which of our rules run is read from `Checks` as everywhere else: a list that
/// does not speak of us leaves them on.
ClangTidyOptions optionsFor(OptionsOf Provider, StringRef File) {
  ClangTidyOptions Options = clangdOptions(Provider, File);
  if (!Provider) // --clang-tidy=0
    return Options;
  std::string Checks = Options.Checks.value_or("");
  for (const Rule *R : selectRules(Checks, Level::Default).Rules)
    // A glob: who names a rule exactly wants it at any level.
    Checks += ("," + R->Id + "*").str();
  Options.Checks = Checks;
  return Options;
}

} // namespace async_tidy
