//===- Locks.cpp - Which locks may be held where --------------------------===//
//
// A forward may-analysis of each function's control flow. A token is one lock
// taken at one call; it is held from there until its mutex is unlocked, its
// guard dies, is moved from or gives it back, or a test shows that it was not
// taken. What a function takes or gives back for its caller is its summary, and
// a summary is applied like a modelled lock (RULES.md,
// async-lock-across-suspension).
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"
#include "program/Implementation.h"
#include "program/LockEffects.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace async_tidy {
namespace {

/// One lock, taken at one call, held in one guard. One that the caller took is
/// numbered after the calls.
struct Token {
  unsigned Call;
  LockEffect What;
  auto key() const { return std::tie(Call, What.Owner, What.Mutex); }
};

/// The caller knows the object by a name of its own.
bool visible(const FunctionFacts &F, const ObjectPath &P) {
  const llvm::StringRef Root =
      llvm::StringRef(P).take_front(P.find_first_of(".["));
  if (Root == "this" || Root == "return" || Root.starts_with("::") ||
      Root.starts_with("^"))
    return true;
  return llvm::any_of(F.Captures,
                      [&](const Capture &C) {
                        return Root == C.Name || Root == C.Init.Path;
                      }) ||
         llvm::any_of(F.Parameters, [&](const Parameter &Q) {
           return (Q.ByReference || isPointer(Q.Type)) && Root == Q.Name;
         });
}

/// What the caller sees of a lock: nothing of one that hangs on a local.
std::optional<LockEffect> exported(const FunctionFacts &F,
                                   const LockEffect &E) {
  if (visible(F, E.Owner.empty() ? E.Mutex : E.Owner))
    return E;
  return std::nullopt;
}

class LockAnalysis {
public:
  using State = llvm::BitVector;

  LockAnalysis(const FunctionFacts &F, LockModelReader::Body Does,
               std::vector<std::pair<Location, LockEffect>> Given)
      : F(F), Does(std::move(Does)), Given(std::move(Given)) {
    for (unsigned G = 0; G != this->Given.size(); ++G)
      add({static_cast<unsigned>(F.Calls.size()) + G, this->Given[G].second});
    // Every token that can come to be: taken here, or moved on from one that
    // was. A move can only lengthen the list once for each pair.
    for (unsigned C = 0; C != F.Calls.size(); ++C)
      for (const LockEffect &E : this->Does.Calls[C].Acquires)
        add({C, E});
    for (bool Grew = true; Grew;) {
      Grew = false;
      for (const LockOperations &Do : this->Does.Calls)
        for (const auto &[From, To] : Do.Moves)
          for (size_t T = 0, E = Tokens.size(); T != E && E < 512; ++T)
            if (owns(Tokens[T], From) && !To.empty())
              Grew |= add(moved(Tokens[T], From, To));
    }
  }

  bool any() const { return !Tokens.empty(); }
  llvm::ArrayRef<Token> tokens() const { return Tokens; }
  State entry() {
    State S(Tokens.size());
    S.set(0, Given.size());
    return S;
  }
  /// Where the lock of \p T was taken, as far as this function shows.
  const Location &takenAt(const Token &T) const {
    return T.Call < F.Calls.size() ? F.Calls[T.Call].Where
                                   : Given[T.Call - F.Calls.size()].first;
  }

  bool join(State &Into, const State &From) {
    if (!From.test(Into))
      return false;
    Into |= From;
    return true;
  }

  void event(State &S, const Event &E) {
    const bool Ends = E.What == Event::Kind::End;
    if (E.What != Event::Kind::Call && !Ends)
      return;
    const LockOperations &Do = Ends ? Does.Ends[E.Index] : Does.Calls[E.Index];
    for (unsigned T = 0, N = Tokens.size(); T != N; ++T)
      if (S.test(T) && ends(Do, Tokens[T]))
        S.reset(T);
    // All moves of a call happen at once: two guards that are swapped.
    State Arrived(Tokens.size());
    for (const auto &[From, To] : Do.Moves)
      for (unsigned T = 0, N = Tokens.size(); T != N; ++T)
        if (S.test(T) && owns(Tokens[T], From) && !To.empty())
          if (auto It = Index.find(key(moved(Tokens[T], From, To)));
              It != Index.end())
            Arrived.set(It->second);
    for (const auto &[From, To] : Do.Moves)
      for (unsigned T = 0, N = Tokens.size(); T != N; ++T)
        if (owns(Tokens[T], From))
          S.reset(T);
    S |= Arrived;
    for (const LockEffect &R : Do.Releases)
      for (unsigned T = 0, N = Tokens.size(); T != N; ++T)
        if (releases(R, Tokens[T].What))
          S.reset(T);
    for (const LockEffect &A : Do.Acquires)
      if (!Ends)
        S.set(Index.at(key({E.Index, A})));
  }

