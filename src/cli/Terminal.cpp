//===- Terminal.cpp - What goes to the user's terminal --------------------===//

#include "cli/Terminal.h"
#include "cli/Commands.h"
#include "driver/Parse.h"
#include "report/Characters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

/// An environment variable that is set to something.
static bool isSet(const char *Variable) {
  const char *Value = std::getenv(Variable);
  return Value && *Value;
}

Expected<bool> wantsColor(const Arguments &A) {
  const std::string When = valueOf(A, OPT_color_EQ).value_or("auto");
  if (When == "always" || When == "never")
    return When == "always";
  if (When != "auto")
    return createStringError(inconvertibleErrorCode(),
                             "--color=" + When +
                                 ": it can be auto, always or never");
  if (isSet("NO_COLOR"))
    return false;
  if (isSet("CLICOLOR_FORCE") &&
      StringRef(std::getenv("CLICOLOR_FORCE")) != "0")
    return true;
  return sys::Process::StandardOutHasColors();
}

ProgressLine::ProgressLine(size_t Total, bool Enabled)
    : Total(Total), Enabled(Enabled && sys::Process::StandardErrIsDisplayed()) {
}

ProgressLine::~ProgressLine() {
  if (Enabled)
    errs() << "\r\033[K";
}

void ProgressLine::operator()(size_t Done, const CompileJob &Job, bool Runs) {
  if (Runs)
    Running.push_back(Job.File);
  else if (const auto It = find(Running, Job.File); It != Running.end())
    Running.erase(It);
  if (!Enabled)
    return;
  errs() << "\r\033[K[" << Done << '/' << Total << "]";
  // The one that takes longest.
  if (!Running.empty())
    errs() << ' ' << forTerminal(sys::path::filename(Running.front()));
  if (Running.size() > 1)
    errs() << " and " << Running.size() - 1 << " more";
}

/// \p Text may hold names of files, and these anything.
static void say(StringRef Kind, StringRef Text) {
  errs() << "async-tidy: " << Kind << ": ";
  ListSeparator Break("\n");
  for (StringRef Line : split(Text, '\n'))
    errs() << Break << forTerminal(Line);
  errs() << '\n';
}

void sayError(StringRef Text) { say("error", Text); }
void sayNote(StringRef Text) { say("note", Text); }

void sayOfStore(const Arguments &A, Session &S, const ParsedUnits &Parsed) {
  if (S.Kept && !A.Options.hasArg(OPT_quiet))
    for (const std::string &Note : S.Kept->takeNotes())
      sayNote(Note);
  if (!A.Options.hasArg(OPT_explain_rebuild))
    return;
  const std::string Here = realPath(currentDirectory());
  for (const Rebuilt &Unit : Parsed.Rebuilt) {
    StringRef Reason = Unit.Reason; // it may begin with a path
    Reason.consume_front(Here + "/");
    sayNote(shownPath(Unit.File, Here) + " was parsed: " + Reason.str());
  }
  if (Parsed.Rebuilt.empty())
    sayNote(S.Kept && S.Kept->isOn()
                ? "no unit was parsed: " + S.Kept->file().str() + " has them"
                : std::string("all units were parsed: there is no store"));
}

int finish(const ParsedUnits &Parsed) {
  for (const UnitNotAnalysed &Unit : Parsed.NotAnalysed)
    sayError(Unit.File + ": " + Unit.Reason);
  if (Parsed.Interrupted)
    return Interrupted;
  return Parsed.NotAnalysed.empty() ? Clean : NotAllAnalysed;
}

int fail(Error E) {
  handleAllErrors(std::move(E), [](const ErrorInfoBase &Info) {
    // A place in a file of models comes with the word already.
    std::string Text = Info.message(), Before;
    const Regex Word("(:[0-9]+:[0-9]+): error: ");
    do {
      Before = Text;
      Text = Word.sub("\\1: ", Before);
    } while (Text != Before);
    sayError(Text);
  });
  return Failed;
}

void printVersion() {
  outs() << "async-tidy " ASYNC_TIDY_VERSION << "\n" << clangVersion() << '\n';
}

int finishOutput(int Code) {
  outs().flush();
  if (!outs().has_error())
    return Code;
  sayError("standard output: " + outs().error().message());
  outs().clear_error();
  return Failed;
}

static void printFormats() {
  outs() << "\nFORMATS:\n";
  for (const Format &F : formats())
    outs() << "  " << left_justify(F.Name, 16) << F.Help << '\n';
}

ArrayRef<ExitCodeHelp> exitCodes() {
  static constexpr ExitCodeHelp All[] = {
      {Clean, "nothing found"},
      {FindingsFound, "findings, or what else the options on failing say"},
      {Failed, "a mistake in the call, or of async-tidy's"},
      {NotAllAnalysed, "some units could not be analysed"},
  };
  return All;
}

static constexpr StringLiteral Examples =
    "EXAMPLES:\n"
    "  async-tidy init                  set a project up: configuration, CI, "
    "baseline\n"
    "  async-tidy -p build              every unit of "
    "build/compile_commands.json\n"
    "  async-tidy src/server.cpp        one file, or one folder\n"
    "  async-tidy --since origin/main   only what this branch did\n"
    "  async-tidy --diff                what --fix would change\n"
    "  async-tidy --output=html:report.html --output=text\n"
    "  async-tidy explain async-blocking-call\n\n";

void printHelp(const Command &C) {
  std::string Title = "async-tidy: " + C.Summary.str();
  if (&C == allCommands().begin()) {
    Title = "async-tidy finds hazards in asynchronous C++.\n\n" +
            Examples.str() + "COMMANDS:\n";
    for (const Command &Other : allCommands())
      if (!Other.Hidden)
        Title += "  async-tidy " + Other.Usage.str() + "\n      " +
                 Other.Summary.str() + "\n";
    Title += "\nEXIT CODES, of several 2, then 3, then 1:\n";
    for (const ExitCodeHelp &E : exitCodes())
      Title += "  " + std::to_string(E.Code) + "  " + E.Text.str() + "\n";
    Title.pop_back();
  }
  optionTable().printHelp(outs(), ("async-tidy " + C.Usage).str().c_str(),
                          Title.c_str(), /*ShowHidden=*/false,
                          /*ShowAllAliases=*/false, opt::Visibility(C.Options));
  if (C.Options & CheckVis)
    printFormats();
}

} // namespace async_tidy::cli
