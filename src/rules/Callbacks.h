//===- Callbacks.h - What callables take with them ------------------------===//
//
// A lambda captures, `std::bind` binds: what a callback refers to, and whether
// something in it keeps its object alive.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_CALLBACKS_H
#define ASYNC_TIDY_RULES_CALLBACKS_H

#include "rules/Rule.h"

namespace async_tidy {

/// Something that a callable takes with it.
struct Carried {
  Symbol Name, Type;
  bool ByReference;
  Location Where;
  const Value *Init;
};

/// What a callable is: the lambda, if it is one, and what it carries.
struct Callback {
  const FunctionFacts *Lambda = nullptr;
  std::vector<Carried> Holds;
  /// Something that it carries keeps its object alive, or asks for it.
  bool Owns = false;
};

/// Adds what \p V of \p F, a lambda or a bound function, carries.
void readCallback(const FunctionFacts &F, const Value &V, const Program &P,
                  Callback &Out, unsigned Depth = 3);

/// A smart pointer of a library, or what is called like one: for `this`, any
/// owner is taken to be one of the object, unless it owns a string or a buffer.
bool mayOwnThis(const Carried &C, const ModelSet &Models);

/// The object of \p F's own that \p C refers to; empty if it refers to none.
std::string ownObject(const FunctionFacts &F, const Program &P,
                      const Carried &C);

/// \p C refers, by a parameter of \p F, to what the caller owns.
bool isCallers(const FunctionFacts &F, const Program &P, const Carried &C);

/// The handler looks at its error code: what was cancelled ends there.
bool testsError(const FunctionFacts &Lambda);

/// \p G keeps, or asks for, an owner of its object.
bool holdsOwner(const FunctionFacts &G, const Program &P);

/// The first use of `this` in \p G after it gave up its thread; null if none.
const LateUse *lateThis(const FunctionFacts &G, const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_CALLBACKS_H
