//===- Names.h - What AST nodes are called in facts -----------------------===//
//
// Turns declarations, types and source locations into the strings and places
// of Facts.h. Results are cached: one object serves one translation unit.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_NAMES_H
#define ASYNC_TIDY_FACTS_NAMES_H

#include "facts/Facts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace async_tidy {

class Names {
public:
  explicit Names(clang::ASTContext &Ctx);

  clang::ASTContext &context() const { return Ctx; }
  const clang::SourceManager &sources() const { return Ctx.getSourceManager(); }

  /// The identity of \p D (Facts.h, FunctionId). For a function of a system
  /// header, of which no body is ever read, it is made of its name only.
  const FunctionId &id(const clang::FunctionDecl *D);
  /// Qualified, without template arguments, inline and anonymous namespaces.
  const std::string &name(const clang::NamedDecl *D);
  /// A type as `Value::Type` spells it: without references and qualifiers.
  const std::string &type(clang::QualType T);
  /// The type arguments of a function and its class (CallSite).
  List<Symbol> templateArguments(const clang::FunctionDecl *D);

  /// Where \p L stands in the file as it is on disk: an argument of a macro
  /// where it is written, the text of a macro where it is used.
  Location where(clang::SourceLocation L);
  /// The locations in expansions of macros whose places were asked for: a
  /// NOLINT in the macro's text covers them.
  std::vector<clang::SourceLocation> takeMacroPlaces() {
    return std::exchange(MacroPlaces, {});
  }
  /// The place after the last character of what ends at \p L.
  Location endOf(clang::SourceLocation L);
  /// The absolute path of a file, without `.` and `..`.
  const std::string &file(clang::FileID F);
  bool isSystem(clang::SourceLocation L);
  const std::string &mainFile();

private:
  std::string makeId(const clang::FunctionDecl *D);
  std::string makeName(const clang::NamedDecl *D);
  std::string makeType(clang::QualType T, unsigned Depth);

  clang::ASTContext &Ctx;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionId> Ids;
  llvm::DenseMap<const clang::NamedDecl *, std::string> NamesOf;
  llvm::DenseMap<const clang::Type *, std::string> Types;
  llvm::DenseMap<clang::FileID, std::string> Files;
  llvm::DenseMap<clang::FileID, bool> System;
  std::vector<clang::SourceLocation> MacroPlaces;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_NAMES_H
