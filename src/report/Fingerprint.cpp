//===- Fingerprint.cpp - Which finding is the same as yesterday's ---------===//
//
// SHA-256 over the parts of docs/design/fingerprints.md, cut to 128 bits.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"
#include <map>
#include <tuple>

using namespace llvm;

namespace async_tidy {

std::string fingerprint(StringRef RuleId, StringRef Function, StringRef Subject,
                        unsigned Ordinal) {
  // No part can hold the separator: they come from names in source code.
  std::string Parts = RuleId.str() + '\0' + Function.str() + '\0' +
                      Subject.str() + '\0' + std::to_string(Ordinal);
  SHA256 Hash;
  Hash.update(Parts);
  return toHex(Hash.final(), /*LowerCase=*/true).substr(0, 32);
}

std::vector<std::string> fingerprints(ArrayRef<Finding> Findings) {
  std::map<std::tuple<StringRef, StringRef, StringRef>, unsigned> Seen;
  std::vector<std::string> Hashes(Findings.size());
  // Those of a lower level count first, so that asking for more does not
  // renumber what was there.
  for (Level L : {Level::Default, Level::Strict, Level::Hint})
    for (auto [F, Hash] : zip_equal(Findings, Hashes))
      if (F.Shown == L)
        Hash = fingerprint(F.From->Id, F.Function, F.Subject,
                           ++Seen[{F.From->Id, F.Function, F.Subject}]);
  return Hashes;
}

} // namespace async_tidy
