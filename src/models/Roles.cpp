//===- Roles.cpp - The roles of a model file ------------------------------===//
//
// See Roles.h. What each word means is defined in docs/design/models.md.
//
//===----------------------------------------------------------------------===//

#include "models/Roles.h"
#include "models/Loader.h"

namespace async_tidy {

using At = RoleWord::Position;

static constexpr RoleWord Words[] = {
    {"detaches", Role::Detaches, NameKind::Function, At::Optional,
     "starts a task that nobody can wait for"},
    {"loses-errors", Role::LosesErrors, NameKind::Function, At::Optional,
     "starts a task whose failure nobody sees"},
    {"spawns", Role::Spawns, NameKind::Function, At::Optional,
     "starts a task beside its caller"},
    {"starts-all", Role::StartsAll, NameKind::Function, At::Required,
     "starts all tasks of a range at once"},
    {"limits", Role::Limits, NameKind::Function, At::No,
     "waits, or fails, while there is too much"},
    {"drops-results", Role::DropsResults, NameKind::Function, At::Required,
     "throws away what the callable gives"},
    {"operations", Role::Operation, NameKind::Type, At::No,
     "does nothing until it is awaited or started"},
    {"ends-when-dropped", Role::EndsWhenDropped, NameKind::Type, At::No,
     "a task that is cancelled when its object is destroyed"},
    {"warns-when-dropped", Role::WarnsWhenDropped, NameKind::Type, At::No,
     "a task whose failure must be taken out of its object"},
    {"supervises", Role::Supervises, NameKind::Function, At::No,
     "makes its owner wait for the work"},
    {"reports-failure", Role::ReportsFailure, NameKind::Function, At::Required,
     "tells the callable how the task ended"},
    {"cannot-fail", Role::CannotFail, NameKind::Function, At::No,
     "its await does not throw, unless it is cancelled"},
    {"keeps-closure", Role::KeepsClosure, NameKind::Function, At::Required,
     "keeps the callable until its coroutine ends"},
    {"borrows-closure", Role::BorrowsClosure, NameKind::Function, At::Required,
     "calls the callable that its caller keeps"},
    {"drops-closure", Role::DropsClosure, NameKind::Function, At::Required,
     "destroys the callable when its call returns"},
    {"lends-arguments", Role::LendsArguments, NameKind::Function, At::Required,
     "keeps what it gives the callable until its coroutine ends"},
    {"unbounded", Role::Unbounded, NameKind::Function, At::No,
     "makes a queue that nothing bounds"},
    {"pushes", Role::Pushes, NameKind::Function, At::No,
     "puts into a queue that nothing bounds"},
    {"pops", Role::Pops, NameKind::Function, At::No,
     "takes out of a container"},
    {"sizes", Role::Sizes, NameKind::Function, At::No,
     "tells how much is in a container"},
    {"appends", Role::Appends, NameKind::Function, At::No,
     "puts into a container that its owner may bound"},
    {"empties", Role::Empties, NameKind::Function, At::Optional,
     "takes everything out of a container"},
    {"cancellation-types", Role::CancellationType, NameKind::Type, At::No,
     "tells a task that it is cancelled"},
    {"cancellation-tests", Role::CancellationTest, NameKind::Function, At::No,
     "tells whether a task is cancelled"},
    {"cancellation-errors", Role::CancellationError, NameKind::Type, At::No,
     "the error by which a cancelled operation ends"},
    {"cancellable", Role::Cancellable, NameKind::Function, At::No,
     "its await ends with an error when it is cancelled"},
    {"uncancellable", Role::Uncancellable, NameKind::Function, At::No,
     "starts a task that its caller's cancellation does not reach"},
    {"disables-cancellation", Role::DisablesCancellation, NameKind::Function,
     At::No, "makes the awaits of its caller go on when it is cancelled"},
    {"tells-errors", Role::TellsErrors, NameKind::Function, At::No,
     "makes an operation give its error instead of throwing it"},
    {"needs-deadline", Role::NeedsDeadline, NameKind::Function, At::Optional,
     "waits for the other side of a connection"},
    {"sets-deadline", Role::SetsDeadline, NameKind::Function, At::Optional,
     "sets a deadline"},
    {"cpu-heavy", Role::CpuHeavy, NameKind::Function, At::No,
     "keeps a processor busy for long"},
    {"long-lived", Role::LongLived, NameKind::Type, At::No,
     "made to outlive the tasks that refer to it"},
    {"owning-types", Role::OwningType, NameKind::Type, At::No,
     "keeps an object alive, or knows whether it is"},
    {"gives-owner", Role::GivesOwner, NameKind::Function, At::No,
     "gives an owner of its object"},
    {"joins", Role::Joins, NameKind::Function, At::No,
     "waits for, or ends, what was started"},
    {"borrows", Role::Borrows, NameKind::Function, At::Required,
     "uses the object after the call has returned"},
    {"may-run-at-once", Role::MayRunAtOnce, NameKind::Function, At::No,
     "may run the callable before it returns"},
    {"synchronizers", Role::Synchronizer, NameKind::Type, At::No,
     "what tasks meet at, each by a reference to it"},
    {"bound-to", Role::BoundTo, NameKind::Function, At::Required,
     "keeps what it is given as long as the object lives"},
    {"shared-bases", Role::SharedBase, NameKind::Type, At::No,
     "a base of objects that counted pointers own"},
};

llvm::ArrayRef<RoleWord> roleWords() { return Words; }

void Loader::role(const YamlNode &N, const RoleWord &Word) {
  for (const YamlNode &Item : R.items(N)) {
    RoleModel M;
    M.Is = Word.Is;
    M.Library = Result.About.Name;
    std::vector<ReadName> Names;
    if (Item.What == YamlNode::Kind::Mapping) {
      Fields F(R, Item);
      Names = required(F, "names", Word.Of);
      const YamlNode *Position = Word.At == At::Required   ? F.required("at")
                                 : Word.At == At::Optional ? F.optional("at")
                                                           : nullptr;
      if (Position)
        M.At = R.position(*Position, {});
      M.When = conditions(F.optional("when"));
      M.Unless = conditions(F.optional("unless"));
      M.UnlessCalled = mentioned(F.optional("unless-called"),
                                 NameKind::Function, "function");
      if (Word.Is == Role::CancellationError)
        M.CaughtBy = mentioned(F.optional("caught-by"), NameKind::Type, "type");
      if (const YamlNode *V = F.optional("instead"))
        M.Instead = sentence(*V);
    } else {
      Names = R.name(Item, Word.Of);
      if (Word.At == At::Required)
        Errors.add(Item, "entries of `" + Word.Key + "` say `names` and `at`");
    }
    const bool Conditional = !M.When.empty() || !M.Unless.empty();
    std::string What = Word.Phrase.str();
    if (M.At)
      What += " (" + phrase(*M.At) + ")";
    M.Names = declare(Names, Word.Key, What + phrase(M.When, M.Unless),
                      Conditional, M.At ? phrase(*M.At) : "");
    Result.Roles.push_back(std::move(M));
  }
}

void Loader::cancellation(const YamlNode &N) {
  Result.About.Cancellation =
      R.word(N, CancellationWords, "how tasks are cancelled");
}

} // namespace async_tidy
