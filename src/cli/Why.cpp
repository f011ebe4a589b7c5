//===- Why.cpp - async-tidy why: does a function block --------------------===//
//
// Asks the program what the rules ask it, about one function, and prints the
// path. Nothing is judged here.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "models/Describe.h"
#include "report/Characters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

/// \p Name is \p Full or the end of it: `server::handle` of
/// `app::server::handle`.
static bool isMeant(StringRef Full, StringRef Name) {
  return Full.consume_back(Name) && (Full.empty() || Full.ends_with("::"));
}

static std::string shown(const Location &L) {
  return forTerminal(shownPath(L.File, realPath(currentDirectory()))) + ":" +
         std::to_string(L.Line) + ":" + std::to_string(L.Column);
}

static StringRef nameOf(ContextKind K) {
  static constexpr StringLiteral Names[] = {
      "an ordinary function",
      "a coroutine",
      "a synchronous generator",
      "run by an event loop",
      "run by a fibre",
      "called by a `co_await`",
      "run where blocking is allowed",
      "a callback, and it is not known who runs it",
  };
  return Names[static_cast<unsigned>(K)];
}

/// `app::nap(int, const char *)`: tells overloads apart.
static std::string signature(const FunctionFacts &F) {
  std::string Text = F.Name + "(";
  for (const Parameter &P : F.Parameters)
    Text += (&P == &F.Parameters.front() ? "" : ", ") + P.Type +
            (P.ByReference ? " &" : "");
  return Text + ")";
}

/// What looks like \p Name and is defined: its last part is the same, or it is
/// misspelt.
static std::vector<std::string> similar(const Program &P, StringRef Name) {
  constexpr size_t Most = 5;
  const auto LastPart = [](StringRef N) {
    return N.contains("::") ? N.drop_front(N.rfind("::") + 2) : N;
  };
  std::vector<std::string> Names;
  for (const FunctionFacts *F : P.functions()) {
    const StringRef Own = LastPart(F->Name), Wanted = LastPart(Name);
    if (!is_contained(Names, F->Name) && Names.size() < Most &&
        Own.edit_distance(Wanted, true, 3) <=
            std::min<size_t>(2, Wanted.size() / 3))
      Names.push_back(F->Name.str());
  }
  return Names;
}

/// Prints each way in which \p F may block; false if there is none.
static bool printPaths(const Program &P, const FunctionFacts &F) {
  static constexpr Tier All[] = {Tier::Waits, Tier::FileIO, Tier::ShortLock,
                                 Tier::StdioLogging};
  bool Any = false;
  for (const CallSite &Call : F.Calls) {
    const auto Path = P.blockingPath(F, Call, All);
    if (!Path)
      continue;
    Any = true;
    outs() << "  " << shown(Call.Where) << ": may block in `" << Path->LeafName
           << "`";
    if (Path->Leaf)
      outs() << ", which " << Path->Leaf->Why << " ("
             << (Path->Leaf->Library.empty() ? "an attribute"
                                             : Path->Leaf->Library)
             << ")";
    outs() << (P.isExcused(F, Call) ? "; excused here\n" : "\n");
    unsigned Number = 0;
    for (const Step &S : Path->Steps)
      outs() << "    " << ++Number << ". " << shown(S.Where) << ": " << S.Text
             << '\n';
  }
  return Any;
}

int runWhy(const Arguments &A) {
  Expected<RunOptions> Options = runOptions(A);
  if (!Options)
    return fail(Options.takeError());
  if (Options->Names.empty())
    return fail(createStringError(inconvertibleErrorCode(),
                                  "which function? async-tidy why FUNCTION"));
  StringRef Written = Options->Names.front();
  Written.consume_front("::");
  Written.consume_back("()");
  const std::string Name = Written.str();
  Options->Names.erase(Options->Names.begin());

  Expected<Session> S = openSession(std::move(*Options));
  if (!S)
    return fail(S.takeError());
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());
  const std::vector<Description> Known = describe(*Models, Name);
  for (const Description &D : Known)
    outs() << "`" << Name << "` is modelled (" << D.Library << ", " << D.Key
           << "): " << D.What << '\n';

  Expected<ParsedUnits> Parsed = [&] {
    ProgressLine Line(S->Selected.Jobs.size(), !A.Options.hasArg(OPT_quiet));
    return readFacts(*S, Line);
  }();
  if (!Parsed)
    return fail(Parsed.takeError());
  sayOfStore(A, *S, *Parsed);
  if (Parsed->Interrupted)
    return Interrupted;
  for (const UnitNotAnalysed &Unit : Parsed->NotAnalysed)
    sayError(Unit.File + ": not analysed: " + Unit.Reason);
  const bool Complete = Parsed->NotAnalysed.empty();
  const Program P(std::move(Parsed->Units), *Models);
  bool Found = !Known.empty();
  for (const FunctionFacts *F : P.functions()) {
    if (!isMeant(F->Name, Name))
      continue;
    Found = true;
    const auto Meant = [&](const FunctionFacts *O) {
      return O->Name == F->Name && O->Id != F->Id;
    };
    outs() << "`" << (any_of(P.functions(), Meant) ? signature(*F) : F->Name)
           << "` at " << shown(F->Where) << ", " << nameOf(P.context(*F).Kind)
           << ":\n";
    if (!printPaths(P, *F))
      outs() << "  nothing that blocks is known of it\n";
  }
  if (!Found) {
    std::string Text = "no function " + Name +
                       " is defined in the units seen, and no model speaks of "
                       "it";
    std::vector<std::string> Others = similar(P, Name);
    append_range(Others, similarNames(*Models, Name));
    for (const std::string &Other : Others)
      Text += "\n  but there is " + Other;
    return fail(createStringError(inconvertibleErrorCode(), Text));
  }
  return Complete ? Clean : NotAllAnalysed;
}

} // namespace async_tidy::cli
