//===- Words.cpp - The words that names are made of -----------------------===//
//
// See Words.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

std::vector<std::string> wordsOf(llvm::StringRef Name) {
  std::vector<std::string> Words;
  bool Upper = true;
  for (char C : Name) {
    if (!llvm::isAlnum(C)) {
      Upper = true;
      Words.emplace_back();
      continue;
    }
    const bool Begins = llvm::isUpper(C) && !Upper;
    if (Words.empty() || Begins)
      Words.emplace_back();
    Upper = llvm::isUpper(C);
    Words.back() += llvm::toLower(C);
  }
  std::erase(Words, "");
  return Words;
}

bool saysOneOf(llvm::StringRef Name,
               llvm::ArrayRef<llvm::StringLiteral> Words) {
  return llvm::any_of(wordsOf(Name), [&](llvm::StringRef W) {
    return llvm::is_contained(Words, W);
  });
}

bool saysBeginningOf(llvm::StringRef Name,
                     llvm::ArrayRef<llvm::StringLiteral> Beginnings) {
  return llvm::any_of(wordsOf(Name), [&](llvm::StringRef Word) {
    return llvm::any_of(Beginnings, [&](llvm::StringRef Beginning) {
      return Word.starts_with(Beginning);
    });
  });
}

} // namespace async_tidy