  void edge(State &S, const Branch &Test, bool Taken) {
    for (size_t T = 0, N = Tokens.size(); T != N; ++T)
      if (S.test(T) && fails(Tokens[T], Test, Taken))
        S.reset(T);
  }

  /// What \p Do, in the state \p S, gives back that the caller had taken.
  void gives(const State &S, const LockOperations &Do, LockSummary &Out) const {
    auto Mine = [&](auto &&Ends) {
      for (int T = S.find_first(); T >= 0; T = S.find_next(T))
        if (Ends(Tokens[T]))
          return true;
      return false;
    };
    auto End = [&](const ObjectPath &Owner) {
      if (!Owner.empty() && visible(F, Owner) &&
          !Mine([&](const Token &T) { return owns(T, Owner); }))
        Out.Ends.insert(Owner);
    };
    for (const ObjectPath &Owner : Do.EndsOwners)
      End(Owner);
    End(Do.Unlocks);
    for (const auto &[From, To] : Do.Moves)
      End(From);
    for (const LockEffect &R : Do.Releases)
      if (!Mine([&](const Token &T) { return releases(R, T.What); }))
        if (std::optional<LockEffect> Seen = exported(F, R))
          Out.Releases.push_back(*Seen);
  }

  const FunctionFacts &F;
  const LockModelReader::Body Does;
  const std::vector<std::pair<Location, LockEffect>> Given;

private:
  static bool owns(const Token &T, const ObjectPath &Whole) {
    return !T.What.Owner.empty() && isWithin(T.What.Owner, Whole);
  }
  static Token moved(Token T, const ObjectPath &From, const ObjectPath &To) {
    T.What.Owner = To + T.What.Owner.substr(From.size());
    return T;
  }
  static bool ends(const LockOperations &Do, const Token &T) {
    if (!Do.Unlocks.empty() && !T.What.Owner.empty() &&
        (owns(T, Do.Unlocks) || isWithin(Do.Unlocks, T.What.Owner)))
      return true;
    return llvm::any_of(
        Do.EndsOwners, [&](const ObjectPath &Owner) { return owns(T, Owner); });
  }
  static bool releases(const LockEffect &R, const LockEffect &Held) {
    // A mutex without a name may be any of its type.
    return R.Mutex.empty() || Held.Mutex.empty() ? R.MutexType == Held.MutexType
                                                 : R.Mutex == Held.Mutex;
  }
  using Key = std::tuple<unsigned, ObjectPath, ObjectPath>;
  static Key key(const Token &T) {
    return {T.Call, T.What.Owner, T.What.Mutex};
  }
  bool add(Token T) {
    if (!Index.try_emplace(key(T), Tokens.size()).second)
      return false;
    Tokens.push_back(std::move(T));
    return true;
  }

  /// The branch shows that the lock was not taken.
  bool fails(const Token &T, const Branch &Test, bool Taken) const {
    const CallSite *Asked = Test.Call >= 0 ? &F.Calls[Test.Call] : nullptr;
    auto Denies = [&](const Symbol Success) {
      std::optional<bool> Got = answers(Test, Taken, Success);
      return Got && !*Got;
    };
    if (T.What.Tries) {
      const Symbol Success = Does.Calls[T.Call].Success;
      if (Test.Call == static_cast<int>(T.Call))
        return Denies(Success);
      const ObjectPath &Kept = F.Calls[T.Call].Result;
      if (!Asked && !Kept.empty() && Kept == Test.Path && Kept != T.What.Owner)
        return Denies(Success);
    }
    // `if (guard)`, `if (!guard.owns_lock())`, or the answer to that.
    if (T.What.Owner.empty())
      return false;
    if (!Asked && owns(T, Test.Path))
      return Denies("true");
    for (unsigned C = 0; C != F.Calls.size(); ++C)
      if (const ObjectPath &Asks = Does.Calls[C].Tests;
          !Asks.empty() && owns(T, Asks) &&
          (Test.Call == static_cast<int>(C) ||
           (!Asked && !Test.Path.empty() && F.Calls[C].Result == Test.Path)))
        return Denies("true");
    return false;
  }

