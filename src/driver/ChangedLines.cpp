//===- ChangedLines.cpp - What differs from a revision of git -------------===//

#include "driver/ChangedLines.h"
#include "driver/CompileDatabase.h"
#include "driver/Filter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <limits>

using namespace llvm;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

/// What a run of git left.
struct Answer {
  int ExitCode = 0;
  std::string Output;
  std::string Complaint; ///< the first line on standard error
};

/// Runs git in one folder, without a shell.
class Git {
public:
  static Expected<Git> in(StringRef Folder);
  Expected<Answer> ask(ArrayRef<StringRef> Words) const;

private:
  std::string Program, Folder;
};

} // namespace

Expected<Git> Git::in(StringRef Folder) {
  ErrorOr<std::string> Program = sys::findProgramByName("git");
  if (!Program)
    return bad("git is not installed, or not in PATH");
  Git G;
  G.Program = std::move(*Program);
  G.Folder = Folder.str();
  return G;
}

static Expected<std::string> contents(StringRef File) {
  auto Text = MemoryBuffer::getFile(File);
  if (!Text)
    return bad(File + ": " + Text.getError().message());
  return (*Text)->getBuffer().str();
}

Expected<Answer> Git::ask(ArrayRef<StringRef> Words) const {
  SmallString<128> Out, Err;
  std::error_code EC = sys::fs::createTemporaryFile("async-tidy", "git", Out);
  FileRemover RemoveOut(Out, !EC);
  if (!EC)
    EC = sys::fs::createTemporaryFile("async-tidy", "git", Err);
  FileRemover RemoveErr(Err, !EC);
  if (EC)
    return bad("no temporary file: " + EC.message());
  // Whatever the user has configured, the answer is in one form.
  SmallVector<StringRef> Command = {Program,
                                    "--no-pager",
                                    "--no-optional-locks",
                                    "-C",
                                    Folder,
                                    "-c",
                                    "core.quotePath=true",
                                    "-c",
                                    "core.fsmonitor=false"};
  append_range(Command, Words);
  std::string Why;
  Answer A;
  A.ExitCode = sys::ExecuteAndWait(
      Program, Command, /*Env=*/std::nullopt,
      {StringRef(""), StringRef(Out), StringRef(Err)}, 0, 0, &Why);
  if (A.ExitCode < 0)
    return bad("git cannot be run: " + Why);
  Expected<std::string> Output = contents(Out), Complaint = contents(Err);
  if (Error E = joinErrors(Output.takeError(), Complaint.takeError()))
    return std::move(E);
  A.Output = std::move(*Output);
  A.Complaint = StringRef(*Complaint).split('\n').first.trim().str();
  return A;
}

//===----------------------------------------------------------------------===//
// A patch
//===----------------------------------------------------------------------===//

/// The name in `+++ NAME`: as it is, or quoted as in C. Empty if it is no file
/// of the new side.
static std::string nameIn(StringRef Text) {
  std::string Name;
  Text.consume_back("\t"); // after a name with blanks
  if (!Text.consume_front("\"")) {
    Name = Text.str();
  } else {
    for (Text.consume_back("\""); !Text.empty();) {
      const char C = Text.front();
      Text = Text.drop_front();
      unsigned Code = 0;
      if (C != '\\') {
        Name += C;
      } else if (!Text.take_front(3).getAsInteger(8, Code) &&
                 Text.size() >= 3) {
        Name += static_cast<char>(Code);
        Text = Text.drop_front(3);
      } else if (!Text.empty()) {
        static constexpr StringLiteral Letters = "abtnvfr",
                                       Meanings = "\a\b\t\n\v\f\r";
        const size_t At = Letters.find(Text.front());
        Name += At == StringRef::npos ? Text.front() : Meanings[At];
        Text = Text.drop_front();
      }
    }
  }
  return StringRef(Name).starts_with("b/") ? Name.substr(2) : "";
}

/// `12,3` or `12`: where, and how many lines.
static bool readSide(StringRef Text, unsigned &First, unsigned &Count) {
  const auto [Begin, Length] = Text.split(',');
  Count = 1;
  return !Begin.getAsInteger(10, First) &&
         (Begin.size() == Text.size() || !Length.getAsInteger(10, Count));
}

Expected<std::map<std::string, std::vector<ChangedLines::Range>>>
ChangedLines::parse(StringRef Patch) {
  std::map<std::string, std::vector<Range>> Files;
  std::string Name;
  uint64_t Body = 0; // lines that are still the hunk's
  unsigned Number = 0;
  for (StringRef Line : split(Patch, '\n')) {
    ++Number;
    if (Line.starts_with("\\")) // no newline at the end of the file
      continue;
    if (Body > 0) {
      if (!Line.starts_with("+") && !Line.starts_with("-"))
        return bad("git's patch cannot be read, line " + Twine(Number));
      --Body;
      continue;
    }
    if (Line.starts_with("diff --git "))
      Name.clear();
    else if (Line.consume_front("+++ "))
      Name = nameIn(Line);
    if (!Line.consume_front("@@ -"))
      continue;
    const StringRef Sides = Line.take_front(Line.find(" @@"));
    const auto [Old, New] = Sides.split(" +");
    unsigned OldFirst, OldCount, First, Count;
    if (!readSide(Old, OldFirst, OldCount) || !readSide(New, First, Count))
      return bad("git's patch cannot be read, line " + Twine(Number));
    Body = uint64_t(OldCount) + Count;
    if (Count && !Name.empty())
      Files[Name].push_back({First, First + (Count - 1)});
  }
  if (Body > 0)
    return bad("git's patch ends too early");
  return Files;
}

