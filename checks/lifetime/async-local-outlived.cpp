//===- async-local-outlived.cpp -------------------------------------------===//
//
// An asynchronous operation uses its buffer, its socket and its timer until it
// is complete. A local that it was given is gone when the function returns.
//
//===----------------------------------------------------------------------===//

#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {

/// The object that \p V is, or of which it is a view or a buffer.
static std::string objectOf(const FunctionFacts &F, const ModelSet &Models,
                            const Value &V, unsigned Depth = 4) {
  const std::string Root = rootOf(V.Path).str();
  const bool Temporary = Root.empty() || Root.front() == '#';
  if (!Temporary) {
    // A view that was made before.
    const auto Var = llvm::find_if(
        F.Variables, [&](const Variable &X) { return X.Name == Root; });
    if (Var != F.Variables.end() && Models.isView(Var->Type) && Depth != 0)
      return objectOf(F, Models, Var->Init, Depth - 1);
    return Root;
  }
  if (V.Call < 0 || Depth == 0)
    return "";
  const CallSite &Made = F.Calls[V.Call];
  // What is made of a view or a pointer, and not a copy.
  if (!Models.isView(Made.ResultType) &&
      !llvm::StringRef(Made.ResultType).ends_with("*"))
    return "";
  if (Made.Kind == CallKind::Call && !Made.Object.Path.empty())
    return objectOf(F, Models, Made.Object, Depth - 1);
  for (const Value &A : Made.Arguments)
    if (std::string Found = objectOf(F, Models, A, Depth - 1); !Found.empty())
      return Found;
  return "";
}

/// What a container of \p Type holds.
static llvm::StringRef element(llvm::StringRef Type) {
  const llvm::StringRef First = Type.split('<').second;
  return First.take_front(First.find_first_of(",>"));
}

/// The handler, or anything else that the operation is given, takes the object
/// over.
static bool isTaken(const FunctionFacts &F, const CallSite &Call,
                    const std::string &Name, const Program &P,
                    unsigned Depth = 3) {
  // What a composed operation keeps in its closure goes on with it:
  // `async_write(s, buffer(*text_), std::move(self))`.
  const bool InClosure = llvm::any_of(
      F.Captures, [&](const Capture &C) { return C.Name == Name; });
  // Into an aggregate that the call is given: `handler{std::move(text), ...}`.
  if (Call.Begin.isValid() && llvm::any_of(F.Calls, [&](const CallSite &C) {
        return C.Kind == CallKind::Construct && !C.Arguments.empty() &&
               C.Arguments.front().Moved && C.Arguments.front().Path == Name &&
               C.Where.File == Call.Begin.File && Call.Begin < C.Where &&
               C.Where < Call.End;
      }))
    return true;
  for (const Value &A : Call.Arguments) {
    if (A.Moved && A.Path == Name)
      return true;
    if (A.Moved && InClosure &&
        llvm::any_of(F.Parameters, [&](const Parameter &Self) {
          return Self.Name == A.Path;
        }))
      return true;
    if (A.Call >= 0 && Depth != 0 &&
        isTaken(F, F.Calls[A.Call], Name, P, Depth - 1))
      return true;
    if (A.Callable.empty())
      continue;
    const FunctionFacts *L = P.definition(F, A.Callable);
    if (!L)
      continue;
    for (const Capture &C : L->Captures)
      if (!C.ByReference && (rootOf(C.Init.Path) == Name ||
                             (C.Init.Path.empty() && C.Name == Name)))
        return true;
  }
  return false;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const ModelSet &Models = P.models();
  for (unsigned C = 0; C != F.Calls.size(); ++C) {
    const CallSite &Call = F.Calls[C];
    bool Said = false;
    for (const RoleModel *M : Models.roles(Role::Borrows, Call)) {
      auto One = [&](const Value &V) {
        const std::string Name = objectOf(F, Models, V);
        const std::string Type = ownType(F, Name).str();
        // What comes by value and goes on as it is, is a sequence of buffers;
        // so is an object of a class of the project's own.
        const bool Object = M->At && M->At->What == Position::Kind::Object;
        if (!Object && V.Path == Name &&
            (P.type(Type) ||
             llvm::any_of(F.Parameters,
                          [&](const Parameter &A) { return A.Name == Name; })))
          return;
        // What a pointer or an owner points to does not end with it; a sequence
        // of buffers is copied.
        if (Said || Type.empty() || llvm::StringRef(Type).ends_with("*") ||
            isOwner(Type, Models) || Models.isView(Type) ||
            Models.isView(element(Type)) || isTaken(F, Call, Name, P))
          return;
        const Escape How = escapeOf(F, C, {Name}, P);
        // To end the operation with its object, when the coroutine has got what
        // it waits for, may be what is wanted.
        if (How == Escape::No || (How == Escape::Perhaps && Object))
          return;
        const auto Var = llvm::find_if(
            F.Variables, [&](const Variable &X) { return X.Name == Name; });
        Said = true;
        Finding &Out = Report(
            Call.Where,
            "`" + Name + "` ends with `" + F.Name + "`, before `" +
                Call.CalleeName +
                "` is complete; wait for it, or give the object to the handler",
            Name + " " + Call.CalleeName);
        std::vector<Step> Steps{
            {Var != F.Variables.end() ? Var->Where : F.Where,
             Var != F.Variables.end() ? "lives in this scope"
                                      : "a parameter of this function"}};
        for (const CallSite &End : F.Calls)
          if (End.Kind == CallKind::Destroy && End.Object.Path == Name) {
            Steps.push_back({End.Where, "ends here"});
            break;
          }
        Out.because(std::move(Steps));
        if (How == Escape::Perhaps)
          Out.Shown = Level::Strict;
      };
      if (M->At && M->At->What == Position::Kind::Any)
        for (const Value &A : Call.Arguments)
          One(A);
      else if (const Value *V = M->At ? valueAt(Call, *M->At) : nullptr)
        One(*V);
    }
  }
}

extern const Rule async_local_outlived = {
    .Id = "async-local-outlived",
    .Group = "lifetime",
    .Summary = "A local is given to an operation that goes on when the local "
               "is gone.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
