//===- Options.cpp - The command line, taken apart ------------------------===//

#include "cli/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include <unistd.h>

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

#define OPTTABLE_STR_TABLE_CODE
#include "cli/Options.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "cli/Options.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

using opt::DefaultVis;
using opt::HelpHidden;

constexpr opt::OptTable::Info AllOptions[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "cli/Options.inc"
#undef OPTION
};

class Table : public opt::GenericOptTable {
public:
  Table() : GenericOptTable(OptionStrTable, OptionPrefixesTable, AllOptions) {}
};

} // namespace

const opt::OptTable &optionTable() {
  static const Table T;
  return T;
}

Expected<Arguments> parseArguments(ArrayRef<const char *> Words,
                                   unsigned Commands) {
  Arguments A;
  const auto *Dashes =
      find_if(Words, [](StringRef Word) { return Word == "--"; });
  if (Dashes != Words.end())
    A.Flags = std::vector<std::string>(Dashes + 1, Words.end());
  unsigned Missing, MissingCount;
  const opt::Visibility Visible(Commands | DefaultVis);
  A.Options = optionTable().ParseArgs(ArrayRef(Words.begin(), Dashes), Missing,
                                      MissingCount, Visible);
  if (MissingCount)
    return bad(Twine(Words[Missing]) + " needs a value");
  for (const opt::Arg *Unknown : A.Options.filtered(OPT_UNKNOWN)) {
    const std::string Given = Unknown->getAsString(A.Options);
    std::string Nearest;
    if (optionTable().findNearest(Given, Nearest, Visible) <= 2)
      return bad("unknown option " + Given + "; did you mean " + Nearest + "?");
    return bad("unknown option " + Given + "; --help lists them all");
  }
  A.Names = A.Options.getAllArgValues(OPT_INPUT);
  // The parser passes over empty words, and a run without names means all.
  for (unsigned I = 0; I < static_cast<unsigned>(Dashes - Words.begin()); ++I)
    if (!*Words[I] && none_of(A.Options, [&](const opt::Arg *O) {
          return O->getIndex() + 1 == I && O->getNumValues() && !*O->getValue();
        }))
      return bad("a file's name is empty");
  return A;
}

std::optional<std::string> valueOf(const Arguments &A, OptionId Option) {
  const opt::Arg *Last = A.Options.getLastArg(Option);
  return Last ? std::optional<std::string>(Last->getValue()) : std::nullopt;
}

/// A whole number from one on.
static Expected<unsigned> numberOf(const Arguments &A, OptionId Option,
                                   unsigned Default) {
  const std::optional<std::string> Text = valueOf(A, Option);
  unsigned Number = Default;
  if (Text && (StringRef(*Text).ltrim('=').getAsInteger(10, Number) ||
               Number == 0 || Number > 1000000))
    return bad(A.Options.getLastArg(Option)->getAsString(A.Options) +
               ": a number from 1 on is needed");
  return Number;
}

/// In MiB; of a small machine more, because a unit takes what it takes.
static unsigned halfOfMemory() {
  constexpr uint64_t Least = 2048;
  const uint64_t Bytes = uint64_t(std::max(0L, sysconf(_SC_PHYS_PAGES))) *
                         sys::Process::getPageSizeEstimate();
  return std::max(Least, Bytes / 2 >> 20);
}

Expected<RunOptions> runOptions(const Arguments &A) {
  RunOptions R;
  R.Names = A.Names;
  R.Flags = A.Flags;
  R.BuildPath = StringRef(valueOf(A, OPT_p).value_or("")).ltrim('=').str();
  if (A.Options.hasArg(OPT_p) && R.BuildPath.empty())
    return bad("-p needs a folder");
  if (A.Flags && !R.BuildPath.empty())
    return bad("-p and -- exclude each other: flags come from one of them");
  for (OptionId Option : {OPT_models_EQ, OPT_config_file_EQ, OPT_store_EQ,
                          OPT_previous_EQ, OPT_depfile_EQ, OPT_o})
    for (const opt::Arg *Given : A.Options.filtered(Option))
      if (StringRef(Given->getValue()).empty())
        return bad(Given->getSpelling().rtrim("=") + " needs a file");
  R.Models = A.Options.getAllArgValues(OPT_models_EQ);
  R.ReportAllFiles = A.Options.hasArg(OPT_no_default_excludes);
  R.NoStore = A.Options.hasArg(OPT_no_store);
  R.StoreFile = valueOf(A, OPT_store_EQ).value_or("");
  if (R.NoStore && !R.StoreFile.empty())
    return bad("--store and --no-store exclude each other");

  R.Overrides.Checks = valueOf(A, OPT_checks_EQ);
  R.Overrides.WarningsAsErrors = valueOf(A, OPT_warnings_as_errors_EQ);
  R.Overrides.HeaderFilter = valueOf(A, OPT_header_filter_EQ);
  R.Overrides.ExcludeHeaderFilter = valueOf(A, OPT_exclude_header_filter_EQ);
  R.Overrides.ConfigFile = valueOf(A, OPT_config_file_EQ);
  R.Overrides.ConfigText = valueOf(A, OPT_config_EQ);
  if (R.Overrides.ConfigFile && R.Overrides.ConfigText)
    return bad("--config and --config-file exclude each other");
  if (A.Options.hasArg(OPT_sandbox))
    R.Overrides.Within = realPath(currentDirectory());
  if (const auto Name = valueOf(A, OPT_level_EQ)) {
    R.Overrides.Wanted = parseLevel(*Name);
    if (!R.Overrides.Wanted)
      return bad("--level=" + *Name +
                 ": the levels are default, strict and hint");
  }

  R.Analysis.Pool.Executable = A.Executable;
  auto Jobs =
      numberOf(A, OPT_jobs_EQ, hardware_concurrency().compute_thread_count());
  auto Timeout = numberOf(A, OPT_timeout_EQ, 300);
  auto Memory = numberOf(A, OPT_max_memory_EQ, halfOfMemory());
  if (Error E = joinErrors(joinErrors(Jobs.takeError(), Timeout.takeError()),
                           Memory.takeError()))
    return std::move(E);
  R.Analysis.MaxBytes = uint64_t(*Memory) << 20;
  R.Analysis.Pool.Jobs = *Jobs;
  R.Analysis.Pool.Timeout = std::chrono::seconds(*Timeout);
  R.Analysis.Flags.Before = A.Options.getAllArgValues(OPT_extra_arg_before_EQ);
  R.Analysis.Flags.After = A.Options.getAllArgValues(OPT_extra_arg_EQ);
  R.Analysis.SkipBodies = !A.Options.hasArg(OPT_no_skip);
  R.Analysis.Share = !A.Options.hasArg(OPT_no_share);
  R.Analysis.InProcess = A.Options.hasArg(OPT_in_process);
  return R;
}

Expected<Session> openSession(const Arguments &A) {
  Expected<RunOptions> Options = runOptions(A);
  if (!Options)
    return Options.takeError();
  return async_tidy::openSession(std::move(*Options));
}

} // namespace async_tidy::cli