  std::vector<Token> Tokens;
  std::map<Key, size_t> Index;
};

} // namespace

void Program::Implementation::findLocks() {
  LockModelReader Reader(*this);
  std::deque<NodeIndex> Work;
  std::vector<unsigned> Visits(Nodes.size());
  std::vector<bool> Queued(Nodes.size());
  // Those whose types only guards over them ask for must be known first, and
  // everybody is asked again when what it calls has changed.
  for (NodeIndex I = 0; I != Nodes.size(); ++I)
    if (Reader.mentionsLocks(Nodes[I])) {
      Work.push_back(I);
      Queued[I] = true;
    }
  // A summary that never settles (mutual recursion that passes guards around)
  // is cut off; then it says too little.
  constexpr unsigned MaxVisits = 8;

  while (!Work.empty()) {
    const NodeIndex I = Work.front();
    Work.pop_front();
    Queued[I] = false;
    Node &N = Nodes[I];
    const FunctionFacts &F = *N.Facts;
    if (++Visits[I] > MaxVisits)
      continue;
    LockAnalysis A(F, Reader.operations(N), Reader.given(N));
    LockSummary Summary;
    const auto In = runForward(F, A);

    std::map<unsigned, HeldLock> ByCall;
    for (unsigned B = 0; B != F.Flow.size(); ++B) {
      if (!In[B])
        continue;
      LockAnalysis::State S = *In[B];
      for (const Event &E : F.Flow[B].Events) {
        if (E.What == Event::Kind::End)
          A.event(S, E);
        if (E.What != Event::Kind::Call && E.What != Event::Kind::Suspend)
          continue;
        for (int T = S.find_first(); T >= 0; T = S.find_next(T)) {
          const Token &Held = A.tokens()[T];
          auto [It, New] = ByCall.try_emplace(Held.Call);
          HeldLock &Lock = It->second;
          if (New) {
            Lock.Guard = Held.What.Owner;
            Lock.Mutex = Held.What.Mutex;
            Lock.MutexType = Held.What.MutexType;
            Lock.Acquired = A.takenAt(Held);
            if (Held.What.Where.isValid())
              Lock.Via.push_back(
                  {Held.What.Where, "`" + Held.What.By + "` takes the lock"});
          }
          auto &Out =
              E.What == Event::Kind::Suspend ? Lock.Suspensions : Lock.Calls;
          if (E.What == Event::Kind::Suspend &&
              !*suspends(F.Suspensions[E.Index], N.Unit))
            continue;
          if (!llvm::is_contained(Out, E.Index))
            Out.push_back(E.Index);
        }
        if (E.What == Event::Kind::Call)
          A.gives(S, A.Does.Calls[E.Index], Summary);
        A.event(S, E);
      }
      // The last block is the exit.
      if (B + 1 == F.Flow.size())
        for (int T = S.find_first(); T >= 0; T = S.find_next(T)) {
          LockEffect E = A.tokens()[T].What;
          const unsigned Call = A.tokens()[T].Call;
          if (Call >= F.Calls.size())
            continue; // the caller knows
          if (E.Tries && !F.Calls[Call].Returned)
            E.Tries = false;
          if (!E.Where.isValid()) {
            E.Where = F.Calls[Call].Where;
            E.By = F.Name;
          }
          if (std::optional<LockEffect> Seen = exported(F, E))
            Summary.Acquires.push_back(std::move(*Seen));
        }
    }
    N.Held.clear();
    for (auto &[Call, Lock] : ByCall) {
      llvm::sort(Lock.Suspensions);
      llvm::sort(Lock.Calls);
      N.Held.push_back(std::move(Lock));
    }
    // Awaiting a coroutine that locks is beyond what a summary says.
    if (F.IsCoroutine || Summary == N.Locks)
      continue;
    N.Locks = std::move(Summary);
    auto Again = [&](NodeIndex J) {
      if (!Queued[J]) {
        Queued[J] = true;
        Work.push_back(J);
      }
    };
    for (auto [From, Call] : N.Callers)
      Again(From);
    // Whoever makes a lambda may hand it to what calls it later.
    if (F.IsLambda)
      if (const auto Maker = resolve(F.Parent, N.Unit))
        Again(*Maker);
    for (NodeIndex J : Reader.dependants(N))
      Again(J);
  }
}

} // namespace async_tidy
