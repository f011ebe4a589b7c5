//===- Fixture.cpp --------------------------------------------------------===//

#include "support/Fixture.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <unistd.h>

namespace async_tidy::test {

namespace fs = std::filesystem;

static const fs::path Tests = fs::path(ASYNC_TIDY_SOURCE_DIR) / "test";

std::string readFile(const std::string &Path) {
  std::ifstream In(Path, std::ios::binary);
  std::stringstream Text;
  Text << In.rdbuf();
  if (!In)
    ADD_FAILURE() << "cannot read " << Path;
  return Text.str();
}

static std::vector<std::string> linesOf(const std::string &Text) {
  std::vector<std::string> Lines;
  std::istringstream In(Text);
  for (std::string Line; std::getline(In, Line);)
    Lines.push_back(Line);
  return Lines;
}

static std::vector<std::string> split(const std::string &Text,
                                      const char *Separators) {
  std::vector<std::string> Parts;
  for (size_t At = Text.find_first_not_of(Separators);
       At != std::string::npos;) {
    size_t End = Text.find_first_of(Separators, At);
    Parts.push_back(Text.substr(At, End - At));
    At = Text.find_first_not_of(Separators, End);
  }
  return Parts;
}

/// Files and folders in \p Folder, in the order of their names.
static std::vector<fs::path> entries(const fs::path &Folder) {
  std::vector<fs::path> Entries;
  for (const auto &Entry : fs::directory_iterator(Folder))
    Entries.push_back(Entry.path());
  std::sort(Entries.begin(), Entries.end());
  return Entries;
}

static std::string identifier(std::string Name) {
  for (char &C : Name)
    if (!isalnum(static_cast<unsigned char>(C)))
      C = '_';
  return Name;
}

std::vector<std::string> defaultFlags() {
  std::vector<std::string> Flags;
  for (std::string Flag : linesOf(readFile(Tests / "compile_flags.txt"))) {
    const std::string Search = "-isystem";
    if (Flag.starts_with(Search) && Flag[Search.size()] != '/')
      Flag = Search + (Tests / Flag.substr(Search.size())).string();
    if (!Flag.empty())
      Flags.push_back(Flag);
  }
  return Flags;
}

static void readHeader(Fixture &F, const std::string &Line) {
  static const std::regex Header(
      R"(^//\s*(flags|level|options):\s*(.*\S)\s*$)");
  std::smatch Match;
  if (!std::regex_match(Line, Match, Header))
    return;
  if (Match[1] == "level")
    F.Level = Match[2];
  for (const std::string &Word : split(Match[2], " ")) {
    if (Match[1] == "flags") {
      if (Word.starts_with("-std="))
        std::erase_if(F.Flags, [](const std::string &Flag) {
          return Flag.starts_with("-std=");
        });
      F.Flags.push_back(Word);
    } else if (Match[1] == "options") {
      size_t Equals = Word.find('=');
      F.Options[Word.substr(0, Equals)] = Word.substr(Equals + 1);
    }
  }
}

/// Keeps to what the names of functions promise: `..._bad` has something to
/// find, `..._ok` has not.
static void checkVerdicts(Fixture &F, const std::string &File,
                          const std::vector<std::string> &Lines) {
  static const std::regex Definition(
      R"(^[A-Za-z].*\b(\w+_(bad|ok|missed))\b[^;]*$)");
  std::string Name, Verdict;
  bool Marked = false;
  auto Close = [&](size_t Line) {
    if (Verdict == "bad" && !Marked)
      F.Mistakes.push_back(File + ":" + std::to_string(Line) + ": `" + Name +
                           "` ends without a mark");
  };
  for (size_t I = 0; I < Lines.size(); ++I) {
    std::smatch Match;
    if (std::regex_search(Lines[I], Match, Definition)) {
      Close(I);
      Name = Match[1], Verdict = Match[2], Marked = false;
    }
    const bool Mark = Lines[I].find("// expect") != std::string::npos ||
                      Lines[I].find("// missed") != std::string::npos;
    Marked |= Mark;
    if (Verdict == "ok" && Mark)
      F.Mistakes.push_back(File + ":" + std::to_string(I + 1) +
                           ": a mark in `" + Name + "`");
    if (Lines[I].starts_with("}")) {
      Close(I + 1);
      Verdict.clear();
    }
  }
  Close(Lines.size());
}

void Fixture::add(const std::string &Path, const std::string &Text) {
  static const std::regex MarkComment(
      R"(//\s*(expect|missed|false-alarm)(-next-line)?:\s*([\w-]+(?:,\s*[\w-]+)*))");
  const std::string File = fs::path(Path).filename();
  const std::vector<std::string> Lines = linesOf(Text);
  bool AtTop = true;
  for (unsigned I = 0; I < Lines.size(); ++I) {
    AtTop &= Lines[I].empty() || Lines[I].starts_with("//");
    if (AtTop)
      readHeader(*this, Lines[I]);
    for (std::sregex_iterator At(Lines[I].begin(), Lines[I].end(), MarkComment),
         End;
         At != End; ++At) {
      const std::string Kind = (*At)[1];
      for (const std::string &Rule : split((*At)[3], ", "))
        (Kind == "missed" ? Missed : Expected)
            .insert({File, I + ((*At)[2].matched ? 2 : 1), Rule});
    }
  }
  checkVerdicts(*this, File, Lines);
  if (fs::path(Path).extension() == ".cpp")
    Sources.push_back(Path);
}

static Fixture program(const std::string &Name, const fs::path &Folder) {
  Fixture F;
  F.Name = identifier(Name);
  F.Flags = defaultFlags();
  for (const fs::path &File : entries(Folder))
    if (File.extension() == ".cpp" || File.extension() == ".h" ||
        File.extension() == ".hpp")
      F.add(File, readFile(File));
  return F;
}

static Fixture unit(const std::string &Name, const fs::path &File) {
  Fixture F;
  F.Name = identifier(Name);
  F.Flags = defaultFlags();
  F.add(File, readFile(File));
  return F;
}

std::vector<Fixture> ruleFixtures() {
  std::vector<Fixture> Fixtures;
  for (const fs::path &Entry : entries(Tests / "rules")) {
    const std::string Name = Entry.stem();
    if (!fs::is_directory(Entry)) {
      if (Name.starts_with("async-"))
        Fixtures.push_back(unit(Name, Entry));
      continue;
    }
    for (const fs::path &Case : entries(Entry)) {
      const std::string CaseName = Name + "_" + Case.stem().string();
      if (fs::is_directory(Case))
        Fixtures.push_back(program(CaseName, Case));
      else if (Case.extension() == ".cpp")
        Fixtures.push_back(unit(CaseName, Case));
    }
  }
  return Fixtures;
}

/// Other tests, which run at the same time, read the same file: it is never
/// half written.
static void writeWhole(const fs::path &File, const std::string &Text) {
  if (fs::exists(File) && readFile(File) == Text)
    return;
  const fs::path New = File.string() + "." + std::to_string(getpid());
  std::ofstream(New) << Text;
  fs::rename(New, File);
}

/// The C++ blocks of \p Page, each checked by \p Checks as a program of its
/// own.
static void addBlocks(std::vector<Fixture> &Fixtures, const fs::path &Page,
                      const std::string &Prefix, const std::string &Checks,
                      const std::string &Folder) {
  std::string Block;
  bool Inside = false;
  unsigned Count = 0, Number = 0;
  for (const std::string &Line : linesOf(readFile(Page))) {
    ++Number;
    if (!Inside && Line.starts_with("```cpp")) {
      Inside = true;
      Block.assign(Number, '\n');
    } else if (Inside && Line.starts_with("```")) {
      Inside = false;
      const std::string Name =
          Page.stem().string() + "-example-" + std::to_string(++Count);
      const fs::path Source = fs::path(Folder) / (Name + ".cpp");
      writeWhole(Source, Block);
      Fixture F;
      F.Name = Prefix + identifier(Name);
      F.Flags = defaultFlags();
      F.Checks = Checks;
      F.add(Source, Block);
      Fixtures.push_back(F);
    } else if (Inside) {
      Block += Line + '\n';
    }
  }
}

std::vector<Fixture> pageFixtures(const std::string &Folder) {
  std::vector<Fixture> Fixtures;
  fs::create_directories(Folder);
  const fs::path Top = ASYNC_TIDY_SOURCE_DIR;
  for (const auto &Entry : fs::recursive_directory_iterator(Top / "checks")) {
    const std::string Name = Entry.path().stem();
    if (Entry.path().extension() == ".md" && Name.starts_with("async-"))
      addBlocks(Fixtures, Entry.path(), "page_", "-*," + Name, Folder);
  }
  for (const fs::path &Guide : entries(Top / "docs" / "guide"))
    if (Guide.extension() == ".md")
      addBlocks(Fixtures, Guide, "guide_", "-*,async-*", Folder);
  std::sort(Fixtures.begin(), Fixtures.end(),
            [](const Fixture &A, const Fixture &B) { return A.Name < B.Name; });
  return Fixtures;
}

std::vector<Fixture> projectFixtures() {
  std::vector<Fixture> Fixtures;
  for (const fs::path &Folder : entries(Tests / "projects"))
    if (fs::is_directory(Folder)) {
      Fixture F = program("project_" + Folder.filename().string(), Folder);
      F.Level = "strict";
      Fixtures.push_back(F);
    }
  return Fixtures;
}

} // namespace async_tidy::test
