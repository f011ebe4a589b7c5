//===- Baseline.cpp - The file of accepted findings -----------------------===//
//
// Reads and writes it, and knows where it is. It comes from a repository and
// went through editors and merges: nothing of it is taken on trust.
//
//===----------------------------------------------------------------------===//

#include "driver/Baseline.h"
#include "driver/ApplyFixes.h"
#include "report/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace llvm;

namespace async_tidy {

static constexpr StringLiteral Title = "# async-tidy baseline, version ";
static constexpr unsigned Version = 1;
static constexpr StringLiteral Explanation =
    "# Findings that are accepted for now, one a line, in any order:\n"
    "# fingerprint, rule, level, function, subject, code, files; a tab between "
    "them.\n";

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

std::string Baseline::absolute(StringRef Name) const {
  return absolutePath(Name, sys::path::parent_path(File));
}

//===----------------------------------------------------------------------===//
// Where it is
//===----------------------------------------------------------------------===//

/// \p Folder and those above it, up to the one of a repository.
static std::vector<std::string> folderAndAbove(StringRef Folder) {
  std::vector<std::string> Folders;
  for (; !Folder.empty(); Folder = sys::path::parent_path(Folder)) {
    Folders.push_back(Folder.str());
    if (sys::fs::exists(Folder + "/.git"))
      break;
  }
  return Folders;
}

static std::string sourceFolder(const Session &S) {
  return commonFolder(S.Database.namesFiles() ? S.Database.jobs()
                                              : ArrayRef(S.Selected.Jobs));
}

std::string findBaseline(const Session &S) {
  for (const std::string &Start :
       {sourceFolder(S), realPath(currentDirectory())})
    for (const std::string &Folder : folderAndAbove(Start)) {
      SmallString<256> File(Folder);
      sys::path::append(File, BaselineName);
      if (sys::fs::exists(File))
        return realPath(File);
    }
  return {};
}

std::string placeForBaseline(const Session &S) {
  const std::string Sources = sourceFolder(S);
  const std::string Here = realPath(currentDirectory());
  const std::vector<std::string> Above = folderAndAbove(Sources);
  std::string Folder = Here;
  if (!Above.empty() && sys::fs::exists(Above.back() + "/.git")) {
    Folder = Above.back();
  } else if (!isBelow(Sources, Here)) {
    const auto Configured = find_if(Above, [](const std::string &F) {
      return sys::fs::exists(F + "/.clang-tidy");
    });
    if (Configured != Above.end())
      Folder = *Configured;
  }
  SmallString<256> File(Folder);
  sys::path::append(File, BaselineName);
  return std::string(File);
}

//===----------------------------------------------------------------------===//
// What is in it
//===----------------------------------------------------------------------===//

/// What separates lines and columns may stand in a name.
static constexpr std::pair<char, char> Escapes[] = {
    {'\\', '\\'}, {'\t', 't'}, {'\n', 'n'}, {'\r', 'r'}};

static std::string escape(StringRef Text) {
  std::string Result;
  for (char C : Text) {
    const auto *E = find_if(Escapes, [&](auto &X) { return X.first == C; });
    Result += E == std::end(Escapes) ? std::string(1, C)
                                     : std::string{'\\', E->second};
  }
  return Result;
}

static std::optional<std::string> unescape(StringRef Text) {
  std::string Result;
  for (size_t I = 0; I < Text.size(); ++I) {
    if (Text[I] != '\\') {
      Result += Text[I];
      continue;
    }
    if (++I == Text.size())
      return std::nullopt;
    const auto *E =
        find_if(Escapes, [&](auto &X) { return X.second == Text[I]; });
    if (E == std::end(Escapes))
      return std::nullopt;
    Result += E->first;
  }
  return Result;
}

static std::string lineOf(const BaselineEntry &E) {
  std::vector<std::string> Columns = {E.Fingerprint,         E.RuleId,
                                      nameOf(E.Shown).str(), escape(E.Function),
                                      escape(E.Subject),     escape(E.Code)};
  for (const std::string &File : E.Files)
    Columns.push_back(escape(File));
  return join(Columns, "\t");
}

/// The fingerprint of \p E is that of what it says, whichever of equal ones.
static bool isConsistent(const BaselineEntry &E) {
  constexpr unsigned MostEqualOnes = 10000;
  for (unsigned Ordinal = 1; Ordinal <= MostEqualOnes; ++Ordinal)
    if (fingerprint(E.RuleId, E.Function, E.Subject, Ordinal) == E.Fingerprint)
      return true;
  return false;
}

/// What \p Line says; an error in words if it says nothing.
static Expected<BaselineEntry> readLine(StringRef Line) {
  for (StringRef Marker : {"<<<<<<<", "=======", ">>>>>>>", "|||||||"})
    if (Line.starts_with(Marker))
      return bad("the merge conflict is not resolved: keep the lines of both "
                 "sides, and remove those with `" +
                 Marker + "`");
  SmallVector<StringRef> Columns;
  Line.split(Columns, '\t');
  constexpr size_t Fewest = 7;
  if (Columns.size() < Fewest)
    return bad("the line is damaged: " + Twine(Columns.size()) +
               " of at least " + Twine(Fewest) +
               " columns, with tabs between them");
  std::vector<std::string> Texts;
  for (StringRef Column : Columns) {
    std::optional<std::string> Text = unescape(Column);
    if (!Text)
      return bad("the line is damaged: a backslash stands before what it "
                 "cannot mean");
    Texts.push_back(std::move(*Text));
  }
  const std::optional<Level> Shown = parseLevel(Texts[2]);
  if (!Shown)
    return bad("the line is damaged: there is no level `" + Texts[2] + "`");
  BaselineEntry E{Texts[0],
                  Texts[1],
                  Texts[3],
                  Texts[4],
                  *Shown,
                  Texts[5],
                  {Texts.begin() + 6, Texts.end()}};
  if (!isConsistent(E))
    return bad("the line is damaged: its fingerprint is not that of its rule, "
               "function and subject");
  return E;
}

Expected<Baseline> readBaseline(StringRef File) {
  auto Text = MemoryBuffer::getFile(File);
  if (!Text)
    return bad(File + ": " + Text.getError().message());
  Baseline B;
  B.File = realPath(File);
  std::set<std::string> Seen; // a merge may keep both sides
  unsigned Number = 0;
  for (StringRef Line : split((*Text)->getBuffer(), '\n')) {
    ++Number;
    const auto At = [&](const Twine &Message) {
      return bad(File + ":" + Twine(Number) + ": " + Message);
    };
    Line.consume_back("\r"); // git may have changed the ends of lines
    if (Number == 1) {
      StringRef Rest = Line;
      unsigned Given = 0;
      if (!Rest.consume_front(Title) || Rest.getAsInteger(10, Given)) {
        if (Line.starts_with("<<<<<<<"))
          return At(toString(readLine(Line).takeError()));
        return At(
            "this is not a baseline of async-tidy, whose first line is `" +
            Title + Twine(Version) + "`");
      }
      if (Given != Version)
        return At("the baseline is of version " + Twine(Given) +
                  ", and this async-tidy knows version " + Twine(Version) +
                  "; remove it and write another one with --write-baseline");
      continue;
    }
    if (Line.empty() || Line.starts_with("#"))
      continue;
    Expected<BaselineEntry> Entry = readLine(Line);
    if (!Entry)
      return At(toString(Entry.takeError()));
    if (Seen.insert(Entry->Fingerprint).second)
      B.Entries.push_back(std::move(*Entry));
  }
  return B;
}

Error writeBaseline(const Baseline &B) {
  std::set<std::string> Lines;
  for (const BaselineEntry &E : B.Entries)
    Lines.insert(lineOf(E));
  std::string Text = (Title + Twine(Version) + "\n" + Explanation).str();
  for (const std::string &Line : Lines)
    Text += Line + "\n";
  return replaceFile(B.File, Text);
}

} // namespace async_tidy
