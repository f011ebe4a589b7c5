//===- Program.h - Facts of many translation units, linked ----------------===//
//
// A Program is everything the rules may ask about code. It may hold one
// translation unit (in an editor) or all of them (in CI). Seeing less code may
// hide a finding; it never invents one.
//
//   TranslationUnitFacts* + ModelSet --link, summarise--> Program
//
// Three things are worked out once, here: in which context a body runs
// (Context.cpp), what calling a function may do (Summarise.cpp), and which
// locks are held where (Locks.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_PROGRAM_H
#define ASYNC_TIDY_PROGRAM_PROGRAM_H

#include "facts/Facts.h"
#include "models/Models.h"
#include "llvm/ADT/ArrayRef.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// One step of the evidence for a finding, in the order in which it happens.
struct Step {
  Location Where;
  std::string Text;
};

/// Where a body runs (RULES.md, async context).
enum class ContextKind {
  Plain,     ///< not asynchronous by itself: its effects count at its calls
  Coroutine, ///< a C++20 coroutine whose type is a task
  Generator, ///< a synchronous generator: runs on its consumer's thread
  Loop,      ///< a callback that an event loop or an IO executor runs
  Fiber,     ///< a stackful coroutine or a fibre
  Awaiter,   ///< what a `co_await` calls: runs on its coroutine's thread
  Offloaded, ///< handed to a thread or an executor that may block
};

struct Context {
  ContextKind Kind = ContextKind::Plain;
  /// The library whose runtime this is, empty if unknown.
  Symbol Library;
  /// Where a callback is handed over, an awaiter first awaited; nowhere for
  /// coroutines.
  Location HandedOver;
  /// Where else an awaiter is awaited, the first few.
  List<Location> AlsoAt;
  /// Nobody can tell whether its executor may block, or all uses that were seen
  /// are handed to one that may.
  bool Doubtful = false;
  /// Blocking its thread stalls other tasks.
  bool isAsync() const {
    return Kind == ContextKind::Coroutine || Kind == ContextKind::Loop ||
           Kind == ContextKind::Fiber || Kind == ContextKind::Awaiter;
  }
};

/// How a call comes to block: the model or the attribute that says so, and the
/// way to it.
struct BlockingPath {
  const BlockingModel *Leaf = nullptr;
  /// The leaf's, but that a wait within an awaiter is a blocking call.
  BlockingKind Kind = BlockingKind::BlockingCall;
  /// The name of the function that blocks in the end.
  std::string LeafName;
  /// The calls that lead there; the last one is the leaf itself.
  std::vector<Step> Steps;
  /// The call goes through a virtual method, a function pointer's only known
  /// value or the like: one of several possibilities.
  bool OneOfSeveral = false;
  /// Whether it does depends on what no call shows.
  bool Doubtful = false;
};

/// A lock and what happens while it may be held.
struct HeldLock {
  ObjectPath Guard; ///< empty if locked by hand
  ObjectPath Mutex; ///< empty if unknown
  Symbol MutexType; ///< empty if unknown
  Location Acquired;
  /// Who took it, if it was a helper: the way to the lock.
  std::vector<Step> Via;
  /// Indices of the function's suspensions and calls at which it may be held.
  std::vector<unsigned> Suspensions, Calls;
};

/// A use of something that was bound, given or looked at before a suspension.
struct LateUse {
  unsigned Use; ///< index of `FunctionFacts::Uses`
  /// The suspension, or the call that suspends a fibre; both are -1 for the one
  /// before the body of a lazily started coroutine.
  int Suspension, Call;
};

/// A call, and the function in which it stands.
struct Site {
  const FunctionFacts *In = nullptr;
  unsigned Call = 0;
};

class Program {
public:
  /// Links \p Units and works out contexts, summaries and locks. The order of
  /// \p Units does not matter. \p Models must outlive the program. Without
  /// \p Whole, there may be more units that nobody has seen.
  Program(std::vector<TranslationUnitFacts> Units, const ModelSet &Models,
          bool Whole = true);
  ~Program();
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  llvm::ArrayRef<TranslationUnitFacts> units() const;
  const ModelSet &models() const;

