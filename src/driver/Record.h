//===- Record.h - What is kept of a unit ----------------------------------===//
//
// The facts of a unit in pieces: its head, which says how the parse went, its
// body, and each function of a header by itself, because other units that read
// the header say the same. Workers answer with records, and the store keeps
// them.
//
// Paths below the project's root are relative to it: a record that was made in
// another checkout is as good.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_RECORD_H
#define ASYNC_TIDY_DRIVER_RECORD_H

#include "driver/Digest.h"
#include "facts/Facts.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace async_tidy {

/// A function that stands in a header.
struct SharedFunction {
  /// Its place among the functions of the unit.
  unsigned Position = 0;
  /// Serialised.
  std::shared_ptr<const std::string> Facts;
  Digest Id; ///< of \ref Facts
};

struct UnitRecord {
  /// Facts that hold the main file, the files, the errors and the counts only.
  std::string Head;
  /// The rest, but for the functions of headers.
  std::string Body;
  std::vector<SharedFunction> Shared;

  /// Of the whole: units of one digest say the same.
  Digest digest() const;
};

UnitRecord pack(TranslationUnitFacts Unit, llvm::StringRef Root);

/// The facts that `pack` was given, of \p Root. Damaged bytes are an error.
llvm::Expected<TranslationUnitFacts> unpackHead(llvm::StringRef Head,
                                                llvm::StringRef Root);
/// The rest of the facts; \p Unit holds the head. What units say alike of a
/// function of a header becomes one object, as long as somebody holds it.
llvm::Error unpackBody(const UnitRecord &R, llvm::StringRef Root,
                       TranslationUnitFacts &Unit);

/// \p R as bytes that say what they are.
std::string encode(const UnitRecord &R);
llvm::Expected<UnitRecord> decodeRecord(llvm::StringRef Bytes);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_RECORD_H
