//===- async-discarded-task.cpp -------------------------------------------===//
//
// Whoever makes a task must await it, return it, or give it to an owner. One
// that is thrown away never runs, and nothing at run time says so.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Bounds.h"
#include "rules/Rule.h"
#include "rules/Tasks.h"
#include <set>

namespace async_tidy {
namespace {

/// How an object was thrown away.
struct Loss {
  std::string How; ///< ends the sentence "... "
  std::vector<Step> Steps;
  bool Named = false;
  bool Cast = false;
};

} // namespace

static const Variable *local(const FunctionFacts &F, llvm::StringRef Name) {
  const Variable *V = variable(F, Name);
  return V && !V->Reference && !V->Static ? V : nullptr;
}

/// Nothing becomes of the local \p Name: it is not given to anybody, awaited,
/// captured or referred to. \p Fills counts calls that put something into it.
static bool comesToNothing(const FunctionFacts &F, const Program &P,
                           llvm::StringRef Name, bool Container) {
  size_t Mentions = 0, Explained = 0;
  for (const Use &U : F.Uses) {
    if (U.Name != Name)
      continue;
    if (U.Moves || U.Captured || (U.Writes && !Container))
      return false;
    ++Mentions;
  }
  for (const Variable &V : F.Variables)
    if (V.Init.Path == Name && V.Name != Name)
      return false;
  // What is looked at within may be what matters.
  auto Within = [&](llvm::StringRef Path) {
    return Path.consume_front(Name) && Path.starts_with(".");
  };
  for (const Suspension &S : F.Suspensions)
    if (S.Operand.Path == Name || Within(S.Operand.Path))
      return false;
  for (const CallSite &C : F.Calls) {
    if (C.Kind == CallKind::Destroy)
      continue;
    for (const Value &A : C.Arguments)
      if (A.Path == Name || Within(A.Path))
        return false;
    if (Within(C.Object.Path))
      return false;
    if (C.Object.Path != Name || C.Kind == CallKind::Construct)
      continue;
    const bool Fills =
        Container && (ownName(C.CalleeName) == "reserve" ||
                      llvm::any_of(C.Arguments, [&](const Value &A) {
                        return isAwaitable(A.Type, P);
                      }));
    if (!Fills && !(C.Const && !C.ByAwait))
      return false;
    ++Explained;
  }
  // What is only named, by `(void)t`, is nothing either; of a container,
  // whatever else is done with it may be what matters.
  return Container ? Mentions == Explained : Mentions != 0;
}

static bool isIgnore(const CallSite &C) {
  return ownName(C.CalleeName) == "operator=" &&
         llvm::is_contained(C.Object.Names, "std::ignore");
}

/// How what `F.Calls[Index]` gives is thrown away; none if it is not.
static std::optional<Loss> lossOf(const FunctionFacts &F, unsigned Index,
                                  const Program &P) {
  const CallSite &Call = F.Calls[Index];
  const Fate Its = fateOf(F, Index, P);
  const CallSite *Taker = Its.Taker < 0 ? nullptr : &F.Calls[Its.Taker];
  Loss Out;
  switch (Its.What) {
  case Fate::Kind::Dropped:
    // Of a combinator that is dropped, it is the combinator that is said.
    if (Taker && Taker->Kind != CallKind::Construct)
      return std::nullopt;
    Out.Cast = (Taker ? Taker : &Call)->Discarded == CallSite::Discard::Cast;
    return Out;
  case Fate::Kind::Named: {
    if (Taker && Taker->Kind != CallKind::Construct)
      return std::nullopt;
    const CallSite &Last = Taker ? *Taker : Call;
    const Variable *V = local(F, Its.Owner);
    Out.Named = true;
    Out.How = " by `" + Its.Owner + "`, which nobody awaits";
    if (V)
      Out.Steps.push_back({V->Where, "`" + Its.Owner + "` keeps it"});
    if (Call.ResultUnused || Last.ResultUnused)
      return Out;
    if (V && natureOf(V->Type, P) != Nature::None &&
        comesToNothing(F, P, Its.Owner, /*Container=*/false))
      return Out;
    return std::nullopt;
  }
  case Fate::Kind::Given: {
    if (isIgnore(*Taker)) {
      Out.Cast = P.models().is(Role::WarnsWhenDropped, Call.ResultType);
      return Out;
    }
    // What keeps it, such as a `unique_ptr`, is thrown away.
    if (Taker->GivesObject && holdsTasks(Taker->ResultType, P) &&
        (Taker->ResultUnused || Taker->Discarded != CallSite::Discard::No)) {
      Out.Named = Taker->ResultUnused;
      Out.How = " by `" + Taker->Result + "`, which nobody awaits";
      return Out;
    }
    const Variable *V = local(F, Taker->Object.Path);
    if (P.models().role(Role::Spawns, *Taker) ||
        P.models().role(Role::Detaches, *Taker))
      return std::nullopt;
    if (!V || Taker->Object.Type.empty() ||
        !comesToNothing(F, P, V->Name, /*Container=*/true))
      return std::nullopt;
    Out.Named = true;
    Out.How = " in `" + V->Name + "`, which nobody looks into";
    Out.Steps.push_back({V->Where, "`" + V->Name + "` ends with them"});
    return Out;
  }
  default:
    return std::nullopt;
  }
}

/// \p Name begins or ends as what takes a lock does: `lock_apply`, `coLock`. In
/// the middle of a name, as in `test_lock_order`, it says what it is about.
static bool isToLock(llvm::StringRef Name) {
  std::vector<std::string> Words = wordsOf(Name);
  llvm::erase_if(Words, [](const std::string &Word) {
    return Word == "async" || Word == "co" || Word == "try";
  });
  auto Is = [](const std::string &Word) {
    return Word == "lock" || Word == "acquire";
  };
  return !Words.empty() && (Is(Words.front()) || Is(Words.back()));
}

/// \p F is the lambda of a test that its body throws: it makes no task.
static bool isMadeToThrow(const FunctionFacts &F, const Program &P) {
  const FunctionFacts *Outer = F.IsLambda ? P.definition(F, F.Parent) : nullptr;
  return Outer && llvm::any_of(Outer->Calls, [&](const CallSite &C) {
           return saysOneOf(ownName(C.CalleeName), {"throw", "throws"}) &&
                  llvm::any_of(C.Arguments, [&](const Value &A) {
                    return A.Callable == F.Id;
                  });
         });
}

/// What is awaited gives a lock, or a place in a semaphore.
static bool givesLock(const CallSite &Call, const Program &P) {
  const ModelSet &Models = P.models();
  if (Models.isAsyncMutex(Call.Object.Type) ||
      Models.role(Role::Limits, Call) || isToLock(ownName(Call.CalleeName)))
    return true;
  const llvm::StringRef Given =
      llvm::StringRef(Call.ResultType).split('<').second;
  return Models.guard(Given) ||
         saysOneOf(ownName(Given.take_until([](char C) {
                     return C == '<' || C == '>' || C == ',';
                   })),
                   {"lock", "guard", "units", "permit", "holder"});
}

/// `save();` becomes `co_await save();`. The caller then waits for what it did
/// not wait for before.
static void offerAwait(const FunctionFacts &F, const CallSite &Call,
                       Finding &Out) {
  const llvm::StringRef Name = ownName(Call.CalleeName);
  if (!F.IsCoroutine || Call.Discarded == CallSite::Discard::No ||
      (Name.starts_with("operator") && Name != "operator()") ||
      !Call.Begin.isValid() || !mayAwaitAt(F, Call))
    return;
  Out.Fixes.push_back({"await the task",
                       {{Call.Begin, Call.Begin, "co_await "}},
                       /*Safe=*/false});
}

static void say(const FunctionFacts &F, const CallSite &Call, Nature Is,
                const Loss &Lost, const Program &P, FindingSink &Report) {
  const std::string Name =
      Call.CalleeName.empty() ? "this call" : "`" + Call.CalleeName + "`";
  const std::string Kept = Lost.Named ? " is kept" + Lost.How : "";
  const std::string Instead = F.IsCoroutine
                                  ? "; `co_await` it, or give it to an owner"
                                  : "; give it to an owner that awaits it";
  const bool Lock = givesLock(Call, P);
  std::string Text;
  if (Lock && Is != Nature::Cancelled)
    Text = "what " + Name + " gives is never awaited, so nothing is locked";
  else if (Is == Nature::Lazy)
    Text = "the task of " + Name +
           (Lost.Named ? Kept + ", so it never runs"
                       : " is thrown away before it has run");
  else if (Is == Nature::Awaitable)
    Text = "what " + Name + " gives" + (Lost.Named ? Kept : " is thrown away") +
           ", so nothing waits for it";
  else if (Is == Nature::Cancelled)
    Text = "what " + Name + " started is cancelled at once";
  else
    Text = "nobody awaits what " + Name +
           " started: the next line does not wait for it, and its failure is "
           "not seen";
  Finding &Out = Report(Call.Where, Text + Instead, Call.CalleeName);
  Out.because(Lost.Steps);
  if (!Lock && (Is == Nature::Lazy || Is == Nature::Awaitable))
    offerAwait(F, Call, Out);
  if (Lock)
    Out.Weight = Severity::Error;
  else if (Is == Nature::Eager)
    Out.Weight = Severity::Note;
}

/// To go on without waiting for what has begun is a way to use it. In a
/// coroutine it is more often a slip; elsewhere only where the library
/// complains of it.
static bool mayGoOn(const FunctionFacts &F, const CallSite &Call,
                    const Loss &Lost, const Program &P) {
  if (P.models().is(Role::CannotFail, Call.CalleeName))
    return true;
  const bool Complains = P.models().is(Role::WarnsWhenDropped, Call.ResultType);
  // Written in so many words: that is async-detached-task's. And whoever adds
  // to a task what comes after it has thought of its end.
  return Lost.Cast ||
         (!Complains && (!F.IsCoroutine || isAwaitable(Call.Object.Type, P)));
}

static void checkResults(const FunctionFacts &F, const Program &P,
                         FindingSink &Report) {
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (!Call.GivesObject || Call.Implicit || Call.ByAwait ||
        Call.Kind == CallKind::Destroy || Call.Awaited || Call.Returned)
      continue;
    const Nature Is = natureOf(Call, P);
    if (Is == Nature::None || Is == Nature::Discardable)
      continue;
    // What is constructed of a task is the task; what is constructed and kept
    // is an object like others.
    if (Call.Kind == CallKind::Construct &&
        (Call.Discarded == CallSite::Discard::No || Is == Nature::Eager ||
         llvm::any_of(Call.Arguments,
                      [&](const Value &A) { return isAwaitable(A.Type, P); })))
      continue;
    const std::optional<Loss> Lost = lossOf(F, I, P);
    if (!Lost)
      continue;
    // It goes on while the local lives.
    if (Is == Nature::Cancelled && Lost->Named)
      continue;
    if (Is == Nature::Eager && !givesLock(Call, P) &&
        mayGoOn(F, Call, *Lost, P))
      continue;
    say(F, Call, Is, *Lost, P, Report);
  }
}

