//===- Values.h - What an expression says about its value -----------------===//
//
// Reads the `Value` of an argument or an object: its type and where it comes
// from, the constants that it names, the object that it is. Sees one
// expression at a time; control flow is Body.cpp's.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_VALUES_H
#define ASYNC_TIDY_FACTS_VALUES_H

#include "facts/Names.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// The expression that makes the value of \p E: without parentheses, casts,
/// temporaries, elidable or moving constructions, `std::move`, `std::forward`
/// and the like.
const clang::Expr *core(const clang::Expr *E);

/// What initialises the local (or the constant) that \p E names, or null. A
/// local that is assigned to later is followed too: its type does not change,
/// and origins speak of types and makers.
const clang::Expr *initialiser(const clang::Expr *E);

/// Of a call of a function whose whole body is `return E;`, without arguments,
/// that \p E; else \p E itself.
const clang::Expr *whatItReturns(const clang::Expr *E);

class ValueReader {
public:
  ValueReader(Names &N, const clang::FunctionDecl &In) : N(N), In(In) {}

  Value value(const clang::Expr *E);
  ObjectPath path(const clang::Expr *E);
  /// The name of a local, distinct from others of the same name.
  ObjectPath path(const clang::ValueDecl *D);
  /// The constant that \p E names, qualified, or the number that it is; empty
  /// if it is neither.
  std::string constantName(const clang::Expr *E);
  /// `Value::Constant` of \p E, and nothing else of it.
  std::optional<int64_t> constant(const clang::Expr *E);

  /// \p D is a constant or a global object: its name says something.
  static bool isConstant(const clang::ValueDecl *D);

  /// Where the call that \p E makes is found in `FunctionFacts::Calls`.
  llvm::DenseMap<const clang::Expr *, unsigned> CallOf;

private:
  void origins(const clang::Expr *E, unsigned Depth, List<Symbol> &Out);
  void names(const clang::Expr *E, List<Symbol> &Out, unsigned Depth);
  FunctionId callable(const clang::Expr *E, unsigned Depth);
  List<FunctionId> overloads(const clang::Expr *E, unsigned Depth);

  Names &N;
  const clang::FunctionDecl &In;
  llvm::DenseMap<const clang::ValueDecl *, ObjectPath> Locals;
  llvm::StringMap<unsigned> SameName;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_VALUES_H
