//===- Models.cpp - async-tidy models: what is known of libraries ---------===//

#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "models/Describe.h"
#include "models/Recognise.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

static Error add(ModelSet &Models, StringRef File) {
  auto Text = MemoryBuffer::getFile(File);
  if (!Text)
    return createStringError(inconvertibleErrorCode(),
                             File + ": " + Text.getError().message());
  return Models.add((*Text)->getBuffer(), File);
}

/// Says of each file whether it can be used; goes on after a bad one.
static int validate(ArrayRef<std::string> Files) {
  if (Files.empty())
    return fail(
        createStringError(inconvertibleErrorCode(), "--validate needs files"));
  int Code = Clean;
  for (const std::string &File : Files) {
    ModelSet Models = loadBuiltinModels();
    if (Error E = add(Models, File))
      Code = fail(std::move(E));
    else
      outs() << File << ": "
             << plural(Models.libraries().back().Entries.size(), "entry")
             << ", well formed\n";
  }
  return Code;
}

static int describeName(const ModelSet &Models, StringRef Name) {
  const std::vector<Description> Known = describe(Models, Name);
  for (const Description &D : Known)
    outs() << D.File << ':' << D.Line << ": " << Name << " (" << D.Key
           << "): " << D.What
           << (D.Overruled ? " - overruled by what follows" : "") << '\n';
  if (!Known.empty())
    return Clean;
  std::string Text = ("nothing is known of " + Name).str();
  for (const std::string &Similar : similarNames(Models, Name))
    Text += "\n  but of " + Similar;
  return fail(createStringError(inconvertibleErrorCode(), Text));
}

/// Says which libraries the units of a project use, and what is known of them.
static int recogniseIn(const Arguments &A) {
  Expected<Session> S = openSession(A);
  if (!S)
    return fail(S.takeError());
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());
  Expected<ParsedUnits> Parsed = readFacts(*S, noProgress);
  if (!Parsed)
    return fail(Parsed.takeError());
  sayOfStore(A, *S, *Parsed);
  const std::vector<Recognised> Found = recognise(Parsed->Units, *Models);
  if (Found.empty())
    outs() << "no library that async-tidy knows is used\n";
  for (const Recognised &R : Found) {
    outs() << R.Library->Name << ": " << R.Library->Summary << '\n'
           << "  used: " << plural(R.Calls, "call") << ", "
           << plural(R.Coroutines, "coroutine") << ", included by "
           << plural(R.Including, "unit");
    if (!R.MostCalled.empty())
      outs() << "; most: " << join(R.MostCalled, ", ");
    outs() << '\n';
    for (const std::string &Known : knowledge(*R.Library, *Models))
      outs() << "  known: " << Known << '\n';
  }
  return finish(*Parsed);
}

int runModels(const Arguments &A) {
  if (A.Options.hasArg(OPT_validate))
    return validate(A.Names);
  if (A.Options.hasArg(OPT_p) || A.Flags)
    return recogniseIn(A);
  ModelSet Models = loadBuiltinModels();
  for (const std::string &File : A.Options.getAllArgValues(OPT_models_EQ))
    if (Error E = add(Models, File))
      return fail(std::move(E));
  if (const auto Name = valueOf(A, OPT_function_EQ))
    return describeName(Models, *Name);
  if (!A.Names.empty())
    return fail(createStringError(inconvertibleErrorCode(),
                                  "`models` takes no names; --function " +
                                      A.Names.front() +
                                      " says what is known of it"));
  size_t Width = 0;
  for (const ModelSet::Library &L : Models.libraries())
    Width = std::max(Width, L.Name.size());
  for (const ModelSet::Library &L : Models.libraries())
    outs() << formatv("{0}  {1,5} {2}  {3}\n", left_justify(L.Name, Width),
                      L.Entries.size(),
                      L.Entries.size() == 1 ? "entry  " : "entries", L.Summary);
  return Clean;
}

} // namespace async_tidy::cli
