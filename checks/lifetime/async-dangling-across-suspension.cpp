//===- async-dangling-across-suspension.cpp -------------------------------===//
//
// While a coroutine is suspended, others run: what refers into an object that
// they may change can be invalid when it goes on. And what an await gives a
// reference to may be gone at the end of the declaration.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {

/// The container of which \p V is, or refers to, an element; empty if it is
/// none that others see.
static std::string container(const FunctionFacts &F, const ModelSet &Models,
                             const Value &V, unsigned Depth = 3) {
  const llvm::StringRef Path = V.Path;
  if (Path.starts_with("this.") || Path.starts_with("::")) {
    // `pages[].size` and `pages.front()` are of `pages`.
    llvm::StringRef Whole = Path.take_front(Path.rfind("[]"));
    if (Whole.ends_with("()"))
      Whole = Whole.take_front(Whole.rfind('.'));
    return Whole.contains("()") ? "" : Whole.str();
  }
  // What a call gave, and no local: a copy is nobody else's.
  const bool Temporary = Path.empty() || Path.starts_with("#");
  if (!Temporary || V.Call < 0 || Depth == 0)
    return "";
  const CallSite &Call = F.Calls[V.Call];
  // A view of a view: `string_view(text).substr(1)`.
  if (!Call.Object.Type.empty() && Call.Kind == CallKind::Call)
    return container(F, Models, Call.Object, Depth - 1);
  if (Models.isView(Call.ResultType) && !Call.Arguments.empty())
    return container(F, Models, Call.Arguments.front(), Depth - 1);
  return "";
}

/// The object into which the local \p V refers, if others may change it.
static std::string changing(const FunctionFacts &F, const Program &P,
                            const Variable &V) {
  const ModelSet &Models = P.models();
  const llvm::StringRef Type = V.Type;
  const bool View = Models.isView(Type);
  const bool Element = llvm::StringRef(V.Init.Path).contains("[]");
  const bool Given = V.Init.Call >= 0 && !F.Calls[V.Init.Call].GivesObject;
  // A reference to a member as a whole is as good as the object.
  if (!View && !((V.Reference || Type.ends_with("*")) && (Element || Given)))
    return "";
  const std::string Object = container(F, Models, V.Init);
  return !Object.empty() && P.mayChange(F, Object) ? Object : "";
}

/// Those who would change it wait: for a lock of the thread's (which is another
/// rule's finding), or for a mutex that is made to be held over a suspension.
static bool isGuarded(const FunctionFacts &F, const Program &P,
                      const LateUse &Late) {
  return llvm::any_of(P.heldLocks(F),
                      [&](const HeldLock &Lock) {
                        return Late.Suspension >= 0 &&
                               llvm::is_contained(Lock.Suspensions,
                                                  Late.Suspension);
                      }) ||
         llvm::any_of(F.Suspensions, [&](const Suspension &S) {
           return S.Call >= 0 &&
                  P.models().isAsyncMutex(F.Calls[S.Call].Object.Type);
         });
}

/// Reports the first use, after a suspension, of each local that refers into an
/// object that others may change.
static void reportLate(const FunctionFacts &F, const Program &P,
                       FindingSink &Report) {
  std::map<Symbol, bool> Said;
  for (const LateUse &Late : P.lateUses(F)) {
    const Use &U = F.Uses[Late.Use];
    const Variable *V = variable(F, U.Name);
    if (!V || V->Static)
      continue;
    const std::string Object = changing(F, P, *V);
    if (Object.empty() || isGuarded(F, P, Late) ||
        !Said.try_emplace(V->Name, true).second)
      continue;
    const std::string What =
        V->Implicit ? "the range-`for`" : "`" + V->Name + "`";
    const llvm::StringRef Name = llvm::StringRef(Object).drop_front(
        llvm::StringRef(Object).starts_with("this.") ? 5 : 2);
    Report(U.Where,
           What + " refers into `" + Name.str() +
               "`, which others may have changed during the suspension",
           V->Name + " " + Name.str())
        .because({{V->Where, "bound here"},
                  {suspendedAt(F, Late), "others run here"}});
  }
}

/// Reports references into what a `co_await` of a temporary gave.
static void reportTemporaries(const FunctionFacts &F, FindingSink &Report) {
  for (const Variable &V : F.Variables) {
    // The whole, or a member of it.
    llvm::StringRef Path = V.Init.Path;
    int Call = -1;
    if (!V.Reference || !Path.consume_front("#") ||
        Path.take_until([](char C) { return C == '.'; }).getAsInteger(10, Call))
      continue;
    const CallSite &Gives = F.Calls[Call];
    if (!Gives.ByAwait || Gives.GivesObject ||
        !llvm::StringRef(Gives.CalleeName).ends_with("::await_resume"))
      continue;
    const auto At = llvm::find_if(
        F.Suspensions, [&](const Suspension &S) { return S.Resume == Call; });
    if (At == F.Suspensions.end() || !At->Operand.Moved || At->GivesReference)
      continue;
    Report(V.Where,
           (V.Implicit ? "the range of the `for`" : "`" + V.Name + "`") +
               " refers to what was awaited, a temporary that is gone at the "
               "end of the declaration; copy the value instead",
           V.Name)
        .because({{At->Where, "awaited here"}});
  }
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (!P.context(F).isAsync())
    return;
  reportLate(F, P, Report);
  reportTemporaries(F, Report);
}

extern const Rule async_dangling_across_suspension = {
    .Id = "async-dangling-across-suspension",
    .Group = "lifetime",
    .Summary = "A reference into what others may change is used after a "
               "suspension.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
