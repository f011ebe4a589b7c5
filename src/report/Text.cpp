//===- Text.cpp - A report for people -------------------------------------===//
//
//   src/session.cpp:41:15: warning: `serve` may block ... [async-blocking-call]
//      41 |   auto peer = resolve(host);
//         |               ^~~~~~~
//     1. src/dns.cpp:12:10: `resolve` calls `getaddrinfo`
//      12 |   return getaddrinfo(host, ...
//         |          ^~~~~~~~~~~
//
// The first line is that of a compiler, so that editors find it. Nothing from
// outside reaches the terminal unfiltered.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "report/Frame.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"
#include <map>
#include <set>

using namespace llvm;

namespace async_tidy {

/// How many units that were not analysed, or entries of a baseline that are
/// stale, are named before the rest is counted.
static constexpr unsigned MostNamed = 20;

static raw_ostream::Colors colourOf(Severity S) {
  static constexpr raw_ostream::Colors Colours[] = {
      raw_ostream::CYAN, raw_ostream::MAGENTA, raw_ostream::RED};
  return Colours[static_cast<unsigned>(S)];
}

namespace {
class TextPrinter {
public:
  TextPrinter(const Report &R, raw_ostream &OS)
      : R(R), OS(OS), Sources(*R.Sources, R.Root) {}

  void print(const Finding &F);
  void printSummary();

private:
  /// Writes to the result in this colour.
  WithColor paint(raw_ostream::Colors Colour, bool Bold = false) {
    return WithColor(OS, Colour, Bold, /*BG=*/false,
                     OS.colors_enabled() ? ColorMode::Enable
                                         : ColorMode::Disable);
  }
  void printFrame(const Location &Where, unsigned Gutter,
                  raw_ostream::Colors Colour);
  void printCounts();
  void printOld();
  void printUnits();
  void printMetrics();
  void printCost(const Statistics &Cost);