//===----------------------------------------------------------------------===//
// A repository
//===----------------------------------------------------------------------===//

/// What to do where history is missing.
static Expected<std::string> shallowHint(const Git &G) {
  Expected<Answer> A = G.ask({"rev-parse", "--is-shallow-repository"});
  if (!A)
    return A.takeError();
  return StringRef(A->Output).trim() == "true"
             ? "; the clone is shallow: fetch its history (`git fetch "
               "--unshallow`, or `fetch-depth: 0` of actions/checkout)"
             : "";
}

/// The commit that the changes begin at.
static Expected<std::string> baseOf(const Git &G, StringRef Revision) {
  const std::string Commit = (Revision + "^{commit}").str();
  // A name that begins with a dash would be an option.
  Answer Found;
  Found.ExitCode = 1;
  if (!Revision.empty() && !Revision.starts_with("-")) {
    auto A = G.ask({"rev-parse", "--verify", "--quiet", Commit});
    if (!A)
      return A.takeError();
    Found = std::move(*A);
  }
  Expected<std::string> Hint = shallowHint(G);
  if (!Hint)
    return Hint.takeError();
  const StringRef Hash = StringRef(Found.Output).trim();
  if (Found.ExitCode || Hash.empty())
    return bad("git knows no commit `" + Revision + "`" + *Hint);
  auto Base = G.ask({"merge-base", "HEAD", Hash});
  if (!Base)
    return Base.takeError();
  const StringRef Common = StringRef(Base->Output).trim();
  if (Base->ExitCode || Common.empty())
    return bad("`" + Revision + "` and HEAD have no common commit" + *Hint);
  return Common.str();
}

Expected<ChangedLines> ChangedLines::since(StringRef Revision,
                                           StringRef Folder) {
  Expected<Git> There = Git::in(Folder);
  if (!There)
    return There.takeError();
  auto Top = There->ask({"rev-parse", "--show-toplevel"});
  if (!Top)
    return Top.takeError();
  ChangedLines Result;
  StringRef Name = Top->Output;
  Name.consume_back("\n");
  if (Top->ExitCode || Name.empty())
    return bad("no work tree of git has " + Folder +
               (Top->Complaint.empty() ? "" : ": " + Top->Complaint));
  Result.Top = realPath(Name);

  Expected<Git> G = Git::in(Result.Top);
  if (!G)
    return G.takeError();
  Expected<std::string> Base = baseOf(*G, Revision);
  if (!Base)
    return Base.takeError();
  auto Patch =
      G->ask({"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
              "--unified=0", "--inter-hunk-context=0", "--find-renames",
              "--no-relative", "--src-prefix=a/", "--dst-prefix=b/",
              "--ignore-submodules=none", "--submodule=short", *Base, "--"});
  auto Others = G->ask({"ls-files", "--others", "--exclude-standard", "-z"});
  if (Error E = joinErrors(Patch.takeError(), Others.takeError()))
    return std::move(E);
  for (const Answer *A : {&*Patch, &*Others})
    if (A->ExitCode)
      return bad("git fails: " + A->Complaint);
  auto Files = parse(Patch->Output);
  if (!Files)
    return Files.takeError();
  Result.Files = std::move(*Files);
  for (StringRef File : split(Others->Output, '\0'))
    if (!File.empty())
      Result.Files[File.rtrim('/').str()] = {
          {1, std::numeric_limits<unsigned>::max()}};
  return Result;
}

bool ChangedLines::holds(const Location &Where) const {
  if (!isBelow(Where.File, Top))
    return false;
  StringRef Name = StringRef(Where.File).drop_front(Top.size()).ltrim('/');
  if (const auto It = Files.find(Name.str()); It != Files.end())
    return !Where.isValid() || any_of(It->second, [&](const Range &R) {
      return R.First <= Where.Line && Where.Line <= R.Last;
    });
  // What is listed and holds a file is a submodule, or a repository in this
  // one.
  while (!(Name = sys::path::parent_path(Name)).empty())
    if (Files.count(Name.str()))
      return true;
  return false;
}

bool ChangedLines::concern(const Finding &F) const {
  return !isBelow(F.Where.File, Top) || holds(F.Where) ||
         any_of(F.Steps, [&](const Step &S) { return holds(S.Where); });
}

} // namespace async_tidy
