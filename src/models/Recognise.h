//===- Recognise.h - Which libraries a program uses -----------------------===//
//
// For `async-tidy models -p DIR`: what of the models speaks of the code that
// was read, and so what async-tidy knows about it.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_RECOGNISE_H
#define ASYNC_TIDY_MODELS_RECOGNISE_H

#include "models/Models.h"

namespace async_tidy {

/// A library that units include or call.
struct Recognised {
  const ModelSet::Library *Library = nullptr;
  unsigned Including = 0;  ///< units that include one of its headers
  unsigned Calls = 0;      ///< calls of modelled functions, in all units
  unsigned Coroutines = 0; ///< coroutines that return one of its task types
  /// The modelled functions that are called most, at most three.
  std::vector<std::string> MostCalled;
};

/// The libraries of \p Models that \p Units use, those with most calls first.
/// A function that several units define counts in each.
std::vector<Recognised> recognise(llvm::ArrayRef<TranslationUnitFacts> Units,
                                  const ModelSet &Models);

/// What is known of \p L, in words: `tasks start when they are awaited`. One
/// sentence part each.
std::vector<std::string> knowledge(const ModelSet::Library &L,
                                   const ModelSet &Models);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_RECOGNISE_H
