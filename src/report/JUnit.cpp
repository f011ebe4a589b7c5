//===- JUnit.cpp - A report for what reads the results of tests -----------===//
//
// A rule is a suite and a file with findings of it a failed test, so that
// Jenkins and others show since when a file fails which rule. A rule without
// findings is a test that passed; a unit that was not analysed is an error.
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "report/Xml.h"
#include "llvm/ADT/SetVector.h"
#include <map>

using namespace llvm;

namespace async_tidy {

namespace {
struct TestCase {
  std::string Name;
  StringRef Outcome; ///< the element that says so; empty: it passed
  std::string Message, Text;
};

struct Suite {
  std::string Name;
  std::vector<TestCase> Cases;
  size_t count(StringRef Outcome) const {
    return count_if(Cases,
                    [&](const TestCase &C) { return C.Outcome == Outcome; });
  }
};
} // namespace

/// The findings of one rule in one file, as they are in a log.
static std::string inFull(ArrayRef<const Finding *> Findings, StringRef Root) {
  std::string Text;
  for (const Finding *F : Findings) {
    Text += xml(placeInWords(F->Where, Root) + ": " + nameOf(F->Weight).str() +
                ": " + F->Message) +
            "\n";
    for (const std::string &Line : stepsInWords(*F, Root))
      Text += "  " + xml(Line) + "\n";
  }
  return Text;
}

static Suite suiteOf(const Rule &R, ArrayRef<const Finding *> Shown,
                     StringRef Root) {
  std::map<std::string, std::vector<const Finding *>> Files;
  for (const Finding *F : Shown)
    if (F->From == &R)
      Files[shownPath(F->Where.File, Root)].push_back(F);
  Suite S{R.Id.str()};
  for (const auto &[File, Findings] : Files) {
    // A note is nothing that a build should fail for.
    const bool Fails = any_of(
        Findings, [](const Finding *F) { return F->Weight > Severity::Note; });
    S.Cases.push_back({File, Fails ? "failure" : "system-out",
                       plural(Findings.size(), "finding"),
                       inFull(Findings, Root)});
  }
  if (S.Cases.empty())
    S.Cases.push_back({"all files"});
  return S;
}

static Suite suiteOfUnits(const Report &R) {
  Suite S{"async-tidy"};
  for (const UnitNotAnalysed &U : sortedUnits(R)) {
    const std::string Place = placeInWords(placeOf(U), R.Root);
    if (U.Allowed) // its text is all that it has
      S.Cases.push_back({shownPath(U.File, R.Root), "system-out", "",
                         xml(Place + ": " + inWords(U, R.Root)) + "\n"});
    else
      S.Cases.push_back({shownPath(U.File, R.Root), "error", inWords(U, R.Root),
                         xml(Place) + "\n"});
  }
  if (S.Cases.empty())
    S.Cases.push_back({"all units analysed"});
  for (const std::string &Why : R.Failures)
    S.Cases.push_back({Why, "failure", Why});
  return S;
}

static void print(const TestCase &C, StringRef Suite, raw_ostream &OS) {
  OS << "    <testcase classname=\"" << xml(Suite) << "\" name=\""
     << xml(C.Name) << '"';
  if (C.Outcome.empty()) {
    OS << "/>\n";
    return;
  }
  OS << ">\n      <" << C.Outcome;
  if (C.Outcome != "system-out")
    OS << " message=\"" << xml(C.Message) << "\" type=\"" << xml(Suite) << '"';
  OS << '>' << C.Text << "</" << C.Outcome << ">\n    </testcase>\n";
}

void printJUnit(const Report &R, raw_ostream &OS) {
  std::vector<Suite> Suites = {suiteOfUnits(R)};
  const std::vector<const Finding *> Shown = shownFindings(R);
  SetVector<const Rule *> Rules(R.Rules.begin(), R.Rules.end());
  for (const Finding *F : Shown)
    Rules.insert(F->From);
  for (const Rule *Ran : Rules)
    Suites.push_back(suiteOf(*Ran, Shown, R.Root));

  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"async-tidy\">\n";
  for (const Suite &S : Suites) {
    OS << "  <testsuite name=\"" << xml(S.Name) << "\" tests=\""
       << S.Cases.size() << "\" failures=\"" << S.count("failure")
       << "\" errors=\"" << S.count("error") << "\">\n";
    for (const TestCase &C : S.Cases)
      print(C, S.Name, OS);
    OS << "  </testsuite>\n";
  }
  OS << "</testsuites>\n";
}

} // namespace async_tidy
