//===- Implementation.h - What a Program is made of -----------------------===//
//
// Private to src/program. The parts run in this order, each on what the ones
// before it found: link (Program.cpp), contexts (Context.cpp), blocking
// summaries (Summarise.cpp), excuses (Excuses.cpp), locks (Locks.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_IMPLEMENTATION_H
#define ASYNC_TIDY_PROGRAM_IMPLEMENTATION_H

#include "program/Program.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <deque>
#include <set>

namespace async_tidy {

/// A definition's number in `Program::Implementation::Nodes`.
using NodeIndex = unsigned;

/// What a call may enter.
struct Targets {
  llvm::SmallVector<NodeIndex, 1> Nodes;
  /// A library's function that the call enters without naming it: through a
  /// pointer, by an algorithm, by `make_unique`; and what its model says.
  Symbol Hidden;
  const BlockingModel *HiddenLeaf = nullptr;
  /// Several overriders, or a body and its overriders.
  bool OneOfSeveral = false;
};

/// The ways of blocking that are told apart on the way up, strongest first. A
/// wait that suspends a fibre is none for a fibre. Each but the loop comes in
/// four tiers.
enum class Way {
  NestedEventLoop,
  SyncWait,
  FiberWait,
  BlockingCall,
  Doubtful,
  Stackful
};
constexpr unsigned TierCount = 4;
constexpr unsigned SlotCount = 6 * TierCount;
inline unsigned slot(Way W, Tier T) {
  return static_cast<unsigned>(W) * TierCount + static_cast<unsigned>(T) - 1;
}

/// How one function comes to block in one way: by which of its calls.
struct Witness {
  int Call = -1; ///< -1: it does not
  /// Where the call leads, or -1 if it is the leaf.
  int Next = -1;
  const BlockingModel *Leaf = nullptr;
  unsigned Crossings = 0, Length = 0;
};

/// A lock that a function takes or gives back for its caller. Paths are those
/// of the function: rooted at `this`, a parameter, `return`, `::`, what a
/// lambda captures, or `^` and the number of the function whose local it is.
struct LockEffect {
  ObjectPath Owner; ///< the guard, empty if locked by hand
  ObjectPath Mutex;
  Symbol MutexType;
  Location Where;
  Symbol By; ///< the name of the function that locks
  bool Tries = false;
};

struct LockSummary {
  std::vector<LockEffect> Acquires, Releases;
  /// The caller's guards whose locks it gives back.
  std::set<ObjectPath> Ends;
  bool any() const {
    return !Acquires.empty() || !Releases.empty() || !Ends.empty();
  }
  friend bool operator==(const LockSummary &A, const LockSummary &B) {
    auto Same = [](const std::vector<LockEffect> &X,
                   const std::vector<LockEffect> &Y) {
      return std::equal(X.begin(), X.end(), Y.begin(), Y.end(),
                        [](const LockEffect &P, const LockEffect &Q) {
                          return P.Owner == Q.Owner && P.Mutex == Q.Mutex &&
                                 P.Tries == Q.Tries;
                        });
    };
    return Same(A.Acquires, B.Acquires) && Same(A.Releases, B.Releases) &&
           A.Ends == B.Ends;
  }
};

/// How a function comes to block, for each way: most do in few or none.
class Witnesses {
public:
  const Witness &operator[](unsigned Slot) const {
    static const Witness None;
    for (const auto &[Of, W] : Known)
      if (Of == Slot)
        return W;
    return None;
  }
  void add(unsigned Slot, const Witness &W) { Known.emplace_back(Slot, W); }

private:
  List<std::pair<unsigned, Witness>> Known;
};

struct Node {
  const FunctionFacts *Facts = nullptr;
  /// The first unit that holds it, and the others in order.
  unsigned Unit = 0;
  List<unsigned> OtherUnits;
  /// The next definition of the same id, or -1.
  int SameId = -1;
  Context In;
  /// One per call.
  std::vector<Targets> Calls;
  /// Who calls it: caller and call.
  std::vector<std::pair<NodeIndex, unsigned>> Callers;
  /// Positions of parameters that it calls, itself or through others.
  llvm::SmallVector<unsigned, 1> Invokes;
  Witnesses Ways;
  /// Calls at which the coroutine has moved to where blocking is allowed, or
  /// waits for what is known to be ready.
  List<unsigned> Excused;
  /// Calls and positions of their arguments at which what is given is known to
  /// be complete: a callee that waits for it does not wait.
  List<std::pair<unsigned, unsigned>> GivesReady;
  LockSummary Locks;
  std::vector<HeldLock> Held;
  std::vector<LateUse> Late;

