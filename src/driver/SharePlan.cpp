//===- SharePlan.cpp - Which units begin alike ----------------------------===//

#include "driver/SharePlan.h"
#include "driver/Leading.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <optional>
#include <set>

using namespace llvm;

namespace async_tidy {
namespace {

/// Reads each file once.
class Scanner {
public:
  const LeadingLines &of(const std::string &File) {
    auto [It, New] = Known.try_emplace(File);
    if (New)
      if (auto Text = MemoryBuffer::getFile(File))
        It->second = leadingLines((*Text)->getBuffer());
    return It->second;
  }
  bool exists(const std::string &File) {
    auto [It, New] = There.try_emplace(File);
    if (New)
      It->second = sys::fs::is_regular_file(File);
    return It->second;
  }

private:
  std::map<std::string, LeadingLines> Known;
  std::map<std::string, bool> There;
};

/// Walks along the includes that one unit begins with, into its own headers
/// where it is told to.
class Cursor {
public:
  Cursor(unsigned Unit, const std::string &File, ArrayRef<std::string> Folders,
         Scanner &Scan, std::vector<std::string> &Macros)
      : Unit(Unit), Folders(Folders), Scan(&Scan), Macros(&Macros) {
    enter(File);
  }

  unsigned unit() const { return Unit; }
  /// What comes next, as it stands after `#include`; none at the end.
  const std::optional<std::string> &next() const { return Next; }
  /// It is included.
  void take() {
    Taken.insert(*Next);
    ++Stack.back().At;
    settle();
  }
  /// Goes on with what that header includes. False for one of a library.
  bool expand() {
    if (OwnFile.empty())
      return false;
    Taken.insert(*Next);
    ++Stack.back().At;
    enter(std::string(OwnFile));
    return true;
  }

private:
  struct Level {
    std::string File;
    const LeadingLines *Lines;
    size_t At = 0;
  };

  void enter(const std::string &File) {
    Stack.push_back({File, &Scan->of(File)});
    append_range(*Macros, Stack.back().Lines->Macros);
    settle();
  }

  /// Finds what comes next, which is nothing that was before.
  void settle() {
    Next.reset();
    OwnFile.clear();
    while (!Stack.empty()) {
      Level &L = Stack.back();
      if (L.At < L.Lines->Includes.size()) {
        look(L.Lines->Includes[L.At]);
        if (!Taken.count(*Next))
          return;
        Next.reset();
        OwnFile.clear();
        ++L.At;
      } else if (L.Lines->Whole) {
        Stack.pop_back();
      } else {
        return;
      }
    }
  }

  /// Spells \p I so that it can be included from anywhere, by the name that
  /// Clang gives it.
  void look(const LeadingInclude &I) {
    if (I.Quoted && !sys::path::is_absolute(I.Name)) {
      SmallString<256> Beside(sys::path::parent_path(Stack.back().File));
      sys::path::append(Beside, I.Name);
      if (Scan->exists(std::string(Beside))) {
        Next = ("\"" + Beside + "\"").str();
        OwnFile = std::string(Beside);
        return;
      }
    }
    Next = "<" + I.Name + ">";
    for (const std::string &Folder : Folders) {
      SmallString<256> Path(Folder);
      sys::path::append(Path, I.Name);
      if (!Scan->exists(std::string(Path)))
        continue;
      OwnFile = std::string(Path);
      return;
    }
  }

