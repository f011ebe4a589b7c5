//===- Yaml.h - A YAML file as a tree with places -------------------------===//
//
// What stands between LLVM's YAML parser and the loader of models: a file that
// somebody wrote becomes a small tree, or errors with line and column. All that
// is hostile about YAML ends here: nesting without end, aliases, bytes that are
// no text. It knows nothing of models.
//
// LLVM's YAML I/O (YAMLTraits.h) is not used because it stops at the first
// mistake, cannot say what would have been right, and recurses as deep as the
// file wants.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_YAML_H
#define ASYNC_TIDY_MODELS_YAML_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// A line and a column of a file, both from one.
struct YamlPlace {
  unsigned Line = 1;
  unsigned Column = 1;
};

struct YamlNode {
  enum class Kind { Null, Scalar, Sequence, Mapping } What = Kind::Null;
  YamlPlace Where;
  std::string Text; ///< of a scalar
  /// The items of a sequence, the values of a mapping.
  std::vector<YamlNode> Items;
  /// The keys of a mapping, all scalars and different: `Keys[I]` has the value
  /// `Items[I]`.
  std::vector<YamlNode> Keys;
};

/// Mistakes in one file, collected so that all are told at once.
class YamlErrors {
public:
  explicit YamlErrors(llvm::StringRef File) : File(File) {}

  void add(YamlPlace Where, const llvm::Twine &Message);
  void add(const YamlNode &At, const llvm::Twine &Message) {
    add(At.Where, Message);
  }
  bool empty() const { return Errors.empty(); }
  /// One line for each mistake, `file:line:column: error: ...`, in the order of
  /// the file; success if there is none.
  llvm::Error take();

private:
  struct Mistake {
    YamlPlace Where;
    std::string Message;
  };
  std::string File;
  std::vector<Mistake> Errors;
};

/// Reads a file of one document. Nothing, and at least one error, if it is not
/// such a file.
std::optional<YamlNode> readYaml(llvm::StringRef Text, YamlErrors &Errors);

/// \p Text in backticks, short enough for a message.
std::string quoted(llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_YAML_H