  /// There is nothing else: what \p units do not say is not so.
  bool isWhole() const;
  /// Somebody may call \p F whom nobody has seen, and excuse what it does.
  bool mayHaveOtherCallers(const FunctionFacts &F) const {
    return !isWhole() && F.ExternalLinkage;
  }

  /// Every definition once, by place and then id; what units read differently
  /// in a header is several.
  llvm::ArrayRef<const FunctionFacts *> functions() const;
  const Context &context(const FunctionFacts &F) const;

  /// How the call \p Call of \p F may block; none if it does not, if its callee
  /// reports by itself (a coroutine, a callback), or if the model allows the
  /// edge. Of several ways the strongest kind, the worst of \p Tiers and the
  /// shortest path, least often leaving the unit.
  std::optional<BlockingPath> blockingPath(const FunctionFacts &F,
                                           const CallSite &Call,
                                           llvm::ArrayRef<Tier> Tiers) const;
  /// At \p Call the coroutine has moved to an executor that may block, or an
  /// earlier question proved that the wait will not wait.
  bool isExcused(const FunctionFacts &F, const CallSite &Call) const;

  /// Thread-owned locks that may be held at a suspension or a call.
  llvm::ArrayRef<HeldLock> heldLocks(const FunctionFacts &F) const;
  /// The coroutine gives up its thread there, as far as anyone knows.
  bool maySuspend(const Suspension &S) const;
  /// \p Call suspends a stackful coroutine, itself or through helpers.
  bool suspendsStackful(const FunctionFacts &F, const CallSite &Call) const;

  /// Uses of locals, parameters, captures, `this` and `thread_local`s after a
  /// suspension that may lie between them and what bound them, by place.
  llvm::ArrayRef<LateUse> lateUses(const FunctionFacts &F) const;
  /// Somebody may invalidate what refers into the member (`this.` and its name)
  /// or the global object \p Object of \p F: a function that was seen does it.
  bool mayChange(const FunctionFacts &F, llvm::StringRef Object) const;
  /// The coroutine \p F suspends before its body, as far as anyone knows.
  bool startsLazily(const FunctionFacts &F) const;
  /// What is known of \p Type if its objects are made to be awaited; null if
  /// they are not.
  const AwaitableFacts *awaitable(llvm::StringRef Type) const;

  /// The class \p Name if user code defines or instantiates it, or null.
  const TypeFacts *type(llvm::StringRef Name) const;

  /// The definition that \p Call of \p F enters; null if it is not known.
  const FunctionFacts *callee(const FunctionFacts &F,
                              const CallSite &Call) const;
  /// The calls that may enter \p F.
  std::vector<Site> callers(const FunctionFacts &F) const;

  /// What \p Path of \p F names in every function: the class and its member
  /// (`session::queue_`), or a global (`::queue`). Empty for a local.
  std::string memberName(const FunctionFacts &F, llvm::StringRef Path) const;
  /// The type of \p Path of \p F, empty if it cannot be told.
  std::string typeOf(const FunctionFacts &F, llvm::StringRef Path) const;
  /// The calls that take something out of the member or global \p Member, or
  /// all of it: those of models, and moves.
  llvm::ArrayRef<Site> takers(llvm::StringRef Member) const;
  /// The calls by which anybody does \p What to the member \p Member.
  std::vector<Site> sitesOf(llvm::StringRef Member, Role What) const;

  /// The definition of \p Id, a callable that \p F gives to somebody; null if
  /// it is not known.
  const FunctionFacts *definition(const FunctionFacts &F,
                                  llvm::StringRef Id) const;
  /// What to use in \p F instead of \p Leaf: a noun phrase, or empty.
  std::string replacement(const FunctionFacts &F,
                          const BlockingModel &Leaf) const;

  /// What it is made of; known to src/program only.
  struct Implementation;

private:
  std::unique_ptr<Implementation> Impl;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_PROGRAM_H
