//===- Serialize.cpp - Facts as bytes -------------------------------------===//
//
// The bytes are a header of fixed size and a MessagePack array:
//
//   "async-tidy facts" | schema | checksum of the rest | [[strings], unit]
//
// An object is the array of its fields in the order of Fields.h, a string its
// index in the table at the front (the same names and paths come again and
// again). The schema is a hash of Fields.h: a changed field is another version
// without anybody's having to remember it.
//
//===----------------------------------------------------------------------===//

#include "facts/Serialize.h"
#include "facts/Fields.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"
#include <nlohmann/json.hpp>
#include <utility>

using nlohmann::json;

namespace async_tidy {
namespace {

constexpr llvm::StringLiteral Magic = "async-tidy facts";
constexpr size_t HeaderSize = Magic.size() + 2 * sizeof(uint64_t);
/// Raised when the meaning of a field changes and its name does not.
constexpr unsigned Revision = 1;

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
  template <typename T> void add(const std::vector<T> &) {
    Text += '*';
    add(T{});
  }
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
  std::string Text;
};

class Writer {
public:
  json write(const std::string &S) {
    auto [It, New] = Index.try_emplace(S, Strings.size());
    if (New)
      Strings.push_back(S);
    return It->second;
  }
  template <typename T> json write(const std::vector<T> &V) {
    json Array = json::array();
    for (const T &Element : V)
      Array.push_back(write(Element));
    return Array;
  }
  template <typename T> json write(const std::optional<T> &O) {
    return O ? json::array({write(*O)}) : json::array();
  }
  template <typename T> json write(const T &V) {
    if constexpr (std::is_enum_v<T>)
      return static_cast<unsigned>(V);
    else if constexpr (std::is_arithmetic_v<T>)
      return V;
    else {
      json Array = json::array();
      eachField(V, [&](const char *, const auto &Field) {
        Array.push_back(write(Field));
      });
      return Array;
    }
  }

  json Strings = json::array();

private:
  llvm::StringMap<size_t> Index;
};

/// Reads what Writer wrote. The first thing that is not as expected is kept as
/// the error, and the rest is left at its defaults.
class Reader {
public:
  explicit Reader(const json &Strings) : Strings(Strings) {}

  void read(const json &J, std::string &S) {
    size_t Index = 0;
    read(J, Index);
    if (Index < Strings.size() && Strings[Index].is_string())
      S = Strings[Index].get_ref<const std::string &>();
    else
      fail("a string that is not in the table");
  }
  template <typename T> void read(const json &J, std::vector<T> &V) {
    if (!J.is_array())
      return fail("no list where one is expected");
    V.reserve(J.size());
    for (const json &Element : J)
      read(Element, V.emplace_back());
  }
  template <typename T> void read(const json &J, std::optional<T> &O) {
    if (!J.is_array() || J.size() > 1)
      return fail("no optional value where one is expected");
    if (!J.empty())
      read(J[0], O.emplace());
  }
  template <typename T> void read(const json &J, T &V) {
    if constexpr (std::is_same_v<T, bool>) {
      J.is_boolean() ? void(V = J.get<bool>()) : fail("no truth value");
    } else if constexpr (std::is_enum_v<T>) {
      unsigned Number = 0;
      read(J, Number);
      if (Number <= static_cast<unsigned>(lastOf(T{})))
        V = static_cast<T>(Number);
      else
        fail("an enumerator that does not exist");
    } else if constexpr (std::is_arithmetic_v<T>) {
      if (J.is_number_unsigned()
              ? std::in_range<T>(J.get<uint64_t>())
              : J.is_number_integer() && std::in_range<T>(J.get<int64_t>()))
        V = J.get<T>();
      else
        fail("a number out of range");
    } else {
      readObject(J, V);
    }
  }

  llvm::StringRef error() const { return Error; }

private:
  template <typename T> void readObject(const json &J, T &V) {
    if (!J.is_array())
      return fail("no object where one is expected");
    size_t Next = 0;
    eachField(V, [&](const char *, auto &Field) {
      if (Next < J.size())
        read(J[Next], Field);
      ++Next;
    });
    if (Next != J.size())
      fail("an object with another number of fields");
  }
  void fail(llvm::StringRef Why) {
    if (Error.empty())
      Error = Why;
  }

  const json &Strings;
  llvm::StringRef Error;
};

/// For people: names instead of positions, and nothing that says nothing.
nlohmann::ordered_json text(const std::string &S) { return S; }
template <typename T> nlohmann::ordered_json text(const T &V);
template <typename T> nlohmann::ordered_json text(const std::vector<T> &V) {
  auto Array = nlohmann::ordered_json::array();
  for (const T &Element : V)
    Array.push_back(text(Element));
  return Array;
}
template <typename T> nlohmann::ordered_json text(const std::optional<T> &O) {
  return O ? text(*O) : nlohmann::ordered_json();
}
template <typename T> nlohmann::ordered_json text(const T &V) {
  if constexpr (std::is_enum_v<T>)
    return static_cast<unsigned>(V);
  else if constexpr (std::is_arithmetic_v<T>)
    return V;
  else if constexpr (std::is_same_v<T, Location>)
    return V.isValid() ? V.File + ":" + std::to_string(V.Line) + ":" +
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

} // namespace

std::string serialize(const TranslationUnitFacts &Unit) {
  Writer W;
  json Facts = W.write(Unit);
  std::string Bytes(HeaderSize, '\0');
  json::to_msgpack(json::array({std::move(W.Strings), std::move(Facts)}),
                   Bytes);
  std::copy(Magic.begin(), Magic.end(), Bytes.begin());
  using namespace llvm::support::endian;
  write64le(Bytes.data() + Magic.size(), Schema::hash());
  write64le(Bytes.data() + Magic.size() + sizeof(uint64_t),
            llvm::xxh3_64bits(llvm::StringRef(Bytes).substr(HeaderSize)));
  return Bytes;
}

llvm::Expected<TranslationUnitFacts> deserialize(llvm::StringRef Bytes) {
  if (Bytes.size() < HeaderSize || !Bytes.starts_with(Magic))
    return bad("the beginning is not the one of facts");
  using namespace llvm::support::endian;
  if (read64le(Bytes.data() + Magic.size()) != Schema::hash())
    return bad("they were written by another version");
  const llvm::StringRef Payload = Bytes.substr(HeaderSize);
  // The checksum also guards the MessagePack reader, which recurses as deeply
  // as damaged bytes tell it to.
  if (read64le(Bytes.data() + Magic.size() + sizeof(uint64_t)) !=
      llvm::xxh3_64bits(Payload))
    return bad("the bytes are damaged");
  const json J = json::from_msgpack(Payload.begin(), Payload.end(),
                                    /*strict=*/true,
                                    /*allow_exceptions=*/false);
  if (!J.is_array() || J.size() != 2 || !J[0].is_array())
    return bad("the bytes are damaged");
  Reader R(J[0]);
  TranslationUnitFacts Unit;
  R.read(J[1], Unit);
  if (!R.error().empty())
    return bad(R.error());
  return Unit;
}

std::string factsAsText(const TranslationUnitFacts &Unit) {
  return text(Unit).dump(2, ' ', /*ensure_ascii=*/false,
                         nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

} // namespace async_tidy
