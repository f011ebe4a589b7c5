//===- Actions.h - Our diagnostics, and what can be done about them -------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_ACTIONS_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_ACTIONS_H

#include "clang-tidy/Host.h"
#include "clangd/Documents.h"

namespace async_tidy::editor {

/// What is ours among the names of the conversation.
inline constexpr llvm::StringLiteral OwnIds = "async-tidy-";
inline constexpr llvm::StringLiteral OwnCommands = "asyncTidy.";
/// Opens the page of the rule that it is given.
inline constexpr llvm::StringLiteral ExplainCommand = "asyncTidy.explain";
/// Parses what the store lacks, of the project with the file (an URI) that it
/// is given.
inline constexpr llvm::StringLiteral RefreshCommand = "asyncTidy.refresh";
inline constexpr llvm::StringLiteral FixAllKind = "source.fixAll.asyncTidy";

/// The client says in `initialize` that it can do what \p Path names.
bool hasCapability(const llvm::json::Object &Params,
                   std::initializer_list<llvm::StringRef> Path);

/// The page of \p R: the installed file, else the one on the home page.
std::string pageOf(const Rule &R);
bool isOnline(const Rule &R);

/// \p Diagnostic is of one of our rules, as clangd or as we say it.
bool isOurs(const llvm::json::Value &Diagnostic);
/// Makes a diagnostic of clangd's ours: source, page, severity and words.
void decorate(llvm::json::Object &Diagnostic, const FoundInFile *Found);
/// Takes the words back. False if there was none of ours.
bool undecorate(llvm::json::Array &Diagnostics);

/// What we offer where a `codeAction` with \p Params asks in \p Open, beside
/// clangd's own.
std::vector<llvm::json::Value> actionsFor(const llvm::json::Object &Params,
                                          const Document &Open, Columns C,
                                          const FoundInFile *Found);

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_ACTIONS_H
