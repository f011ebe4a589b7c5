//===- Digest.h - What identifies a content -------------------------------===//
//
// BLAKE3, cut to 128 bits: nobody will find two contents of one digest, so a
// digest stands for its content.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_DIGEST_H
#define ASYNC_TIDY_DRIVER_DIGEST_H

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Endian.h"
#include <array>
#include <string>

namespace async_tidy {

struct Digest {
  std::array<uint8_t, 16> Bytes{};

  llvm::StringRef text() const {
    return {reinterpret_cast<const char *>(Bytes.data()), Bytes.size()};
  }
  /// All zero, which no content has, if \p Text is not one.
  static Digest fromText(llvm::StringRef Text) {
    Digest D;
    if (Text.size() == D.Bytes.size())
      std::copy(Text.bytes_begin(), Text.bytes_end(), D.Bytes.begin());
    return D;
  }
  friend auto operator<=>(const Digest &, const Digest &) = default;
};

/// Takes in texts and numbers, each delimited, so that other parts give another
/// digest.
class Digester {
public:
  Digester &operator()(llvm::StringRef Text) {
    (*this)(uint64_t(Text.size()));
    Hash.update(Text);
    return *this;
  }
  Digester &operator()(uint64_t Number) {
    uint8_t Buffer[sizeof Number];
    llvm::support::endian::write64le(Buffer, Number);
    Hash.update(Buffer);
    return *this;
  }
  Digester &operator()(const Digest &D) { return (*this)(D.text()); }

  Digest digest() { return {Hash.final<16>()}; }

private:
  llvm::BLAKE3 Hash;
};

inline Digest digestOf(llvm::StringRef Text) {
  return {llvm::BLAKE3::hash<16>(llvm::arrayRefFromStringRef(Text))};
}

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_DIGEST_H
