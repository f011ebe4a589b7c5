//===- Readiness.h - What is complete before it is waited for -------------===//
//
// Questions about completion that the analysis of excuses (Excuses.cpp) asks.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_READINESS_H
#define ASYNC_TIDY_PROGRAM_READINESS_H

#include "program/Implementation.h"
#include <set>

namespace async_tidy {

/// The outcome \p Taken of \p Test, which asks the question \p M, proves that
/// waiting does not wait.
bool proves(const CompletionModel &M, const Branch &Test, bool Taken);

/// What a question or a wait is about: the object, or the first argument of a
/// function of a C library.
const ObjectPath &subject(const CallSite &C);

/// What \p Path is, or is a part of, is among \p Objects.
bool holds(const std::set<ObjectPath> &Objects, ObjectPath Path);

/// The parameters of each function that are complete when it is called: a
/// library's continuation is given what it waited for.
std::vector<std::set<ObjectPath>> givenReady(const Program::Implementation &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_READINESS_H
