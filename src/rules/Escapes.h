//===- Escapes.h - What started work may outlive --------------------------===//
//
// A function that starts work and returns leaves behind what the work refers
// to. Whether it waits before is asked here, in favour of the code: whatever
// may be a wait is one.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_ESCAPES_H
#define ASYNC_TIDY_RULES_ESCAPES_H

#include "program/Fates.h"
#include "program/Objects.h"
#include "rules/Bodies.h"
#include "rules/Rule.h"
#include <set>

namespace async_tidy {

enum class Escape {
  No,      ///< it ends, or is waited for, before the function does
  Perhaps, ///< the coroutine goes on, with something else
  Yes,
};

/// Whether what `F.Calls[Call]` starts may outlive \p F, of which it refers to
/// the locals \p Held. \p Stays says of the object `this` what holds of locals:
/// what is kept in a member ends with it, and what is returned is the caller's.
Escape escapeOf(const FunctionFacts &F, unsigned Call,
                const std::set<std::string> &Held, const Program &P,
                bool Stays = false);

/// The fate of what `F.Calls[Call]` gives, assignments read as such.
Fate resultOf(const FunctionFacts &F, unsigned Call, const Program &P);
/// It is given up: `.detach()`.
bool isLetGo(const FunctionFacts &F, unsigned Call, const Program &P);

/// \p Name is an object that ends with \p F: a local or a parameter that is
/// neither a reference nor static.
bool isOwnObject(const FunctionFacts &F, llvm::StringRef Name);
/// Its type, spelled like `Value::Type`; empty if it is none.
llvm::StringRef ownType(const FunctionFacts &F, llvm::StringRef Name);

/// An argument or the object of \p Call bounds the life of what it starts: it
/// is a part of `this`, or (\p Local) an object of \p F's own.
bool isBound(const FunctionFacts &F, const CallSite &Call, const Program &P,
             bool Local);

/// \p Type keeps an object alive, or knows whether it is.
bool isOwner(llvm::StringRef Type, const ModelSet &Models);

/// \p Type is a class whose objects counted pointers own.
bool isShared(llvm::StringRef Type, const Program &P);

/// Whether \p F is part of `main`, whose locals live as long as the program.
bool isInMain(const FunctionFacts &F, const Program &P);

/// \p A stands before \p B.
bool isBefore(const Location &A, const Location &B);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_ESCAPES_H
