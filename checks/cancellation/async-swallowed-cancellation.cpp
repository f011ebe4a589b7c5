//===- async-swallowed-cancellation.cpp -----------------------------------===//
//
// Where a cancelled await throws, a handler that catches everything catches the
// cancellation, too. A loop that logs it and goes on never ends, and often
// never suspends again.
//
//===----------------------------------------------------------------------===//

#include "rules/Cancellation.h"
#include "rules/Cycles.h"
#include "rules/IgnoredErrors.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

class Swallowing {
public:
  Swallowing(const FunctionFacts &F, const Program &P, FindingSink &Report)
      : F(F), P(P), Models(P.models()), Report(Report), Cancelled(F, P),
        Ways(F),
        Errors(Models.roles(Role::CancellationError, P.context(F).Library)) {
    // What nobody has described follows the language.
    if (Errors.empty() && !Cancelled.isImplicit())
      Errors = Models.roles(Role::CancellationError, "std");
  }
  void check();

private:
  bool isIn(int Try, unsigned T) const {
    for (; Try >= 0; Try = F.Tries[Try].Outer)
      if (Try == static_cast<int>(T))
        return true;
    return false;
  }
  bool catches(const Handler &H) const;
  int swallower(unsigned T) const;
  bool mindsCancellation(unsigned H) const;
  bool leavesForOthers(unsigned H) const;
  bool keepsForLater(unsigned H) const;
  std::optional<Location> suspendsIn(unsigned T) const;
  llvm::BitVector barriers(unsigned T) const;
  void checkTry(unsigned T);
  void checkRestart();

  const FunctionFacts &F;
  const Program &P;
  const ModelSet &Models;
  FindingSink &Report;
  const CancellationOf Cancelled;
  const Cycles Ways;
  std::vector<const RoleModel *> Errors;
};

} // namespace

/// \p H takes the error by which a cancelled operation ends.
bool Swallowing::catches(const Handler &H) const {
  if (H.Type.empty())
    return true;
  const llvm::StringRef Type = templateName(H.Type);
  return llvm::any_of(Errors, [&](const RoleModel *M) {
    return llvm::is_contained(M->Names, Type) ||
           llvm::is_contained(M->CaughtBy, Type);
  });
}

/// The first handler of \p T that takes it, or -1.
int Swallowing::swallower(unsigned T) const {
  for (unsigned H : F.Tries[T].Handlers)
    if (catches(F.Handlers[H]))
      return static_cast<int>(H);
  return -1;
}

static bool speaksOfCancellation(const ModelSet &Models,
                                 llvm::ArrayRef<Symbol> Names) {
  return llvm::any_of(Names, [&](llvm::StringRef Name) {
    return Models.is(Role::CancellationError, Name) ||
           CancellationOf::speaksOfEnd(ownName(Name));
  });
}

/// The handler asks whether it was cancelled, or leaves the matter to somebody.
bool Swallowing::mindsCancellation(unsigned H) const {
  const Handler &Here = F.Handlers[H];
  // Who catches just this error, and does something, wants it.
  if (Errors.size() == 1 &&
      llvm::is_contained(Errors.front()->Names, templateName(Here.Type)) &&
      llvm::any_of(F.Calls, [&](const CallSite &Call) {
        return Call.Handler == static_cast<int>(H);
      }))
    return true;
  if (speaksOfCancellation(Models, Here.Names) ||
      ((Here.Throws || Here.Leaves) && !leavesForOthers(H)) || keepsForLater(H))
    return true;
  return llvm::any_of(F.Calls, [&](const CallSite &Call) {
    if (Call.Handler != static_cast<int>(H) || Call.Kind != CallKind::Call)
      return false;
    const llvm::StringRef Name = Call.CalleeName;
    return Cancelled.isTest(Call) ||
           CancellationOf::speaksOfEnd(ownName(Name)) ||
           Name == "std::rethrow_exception" || Name == "std::terminate" ||
           Name == "exit" || Name == "abort" ||
           (Name == "std::current_exception" && !Call.Result.empty());
  });
}