/// Somebody calls \p V and throws away what it gives.
static void checkCallable(const FunctionFacts &F, const CallSite &Call,
                          const Value &V, const Program &P,
                          FindingSink &Report) {
  const std::string Result = resultOfCalling(F, V, P);
  const Nature Is = natureOf(Result, P);
  if (Is != Nature::Lazy && Is != Nature::Cancelled)
    return;
  const FunctionFacts *Body = P.definition(F, V.Callable);
  std::string By = Call.CalleeName.str();
  if (Call.Kind == CallKind::Construct)
    By = templateName(Call.ResultType).str();
  Finding &Out =
      Report(Call.Where,
             "`" + By +
                 "` throws away the task that the callable gives, so it "
                 "never runs; give it a callable that starts the task",
             By);
  if (Body)
    Out.because({{Body->Where, "it gives a task"}});
}

static void checkCallables(const FunctionFacts &F, const Program &P,
                           FindingSink &Report) {
  std::set<Location> Said;
  for (const CallSite &Call : F.Calls) {
    const Value *V = nullptr;
    if (const RoleModel *M = P.models().role(Role::DropsResults, Call)) {
      V = M->At ? valueAt(Call, *M->At) : nullptr;
    } else if (Call.Kind == CallKind::Construct && Call.Arguments.size() == 1) {
      // `std::function<void(...)>`, and others that say the same.
      const auto [Wrapper, Signature] =
          llvm::StringRef(Call.ResultType).split('<');
      if (Signature.starts_with("void(") &&
          templateName(Call.Arguments.front().Type) != Wrapper)
        V = &Call.Arguments.front();
    }
    if (V && Said.insert(Call.Where).second)
      checkCallable(F, Call, *V, P, Report);
  }
}

