//===- Includes.cpp - Which headers a file includes -----------------------===//

#include "facts/Includes.h"
#include "clang/Lex/DependencyDirectivesScanner.h"

using namespace clang;

namespace async_tidy {

std::vector<std::string> includesIn(llvm::StringRef Text) {
  std::vector<std::string> Result;
  llvm::SmallVector<dependency_directives_scan::Token, 64> Tokens;
  llvm::SmallVector<dependency_directives_scan::Directive, 16> Directives;
  if (scanSourceForDependencyDirectives(Text, Tokens, Directives))
    return Result;
  for (const dependency_directives_scan::Directive &D : Directives)
    if (D.Kind == dependency_directives_scan::pp_include)
      for (const dependency_directives_scan::Token &T : D.Tokens)
        if (T.is(tok::header_name) || T.is(tok::string_literal)) {
          const llvm::StringRef Name = Text.substr(T.Offset, T.Length);
          Result.push_back(Name.drop_front().drop_back().str());
        }
  return Result;
}

} // namespace async_tidy