  const Report &R;
  raw_ostream &OS;
  SourceText Sources;
};
} // namespace

void TextPrinter::printFrame(const Location &Where, unsigned Gutter,
                             raw_ostream::Colors Colour) {
  std::optional<StringRef> Line = Sources.line(Where);
  if (!Line || Where.Column > Line->size() + 1)
    return; // gone, or no longer what was analysed
  Frame F = frameOf(*Line, spanAt(*Line, Where.Column));
  paint(raw_ostream::BLUE) << right_justify(std::to_string(Where.Line), Gutter)
                           << " |";
  OS << (F.Text.empty() ? "" : " ") << F.Text << '\n';
  paint(raw_ostream::BLUE) << right_justify("", Gutter) << " | ";
  paint(Colour, /*Bold=*/true)
      << std::string(F.Caret, ' ') << '^' << std::string(F.Width - 1, '~');
  OS << '\n';
}

void TextPrinter::print(const Finding &F) {
  unsigned Line = F.Where.Line;
  for (const Step &S : F.Steps)
    Line = std::max(Line, S.Where.Line);
  unsigned Gutter = std::max<size_t>(6, std::to_string(Line).size() + 1);

  paint(raw_ostream::SAVEDCOLOR, /*Bold=*/true)
      << placeInWords(F.Where, R.Root) << ": ";
  paint(colourOf(F.Weight), /*Bold=*/true) << nameOf(F.Weight) << ": ";
  paint(raw_ostream::SAVEDCOLOR, /*Bold=*/true) << forTerminal(F.Message);
  OS << " [" << F.From->Id << "]\n";
  printFrame(F.Where, Gutter, colourOf(F.Weight));

  // A frame that was just shown needs no repetition.
  Location Shown = F.Where;
  unsigned Number = 0;
  for (const Step &S : F.Steps) {
    OS << "  " << ++Number << ". ";
    if (!S.Where.File.empty())
      paint(raw_ostream::SAVEDCOLOR, /*Bold=*/true)
          << placeInWords(S.Where, R.Root) << ": ";
    OS << forTerminal(S.Text) << '\n';
    if (S.Where != Shown)
      printFrame(S.Where, Gutter, raw_ostream::CYAN);
    Shown = S.Where;
  }
  for (const Fix &Change : F.Fixes) {
    paint(raw_ostream::GREEN, /*Bold=*/true)
        << (Change.Safe ? "  fix: " : "  unsafe fix: ");
    OS << forTerminal(Change.Description) << '\n';
  }
  OS << '\n';
}

void TextPrinter::printCounts() {
  std::map<StringRef, Tally> OfRule;
  std::set<StringRef> Files;
  Tally All{};
  unsigned Suppressed = 0, Fixable = 0, Unsafely = 0;
  for (const Finding &F : R.Findings) {
    if (F.Fixed)
      continue; // told in a note
    Suppressed += F.Suppressed;
    if (!F.isOpen())
      continue;
    ++All[static_cast<unsigned>(F.Weight)];
    ++OfRule[F.From->Id][static_cast<unsigned>(F.Weight)];
    Files.insert(F.Where.File);
    const bool Safely =
        any_of(F.Fixes, [](const Fix &Change) { return Change.Safe; });
    Fixable += Safely;
    Unsafely += !Safely && !F.Fixes.empty();
  }

  auto Print = [&](const Tally &T) {
    ListSeparator Comma;
    for (Severity S : {Severity::Error, Severity::Warning, Severity::Note})
      if (unsigned N = T[static_cast<unsigned>(S)]) {
        OS << Comma;
        paint(colourOf(S)) << plural(N, nameOf(S));
      }
    OS << '\n';
  };
  if (unsigned N = All[0] + All[1] + All[2]) {
    paint(raw_ostream::SAVEDCOLOR, /*Bold=*/true)
        << plural(N, R.Baseline || R.Change ? "new finding" : "finding")
        << " in " << plural(Files.size(), "file") << ": ";
    Print(All);
  } else if (R.Analysed.empty() && !R.NotAnalysed.empty()) {
    OS << "nothing was analysed\n";
  } else {
    paint(R.NotAnalysed.empty() ? raw_ostream::GREEN : raw_ostream::SAVEDCOLOR,
          /*Bold=*/true)
        << (R.Baseline || R.Change ? "no new findings\n" : "no findings\n");
  }
  size_t Widest = 0;
  for (const auto &[Id, T] : OfRule)
    Widest = std::max(Widest, Id.size());
  for (const auto &[Id, T] : OfRule) {
    OS << "  " << left_justify(Id, Widest + 2);
    Print(T);
  }
  if (Fixable)
    OS << plural(Fixable, "finding") << " can be fixed with --fix\n";
  if (Unsafely)
    OS << plural(Unsafely, Fixable ? "more finding" : "finding")
       << " can be fixed with --fix-unsafe\n";
  if (Suppressed)
    OS << plural(Suppressed, "finding") << " suppressed by comments\n";
}

void TextPrinter::printOld() {
  if (R.Change)
    OS << plural(R.Change->Outside, "finding")
       << " outside of what changed since " << forTerminal(R.Change->Since)
       << " not shown\n";
  if (!R.Baseline)
    return;
  OS << plural(R.Baseline->Matched, "finding") << " of the baseline "
     << placeInWords({R.Baseline->File}, R.Root) << " not shown\n";
  if (R.Baseline->NotJudged)
    OS << plural(R.Baseline->NotJudged, "entry")
       << " of it not judged: not everything was looked at\n";
  ArrayRef<GoneFinding> Gone = R.Baseline->Gone;
  if (!Gone.empty())
    OS << plural(Gone.size(), "entry")
       << " of it stale: nothing is found any more\n";
  for (const GoneFinding &G : Gone.take_front(MostNamed)) {
    OS << "  " << placeInWords({G.File}, R.Root) << ": ";
    if (!G.Function.empty())
      OS << '`' << forTerminal(G.Function) << "`: ";
    OS << forTerminal(G.Subject) << " [" << G.From->Id << "]\n";
  }
  if (Gone.size() > MostNamed)
    OS << "  and " << Gone.size() - MostNamed << " more\n";
}

void TextPrinter::printUnits() {
  size_t Seen = R.Analysed.size() + R.NotAnalysed.size();
  if (R.NotAnalysed.empty())
    OS << plural(Seen, "unit") << " analysed";
  else
    OS << R.Analysed.size() << " of " << plural(Seen, "unit") << " analysed";
  OS << ", " << plural(R.Rules.size(), "rule") << " at level "
     << nameOf(R.Shown) << '\n';

  if (R.UnitsInDatabase > Seen)
    OS << Seen << " of " << plural(R.UnitsInDatabase, "unit")
       << " seen: paths through the others are not known\n";

  if (R.NotAnalysed.empty())
    return;
  paint(raw_ostream::RED, /*Bold=*/true)
      << plural(R.NotAnalysed.size(), "unit") << " not analysed:\n";
  const std::vector<UnitNotAnalysed> Units = sortedUnits(R);
  size_t Named = std::min<size_t>(Units.size(), MostNamed);
  for (const UnitNotAnalysed &U : ArrayRef(Units).take_front(Named)) {
    OS << "  ";
    if (U.Where.File != U.File)
      OS << placeInWords({U.File}, R.Root) << ": ";
    if (U.Where.isValid())
      OS << placeInWords(U.Where, R.Root) << ": ";
    OS << (U.Allowed ? "allowed: " : "")
       << (U.InPart ? "analysed in part: " : "") << forTerminal(U.Reason)
       << '\n';
  }
  if (Named != Units.size())
    OS << "  and " << Units.size() - Named
       << " more; --output=json names them all\n";
}

void TextPrinter::printMetrics() {
  size_t Widest = 0;
  for (const Metric &M : R.Metrics)
    Widest = std::max(Widest, M.Name.size());
  for (const Metric &M : R.Metrics) {
    OS << left_justify(M.Name, Widest + 2) << left_justify(shownMetric(M), 20)
       << "  " << M.Title;
    if (M.Suppressed)
      OS << "; " << M.Suppressed << " suppressed";
    if (M.Unknown)
      OS << "; " << M.Unknown << " unknown";
    OS << '\n';
  }
}

void TextPrinter::printCost(const Statistics &Cost) {
  OS << formatv("{0:F1} s, {1:F1} s of processor time, {2:F0} MiB at most in "
                "one process\n",
                Cost.WallSeconds, Cost.CpuSeconds,
                double(Cost.PeakBytes) / (1 << 20));
  OS << formatv("{0} function bodies analysed, {1} skipped\n",
                Cost.BodiesAnalysed, Cost.BodiesSkipped);
}

void TextPrinter::printSummary() {
  printCounts();
  printOld();
  printUnits();
  for (const std::string &Note : R.Notes)
    OS << "note: " << forTerminal(Note) << '\n';
  printMetrics();
  if (R.Cost)
    printCost(*R.Cost);
  for (const std::string &Why : R.Failures) {
    paint(raw_ostream::RED, /*Bold=*/true) << "failed: ";
    OS << forTerminal(Why) << '\n';
  }
}

void printText(const Report &R, raw_ostream &OS) {
  TextPrinter Printer(R, OS);
  for (const Finding &F : R.Findings)
    if (F.isOpen())
      Printer.print(F);
  Printer.printSummary();
}

} // namespace async_tidy
