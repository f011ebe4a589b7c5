//===- async-blocking-call.cpp --------------------------------------------===//
//
// Tasks share a thread. A call that parks the thread parks them all, however
// many helpers it hides behind.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {

static constexpr RuleOption Options[] = {
    {"Tiers", "1;2",
     "Which tiers of blocking are reported: 1 waits, 2 file access, 3 short "
     "locks, 4 logging."}};

static std::string words(const FunctionFacts &F, const CallSite &Call,
                         const Context &In, const BlockingPath &Path) {
  std::string Text = whoRuns(F, In);
  if (Path.Steps.empty())
    return Text + " blocks its thread: `" + Path.LeafName + "` " +
           Path.Leaf->Why;
  Text += " may block its thread in ";
  if (Call.CalleeName.empty())
    Text += "a call through a pointer";
  else
    Text += (Path.OneOfSeveral && Call.Virtual ? "an overrider of `" : "`") +
            Call.CalleeName + "`";
  return Text + ": `" + Path.LeafName + "` " + Path.Leaf->Why;
}

/// Reports each call by which an asynchronous body may come to block.
static void check(const FunctionFacts &F, const Program &P,
                  const RuleOptions &Set, FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync() || isNonblocking(F, P.models()))
    return;
  const std::vector<Tier> Tiers = Set.tiers("Tiers");
  // A constructor and a destructor of one object stand at one place: the worse
  // of the two is said.
  std::map<Location, std::pair<const CallSite *, BlockingPath>> Worst;
  for (const CallSite &Call : F.Calls) {
    if (P.isExcused(F, Call))
      continue;
    std::optional<BlockingPath> Path = P.blockingPath(F, Call, Tiers);
    if (!Path || Path->Kind != BlockingKind::BlockingCall)
      continue;
    auto [It, New] = Worst.try_emplace(Call.Where, &Call, *Path);
    if (!New && Path->Leaf->Weight > It->second.second.Leaf->Weight)
      It->second = {&Call, *Path};
  }
  for (const auto &[Where, Found] : Worst) {
    const auto &[Call, Path] = Found;
    Finding &Out = Report(Where,
                          words(F, *Call, In, Path) +
                              insteadOf(P.replacement(F, *Path.Leaf)),
                          Call->CalleeName + " -> " + Path.LeafName);
    Out.because(evidence(In, Path));
    Out.Weight = Path.Leaf->Weight;
    if (Path.Doubtful)
      Out.Shown = Level::Strict;
    weaken(In, Out);
  }
}

extern const Rule async_blocking_call = {
    .Id = "async-blocking-call",
    .Group = "blocking",
    .Summary = "Code on an async path makes a call that may block its thread.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
    .Options = Options,
};

} // namespace async_tidy
