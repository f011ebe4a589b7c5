//===- Tasks.cpp - What the rules about tasks ask -------------------------===//
//
// See Tasks.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Tasks.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

Nature natureOf(llvm::StringRef Type, const Program &P) {
  const ModelSet &Models = P.models();
  if (Type.empty() || Type.ends_with("*"))
    return Nature::None;
  if (Models.is(Role::EndsWhenDropped, Type))
    return Nature::Cancelled;
  if (Models.is(Role::Operation, Type))
    return Nature::Lazy;
  if (const TaskModel *M = Models.task(Type)) {
    if (M->Generator)
      return Nature::None;
    if (M->Discardable)
      return Nature::Discardable;
    return M->Eager ? Nature::Eager : Nature::Lazy;
  }
  const AwaitableFacts *A = P.awaitable(Type);
  if (!A)
    return Nature::None;
  if (A->Task) {
    if (A->Yields && !A->Awaits)
      return Nature::None; // a generator
    if (ownName(A->InitialAwaiter) == "suspend_always")
      return Nature::Lazy;
    return A->Awaits ? Nature::Eager : Nature::Discardable;
  }
  if (A->Sender)
    return Nature::Lazy;
  return A->Handle ? Nature::Eager : Nature::Awaitable;
}

Nature natureOf(const CallSite &Call, const Program &P) {
  const Nature Is = natureOf(Call.ResultType, P);
  return Is == Nature::Eager && natureOf(Call.Object.Type, P) == Nature::Lazy &&
                 !P.models().is(Role::Detaches, Call.CalleeName)
             ? Nature::Lazy
             : Is;
}

bool holdsTasks(llvm::StringRef Type, const Program &P) {
  const size_t Open = Type.find('<');
  if (Open == llvm::StringRef::npos || Type.ends_with("*"))
    return false;
  // The types in it, wherever they stand: what matters is the innermost.
  const llvm::StringRef Inner = Type.drop_front(Open + 1);
  const Nature Its = natureOf(Inner, P);
  return Its == Nature::Lazy || Its == Nature::Eager ||
         Its == Nature::Cancelled || holdsTasks(Inner, P);
}

std::string resultOfCalling(const FunctionFacts &F, const Value &V,
                            const Program &P) {
  if (const FunctionFacts *Callable = P.definition(F, V.Callable))
    return Callable->ReturnType.str();
  // A function that is only declared is known by its type.
  const llvm::StringRef Type = V.Type;
  if (const size_t Open = Type.find("(...)"); Open != llvm::StringRef::npos)
    return Type.take_front(Open).str();
  return {};
}

const FunctionFacts *bodyOf(const FunctionFacts &F, const Value &V,
                            const Program &P) {
  const FunctionFacts *Body = P.definition(F, V.Callable);
  if (!Body && V.Call >= 0) {
    const CallSite &Made = F.Calls[V.Call];
    Body = P.callee(F, Made);
    if (!Body || !Body->IsCoroutine) {
      // What a library makes of a task: the task with an executor.
      auto Within = [&](const Value &A) {
        return A.Call >= 0 && A.Call != V.Call && isAwaitable(A.Type, P)
                   ? bodyOf(F, A, P)
                   : nullptr;
      };
      if (const FunctionFacts *Inner = Within(Made.Object))
        return Inner;
      for (const Value &A : Made.Arguments)
        if (const FunctionFacts *Inner = Within(A))
          return Inner;
    }
  }
  // A function that only makes a task and returns it stands for the task.
  for (unsigned Depth = 0; Body && !Body->IsCoroutine; ++Depth) {
    const FunctionFacts *Next = nullptr;
    for (const CallSite &C : Body->Calls)
      if (C.Returned && isAwaitable(C.ResultType, P))
        Next = P.callee(*Body, C);
    if (!Next || Depth == 3)
      return nullptr;
    Body = Next;
  }
  return Body;
}

namespace {

/// Looks for an exception that leaves a body.
class Throws {
public:
  Throws(const Program &P, bool Surely) : P(P), Surely(Surely) {}

  std::optional<std::vector<Step>> in(const FunctionFacts &F, unsigned Depth) {
    if (Depth == 0 || (F.Noexcept && !F.IsCoroutine) ||
        llvm::is_contained(Around, &F))
      return std::nullopt;
    Around.push_back(&F);
    std::optional<std::vector<Step>> Found = look(F, Depth);
    Around.pop_back();
    return Found;
  }

private:
  std::optional<std::vector<Step>> look(const FunctionFacts &F,
                                        unsigned Depth) {
    for (const Throw &T : F.Throws)
      if (!endsIn(F, T.Try, T.Type) &&
          !(T.Type.empty() && T.Handler >= 0 && isSeen(F, T.Handler)))
        return std::vector<Step>{
            {T.Where, T.Type.empty() ? "the exception is thrown on here"
                                     : "`" + T.Type + "` is thrown here"}};
    for (const Suspension &S : F.Suspensions)
      if (!isCaught(F, S.Try))
        if (auto Found = awaited(F, S, Depth))
          return Found;
    for (const CallSite &C : F.Calls) {
      if (C.ByAwait || C.Kind == CallKind::Destroy || isCaught(F, C.Try))
        continue;
      const FunctionFacts *Callee = P.callee(F, C);
      if (!Callee || Callee->IsCoroutine || Callee->IsLambda)
        continue;
      if (auto Found = in(*Callee, Depth - 1)) {
        Found->insert(Found->begin(),
                      {C.Where, "`" + C.CalleeName + "` is called here"});
        return Found;
      }
    }
    return std::nullopt;
  }

