//===- Body.h - Calls, suspensions and control flow of one function -------===//
//
// Reads one function body by way of Clang's CFG, which gives every evaluation
// in its order, the destructors that nobody wrote among them. Of a coroutine it
// reads the body as written, and adds what the promise does.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_BODY_H
#define ASYNC_TIDY_FACTS_BODY_H

#include "facts/Names.h"
#include "llvm/ADT/SetVector.h"

namespace async_tidy {

/// What bodies mention and other extractors look at.
struct Mentioned {
  /// Special members that the compiler writes, of user classes.
  llvm::SetVector<const clang::CXXMethodDecl *> Implied;
  /// Functions that are called or named.
  llvm::SetVector<const clang::FunctionDecl *> Functions;
  /// Classes that calls return, and those that functions take and return.
  llvm::SetVector<const clang::CXXRecordDecl *> Results;
};

/// Fills in what the definition \p D does: `Calls`, `Suspensions`, `Variables`
/// and so on, `Flow`, and the coroutine's part of \p Out.
void readBody(const clang::FunctionDecl &D, Names &N, FunctionFacts &Out,
              Mentioned &Also);

/// Fills in what the initialisers of the members of \p R do, as if they were a
/// body. \p Near is a function of the class.
void readInitialisers(const clang::CXXRecordDecl &R,
                      const clang::FunctionDecl &Near, Names &N,
                      FunctionFacts &Out, Mentioned &Also);

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_BODY_H
