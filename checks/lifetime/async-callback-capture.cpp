//===- async-callback-capture.cpp -----------------------------------------===//
//
// A callback runs when the function that made it has returned, and perhaps
// when the object that it belongs to is gone. What it takes with it by
// reference, `this` among it, has to live until then.
//
//===----------------------------------------------------------------------===//

#include "rules/Captures.h"
#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {

static constexpr char Keep[] =
    "; keep an owner of the object in it, as `self = shared_from_this()`";

/// A local, or what the caller owns, is gone when the callback runs.
static void reportObject(const FunctionFacts &F, const CallSite &Call,
                         const Outlived &It, FindingSink &Report) {
  const bool Callers = It.What == Outlived::Kind::Callers;
  const std::string Who =
      Callers ? "`" + It.Name + "`, which the caller owns, may be gone when `" +
                    Call.CalleeName + "` runs the callback"
              : "`" + It.Name + "` ends with `" + F.Name + "`, and `" +
                    Call.CalleeName + "` runs the callback later";
  Report(It.Work ? It.Work->Where : Call.Where,
         Who + "; capture it by value, or wait for the callback",
         It.By.Name + " " + Call.CalleeName)
      .because({{Call.Where, "handed over here, to run later"},
                {It.By.Where, It.By.ByReference ? "taken by reference here"
                                                : "refers to it here"}})
      .Shown = It.Shown;
}

static void reportThis(const CallSite &Call, const Outlived &It,
                       const Program &P, FindingSink &Report) {
  const std::string Name = className(It.By.Type);
  Finding &Out = Report(
      It.By.Where.File == Call.Where.File && It.Work ? It.Work->Where
                                                     : Call.Where,
      "`this` may be gone when `" + Call.CalleeName + "` runs the callback" +
          (It.Shared ? Keep
                     : "; hold an owner of the object in it, or cancel and "
                       "wait for it in the destructor"),
      "this " + Call.CalleeName);
  std::vector<Step> Steps{{Call.Where, "handed over here, to run later"}};
  if (const TypeFacts *T = P.type(Name); T && It.Shared)
    Steps.push_back(
        {T->Where, "objects of `" + Name + "` end with their last owner"});
  Steps.push_back({It.By.Where, "`this` is taken here, without an owner"});
  Out.because(std::move(Steps)).Shown = It.Shown;
}

static void reportTask(const FunctionFacts &F, const CallSite &Call,
                       const Outlived &It, FindingSink &Report) {
  const FunctionFacts &G = *It.Work;
  Report(Call.Where,
         "`" + G.Name + "` goes on with `this` after it was suspended, and " +
             (It.Name.empty()
                  ? "nothing keeps the object alive" + std::string(Keep)
                  : "`" + It.Name + "` ends with `" + F.Name + "`"),
         G.Name)
      .because({{Call.Where, "started here, and left alone"},
                {suspendedAt(G, *It.Late), "suspended here"},
                {G.Uses[It.Late->Use].Where, "`this` is used after it"}})
      .Shown = It.Shown;
}

/// A member coroutine whose object may end while it is suspended: nobody can
/// wait for it, or nobody is seen who does.
static void checkMember(const FunctionFacts &G, const Program &P,
                        FindingSink &Report) {
  if (!G.IsCoroutine || G.IsLambda || G.Class.empty() || isInMain(G, P))
    return;
  const TaskModel *Task = P.models().task(G.ReturnType);
  const bool Alone = Task && Task->Discardable;
  const bool Shared = isShared(G.Class, P);
  if (!Alone && !Shared)
    return;
  const LateUse *Late = lateThis(G, P);
  if (!Late || holdsOwner(G, P))
    return;
  // What becomes of it is said there.
  if (!P.callers(G).empty() || P.mayHaveOtherCallers(G))
    return;
  Finding &Out = Report(G.Uses[Late->Use].Where,
                        "the object of `" + G.Name +
                            "` may be gone after the suspension" + Keep,
                        G.Name);
  Out.because({{G.Where, Alone ? "nobody can wait for this coroutine"
                               : "the coroutine holds no owner of its object"},
               {suspendedAt(G, *Late), "suspended here"}});
  if (!Alone || !Shared)
    Out.Shown = Level::Strict;
}

/// Reports what callbacks and started tasks refer to and may outlive.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  checkMember(F, P, Report);
  for (unsigned C = 0; C != F.Calls.size(); ++C)
    for (const Outlived &It : outlivedBy(F, C, P))
      switch (It.What) {
      case Outlived::Kind::Local:
      case Outlived::Kind::Callers:
        reportObject(F, F.Calls[C], It, Report);
        break;
      case Outlived::Kind::This:
        reportThis(F.Calls[C], It, P, Report);
        break;
      case Outlived::Kind::Object:
        reportTask(F, F.Calls[C], It, Report);
        break;
      }
}

extern const Rule async_callback_capture = {
    .Id = "async-callback-capture",
    .Group = "lifetime",
    .Summary = "A callback or a detached task refers to what may be gone when "
               "it runs.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
