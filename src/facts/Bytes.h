//===- Bytes.h - Values as bytes ------------------------------------------===//
//
// Writes and reads any value that `eachField` takes apart: its fields one after
// the other, numbers in as many bytes as they need (LEB128), and a string as
// its index in a table, because the same names and paths come again and again.
//
//   number of strings | strings | fields
//
// What is written can be read on another machine: anchors stand for paths that
// differ there.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_BYTES_H
#define ASYNC_TIDY_FACTS_BYTES_H

#include "facts/Facts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LEB128.h"
#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace async_tidy {

/// Paths that bytes do not hold but refer to.
struct Anchors {
  /// The project's folder, without a slash at its end; empty: paths stay as
  /// they are.
  std::string Root;
  /// A unit's main file: ids of what has internal linkage end in it.
  std::string Unit;
};

/// \p Text with each of the paths in \p A replaced by a sign, where a whole
/// path stands and not the end of another one.
std::string encodeText(llvm::StringRef Text, const Anchors &A);
/// The text that `encodeText` was given, if \p A is the same; else the one that
/// means the same elsewhere.
std::string decodeText(llvm::StringRef Text, const Anchors &A);

/// \p Text, which encodeText made, is not what that was given.
inline bool isEncoded(llvm::StringRef Text) { return Text.contains('\1'); }
/// It holds the sign for `Anchors::Unit`; perhaps also if it does not.
bool mayNameUnit(llvm::StringRef Text);

class BytesWriter {
public:
  explicit BytesWriter(const Anchors &A) : A(A) {}

  void write(llvm::StringRef S) {
    const auto [It, New] = Index.try_emplace(S, Index.size());
    if (New) {
      const std::string Text = encodeText(S, A);
      number(Text.size(), Strings);
      Strings += Text;
    }
    number(It->second, Fields);
  }
  void write(const std::string &S) { write(llvm::StringRef(S)); }
  void write(Symbol S) { write(S.ref()); }
  template <typename T> void write(const std::vector<T> &V) { several(V); }
  template <typename T> void write(const List<T> &V) { several(V); }
  template <std::same_as<FunctionList> T> void write(const T &V) { several(V); }
  template <typename T> void write(const std::optional<T> &O) {
    number(O.has_value(), Fields);
    if (O)
      write(*O);
  }
  template <typename T> void write(const T &V) {
    if constexpr (std::is_enum_v<T>)
      number(static_cast<unsigned>(V), Fields);
    else if constexpr (std::is_signed_v<T>)
      number((uint64_t(V) << 1) ^ uint64_t(int64_t(V) >> 63), Fields);
    else if constexpr (std::is_arithmetic_v<T>)
      number(V, Fields);
    else
      eachField(
          V, [this](const char *, const auto &Field) { this->write(Field); });
  }

  /// All that was written.
  std::string take() {
    std::string Bytes;
    number(Index.size(), Bytes);
    Bytes += Strings;
    Bytes += Fields;
    return Bytes;
  }

private:
  void several(const auto &V) {
    number(V.size(), Fields);
    for (const auto &Element : V)
      write(Element);
  }
  static void number(uint64_t N, std::string &To) {
    uint8_t Buffer[10];
    To.append(reinterpret_cast<char *>(Buffer), llvm::encodeULEB128(N, Buffer));
  }

  const Anchors &A;
  llvm::StringMap<size_t> Index;
  std::string Strings, Fields;
};

/// Reads what BytesWriter wrote. The first thing that is not as expected is
/// kept as the error, and the rest is left at its defaults: no bytes do harm.
class BytesReader {
public:
  /// \p Bytes and \p A must outlive the reader.
  explicit BytesReader(llvm::StringRef Bytes) : BytesReader(Bytes, None) {}
  BytesReader(llvm::StringRef Bytes, const Anchors &&A) = delete;
  BytesReader(llvm::StringRef Bytes, const Anchors &A)
      : A(A), Next(Bytes.bytes_begin()), End(Bytes.bytes_end()) {
    const uint64_t Count = length();
    for (uint64_t I = 0; I < Count && Error.empty(); ++I) {
      const uint64_t Size = length();
      Texts.push_back({{reinterpret_cast<const char *>(Next), Size}, {}});
      Next += Size;
    }
  }