/// The handler leaves if the error is another one than cancellation (an end of
/// file), and goes on else.
bool Swallowing::leavesForOthers(unsigned H) const {
  const int Start = Ways.ofHandler(H);
  if (Start < 0 || F.Handlers[H].Throws)
    return false;
  // The handler's way out begins with a test for equality with constants.
  const Block &Here = F.Flow[Start];
  if (Here.Successors.size() != 2)
    return false;
  for (const Event &E : llvm::reverse(Here.Events)) {
    if (E.What != Event::Kind::Call)
      continue;
    const CallSite &Call = F.Calls[E.Index];
    if (!llvm::StringRef(Call.CalleeName).ends_with("operator=="))
      return Here.Test && !Here.Test->Equals.empty() &&
             !Models.is(Role::CancellationError, Here.Test->Equals);
    return llvm::any_of(Call.Arguments, [&](const Value &V) {
      return !V.Names.empty() || V.Call >= 0;
    });
  }
  return false;
}

/// What the handler notes decides how the loop goes on.
bool Swallowing::keepsForLater(unsigned H) const {
  const int Start = Ways.ofHandler(H);
  if (Start < 0)
    return false;
  for (const Event &E : F.Flow[Start].Events) {
    if (E.What != Event::Kind::Use || !F.Uses[E.Index].Writes)
      continue;
    const llvm::StringRef Name = F.Uses[E.Index].Name;
    const auto Asks = [&](const ObjectPath &Path) {
      return !Path.empty() && llvm::StringRef(Path).split('.').first == Name;
    };
    for (const Block &B : F.Flow)
      if (B.Successors.size() == 2 && B.Test &&
          (Asks(B.Test->Path) ||
           (B.Test->Call >= 0 && Asks(F.Calls[B.Test->Call].Object.Path))))
        return true;
    for (const Loop &L : F.Loops)
      if (llvm::any_of(L.Reads, Asks))
        return true;
  }
  return false;
}

/// Where, within the try block \p T, cancellation is thrown, and no inner
/// handler takes it.
std::optional<Location> Swallowing::suspendsIn(unsigned T) const {
  auto Reaches = [&](int Try) {
    for (; Try >= 0 && Try != static_cast<int>(T); Try = F.Tries[Try].Outer)
      if (swallower(Try) >= 0 && !F.Handlers[swallower(Try)].Throws)
        return false;
    return Try >= 0;
  };
  for (const Suspension &S : F.Suspensions)
    if (Reaches(S.Try) && Cancelled.ends(S) && P.maySuspend(S))
      return S.Where;
  // A test that answers nothing throws.
  for (const CallSite &Call : F.Calls)
    if (Reaches(Call.Try) && Call.ResultType == "void" && !Call.Awaited &&
        Models.role(Role::CancellationTest, Call))
      return Call.Where;
  if (P.context(F).Kind == ContextKind::Fiber)
    for (const CallSite &Call : F.Calls)
      if (Reaches(Call.Try) && P.suspendsStackful(F, Call) &&
          Cancelled.ends(Call))
        return Call.Where;
  return std::nullopt;
}

/// Blocks that a cancelled task does not pass: tests, what an outside event
/// decides, and awaits that throw and that nobody swallows in the loop.
llvm::BitVector Swallowing::barriers(unsigned T) const {
  llvm::BitVector Result(F.Flow.size());
  auto Swallowed = [&](int Try) {
    // A try block around the whole loop is a way out.
    for (; Try >= 0; Try = F.Tries[Try].Outer)
      if (F.Tries[Try].Loop >= 0 && swallower(Try) >= 0)
        return true;
    return false;
  };
  for (unsigned I = 0; I != F.Suspensions.size(); ++I)
    if (const Suspension &S = F.Suspensions[I];
        !Swallowed(S.Try) && Cancelled.ends(S) && P.maySuspend(S) &&
        Ways.ofSuspension(I) >= 0)
      Result.set(Ways.ofSuspension(I));
  for (unsigned I = 0; I != F.Calls.size(); ++I)
    if (const CallSite &Call = F.Calls[I];
        Ways.ofCall(I) >= 0 && !Swallowed(Call.Try) &&
        (Cancelled.isTest(Call) ||
         (P.context(F).Kind == ContextKind::Fiber &&
          P.suspendsStackful(F, Call) && Cancelled.ends(Call))))
      Result.set(Ways.ofCall(I));
  for (unsigned B = 0; B != F.Flow.size(); ++B) {
    const std::optional<Branch> &Test = F.Flow[B].Test;
    if (!Test)
      continue;
    const llvm::StringRef Path =
        Test->Call >= 0 ? F.Calls[Test->Call].Object.Path : Test->Path;
    // Members, globals and what the caller gave are for others to change.
    const bool Others = Path.starts_with("this") || Path.starts_with("::") ||
                        llvm::any_of(F.Parameters,
                                     [&](const Parameter &A) {
                                       return Path.split('.').first == A.Name;
                                     }) ||
                        llvm::any_of(F.Captures, [&](const Capture &C) {
                          return Path.split('.').first == C.Name;
                        });
    const bool Leaves = llvm::any_of(Ways.after(B), [&](int To) {
      return Ways.ofTry(T) >= 0 &&
             !Ways.leads(To, Ways.ofTry(T), llvm::BitVector(F.Flow.size())) &&
             To != Ways.ofTry(T);
    });
    if ((Others && Leaves) ||
        (Test->Call >= 0 &&
         CancellationOf::speaksOfEnd(F.Calls[Test->Call].CalleeName) && Leaves))
      Result.set(B);
  }
  return Result;
}

