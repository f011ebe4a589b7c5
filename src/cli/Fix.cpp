//===- Fix.cpp - async-tidy check --fix: change the files -----------------===//
//
//   findings --planFixes--> texts --tried: does it compile?--> files, or a diff
//
// Fixes of a file that does not compile with all of them are halved until those
// are found that it does not compile with. A preview is tried as well, in files
// that lie over the real ones for Clang alone.
//
//===----------------------------------------------------------------------===//

#include "cli/Fix.h"
#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "driver/UnifiedDiff.h"
#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace llvm;

namespace async_tidy::cli {

FixWish FixWish::of(const Arguments &A) {
  FixWish W;
  W.Unsafe = A.Options.hasArg(OPT_fix_unsafe);
  W.Preview = A.Options.hasArg(OPT_diff);
  W.Wanted = W.Unsafe || W.Preview || A.Options.hasArg(OPT_fix);
  return W;
}

/// Finds the files that a unit with compiler errors reads: what was understood
/// of them may be wrong.
static std::set<std::string> filesWithErrors(const ParsedUnits &Parsed) {
  std::set<std::string> Files;
  for (const TranslationUnitFacts &Unit : Parsed.Units)
    if (!Unit.Errors.empty()) {
      Files.insert(Unit.Files.begin(), Unit.Files.end());
      Files.insert(Unit.MainFile);
    }
  return Files;
}

namespace {

/// Files that lie over those on disk, for a parse.
class Overlay {
public:
  ~Overlay() {
    if (!Folder.empty())
      sys::fs::remove_directories(Folder);
  }
  /// The flags for Clang that put \p Files over those on disk.
  Expected<std::vector<std::string>>
  flags(const std::map<std::string, FileChange> &Files);

private:
  SmallString<128> Folder;
};

class Fixer {
public:
  Fixer(Session &S, ParsedUnits &Parsed, const FixWish &Wish)
      : S(S), Parsed(Parsed), Wish(Wish) {}
  Fixing run(ArrayRef<Finding> Found);

private:
  bool touches(const Finding &F, const std::set<std::string> &Files) const {
    const Fix *X = chosenFix(F, Wish.Unsafe);
    return X && any_of(X->Edits, [&](const Edit &E) {
             return Files.count(E.Begin.File.str());
           });
  }
  /// Puts \p Plan in the place of what is there and parses the units that read
  /// \p Files. Gives those files with which a unit no longer compiles.
  std::set<std::string> put(FixPlan &Plan, const std::set<std::string> &Files);
  /// Adds to `Kept` those of \p Doubtful, all in one set of \p Files, with
  /// which these still compile.
  void addCompiling(ArrayRef<Finding> Doubtful,
                    const std::set<std::string> &Files);
  /// Puts back what was there: nobody knows whether the fixes compile.
  void restore();
  FixPlan plan(ArrayRef<Finding> Findings) {
    return planFixes(Findings, Wish.Unsafe, Originals);
  }
  void failed(Error E) {
    handleAllErrors(std::move(E), [&](const ErrorInfoBase &Info) {
      if (!is_contained(Out.Failures, Info.message()))
        Out.Failures.push_back(Info.message());
    });
  }

