//===- UnifiedDiff.cpp - A change as patch(1) and git read it -------------===//
//
// The edits are known, so nothing is searched: each gives the lines that it
// changes, and neighbours share a hunk.
//
//===----------------------------------------------------------------------===//

#include "driver/UnifiedDiff.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy {

namespace {

/// Lines with their ends; the last one may have none.
using Lines = std::vector<StringRef>;

/// `Old` lines from line `First` (counted from zero) on become `New`.
struct LineChange {
  size_t First = 0, Old = 0;
  std::string Text; ///< holds `New`
};

constexpr size_t Around = 3;

} // namespace

static Lines linesOf(StringRef Text) {
  Lines All;
  while (!Text.empty()) {
    const size_t End = Text.find('\n');
    All.push_back(Text.substr(0, End == StringRef::npos ? End : End + 1));
    Text = Text.drop_front(All.back().size());
  }
  return All;
}

/// The lines that \p Change changes; those that touch are one.
static std::vector<LineChange> changedLines(const FileChange &Change) {
  const Lines Before = linesOf(Change.Before);
  std::vector<size_t> Starts;
  size_t At = 0;
  for (StringRef Line : Before) {
    Starts.push_back(At);
    At += Line.size();
  }
  const auto LineAt = [&](size_t Offset) {
    return size_t(upper_bound(Starts, Offset) - Starts.begin()) - 1;
  };
  std::vector<LineChange> Changes;
  if (Before.empty())
    return {{0, 0, Change.After}};
  size_t Copied = 0; // of the text before
  for (const auto &R : Change.Edits) {
    const size_t First = LineAt(R.getOffset()),
                 Last = LineAt(R.getOffset() + R.getLength());
    const auto EndOfLast = [&] {
      const LineChange &C = Changes.back();
      return C.First + C.Old < Starts.size() ? Starts[C.First + C.Old]
                                             : Change.Before.size();
    };
    if (Changes.empty() || First >= Changes.back().First + Changes.back().Old) {
      if (!Changes.empty())
        Changes.back().Text +=
            Change.Before.substr(Copied, EndOfLast() - Copied);
      Changes.push_back({First, 0, {}});
      Copied = Starts[First];
    }
    LineChange &C = Changes.back();
    C.Text += Change.Before.substr(Copied, R.getOffset() - Copied);
    C.Text += R.getReplacementText();
    Copied = R.getOffset() + R.getLength();
    C.Old = std::max(C.Old, Last + 1 - C.First);
    if (&R == &*std::prev(Change.Edits.end()))
      C.Text += Change.Before.substr(Copied, EndOfLast() - Copied);
  }
  // An edit that ends where a line begins does not change that line.
  for (LineChange &C : Changes)
    if (const StringRef Last = Before[C.First + C.Old - 1];
        C.Old > 1 && StringRef(C.Text).ends_with(("\n" + Last).str())) {
      C.Text.resize(C.Text.size() - Last.size());
      --C.Old;
    } else if (C.Old > 1 && C.Text == Last) {
      C.Text.clear();
      --C.Old;
    }
  return Changes;
}

/// As git writes a name that would end the line or the name.
static std::string quoted(StringRef Name) {
  if (none_of(Name, [](unsigned char C) {
        return C < ' ' || C == '"' || C == '\\' || C == 127;
      }))
    return Name.str();
  std::string Text = "\"";
  for (unsigned char C : Name)
    if (C == '"' || C == '\\')
      (Text += '\\') += char(C);
    else if (C < ' ' || C == 127)
      for (char Digit : {'\\', char('0' + (C >> 6)), char('0' + ((C >> 3) & 7)),
                         char('0' + (C & 7))})
        Text += Digit;
    else
      Text += char(C);
  return Text + '"';
}

static void printLines(ArrayRef<StringRef> Lines, char Sign, raw_ostream &OS) {
  for (StringRef Line : Lines) {
    if (Sign != ' ')
      OS.changeColor(Sign == '-' ? raw_ostream::RED : raw_ostream::GREEN);
    OS << Sign << Line.substr(0, Line.find('\n'));
    if (Sign != ' ')
      OS.resetColor();
    OS << '\n';
    if (!Line.ends_with("\n"))
      OS << "\\ No newline at end of file\n";
  }
}

void printUnifiedDiff(StringRef Name, const FileChange &Change,
                      raw_ostream &OS) {
  const Lines Before = linesOf(Change.Before);
  const std::vector<LineChange> Changes = changedLines(Change);
  const bool Absolute = Name.starts_with("/");
  OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  OS << "--- " << quoted(((Absolute ? "" : "a/") + Name).str()) << '\n'
     << "+++ " << quoted(((Absolute ? "" : "b/") + Name).str()) << '\n';
  OS.resetColor();
  const auto Count = [](size_t First, size_t N) {
    return std::to_string(N ? First + 1 : First) + "," + std::to_string(N);
  };
  ptrdiff_t Moved = 0; // lines, by the hunks before
  for (size_t I = 0, End; I < Changes.size(); I = End) {
    for (End = I + 1;
         End < Changes.size() &&
         Changes[End].First <=
             Changes[End - 1].First + Changes[End - 1].Old + 2 * Around;)
      ++End;
    const auto Hunk = ArrayRef(Changes).slice(I, End - I);
    const size_t From =
        Hunk.front().First - std::min(Hunk.front().First, Around);
    const size_t To =
        std::min(Before.size(), Hunk.back().First + Hunk.back().Old + Around);
    ptrdiff_t Grown = 0;
    for (const LineChange &C : Hunk)
      Grown += ptrdiff_t(linesOf(C.Text).size()) - ptrdiff_t(C.Old);
    OS.changeColor(raw_ostream::CYAN);
    OS << "@@ -" << Count(From, To - From) << " +"
       << Count(From + Moved, To - From + Grown) << " @@";
    OS.resetColor();
    OS << '\n';
    size_t At = From;
    for (const LineChange &C : Hunk) {
      printLines(ArrayRef(Before).slice(At, C.First - At), ' ', OS);
      printLines(ArrayRef(Before).slice(C.First, C.Old), '-', OS);
      printLines(linesOf(C.Text), '+', OS);
      At = C.First + C.Old;
    }
    printLines(ArrayRef(Before).slice(At, To - At), ' ', OS);
    Moved += Grown;
  }
}

} // namespace async_tidy