/// The frame of a coroutine takes all parameters over; and not every instance
/// of a template says what its initialisers name.
static bool isUsed(const FunctionFacts &F, const Parameter &Given) {
  if (!F.IsCoroutine && Given.Used)
    return true;
  return llvm::any_of(F.Uses,
                      [&](const Use &U) { return U.Name == Given.Name; }) ||
         ownName(F.Name) == ownName(templateName(F.Class));
}

/// A task that is taken by value and never looked at.
static void checkParameters(const FunctionFacts &F, const Program &P,
                            FindingSink &Report) {
  if (F.Virtual || !F.Overrides.empty())
    return;
  for (const Parameter &Given : F.Parameters)
    if (!isUsed(F, Given) && !Given.ByReference && !Given.Name.empty() &&
        natureOf(Given.Type, P) == Nature::Lazy)
      Report(Given.Where,
             "the task `" + Given.Name +
                 "` is taken over and never awaited, so it never runs; "
                 "`co_await` it, or give it to an owner",
             Given.Name);
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (!isMadeToThrow(F, P))
    checkResults(F, P, Report);
  checkCallables(F, P, Report);
  checkParameters(F, P, Report);
}

extern const Rule async_discarded_task = {
    .Id = "async-discarded-task",
    .Group = "tasks",
    .Summary = "A task is made, and nobody awaits it.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