void Swallowing::checkTry(unsigned T) {
  const int H = swallower(T);
  // A test's macro is a loop that ends at once.
  const int Around = F.Tries[T].Loop;
  if (H < 0 || Around < 0 || mindsCancellation(H) ||
      F.Loops[Around].Where == F.Handlers[H].Where)
    return;
  const std::optional<Location> At = suspendsIn(T);
  const int Start = Ways.ofHandler(H), Again = Ways.ofTry(T);
  if (!At || Start < 0 || Again < 0)
    return;
  const std::string Who = whoRuns(F, P.context(F));
  const std::string What = F.Handlers[H].Type.empty()
                               ? "`catch (...)`"
                               : "the handler of `" + F.Handlers[H].Type + "`";
  bool Endless = false;
  for (int L = Around; L >= 0; L = F.Loops[L].Parent)
    Endless |= F.Loops[L].Endless;
  // What counts its attempts ends soon.
  if (!Endless && F.Loops[Around].What != Loop::Kind::RangeFor &&
      (F.Loops[Around].What == Loop::Kind::For ||
       llvm::any_of(F.Comparisons, [&](const Comparison &C) {
         return C.InLoopCondition && C.Loop == Around;
       })))
    return;
  if (!Ways.leads(Start, Again, barriers(T)))
    return;
  Finding &Out =
      Report(F.Handlers[H].Where,
             What + " takes the cancellation of " + Who +
                 ", too, and the loop goes on; throw it again, or leave the "
                 "loop, if the task was cancelled",
             F.Name);
  Out.because({{*At, "throws when the task is cancelled"}});
  // A loop that ends by itself ends late.
  if (!Endless)
    Out.Shown = Level::Strict;
}

/// Reports a handler that does not look at its error and starts the operation
/// again: to cancel it has no effect.
void Swallowing::checkRestart() {
  const Context &Where = P.context(F);
  auto Branches = [](const Block &B) { return B.Successors.size() > 1; };
  if (Where.Kind != ContextKind::Loop || !F.IsLambda || F.Parameters.empty() ||
      F.Parameters.front().Used ||
      !Models.is(Role::CancellationError, F.Parameters.front().Type) ||
      llvm::any_of(F.Flow, Branches))
    return;
  for (const CallSite &Call : F.Calls) {
    const FunctionFacts *Again = P.callee(F, Call);
    if (Call.Callee != F.Parent || !Again ||
        llvm::any_of(Again->Flow, Branches))
      continue;
    Report(F.Where,
           "the handler does not look at its error and starts the operation "
           "again, so to cancel it has no effect; return if it was cancelled",
           F.Name)
        .because({{Call.Where, "starts it again"}});
    return;
  }
}

void Swallowing::check() {
  for (unsigned T = 0; T != F.Tries.size(); ++T)
    checkTry(T);
  const IgnoredErrors Ignored(F, P, Cancelled, Ways);
  for (unsigned B = 0; B != F.Flow.size(); ++B)
    if (const CallSite *Test = Ignored.at(B))
      Report(Test->Where,
             "the endless loop in " + whoRuns(F, P.context(F)) +
                 " goes on when its operation was cancelled; leave it instead",
             F.Name);
  checkRestart();
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &Where = P.context(F);
  if (!F.Flow.empty() &&
      (Where.Kind == ContextKind::Coroutine ||
       Where.Kind == ContextKind::Fiber || Where.Kind == ContextKind::Loop))
    Swallowing(F, P, Report).check();
}

extern const Rule async_swallowed_cancellation = {
    .Id = "async-swallowed-cancellation",
    .Group = "cancellation",
    .Summary =
        "A handler takes the cancellation of its task for a failure, and "
        "goes on.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
