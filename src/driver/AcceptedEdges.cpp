//===- AcceptedEdges.cpp - What models accept is marked and not dropped ---===//
//
// A call that is accepted is no way for anything, so the program with the edges
// knows nothing of what they silence. The program without them does: what only
// that one finds is what is accepted.
//
//===----------------------------------------------------------------------===//

#include "driver/AcceptedEdges.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace llvm;

namespace async_tidy {

static std::string quoted(StringRef Name) { return ("`" + Name + "`").str(); }

/// The way of \p F leads over \p E, going by its words.
static bool leadsOver(const Finding &F, const AcceptedEdge &E) {
  const std::string Words = quoted(E.Caller) + " calls " + quoted(E.Callee);
  return (F.Function == E.Caller &&
          StringRef(F.Subject).starts_with(E.Callee + " -> ")) ||
         any_of(F.Steps, [&](const Step &S) {
           return StringRef(S.Text).contains(Words);
         });
}

static std::string reasonFor(const Finding &F, ArrayRef<AcceptedEdge> Edges) {
  const auto Given = find_if(Edges, [&](const AcceptedEdge &E) {
    return !E.Reason.empty() && leadsOver(F, E);
  });
  return Given == Edges.end() ? "the call is accepted by a file of models"
                              : Given->Reason;
}

/// In \p Plain, which has no edges, the call may block.
static bool silencesSomething(const Program &Plain, const AcceptedEdge &E) {
  static constexpr Tier All[] = {Tier::Waits, Tier::FileIO, Tier::ShortLock,
                                 Tier::StdioLogging};
  return any_of(Plain.functions(), [&](const FunctionFacts *F) {
    return F->Name == E.Caller && any_of(F->Calls, [&](const CallSite &C) {
             return (C.CalleeName == E.Callee || C.CalleeName.empty() ||
                     C.Virtual) &&
                    Plain.blockingPath(*F, C, All);
           });
  });
}

Error addAccepted(Session &S, const Program &P, const ModelSet &Models,
                  bool Complete, Findings &Found) {
  if (Models.edges().empty())
    return Error::success();
  Expected<ModelSet> Without = loadModels(S);
  if (!Without)
    return Without.takeError();
  Without->dropEdges();
  const Program Plain(P.units().vec(), *Without);
  Expected<Findings> All = findFindings(S, Plain, /*Complete=*/false);
  if (!All)
    return All.takeError();
  std::set<std::pair<const Rule *, Location>> Told;
  for (const Finding &F : Found.Shown)
    Told.emplace(F.From, F.Where);
  for (Finding &F : All->Shown) {
    if (Told.count({F.From, F.Where}))
      continue;
    // A comment that is there too is the nearer one.
    F.SuppressedByModel = !F.Suppressed;
    if (F.SuppressedByModel)
      F.Justification = reasonFor(F, Models.edges());
    F.Suppressed = true;
    Found.Shown.push_back(std::move(F));
  }
  const auto Judge = find_if(
      Found.Rules, [](const Rule *R) { return R->CheckDirective != nullptr; });
  if (Complete && Judge != Found.Rules.end())
    for (const AcceptedEdge &E : Models.edges())
      if (!silencesSomething(Plain, E)) {
        Finding &F = Found.Shown.emplace_back();
        F.From = *Judge;
        F.Where = E.Where;
        F.Message = "the accepted call of " + quoted(E.Callee) + " by " +
                    quoted(E.Caller) + " silences nothing; remove it";
        F.Subject = E.Caller + " -> " + E.Callee;
      }
  sort(Found.Shown, isBefore);
  return Error::success();
}

} // namespace async_tidy
