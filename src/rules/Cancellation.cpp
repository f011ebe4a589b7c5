//===- Cancellation.cpp - How one function learns that it is cancelled ----===//
//
// See Cancellation.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Cancellation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

bool CancellationOf::speaksOfEnd(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Words[] = {
      "stop",     "cancel", "abort",    "shutdown",  "shutting",
      "quitting", "quit",   "terminat", "interrupt", "closing"};
  return saysBeginningOf(Name, Words);
}

CancellationOf::CancellationOf(const FunctionFacts &F, const Program &P)
    : F(F), P(P), Models(P.models()),
      Implicit(Models.cancellation(P.context(F).Library) ==
               Cancellation::Implicit) {
  // Nobody holds what could cancel it.
  if (const TaskModel *Task = Models.task(F.ReturnType))
    Implicit &= !Task->Discardable;
  Implicit &= !isDisabled();
  for (const Parameter &A : F.Parameters)
    add(A.Name, A.Type, A.Where);
  for (const Capture &C : F.Captures)
    if (C.Name == "this")
      addMembers(llvm::StringRef(C.Type).rtrim(" *"), 3);
    else
      add(C.Name, C.Type, C.Where);
  for (const Variable &V : F.Variables)
    add(V.Name, V.Type, V.Where);
  if (!F.IsLambda)
    addMembers(F.Class, 3);
}

/// The task has turned its cancellation off, and nowhere on again.
bool CancellationOf::isDisabled() const {
  bool Off = false;
  for (const CallSite &Call : F.Calls) {
    if (!Models.is(Role::DisablesCancellation, Call.CalleeName))
      continue;
    if (!Models.role(Role::DisablesCancellation, Call))
      return false;
    Off = true;
  }
  return Off;
}

const RoleModel *CancellationOf::family(llvm::StringRef Type) const {
  for (unsigned Depth = 0; Depth != 3; ++Depth) {
    if (const RoleModel *M = Models.role(Role::CancellationType, Type))
      return M;
    if (!Models.owner(Type) && !Models.is(Role::OwningType, Type))
      return nullptr;
    // What it holds is its first type argument.
    const llvm::StringRef Inner = Type.split('<').second;
    Type = Inner.take_front(Inner.find_first_of(",>"));
  }
  return nullptr;
}

void CancellationOf::add(llvm::StringRef Name, llvm::StringRef Type,
                         Location Where) {
  if (Name.empty())
    return;
  if (const RoleModel *Family = family(Type)) {
    // What an owner holds is called by the name of the owner.
    llvm::StringRef Held = templateName(Type);
    while (!llvm::is_contained(Family->Names, Held)) {
      const llvm::StringRef Inner = Type.split('<').second;
      Type = Inner.take_front(Inner.find_first_of(",>"));
      Held = templateName(Type);
    }
    Scope.push_back({Name.str(), Held.str(), Family, std::move(Where)});
  }
}

void CancellationOf::addMembers(llvm::StringRef Class, unsigned Depth) {
  const TypeFacts *T = Depth ? P.type(Class) : nullptr;
  if (!T)
    return;
  for (const TypeFacts::Field &Field : T->Fields)
    add(Field.Name, Field.Type, {});
  for (const llvm::StringRef Base : T->Bases)
    addMembers(Base, Depth - 1);
}

bool CancellationOf::isTest(const CallSite &Call) const {
  return Models.role(Role::CancellationTest, Call) != nullptr;
}

bool CancellationOf::isEmpty(const Value &V) const {
  if (V.Constant == 0 && llvm::StringRef(V.Type).ends_with("*"))
    return true;
  if (V.Call >= 0) {
    const CallSite &Made = F.Calls[V.Call];
    return Made.Kind == CallKind::Construct && Made.Arguments.empty() &&
           (V.Path.empty() || V.Path.front() == '#');
  }
  // Made by a constructor that does nothing: the class has none that shows.
  return llvm::none_of(F.Calls,
                       [&](const CallSite &C) {
                         return C.Kind != CallKind::Call &&
                                C.Object.Type == V.Type;
                       }) &&
         V.Path.empty() && V.Names.empty() && V.Parameter < 0 &&
         V.Origins.size() == 1 && V.Origins.front() == templateName(V.Type) &&
         !llvm::StringRef(V.Type).ends_with("*");
}

bool CancellationOf::isGiven(const CallSite &Call, const RoleModel *Of) const {
  auto Has = [&](const Value &V) {
    const RoleModel *Family = family(V.Type);
    if (Family && (!Of || Family == Of))
      return !isEmpty(V);
    return V.Call >= 0 && &F.Calls[V.Call] < &Call &&
           F.Calls[V.Call].Kind == CallKind::Call && !F.Calls[V.Call].ByAwait &&
           isGiven(F.Calls[V.Call], Of);
  };
  return llvm::any_of(Call.Arguments, Has) ||
         (!Call.Object.Type.empty() && Call.Object.Call >= 0 &&
          Has(Call.Object));
}

bool CancellationOf::tellsErrors(const CallSite &Call) const {
  return Models.role(Role::TellsErrors, Call) ||
         llvm::any_of(Call.Arguments, [&](const Value &V) {
           // An adaptor may be in another: `bind_executor(ex, as_tuple(...))`.
           for (llvm::StringRef Rest = V.Type; !Rest.empty();) {
             const size_t End = Rest.find_first_of("<,>");
             if (Models.is(Role::TellsErrors, Rest.take_front(End).trim()))
               return true;
             Rest =
                 End == llvm::StringRef::npos ? "" : Rest.drop_front(End + 1);
           }
           return false;
         });
}

bool CancellationOf::tellsErrors(const Suspension &S) const {
  return Models.is(Role::TellsErrors, S.Operand.Type) ||
         (S.Call >= 0 && tellsErrors(F.Calls[S.Call]));
}

bool CancellationOf::calleeEnds(const FunctionFacts &In, const CallSite &Call,
                                unsigned Depth) const {
  const FunctionFacts *Callee = P.callee(In, Call);
  if (!Callee || Callee == &F || Depth == 0)
    return false;
  if (llvm::any_of(Callee->Throws, [](const Throw &T) { return T.Try < 0; }))
    return true;
  return llvm::any_of(Callee->Calls, [&](const CallSite &C) {
    return C.Try < 0 && C.Kind == CallKind::Call && !C.ByAwait &&
           (isTest(C) || Models.role(Role::Cancellable, C) ||
            llvm::any_of(
                C.Arguments,
                [&](const Value &V) {
                  return Models.role(Role::CancellationType, V.Type);
                }) ||
            calleeEnds(*Callee, C, Depth - 1));
  });
}

bool CancellationOf::ends(const CallSite &Call) const {
  if (tellsErrors(Call))
    return false;
  return Implicit || Models.role(Role::Cancellable, Call) || isGiven(Call) ||
         calleeEnds(F, Call, 3);
}

bool CancellationOf::ends(const Suspension &S) const {
  if (S.What == Suspension::Kind::Yield || tellsErrors(S))
    return false;
  if (Models.is(Role::Cancellable, S.Operand.Type) ||
      Models.is(Role::Cancellable, S.AwaiterType))
    return true;
  if (S.Call >= 0)
    return ends(F.Calls[S.Call]) && (P.maySuspend(S) || !Implicit);
  return Implicit && P.maySuspend(S);
}

} // namespace async_tidy
