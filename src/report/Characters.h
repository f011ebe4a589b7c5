//===- Characters.h - Text that may be anything ---------------------------===//
//
// Source lines, file names and messages come from outside. They may hold bytes
// that are not UTF-8, and control characters that would move a terminal's
// cursor. This cuts text into characters, counts them the ways that terminals
// and SARIF do, and makes them harmless to show.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_CHARACTERS_H
#define ASYNC_TIDY_REPORT_CHARACTERS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace async_tidy {

struct Character {
  llvm::StringRef Bytes;
  /// U+FFFD for a byte that is not UTF-8.
  char32_t Code = 0;
};

/// Takes the first character off \p Text, which must not be empty.
Character takeCharacter(llvm::StringRef &Text);

/// What stands for a character on a terminal, and how many columns it takes.
struct Glyph {
  std::string Text;
  unsigned Width = 1;
};

/// Control characters become their pictures (U+2400 and on), and what else has
/// no shape, or changes the direction of text, becomes U+FFFD. A tab is a
/// control character here.
Glyph glyphOf(const Character &C);

/// \p Text with each character made harmless.
std::string forTerminal(llvm::StringRef Text);

/// How many UTF-16 code units \p Text takes.
unsigned utf16Length(llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_CHARACTERS_H
