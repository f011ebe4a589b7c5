//===- Builtin.cpp - The models that are part of async-tidy ---------------===//
//
// Loads checks/models/*.yaml, which the build embeds (`builtinModelTexts`).
//
//===----------------------------------------------------------------------===//

#include "models/Models.h"
#include "llvm/Support/ErrorHandling.h"

namespace async_tidy {

ModelSet loadBuiltinModels() {
  ModelSet Result;
  for (const auto &[Name, Text] : builtinModelTexts())
    if (llvm::Error E = Result.add(Text, Name, /*Ours=*/true))
      llvm::report_fatal_error(llvm::Twine(llvm::toString(std::move(E))),
                               /*gen_crash_diag=*/false);
  return Result;
}

const ModelSet &builtinModels() {
  static const ModelSet Models = loadBuiltinModels();
  return Models;
}

} // namespace async_tidy
