//===- Previous.cpp - What an earlier run found ---------------------------===//

#include "report/Previous.h"
#include "report/JsonValue.h"

using namespace llvm;

namespace async_tidy {

/// The text or truth of \p Key in \p V, or \p Default if it is another thing.
template <typename T>
static T get(const JsonValue &V, const char *Key, T Default) {
  const auto Found = V.find(Key);
  if constexpr (std::is_same_v<T, bool>)
    return Found != V.end() && Found->is_boolean() ? Found->get<T>() : Default;
  else
    return Found != V.end() && Found->is_string() ? Found->get<T>() : Default;
}

Expected<PreviousRun> readPrevious(StringRef Json) {
  const JsonValue V = JsonValue::parse(Json.begin(), Json.end(), nullptr,
                                       /*allow_exceptions=*/false);
  if (!V.is_object() || !V.contains("format") || V["format"] != 1 ||
      !V.contains("findings") || !V["findings"].is_array())
    return createStringError(inconvertibleErrorCode(),
                             "not a report that --output=json wrote");
  PreviousRun Run;
  for (const JsonValue &F : V["findings"]) {
    if (!F.is_object() || get(F, "suppressed", false) || get(F, "fixed", false))
      continue;
    const std::string Hash = get(F, "fingerprint", std::string());
    if (!Hash.empty() && Run.Fingerprints.insert(Hash).second)
      ++Run.OfRule[get(F, "rule", std::string())];
  }
  return Run;
}

} // namespace async_tidy
