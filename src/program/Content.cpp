//===- Content.cpp - Whether two definitions say the same -----------------===//

#include "program/Content.h"
#include "facts/Fields.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/xxhash.h"
#include <type_traits>

namespace async_tidy {
namespace {

/// Writes every field, however deep, one after the other.
class Content {
public:
  explicit Content(llvm::StringRef Unit) : Unit(Unit) {}

  void add(llvm::StringRef S) {
    // The id of what has no external linkage ends in the unit: what a header
    // declares `static` is the same to all who read it.
    S.consume_back(Unit);
    number(S.size());
    Bytes += S;
  }
  void add(const std::string &S) { add(llvm::StringRef(S)); }
  void add(Symbol S) { add(S.ref()); }
  template <typename T> void add(const List<T> &V) {
    number(V.size());
    for (const T &Element : V)
      add(Element);
  }
  template <typename T> void add(const std::optional<T> &O) {
    number(O.has_value());
    if (O)
      add(*O);
  }
  template <typename T> void add(const T &V) {
    if constexpr (std::is_enum_v<T> || std::is_arithmetic_v<T>)
      number(static_cast<uint64_t>(V));
    else
      eachField(V,
                [this](const char *, const auto &Field) { this->add(Field); });
  }

  uint64_t hash() const { return llvm::xxh3_64bits(Bytes); }

private:
  void number(uint64_t N) {
    Bytes.append(reinterpret_cast<const char *>(&N), sizeof N);
  }

  llvm::StringRef Unit;
  std::string Bytes;
};

} // namespace

uint64_t contentOf(const FunctionFacts &F, llvm::StringRef Unit) {
  Content C(Unit);
  C.add(F);
  return C.hash();
}

} // namespace async_tidy