  unsigned Unit;
  ArrayRef<std::string> Folders;
  Scanner *Scan;
  std::vector<std::string> *Macros;
  std::vector<Level> Stack;
  std::set<std::string> Taken;
  std::optional<std::string> Next;
  std::string OwnFile;
};

/// The tree of \p Units.
ShareNode treeOf(std::vector<Cursor> Units) {
  ShareNode Node;
  while (true) {
    std::map<std::string, std::vector<Cursor *>> ByNext;
    for (bool Moved = true; Moved;) {
      Moved = false;
      ByNext.clear();
      for (Cursor &C : Units)
        if (C.next())
          ByNext[*C.next()].push_back(&C);
      // A header of one unit alone: what does it include itself?
      for (auto &[Name, Same] : ByNext)
        if (Same.size() == 1)
          Moved |= Same.front()->expand();
    }
    if (ByNext.size() == 1 && ByNext.begin()->second.size() == Units.size() &&
        Units.size() > 1) {
      Node.Includes.push_back(ByNext.begin()->first);
      for (Cursor &C : Units)
        C.take();
      continue;
    }
    for (const Cursor &C : Units)
      if (!C.next() || ByNext[*C.next()].size() == 1)
        Node.Units.push_back(C.unit());
    for (auto &[Name, Same] : ByNext) {
      if (Same.size() == 1)
        continue;
      std::vector<Cursor> Branch;
      for (Cursor *C : Same)
        Branch.push_back(std::move(*C));
      Node.Branches.push_back(treeOf(std::move(Branch)));
    }
    return Node;
  }
}

/// What must be the same for two jobs to share anything: all of the command but
/// for the file. Nothing if the command is none to be shared.
std::optional<std::pair<std::vector<std::string>, std::string>>
keyOf(const CompileJob &Job) {
  std::vector<std::string> Key = {Job.Directory,
                                  sys::path::extension(Job.File).str(),
                                  Job.CommandLine.front()};
  std::string Path;
  for (StringRef Word : ArrayRef(Job.CommandLine).drop_front()) {
    if (Word == "--driver-mode=cl" || Word.starts_with("-fmodule"))
      return std::nullopt;
    if (!Word.starts_with("-") &&
        realPath(absolutePath(Word, Job.Directory)) == Job.File) {
      if (!Path.empty())
        return std::nullopt;
      Path = Word.str();
      Word = "";
    }
    Key.push_back(Word.str());
  }
  if (!sys::path::is_absolute(Path) ||
      sys::path::stem(Job.CommandLine.front()).ends_with("cl"))
    return std::nullopt;
  return std::make_pair(std::move(Key), std::move(Path));
}

/// Where the user's own headers are looked for.
std::vector<std::string> foldersOf(const CompileJob &Job) {
  std::vector<std::string> Folders;
  for (size_t I = 1; I < Job.CommandLine.size(); ++I) {
    StringRef Word = Job.CommandLine[I];
    if (!Word.consume_front("-I") ||
        (Word.empty() && ++I == Job.CommandLine.size()))
      continue;
    if (Word.empty())
      Word = Job.CommandLine[I];
    if (sys::path::is_absolute(Word))
      Folders.push_back(Word.str());
  }
  return Folders;
}

/// Renumbers the units of \p Node in the order in which they are met.
void number(ShareNode &Node, ArrayRef<ShareUnit> All, ShareGroup &Group) {
  for (unsigned &Unit : Node.Units) {
    Group.Units.push_back(All[Unit]);
    Unit = Group.Units.size() - 1;
  }
  for (ShareNode &Branch : Node.Branches)
    number(Branch, All, Group);
}

} // namespace

std::vector<ShareGroup> planShares(ArrayRef<CompileJob> Jobs) {
  std::map<std::vector<std::string>, std::vector<ShareUnit>> Alike;
  for (size_t I = 0; I < Jobs.size(); ++I)
    if (auto Key = keyOf(Jobs[I]))
      Alike[Key->first].push_back({I, Key->second, {}});
  Scanner Scan;
  std::vector<ShareGroup> Groups;
  for (auto &[Key, Units] : Alike) {
    if (Units.size() < 2)
      continue;
    const std::vector<std::string> Folders = foldersOf(Jobs[Units[0].Job]);
    std::vector<Cursor> Cursors;
    for (unsigned U = 0; U < Units.size(); ++U)
      Cursors.emplace_back(U, Units[U].Path, Folders, Scan, Units[U].Macros);
    ShareNode Root = treeOf(std::move(Cursors));
    std::vector<ShareNode> Trees;
    if (Root.Includes.empty())
      Trees = std::move(Root.Branches);
    else
      Trees.push_back(std::move(Root));
    for (ShareNode &Tree : Trees) {
      ShareGroup Group;
      number(Tree, Units, Group);
      Group.Tree = std::move(Tree);
      Groups.push_back(std::move(Group));
    }
  }
  // Units are in order, so the first of each group tells groups apart.
  sort(Groups, [](const ShareGroup &A, const ShareGroup &B) {
    return A.Units.size() != B.Units.size()
               ? A.Units.size() > B.Units.size()
               : A.Units.front().Job < B.Units.front().Job;
  });
  return Groups;
}

} // namespace async_tidy
