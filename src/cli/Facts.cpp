//===- Facts.cpp - async-tidy facts: what is read from a file -------------===//
//
// For debugging: the facts of each unit as JSON, in the form of
// facts/Serialize.h, which may change with every version.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "facts/Serialize.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

int runFacts(const Arguments &A) {
  Expected<RunOptions> Options = runOptions(A);
  if (!Options)
    return fail(Options.takeError());
  if (Options->Analysis.InProcess) { // to see a crash
    EnablePrettyStackTrace();
    sys::PrintStackTraceOnErrorSignal("async-tidy");
  }
  Options->NoStore = true; // whoever looks at facts wants to see a parse
  Expected<Session> S = async_tidy::openSession(std::move(*Options));
  if (!S)
    return fail(S.takeError());
  Expected<ParsedUnits> Parsed = readFacts(*S, noProgress);
  if (!Parsed)
    return fail(Parsed.takeError());
  for (const TranslationUnitFacts &Unit : Parsed->Units)
    outs() << factsAsText(Unit);
  return finish(*Parsed);
}

} // namespace async_tidy::cli
