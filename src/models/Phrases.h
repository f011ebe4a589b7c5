//===- Phrases.h - Models in words ----------------------------------------===//
//
// What `async-tidy models` says of a function or a type, one line a model. The
// messages of findings are not made here.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_PHRASES_H
#define ASYNC_TIDY_MODELS_PHRASES_H

#include "models/Models.h"

namespace async_tidy {

std::string phrase(const Position &P);
std::string phrase(const Condition &C);
/// `, if ... or ..., unless ...`; empty without conditions.
std::string phrase(llvm::ArrayRef<Condition> When,
                   llvm::ArrayRef<Condition> Unless);
std::string phrase(const BlockingModel &M);
std::string phrase(const LockFunctionModel &M);
std::string phrase(const TaskModel &M);
std::string phrase(const RunModel &M);
std::string phrase(const ExecutorModel &M);
std::string phrase(const SwitchModel &M);
std::string phrase(const EntryPointModel &M);
std::string phrase(const StackfulModel &M);
std::string phrase(const ModeModel &M);
std::string phrase(const CompletionModel &M);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_PHRASES_H
