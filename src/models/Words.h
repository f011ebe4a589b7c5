//===- Words.h - The words of a model file --------------------------------===//
//
// Each enumeration of Models.h and the words by which a file says its values.
// The loader reads by these tables, what people are shown is written by them.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_WORDS_H
#define ASYNC_TIDY_MODELS_WORDS_H

#include "models/Models.h"
#include <array>

namespace async_tidy {

template <class T> struct Word {
  llvm::StringLiteral Text;
  T Value;
};

inline constexpr std::array BlockingKinds = {
    Word<BlockingKind>{"blocking-call", BlockingKind::BlockingCall},
    Word<BlockingKind>{"sync-wait", BlockingKind::SyncWait},
    Word<BlockingKind>{"nested-event-loop", BlockingKind::NestedEventLoop},
};

inline constexpr std::array Tiers = {
    Word<Tier>{"waits", Tier::Waits},
    Word<Tier>{"file-io", Tier::FileIO},
    Word<Tier>{"short-lock", Tier::ShortLock},
    Word<Tier>{"stdio-logging", Tier::StdioLogging},
};

inline constexpr std::array Severities = {
    Word<Severity>{"error", Severity::Error},
    Word<Severity>{"warning", Severity::Warning},
    Word<Severity>{"note", Severity::Note},
};

inline constexpr std::array LockEffects = {
    Word<LockFunctionModel::Effect>{"acquires",
                                    LockFunctionModel::Effect::Acquires},
    Word<LockFunctionModel::Effect>{"tries", LockFunctionModel::Effect::Tries},
    Word<LockFunctionModel::Effect>{"releases",
                                    LockFunctionModel::Effect::Releases},
};

inline constexpr std::array TaskStarts = {
    Word<bool>{"lazy", false},
    Word<bool>{"eager", true},
};

inline constexpr std::array ResumeWords = {
    Word<Resumes>{"same-thread", Resumes::SameThread},
    Word<Resumes>{"any-thread", Resumes::AnyThread},
};

inline constexpr std::array CancellationWords = {
    Word<Cancellation>{"implicit", Cancellation::Implicit},
    Word<Cancellation>{"explicit", Cancellation::Explicit},
};

/// What becomes of an exception that leaves a task that nobody awaits.
inline constexpr std::array ErrorWords = {
    Word<bool>{"loud", true},
    Word<bool>{"lost", false},
};

/// What an owner is that was moved from.
inline constexpr std::array MovedStates = {
    Word<bool>{"empty", true},
    Word<bool>{"full", false},
};

/// What a callable is given.
inline constexpr std::array GivenStates = {
    Word<bool>{"ready", true},
};

inline constexpr std::array Places = {
    Word<Place>{"in-place", Place::InPlace},
    Word<Place>{"loop", Place::Loop},
    Word<Place>{"thread", Place::Thread},
    Word<Place>{"fiber", Place::Fiber},
    Word<Place>{"executor", Place::Executor},
    Word<Place>{"later", Place::Later},
    Word<Place>{"wraps", Place::Wraps},
};

/// Where a library may call an overrider.
inline constexpr std::array EntryPlaces = {
    Word<Place>{"loop", Place::Loop},
    Word<Place>{"thread", Place::Thread},
    Word<Place>{"fiber", Place::Fiber},
    Word<Place>{"later", Place::Later},
};

/// Positions that have no number.
inline constexpr std::array NamedPositions = {
    Word<Position::Kind>{"last argument", Position::Kind::Last},
    Word<Position::Kind>{"any argument", Position::Kind::Any},
    Word<Position::Kind>{"object", Position::Kind::Object},
    Word<Position::Kind>{"result", Position::Kind::Result},
};

/// What a call that blocks was made for: the keys of `replacements`.
inline constexpr llvm::StringLiteral Operations[] = {
    "sleep",       "resolve",     "connect",       "accept",       "read",
    "write",       "file-open",   "file-read",     "file-write",   "file-sync",
    "file-stat",   "file-change", "start-process", "wait-process", "wait-event",
    "wait-future", "join-thread", "lock",          "http",         "sql",
    "rpc",         "redis",       "poll",          "wait-signal",  "input",
    "run-loop",    "dialog",      "handshake",     "wait-task",
};

template <class T, size_t N>
llvm::StringRef wordFor(const std::array<Word<T>, N> &Words, T Value) {
  for (const Word<T> &W : Words)
    if (W.Value == Value)
      return W.Text;
  return "";
}

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_WORDS_H
