//===- Serialize.cpp - Facts as bytes -------------------------------------===//
//
// The bytes are a header of fixed size and what Bytes.h makes of the value:
//
//   "async-tidy facts" | schema | checksum of the rest | strings, fields
//
// The schema is a hash of Fields.h: a changed field is another version without
// anybody's having to remember it.
//
//===----------------------------------------------------------------------===//

#include "facts/Serialize.h"
#include "facts/Fields.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"
#include <nlohmann/json.hpp>

namespace async_tidy {
namespace {

constexpr llvm::StringLiteral Magic = "async-tidy facts";
constexpr size_t HeaderSize = Magic.size() + 2 * sizeof(uint64_t);
/// Raised when the meaning of a field changes and its name does not.
constexpr unsigned Revision = 2;

/// Writes the names of all fields, however deep: the text that identifies the
/// format.
class Schema {
public:
  template <typename T> void add(const T &) {
    if constexpr (std::is_class_v<T>) {
      Text += '{';
      const T Example{};
      eachField(Example, [this](const char *Name, const auto &Field) {
        Text += Name, Text += ',';
        add(Field);
      });
      Text += '}';
    }
  }
  void add(const std::string &) { Text += '$'; }
  void add(Symbol) { Text += '$'; }
  template <typename T> void add(const std::vector<T> &) { several<T>(); }
  template <typename T> void add(const List<T> &) { several<T>(); }
  void add(const FunctionList &) { several<FunctionFacts>(); }
  template <typename T> void add(const std::optional<T> &) {
    Text += '?';
    add(T{});
  }

  static uint64_t hash() {
    Schema S;
    S.add(TranslationUnitFacts{});
    return llvm::xxh3_64bits(S.Text + std::to_string(Revision));
  }

private:
  template <typename T> void several() {
    Text += '*';
    add(T{});
  }

  std::string Text;
};

/// For people: names instead of positions, and nothing that says nothing.
nlohmann::ordered_json text(const std::string &S) { return S; }
nlohmann::ordered_json text(Symbol S) { return S.str(); }
template <typename T> nlohmann::ordered_json text(const T &V);
nlohmann::ordered_json several(const auto &V) {
  auto Array = nlohmann::ordered_json::array();
  for (const auto &Element : V)
    Array.push_back(text(Element));
  return Array;
}
template <typename T> nlohmann::ordered_json text(const std::vector<T> &V) {
  return several(V);
}
template <typename T> nlohmann::ordered_json text(const List<T> &V) {
  return several(V);
}
nlohmann::ordered_json text(const FunctionList &V) { return several(V); }
template <typename T> nlohmann::ordered_json text(const std::optional<T> &O) {
  return O ? text(*O) : nlohmann::ordered_json();
}
template <typename T> nlohmann::ordered_json text(const T &V) {
  if constexpr (std::is_enum_v<T>)
    return static_cast<unsigned>(V);
  else if constexpr (std::is_arithmetic_v<T>)
    return V;
  else if constexpr (std::is_same_v<T, Location>)
    return V.isValid() ? V.File.str() + ":" + std::to_string(V.Line) + ":" +
                             std::to_string(V.Column)
                       : std::string();
  else {
    auto Object = nlohmann::ordered_json::object();
    const T Default{};
    const auto Defaults = [&](const char *Wanted) {
      nlohmann::ordered_json Found;
      eachField(Default, [&](const char *Name, const auto &Field) {
        if constexpr (!std::is_class_v<std::remove_cvref_t<decltype(Field)>>)
          if (llvm::StringRef(Name) == Wanted)
            Found = text(Field);
      });
      return Found;
    };
    eachField(V, [&](const char *Name, const auto &Field) {
      nlohmann::ordered_json J = text(Field);
      if (!J.empty() && J != Defaults(Name) && J != "")
        Object[Name] = std::move(J);
    });
    return Object;
  }
}

llvm::Error bad(llvm::StringRef Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "not facts of this version of async-tidy: " +
                                     Why);
}

template <typename T> std::string pack(const T &Value, const Anchors &A) {
  BytesWriter W(A);
  W.write(Value);
  std::string Bytes(HeaderSize, '\0');
  Bytes += W.take();
  std::copy(Magic.begin(), Magic.end(), Bytes.begin());
  using namespace llvm::support::endian;
  write64le(Bytes.data() + Magic.size(), factsSchema());
  write64le(Bytes.data() + Magic.size() + sizeof(uint64_t),
            llvm::xxh3_64bits(llvm::StringRef(Bytes).substr(HeaderSize)));
  return Bytes;
}

template <typename T>
llvm::Expected<T> unpack(llvm::StringRef Bytes, const Anchors &A,
                         bool *NamesUnit = nullptr) {
  if (Bytes.size() < HeaderSize || !Bytes.starts_with(Magic))
    return bad("the beginning is not the one of facts");
  using namespace llvm::support::endian;
  if (read64le(Bytes.data() + Magic.size()) != factsSchema())
    return bad("they were written by another version");
  const llvm::StringRef Payload = Bytes.substr(HeaderSize);
  if (read64le(Bytes.data() + Magic.size() + sizeof(uint64_t)) !=
      llvm::xxh3_64bits(Payload))
    return bad("the bytes are damaged");
  BytesReader R(Payload, A);
  T Value;
  R.read(Value);
  if (!R.error().empty())
    return bad(R.error());
  if (NamesUnit)
    *NamesUnit = R.namesUnit();
  return Value;
}

} // namespace

uint64_t factsSchema() {
  static const uint64_t Hash = Schema::hash();
  return Hash;
}

std::string serialize(const TranslationUnitFacts &Unit, const Anchors &A) {
  return pack(Unit, A);
}

std::string serializeFunction(const FunctionFacts &F, const Anchors &A) {
  return pack(F, A);
}

llvm::Expected<TranslationUnitFacts> deserialize(llvm::StringRef Bytes,
                                                 const Anchors &A) {
  return unpack<TranslationUnitFacts>(Bytes, A);
}

llvm::Expected<FunctionFacts>
deserializeFunction(llvm::StringRef Bytes, const Anchors &A, bool *NamesUnit) {
  return unpack<FunctionFacts>(Bytes, A, NamesUnit);
}

std::string factsAsText(const TranslationUnitFacts &Unit) {
  return text(Unit).dump(2, ' ', /*ensure_ascii=*/false,
                         nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

} // namespace async_tidy