  void read(std::string &S) {
    if (const Text *Known = text())
      S = decodeText(Known->Written, A);
  }
  void read(Symbol &S) {
    Text *Known = text();
    if (!Known)
      return;
    if (Known->Kept.empty() && !Known->Written.empty())
      Known->Kept = isEncoded(Known->Written)
                        ? Symbol(decodeText(Known->Written, A))
                        : Symbol(Known->Written);
    S = Known->Kept;
  }
  template <typename T> void read(std::vector<T> &V) { several<T>(V); }
  template <typename T> void read(List<T> &V) { several<T>(V); }
  template <std::same_as<FunctionList> T> void read(T &V) {
    several<FunctionFacts>(V);
  }
  template <typename T> void read(std::optional<T> &O) {
    bool Present = false;
    read(Present);
    if (Present)
      read(O.emplace());
  }
  template <typename T> void read(T &V) {
    if constexpr (std::is_same_v<T, bool>) {
      const uint64_t N = number();
      N <= 1 ? void(V = N) : fail("no truth value");
    } else if constexpr (std::is_enum_v<T>) {
      const uint64_t N = number();
      N <= static_cast<uint64_t>(lastOf(T{}))
          ? void(V = static_cast<T>(N))
          : fail("an enumerator that does not exist");
    } else if constexpr (std::is_signed_v<T>) {
      const uint64_t N = number();
      const int64_t Value = int64_t(N >> 1) ^ -int64_t(N & 1);
      std::in_range<T>(Value) ? void(V = T(Value))
                              : fail("a number out of range");
    } else if constexpr (std::is_arithmetic_v<T>) {
      const uint64_t N = number();
      std::in_range<T>(N) ? void(V = T(N)) : fail("a number out of range");
    } else {
      eachField(V, [this](const char *, auto &Field) { this->read(Field); });
    }
  }

  /// What was wrong; bytes left over are, too. Empty if nothing.
  llvm::StringRef error() {
    if (Error.empty() && Next != End)
      Error = "more bytes than expected";
    return Error;
  }
  /// What was read holds `Anchors::Unit`, perhaps.
  bool namesUnit() const {
    return llvm::any_of(Texts,
                        [](const Text &T) { return mayNameUnit(T.Written); });
  }
  void fail(llvm::StringRef Why) {
    if (Error.empty())
      Error = Why;
    Next = End;
  }

private:
  uint64_t number() {
    unsigned Size = 0;
    const char *Why = nullptr;
    const uint64_t N = llvm::decodeULEB128(Next, &Size, End, &Why);
    if (Why) {
      fail("the bytes end too early");
      return 0;
    }
    Next += Size;
    return N;
  }
  /// A number of things, each of which takes a byte at least.
  uint64_t length() {
    const uint64_t N = number();
    if (N <= uint64_t(End - Next))
      return N;
    fail("the bytes end too early");
    return 0;
  }

  template <typename T> void several(auto &V) {
    const uint64_t Count = length();
    V.reserve(std::min<uint64_t>(Count, 1024)); // it may be a lie
    for (uint64_t I = 0; I < Count && Error.empty(); ++I)
      read(V.emplace_back());
  }

  struct Text {
    llvm::StringRef Written;
    Symbol Kept; ///< once it was asked for
  };
  Text *text() {
    const uint64_t Index = number();
    if (Index < Texts.size())
      return &Texts[Index];
    fail("a string that is not in the table");
    return nullptr;
  }

  static inline const Anchors None;
  const Anchors &A;
  const uint8_t *Next, *End;
  llvm::SmallVector<Text, 0> Texts;
  llvm::StringRef Error;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_BYTES_H
