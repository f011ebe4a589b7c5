//===- Gate.cpp - Whether a run fails -------------------------------------===//

#include "cli/Gate.h"
#include "cli/Commands.h"
#include "driver/Metrics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/GlobPattern.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

static Expected<std::optional<Severity>> threshold(const Arguments &A) {
  const std::string Name = valueOf(A, OPT_fail_on_EQ).value_or("warning");
  if (Name == "never")
    return std::nullopt;
  for (Severity S : {Severity::Note, Severity::Warning, Severity::Error})
    if (Name == nameOf(S))
      return S;
  return bad("--fail-on=" + Name + ": it can be error, warning, note or never");
}

/// \p Rules, a name or a glob, names \p R.
static bool names(StringRef Rules, const Rule &R) {
  return Glob{Rules}.matches(R.Id);
}

Expected<Gate::Requirement> Gate::requirement(StringRef Word) {
  const auto [Name, Number] = Word.split('=');
  const std::vector<Metric> Known = allMetrics();
  if (none_of(Known, [&](const Metric &M) { return M.Name == Name; })) {
    std::string Names;
    for (const Metric &M : Known)
      Names += (Names.empty() ? "" : ", ") + M.Name.str();
    return bad("--require=" + Word + ": no such metric; there are " + Names);
  }
  Requirement Q{Name.str()};
  if (Number.rtrim('%').getAsDouble(Q.Percent) || !(Q.Percent >= 0) ||
      Q.Percent > 100)
    return bad("--require=" + Word + ": a percentage is needed, such as " +
               Name + "=100%");
  return Q;
}

Expected<Gate> Gate::create(const Arguments &A) {
  Gate G;
  auto FailFrom = threshold(A);
  if (!FailFrom)
    return FailFrom.takeError();
  G.FailFrom = *FailFrom;
  G.AllowStale = A.Options.hasArg(OPT_allow_stale);
  for (const std::string &Word :
       A.Options.getAllArgValues(OPT_max_findings_EQ)) {
    const auto [Rules, Number] = StringRef(Word).rsplit('=');
    Limit L{Rules.str()};
    if (Rules.size() == Word.size() || Number.getAsInteger(10, L.Most))
      return bad("--max-findings=" + Word +
                 ": a rule and a number are needed, such as "
                 "async-blocking-call=3");
    if (none_of(allRules(), [&](const Rule *R) { return names(L.Rules, *R); }))
      return bad("--max-findings=" + Word + ": there is no rule " + L.Rules +
                 "; `async-tidy rules` lists them");
    G.Limits.push_back(std::move(L));
  }
  for (const std::string &Word : A.Options.getAllArgValues(OPT_require_EQ)) {
    auto Q = requirement(Word);
    if (!Q)
      return Q.takeError();
    G.Requirements.push_back(std::move(*Q));
  }
  for (const std::string &Word :
       A.Options.getAllArgValues(OPT_allow_not_analysed_EQ)) {
    Expected<GlobPattern> Pattern = GlobPattern::create(Word);
    if (!Pattern)
      return bad("--allow-not-analysed=" + Word + ": " +
                 toString(Pattern.takeError()));
    G.NotNeeded.push_back(Word);
  }
  return G;
}

const Gate::Limit *Gate::limitOf(const Finding &F) const {
  for (const Limit &L : reverse(Limits))
    if (names(L.Rules, *F.From))
      return &L;
  return nullptr;
}

void Gate::judge(Report &R) const {
  for (UnitNotAnalysed &U : R.NotAnalysed)
    U.Allowed |= any_of(NotNeeded, [&](StringRef Glob) {
      const GlobPattern P = cantFail(GlobPattern::create(Glob));
      return P.match(shownPath(U.File, R.Root)) || P.match(U.File);
    });
  for (const Limit &L : Limits) {
    const size_t N = count_if(R.Findings, [&](const Finding &F) {
      return F.isOpen() && limitOf(F) == &L;
    });
    if (N > L.Most)
      R.Failures.push_back(plural(N, "finding") + " of " + L.Rules + ", and " +
                           std::to_string(L.Most) +
                           " accepted (--max-findings)");
  }
  for (const Requirement &Q : Requirements)
    for (const Metric &M : R.Metrics) {
      const std::optional<double> Percent = M.percent();
      if (M.Name == Q.Metric && !(Percent && *Percent >= Q.Percent))
        R.Failures.push_back(
            M.Name.str() + ": " + shownMetric(M) + ", and at least " +
            formatv("{0:F1}", Q.Percent).str() + " % are required (--require)");
    }
  if (R.Baseline && !R.Baseline->Gone.empty() && !AllowStale)
    R.Failures.push_back(
        plural(R.Baseline->Gone.size(), "entry") + " of " +
        shownPath(R.Baseline->File, R.Root) +
        " stale: nothing is found any more; remove with --prune-baseline "
        "(or accept with --allow-stale)");
}

int Gate::exitCode(const Report &R) const {
  // Where nothing at all was looked at, nobody can have meant it.
  if (any_of(R.NotAnalysed,
             [](const UnitNotAnalysed &U) { return !U.Allowed; }) ||
      (R.Analysed.empty() && !R.NotAnalysed.empty()))
    return NotAllAnalysed;
  const bool Found = any_of(R.Findings, [&](const Finding &F) {
    return F.isOpen() && FailFrom && F.Weight >= *FailFrom && !limitOf(F);
  });
  return Found || !R.Failures.empty() ? FindingsFound : Clean;
}

} // namespace async_tidy::cli
