//===- async-unused-suppression.cpp - Comments that silence nothing -------===//
//
// The engine works out what each comment does; here is what to say of it.
//
//===----------------------------------------------------------------------===//

#include "rules/Rule.h"

namespace async_tidy {

static constexpr RuleOption Options[] = {
    {"RequireReason", "false",
     "`true`: a suppression that gives no reason is reported too."}};

static void check(const DirectiveUse &Use, const RuleOptions &O,
                  FindingSink &Report) {
  using State = DirectiveUse::State;
  const SuppressionDirective &D = *Use.Directive;
  for (const DirectiveUse::Item &I : Use.Items) {
    const std::string Name = I.Pattern.str();
    if (I.Is == State::Unused)
      Report(D.Where,
             "the suppression of `" + Name +
                 "` suppresses nothing; remove it, or it will hide what comes "
                 "later",
             Name);
    if (I.Is == State::NoSuchRule)
      Report(D.Where, "there is no rule `" + Name + "` to be suppressed", Name);
  }
  if (O.get("RequireReason") == "true" && D.Reason.empty())
    Report(D.Where,
           "the suppression of `" + Use.Items.front().Pattern.str() +
               "` gives no reason; write it behind a colon",
           "reason of " + Use.Items.front().Pattern.str());
}

extern const Rule async_unused_suppression = {
    .Id = "async-unused-suppression",
    .Group = "engine",
    .Summary = "A comment suppresses findings, and there are none.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Options = Options,
    .CheckDirective = check,
};

} // namespace async_tidy
