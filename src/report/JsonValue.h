//===- JsonValue.h - JSON whose keys stay in order ------------------------===//
//
// What the reports in JSON share. Strings may be any bytes.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_JSONVALUE_H
#define ASYNC_TIDY_REPORT_JSONVALUE_H

#include "llvm/Support/raw_ostream.h"
#include <nlohmann/json.hpp>

namespace async_tidy {

using JsonValue = nlohmann::ordered_json;

struct Report;

/// The metrics of \p R, as all reports in JSON have them.
JsonValue metricsAsJson(const Report &R);

/// Writes \p V, indented; what is not UTF-8 becomes U+FFFD.
inline void write(const JsonValue &V, llvm::raw_ostream &OS) {
  OS << V.dump(2, ' ', /*ensure_ascii=*/false,
               JsonValue::error_handler_t::replace)
     << '\n';
}

/// \p V without blanks, and without a line's end; what is not UTF-8 becomes
/// U+FFFD.
inline std::string onOneLine(const JsonValue &V) {
  return V.dump(-1, ' ', /*ensure_ascii=*/false,
                JsonValue::error_handler_t::replace);
}

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_JSONVALUE_H
