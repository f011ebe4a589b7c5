//===- Serialize.h - Facts as bytes ---------------------------------------===//
//
// Facts cross processes (each unit is parsed in one of its own) and can be kept
// on disk. The bytes of equal facts are equal. They are of one version of
// async-tidy: another one's are refused, never guessed at.
//
// This is not an exchange format; the text is for people and tests.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_SERIALIZE_H
#define ASYNC_TIDY_FACTS_SERIALIZE_H

#include "facts/Bytes.h"
#include "facts/Facts.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace async_tidy {

/// \p Unit as bytes: a header (magic, version, checksum), then its fields. The
/// paths of \p A are left out and put in again by the reader.
std::string serialize(const TranslationUnitFacts &Unit, const Anchors &A = {});
std::string serializeFunction(const FunctionFacts &F, const Anchors &A = {});

/// Reads what `serialize` wrote. Foreign, cut or damaged bytes are an error.
llvm::Expected<TranslationUnitFacts> deserialize(llvm::StringRef Bytes,
                                                 const Anchors &A = {});
/// \p NamesUnit is set if the facts hold `Anchors::Unit`: in another unit they
/// would be others.
llvm::Expected<FunctionFacts> deserializeFunction(llvm::StringRef Bytes,
                                                  const Anchors &A = {},
                                                  bool *NamesUnit = nullptr);

/// A hash of the names of all fields: other facts, another number.
uint64_t factsSchema();

/// \p Unit as indented JSON with named fields; what is empty is left out.
std::string factsAsText(const TranslationUnitFacts &Unit);

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_SERIALIZE_H
