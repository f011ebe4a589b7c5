//===- Directives.h - Comments of the NOLINT family -----------------------===//
//
// Finds the comments by which people silence findings, and says which places
// they cover, as clang-tidy does: in the text of a file, wherever the word
// stands. Which findings that silences is for rules/Suppress.cpp to say.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_DIRECTIVES_H
#define ASYNC_TIDY_FACTS_DIRECTIVES_H

#include "facts/Facts.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <vector>

namespace clang {
class SourceLocation;
class SourceManager;
} // namespace clang

namespace async_tidy {

/// The directives in \p Text, which is that of the file \p File, in order.
std::vector<SuppressionDirective> directivesIn(llvm::StringRef Text,
                                               llvm::StringRef File);

/// What directives cover.
class DirectiveCoverage {
public:
  /// \p Directives may be of several files, and may hold one several times
  /// (two units read the same header).
  explicit DirectiveCoverage(std::vector<SuppressionDirective> Directives);

  /// The directives that cover \p L; of a block, its beginning. Valid as long
  /// as this object.
  std::vector<const SuppressionDirective *> at(const Location &L) const;
  /// Those that cover anything, each once: all but the ends of blocks and those
  /// without a partner.
  std::vector<const SuppressionDirective *> all() const;
  /// The beginnings and ends of \p File that have no partner: they cover
  /// nothing.
  std::vector<SuppressionDirective> unmatched(llvm::StringRef File) const;

private:
  struct Block {
    SuppressionDirective Begin;
    Location End;
  };
  struct OneFile {
    /// Those of one line, by the line that they cover.
    std::multimap<unsigned, SuppressionDirective> Lines;
    std::vector<Block> Blocks;
    std::vector<SuppressionDirective> Unmatched;
  };
  std::map<std::string, OneFile, std::less<>> Files;
};

/// The directives of kind `Expansion` that \p Places need: locations in the
/// expansions of macros of which facts were told. A comment covers such a place
/// if it covers the text of the macro, or of a macro that this one uses.
/// \p Directives are those of the unit's user files; \p Where gives the place
/// of a location as facts spell it.
std::vector<SuppressionDirective>
directivesInMacros(const clang::SourceManager &SM,
                   llvm::ArrayRef<clang::SourceLocation> Places,
                   llvm::ArrayRef<SuppressionDirective> Directives,
                   llvm::function_ref<Location(clang::SourceLocation)> Where);

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_DIRECTIVES_H
