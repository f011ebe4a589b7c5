//===- Phrases.cpp - Models in words --------------------------------------===//
//
// Reads back the values of Models.h in the words of the file format, with the
// conditions at the end.
//
//===----------------------------------------------------------------------===//

#include "models/Phrases.h"
#include "models/Words.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

static std::string oneOf(llvm::ArrayRef<std::string> Names) {
  return "`" + llvm::join(Names, "` or `") + "`";
}

std::string phrase(const Position &P) {
  if (P.What == Position::Kind::Argument)
    return "argument " + std::to_string(P.Index);
  return wordFor(NamedPositions, P.What).str();
}

std::string phrase(const Condition &C) {
  std::vector<std::string> Parts;
  const std::string At = C.At ? phrase(*C.At) : "";
  if (!C.Names.empty())
    Parts.push_back(At + " names " + oneOf(C.Names));
  if (C.Constant)
    Parts.push_back(At + " is " + std::to_string(*C.Constant));
  if (!C.Types.empty())
    Parts.push_back(At + " is or comes from " + oneOf(C.Types));
  if (!C.Holds.empty())
    Parts.push_back(At + " holds " + oneOf(C.Holds));
  if (C.Callable)
    Parts.push_back(At + (*C.Callable ? " can be called" : " is no callable"));
  if (C.Arity)
    Parts.push_back("it is given " + std::to_string(*C.Arity) +
                    (*C.Arity == 1 ? " argument" : " arguments"));
  if (C.MinArity)
    Parts.push_back("it is given at least " + std::to_string(*C.MinArity) +
                    (*C.MinArity == 1 ? " argument" : " arguments"));
  if (C.Discarded)
    Parts.push_back(*C.Discarded ? "nobody takes what it gives"
                                 : "somebody takes what it gives");
  return llvm::join(Parts, " and ");
}

std::string phrase(llvm::ArrayRef<Condition> When,
                   llvm::ArrayRef<Condition> Unless) {
  std::string Result;
  for (const Condition &C : When)
    Result += (&C == When.begin() ? ", if " : " or ") + phrase(C);
  for (const Condition &C : Unless)
    Result += (&C == Unless.begin() ? ", unless " : " or ") + phrase(C);
  return Result;
}

std::string phrase(const BlockingModel &M) {
  return M.Why + " (" + wordFor(BlockingKinds, M.Kind).str() + ", " +
         wordFor(Tiers, M.HowBadly).str() + ", " +
         wordFor(Severities, M.Weight).str() + ")" + phrase(M.When, M.Unless);
}

std::string phrase(const LockFunctionModel &M) {
  if (M.What != LockFunctionModel::Effect::Tries)
    return wordFor(LockEffects, M.What).str() + " the lock at " +
           phrase(M.Mutex);
  return "tries to acquire the lock at " + phrase(M.Mutex) + ", " +
         (M.SuccessIs ? std::to_string(*M.SuccessIs) : "true") +
         " if it was got";
}

std::string phrase(const TaskModel &M) {
  if (M.Generator)
    return "a generator, which runs on the thread of whoever pulls";
  std::string Result = M.Eager ? "a task that starts when it is made"
                               : "a task that starts when it is awaited";
  if (M.Discardable)
    Result += M.LoudErrors ? ", and may be left alone: its errors are loud"
                           : ", and may be left alone";
  if (M.InPlace)
    Result += ", in the expression that makes it";
  return Result;
}

/// Where something runs, in words.
static constexpr std::array PlacePhrases = {
    Word<Place>{"within the call", Place::InPlace},
    Word<Place>{"on an event loop", Place::Loop},
    Word<Place>{"on a thread that may block", Place::Thread},
    Word<Place>{"in a stackful coroutine or a fibre", Place::Fiber},
    Word<Place>{"later, nobody knows where", Place::Later},
};

std::string phrase(const RunModel &M) {
  const std::string Executor =
      M.Executor ? "on the executor at " + phrase(*M.Executor) : "";
  const std::string What =
      M.Where == Place::Wraps
          ? "gives a callable that runs " + phrase(M.What) +
                (Executor.empty() ? "" : " " + Executor)
          : "runs " + phrase(M.What) + " " +
                (M.Where == Place::Executor
                     ? Executor
                     : wordFor(PlacePhrases, M.Where).str());
  return What + (M.GivesReady ? ", which is given what is complete" : "") +
         phrase(M.When, M.Unless);
}

std::string phrase(const ExecutorModel &M) {
  return M.MayBlock ? "an executor that may block"
                    : "an executor that must not block";
}

std::string phrase(const SwitchModel &M) {
  if (M.Executor)
    return "awaiting it moves the coroutine to the executor at " +
           phrase(*M.Executor);
  return std::string("awaiting it moves the coroutine to an executor that ") +
         (M.MayBlock ? "may block" : "must not block");
}

std::string phrase(const EntryPointModel &M) {
  return "overriders are called by the library " +
         wordFor(PlacePhrases, M.Where).str();
}

std::string phrase(const StackfulModel &M) {
  return "suspends its stackful coroutine" + phrase(M.When, {});
}

std::string phrase(const ModeModel &M) {
  return "sets a mode in which calls return at once: " +
         llvm::join(M.Calls, ", ") + phrase(M.When, {});
}

std::string phrase(const CompletionModel &M) {
  if (M.OfResult)
    return "gives what a wait will not wait for";
  if (!M.Pending.empty())
    return "proves that a wait will not wait unless it answers `" + M.Pending +
           "`";
  if (M.Answer.empty())
    return "proves that a wait will not wait";
  return "proves that a wait will not wait if it answers `" + M.Answer + "`";
}

} // namespace async_tidy