  bool isIn(unsigned Wanted) const {
    return Wanted == Unit || llvm::binary_search(OtherUnits, Wanted);
  }
  bool excuses(unsigned Call) const {
    return llvm::is_contained(Excused, Call);
  }
};

/// What Program::lateUses says of \p F; the rest of \p P is known.
std::vector<LateUse> findLateUses(const Program &P, const FunctionFacts &F);

struct Program::Implementation {
  std::vector<TranslationUnitFacts> Units;
  std::vector<Symbol> UnitNames; ///< their main files
  const ModelSet *Models = nullptr;
  bool Whole = true;
  std::vector<Node> Nodes;
  std::vector<const FunctionFacts *> Functions;
  llvm::DenseMap<const FunctionFacts *, NodeIndex> NodeOf;
  /// The first definition of each id; see Node::SameId.
  llvm::DenseMap<FunctionId, NodeIndex> Definitions;
  /// Overriders by the id of what they override directly.
  llvm::DenseMap<FunctionId, llvm::SmallVector<NodeIndex, 2>> Overriders;
  /// Methods called `lock`, by qualified name.
  llvm::DenseMap<Symbol, llvm::SmallVector<NodeIndex, 1>> LockMethods;
  llvm::DenseMap<Symbol, const TypeFacts *> Types;
  /// By template name.
  llvm::StringMap<const AwaitableFacts *> Awaitables;
  /// Objects that some function changes so that references into them end: a
  /// class and a member, or a global.
  llvm::StringSet<> Changed;
  struct Said {
    bool Blocking = false, Nonblocking = false;
  };
  /// Attributes and annotations by id.
  llvm::DenseMap<FunctionId, Said> Attributes;
  /// Thread-safety attributes by id.
  llvm::DenseMap<FunctionId, const List<LockClaim> *> Claims;
  /// Models of `[[clang::blocking]]`, and of what bears the name of a wait.
  std::deque<BlockingModel> Declared;
  /// The modes that each unit sets, and on which type of object.
  std::vector<std::set<std::pair<const ModeModel *, Symbol>>> Modes;
  /// Those that any unit sets.
  std::set<std::pair<const ModeModel *, Symbol>> AnyModes;

  /// Calls on members and globals that models give a role of queues, or that
  /// move one as a whole, by \ref Program::memberName.
  llvm::StringMap<std::vector<Site>> Takers, Touches;

  void link();
  void findMembers(const Program &P);
  void findModes();
  void findChanges();
  void resolveCalls();
  void addOverriders(const FunctionId &Method, unsigned Unit,
                     Targets &Out) const;
  void findInvokedParameters();
  void findContexts();
  void summarise();
  void findExcuses();
  void findLocks();

  /// The definition that \p Id means in \p Unit, or none: its own unit's, else
  /// the only one elsewhere.
  std::optional<NodeIndex> resolve(FunctionId Id, unsigned Unit) const;
  /// The function that a call of \p V enters: what it is, or what it wraps.
  FunctionId callable(const FunctionFacts &F, const Value &V) const;
  /// What blocks at the call itself; null if nothing, and then \p Opaque says
  /// that nobody should look into the callee.
  const BlockingModel *leaf(const Node &N, unsigned Call, bool &Opaque) const;
  bool waitsByName(const CallSite &Call) const;
  /// The name of what \ref leaf found.
  llvm::StringRef leafName(const Node &N, unsigned Call) const;
  bool isLibrarysBusiness(const FunctionFacts &Caller,
                          const FunctionFacts &Callee) const;
  /// Notes that the call \p C of \p N enters a library's function \p Id
  /// (`s:sleep`), which is given \p Arguments if they are known.
  void enterLibrary(Node &N, unsigned C, llvm::StringRef Id,
                    const List<Value> *Arguments);
  bool isDoubtful(const CallSite &Call, const BlockingModel &Leaf) const;
  /// A model of the function that \p Call names stands for \p Target.
  bool isModelled(const Node &N, unsigned Call, const Node &Target) const;
  bool runsOnItsCaller(NodeIndex Coroutine) const;
  /// What \p W says that \p Callee waits for is complete when \p Call of
  /// \p Caller gives it.
  bool waitsForReady(const Node &Caller, unsigned Call, const Node &Callee,
                     const Witness &W) const;
  /// A call between them leaves the unit.
  bool crosses(const Node &A, const Node &B) const {
    return UnitNames[A.Unit] != UnitNames[B.Unit];
  }
  /// Effects of \p N count at its callers.
  bool countsAtCaller(const Node &N) const;
  std::optional<bool> suspends(const Suspension &S, unsigned Unit) const;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_IMPLEMENTATION_H