  Session &S;
  ParsedUnits &Parsed;
  const FixWish Wish;
  Overlay Over;
  /// The text before, of each file that a fix touches.
  std::map<std::string, std::string> Originals;
  std::vector<Finding> Kept;
  std::map<std::string, unsigned> TakenBack; ///< by file
  Fixing Out;
};

} // namespace

Expected<std::vector<std::string>>
Overlay::flags(const std::map<std::string, FileChange> &Files) {
  if (Folder.empty())
    if (std::error_code EC =
            sys::fs::createUniqueDirectory("async-tidy-diff", Folder))
      return errorCodeToError(EC);
  std::vector<std::string> Flags;
  for (const auto &[File, Change] : Files) {
    const std::string Text = (Folder + "/" + Twine(Flags.size())).str();
    if (Error E = replaceFile(Text, Change.After))
      return std::move(E);
    for (const std::string &Word :
         {std::string("-Xclang"), std::string("-remap-file"),
          std::string("-Xclang"), File + ";" + Text})
      Flags.push_back(Word);
  }
  return Flags;
}

std::set<std::string> Fixer::put(FixPlan &Plan,
                                 const std::set<std::string> &Files) {
  std::vector<std::string> &Flags = S.Options.Analysis.Flags.After;
  const size_t Before = Flags.size();
  if (!Wish.Preview) {
    for (const std::string &File : Files)
      if (!Plan.Files.count(File))
        if (Error E = replaceFile(File, Originals[File]))
          failed(std::move(E));
    writeFixes(Plan);
    append_range(Out.Failures, Plan.Failures);
  } else if (auto More = Over.flags(Plan.Files)) {
    append_range(Flags, *More);
  } else {
    failed(More.takeError());
  }
  auto Broken = readAgain(S, Parsed,
                          std::vector<std::string>(Files.begin(), Files.end()));
  Flags.resize(Before);
  if (!Broken) {
    failed(Broken.takeError());
    return Files;
  }
  return {Broken->begin(), Broken->end()};
}

void Fixer::restore() {
  if (!Wish.Preview)
    for (const auto &[File, Text] : Originals)
      if (Error E = replaceFile(File, Text))
        failed(std::move(E));
}

void Fixer::addCompiling(ArrayRef<Finding> Doubtful,
                         const std::set<std::string> &Files) {
  if (Parsed.Interrupted)
    return;
  std::vector<Finding> Both = Kept;
  append_range(Both, Doubtful);
  FixPlan Plan = plan(Both);
  if (put(Plan, Files).empty()) {
    Kept = std::move(Both);
    return;
  }
  if (Doubtful.size() == 1) {
    ++TakenBack[chosenFix(Doubtful.front(), Wish.Unsafe)
                    ->Edits.front()
                    .Begin.File.str()];
    return;
  }
  addCompiling(Doubtful.take_front(Doubtful.size() / 2), Files);
  addCompiling(Doubtful.drop_front(Doubtful.size() / 2), Files);
}

Fixing Fixer::run(ArrayRef<Finding> Found) {
  const std::set<std::string> Unsure = filesWithErrors(Parsed);
  std::vector<Finding> Sure;
  size_t Left = 0;
  for (const Finding &F : Found)
    if (!touches(F, Unsure))
      Sure.push_back(F);
    else
      ++Left;
  if (Left)
    Out.Notes.push_back(plural(Left, "fix") +
                        " not applied: the units have compiler errors");

  FixPlan Plan = plan(Sure);
  append_range(Out.Failures, Plan.Failures);
  if (Plan.Overlapping)
    Out.Notes.push_back(plural(Plan.Overlapping, "fix") +
                        (Plan.Overlapping == 1 ? " overlaps" : " overlap") +
                        " with others: run --fix again");
  std::set<std::string> Files;
  for (const auto &[File, Change] : Plan.Files) {
    Originals[File] = Change.Before;
    Files.insert(File);
  }
  if (Files.empty())
    return std::move(Out);
  const std::set<std::string> Broken = put(Plan, Files);
  if (!Broken.empty() && !Parsed.Interrupted) {
    std::vector<Finding> Doubtful;
    for (Finding &F : Plan.Fixed)
      (touches(F, Broken) ? Doubtful : Kept).push_back(std::move(F));
    addCompiling(Doubtful, Files);
    Plan = plan(Kept);
    if (!Parsed.Interrupted && !put(Plan, Files).empty() && !Parsed.Interrupted)
      Out.Failures.push_back("the files do not compile as they did before");
  }
  if (Parsed.Interrupted) {
    restore();
    return std::move(Out);
  }
  const std::string Root = realPath(currentDirectory());
  for (const auto &[File, N] : TakenBack)
    Out.Notes.push_back(plural(N, "fix") + " in " + shownPath(File, Root) +
                        (N == 1 ? " was" : " were") +
                        " taken back: it no longer compiled");
  for (Finding &F : Plan.Fixed) {
    F.Fixed = true;
    Out.Fixed.push_back(std::move(F));
  }
  Out.Files = std::move(Plan.Files);
  if (!Out.Fixed.empty())
    Out.Notes.push_back(plural(Out.Fixed.size(), "fix") +
                        (Wish.Preview ? " would be" : "") + " applied in " +
                        plural(Out.Files.size(), "file"));
  return std::move(Out);
}

Fixing fix(Session &S, ParsedUnits &Parsed, ArrayRef<Finding> Found,
           const FixWish &Wish) {
  return Fixer(S, Parsed, Wish).run(Found);
}

int printPreview(const Fixing &Done, const ParsedUnits &Parsed, bool Color) {
  outs().enable_colors(Color);
  const std::string Root = realPath(currentDirectory());
  for (const auto &[File, Change] : Done.Files)
    printUnifiedDiff(shownPath(File, Root), Change, outs());
  outs().flush();
  for (const std::string &Note : Done.Notes)
    sayNote(Note);
  for (const std::string &Why : Done.Failures)
    sayError(Why);
  if (!Done.Failures.empty())
    return Failed;
  if (const int Code = finish(Parsed); Code != Clean)
    return Code;
  return Done.Files.empty() ? Clean : FindingsFound;
}

} // namespace async_tidy::cli