  std::optional<std::vector<Step>>
  awaited(const FunctionFacts &F, const Suspension &S, unsigned Depth) {
    const ModelSet &Models = P.models();
    if (S.GoesOn || S.Call < 0 || S.What == Suspension::Kind::Yield ||
        Models.neverSuspends(S.Operand.Type) ||
        Models.neverSuspends(S.AwaiterType) ||
        Models.is(Role::CannotFail, S.Operand.Type))
      return std::nullopt;
    const CallSite &C = F.Calls[S.Call];
    if (Models.is(Role::CannotFail, C.CalleeName))
      return std::nullopt;
    for (const Value &A : C.Arguments) {
      if (Models.is(Role::CannotFail, A.Type))
        return std::nullopt;
      for (const auto *Said : {&A.Origins, &A.Names})
        for (const llvm::StringRef Name : *Said)
          if (Models.is(Role::CannotFail, Name))
            return std::nullopt;
    }
    std::vector<Step> Steps{
        {S.Where, "the await of `" + C.CalleeName + "` may throw here"}};
    const FunctionFacts *Callee = P.callee(F, C);
    if (!Callee && !Surely)
      return Steps;
    if (!Callee || !Callee->IsCoroutine)
      return std::nullopt;
    auto Found = in(*Callee, Depth - 1);
    if (!Found)
      return std::nullopt;
    Steps.insert(Steps.end(), Found->begin(), Found->end());
    return Steps;
  }

  /// A handler looks at what it catches, or keeps it, before it throws it on.
  static bool isSeen(const FunctionFacts &F, int Handler) {
    return llvm::any_of(F.Calls, [&](const CallSite &C) {
      const llvm::StringRef Name = ownName(C.CalleeName);
      return C.Handler == Handler &&
             (Name == "what" || Name == "current_exception");
    });
  }

  /// What an await throws is not known: a handler for it is taken to be one.
  static bool isCaught(const FunctionFacts &F, int Try) {
    for (; Try >= 0; Try = F.Tries[Try].Outer)
      for (unsigned H : F.Tries[Try].Handlers)
        if (!F.Handlers[H].Throws || isSeen(F, static_cast<int>(H)))
          return true;
    return false;
  }

  /// A handler around ends an exception of type \p Type.
  static bool endsIn(const FunctionFacts &F, int Try, llvm::StringRef Type) {
    static constexpr llvm::StringLiteral Bases[] = {
        "", "std::exception", "std::runtime_error", "std::logic_error"};
    for (; Try >= 0; Try = F.Tries[Try].Outer)
      for (unsigned H : F.Tries[Try].Handlers) {
        const Handler &By = F.Handlers[H];
        const bool Takes = Type.empty() || By.Type == Type ||
                           llvm::is_contained(Bases, By.Type) ||
                           !Type.starts_with("std::");
        if (Takes && (!By.Throws || isSeen(F, static_cast<int>(H))))
          return true;
      }
    return false;
  }

  const Program &P;
  bool Surely;
  std::vector<const FunctionFacts *> Around;
};

} // namespace

std::optional<std::vector<Step>> canThrow(const FunctionFacts &F,
                                          const Program &P, bool Surely) {
  return Throws(P, Surely).in(F, 6);
}

bool asksForOwner(const FunctionFacts &F, const Program &P) {
  static constexpr llvm::StringLiteral Owners[] = {
      "shared_from_this", "weak_from_this", "get_strong", "get_weak"};
  return llvm::any_of(F.Calls, [&](const CallSite &C) {
    return P.models().role(Role::GivesOwner, C) ||
           llvm::is_contained(Owners, ownName(C.CalleeName));
  });
}

std::vector<bool> questions(const FunctionFacts &F) {
  std::vector<bool> Result(F.Uses.size());
  for (const Block &B : F.Flow)
    for (size_t I = 0; I != B.Events.size(); ++I) {
      if (B.Events[I].What != Event::Kind::Use)
        continue;
      const Use &U = F.Uses[B.Events[I].Index];
      if (U.Writes || U.Moves || U.Captured)
        continue;
      for (size_t J = I + 1; J != B.Events.size(); ++J) {
        if (B.Events[J].What != Event::Kind::Call)
          continue;
        const CallSite &C = F.Calls[B.Events[J].Index];
        Result[B.Events[I].Index] =
            C.Object.Path == U.Name && C.Const && !C.ByAwait;
        break;
      }
    }
  return Result;
}

bool isWaitedFor(const FunctionFacts &F, const CallSite &Call,
                 const Program &P) {
  for (int At = Call.Consumer; At >= 0; At = F.Calls[At].Consumer)
    if (const BlockingModel *M = P.models().blocking(F.Calls[At]);
        M && M->Kind == BlockingKind::SyncWait)
      return true;
  return false;
}

} // namespace async_tidy
