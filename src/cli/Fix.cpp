//===- Fix.cpp - async-tidy check --fix: change the files -----------------===//

#include "cli/Fix.h"
#include "driver/ApplyFixes.h"
#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace llvm;

namespace async_tidy::cli {

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

static bool touches(const Finding &F, const std::set<std::string> &Files) {
  return any_of(F.Fixes, [&](const Fix &X) {
    return any_of(X.Edits, [&](const Edit &E) {
      return Files.count(E.Begin.File.str());
    });
  });
}

static bool hasSafeFix(const Finding &F) {
  return !F.Suppressed && any_of(F.Fixes, [](const Fix &X) { return X.Safe; });
}

namespace {

class Fixer {
public:
  Fixer(Session &S, ParsedUnits &Parsed) : S(S), Parsed(Parsed) {}
  Fixing run(ArrayRef<Finding> Found);

private:
  /// Parses what was changed again, and restores what no longer compiles. Gives
  /// the files that were restored.
  std::set<std::string> takeBack(FixResult &Done);
  void failed(Error E) {
    handleAllErrors(std::move(E), [&](const ErrorInfoBase &Info) {
      Out.Failures.push_back(Info.message());
    });
  }

  Session &S;
  ParsedUnits &Parsed;
  Fixing Out;
};

} // namespace

std::set<std::string> Fixer::takeBack(FixResult &Done) {
  std::vector<std::string> Changed;
  for (const auto &[File, Text] : Done.Before)
    Changed.push_back(File);
  auto Broken = readAgain(S, Parsed, Changed);
  if (!Broken) {
    failed(Broken.takeError());
    return {};
  }
  for (const std::string &File : *Broken) {
    if (Error E = replaceFile(File, Done.Before[File])) {
      failed(std::move(E));
      continue;
    }
    Done.Before.erase(File);
    Out.Notes.push_back("the fixes in " + File +
                        " were taken back: it no longer compiled");
  }
  if (!Broken->empty())
    if (auto Again = readAgain(S, Parsed, *Broken); !Again)
      failed(Again.takeError());
  return std::set<std::string>(Broken->begin(), Broken->end());
}

Fixing Fixer::run(ArrayRef<Finding> Found) {
  const std::set<std::string> Unsure = filesWithErrors(Parsed);
  std::vector<Finding> Sure;
  size_t Left = 0;
  for (const Finding &F : Found)
    if (!touches(F, Unsure))
      Sure.push_back(F);
    else
      Left += hasSafeFix(F);
  if (Left)
    Out.Notes.push_back(plural(Left, "fix") +
                        " not applied: the units have compiler errors");

  FixResult Done = applyFixes(Sure);
  append_range(Out.Failures, Done.Failures);
  if (Done.Overlapping)
    Out.Notes.push_back(plural(Done.Overlapping, "fix") +
                        (Done.Overlapping == 1 ? " overlaps" : " overlap") +
                        " with others: run --fix again");
  if (Done.Before.empty())
    return std::move(Out);
  const std::set<std::string> Restored = takeBack(Done);
  for (Finding &F : Done.Fixed)
    if (!touches(F, Restored)) {
      F.Fixed = true;
      Out.Fixed.push_back(std::move(F));
    }
  if (!Out.Fixed.empty())
    Out.Notes.push_back(plural(Out.Fixed.size(), "fix") + " applied in " +
                        plural(Done.Before.size(), "file"));
  return std::move(Out);
}

Fixing fix(Session &S, ParsedUnits &Parsed, ArrayRef<Finding> Found) {
  return Fixer(S, Parsed).run(Found);
}

} // namespace async_tidy::cli
