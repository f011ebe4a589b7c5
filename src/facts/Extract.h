//===- Extract.h - AST to facts -------------------------------------------===//
//
// The only place where async-tidy looks at a Clang AST. One pass over the
// user's declarations finds the functions; Clang's CFG of each gives its calls,
// suspensions and control flow (Body.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_EXTRACT_H
#define ASYNC_TIDY_FACTS_EXTRACT_H

#include "facts/Facts.h"

namespace clang {
class ASTContext;
class FunctionDecl;
class Sema;
} // namespace clang

namespace async_tidy {

/// The facts of the unit that \p Ctx holds: of every function that is defined
/// in a header or source file of the user's. "System" is decided by the place
/// of expansion. `Errors` is left empty: the caller sees the diagnostics.
TranslationUnitFacts extractFacts(clang::ASTContext &Ctx);

/// For `ASTConsumer::shouldSkipFunctionBody`: the body of \p D is of no use,
/// because it stands in a system header.
bool isSystemBody(const clang::FunctionDecl &D);

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_EXTRACT_H
