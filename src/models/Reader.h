//===- Reader.h - Values of a model file ----------------------------------===//
//
// Turns the nodes of a file into the kinds of values that models are made of:
// names, words, positions. Whatever is wrong is told, with what would have been
// right, and reading goes on with a default, so that one run tells all.
//
//   YamlNode --Reader, Fields--> strings, numbers, enumerators --Load.cpp-->
//   models
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_READER_H
#define ASYNC_TIDY_MODELS_READER_H

#include "models/Words.h"
#include "models/Yaml.h"
#include "llvm/ADT/SmallVector.h"

namespace async_tidy {

/// What a name may be the name of, and thus how it may look.
enum class NameKind {
  Function, ///< or a type: `a::B::c`, `a::B::~B`, `a::operator()`
  Type,     ///< `a::B`, `unsigned int`
  Member,   ///< of a lock: `try_lock`, `operator bool`
  Constant, ///< a macro or an enumerator
};

/// A name as it is meant and where it was written.
struct ReadName {
  std::string Name;
  YamlPlace Where;
};

class Reader {
public:
  Reader(YamlErrors &Errors, std::vector<std::string> Namespaces)
      : Errors(Errors), Namespaces(std::move(Namespaces)) {}

  YamlErrors &errors() { return Errors; }
  const std::vector<std::string> &namespaces() const { return Namespaces; }

  /// The text of a scalar that is not empty; empty after an error.
  std::string text(const YamlNode &N);
  std::optional<int64_t> integer(const YamlNode &N);
  std::optional<unsigned> count(const YamlNode &N);
  std::optional<bool> boolean(const YamlNode &N);
  Position position(const YamlNode &N, llvm::ArrayRef<Position::Kind> Refused);

  /// A list, of which none is given twice, `@` replaced by each namespace.
  std::vector<ReadName> names(const YamlNode &N, NameKind Kind);
  /// What one name stands for; nothing after an error.
  std::vector<ReadName> name(const YamlNode &N, NameKind Kind);
  /// The items of a list; none after an error.
  llvm::ArrayRef<YamlNode> items(const YamlNode &N);

  template <class T, size_t Count>
  T word(const YamlNode &N, const std::array<Word<T>, Count> &Words,
         llvm::StringRef What) {
    const std::string Text = text(N);
    llvm::SmallVector<llvm::StringRef> Allowed;
    for (const Word<T> &W : Words) {
      if (W.Text == Text)
        return W.Value;
      Allowed.push_back(W.Text);
    }
    if (!Text.empty())
      refuse(N, What, Allowed);
    return Words.front().Value;
  }
  /// Says that \p N is not \p What, and which words are.
  void refuse(const YamlNode &N, llvm::StringRef What,
              llvm::ArrayRef<llvm::StringRef> Allowed);

private:
  YamlErrors &Errors;
  std::vector<std::string> Namespaces;
};

/// The keys of one mapping. A key that nobody asked for is an error, which is
/// told when the object dies.
class Fields {
public:
  Fields(Reader &R, const YamlNode &Mapping);
  ~Fields();
  Fields(const Fields &) = delete;
  Fields &operator=(const Fields &) = delete;

  const YamlNode *optional(llvm::StringRef Key);
  /// Missing is an error.
  const YamlNode *required(llvm::StringRef Key);

private:
  Reader &R;
  const YamlNode &Mapping;
  llvm::SmallVector<llvm::StringRef, 16> Asked;
};

/// `a, b, c`, each in backticks.
std::string listed(llvm::ArrayRef<llvm::StringRef> Words);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_READER_H
