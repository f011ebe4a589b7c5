//===- SarifValidation.cpp - What Microsoft says of our SARIF -------------===//
//
// Writes the most hostile report there is, a large one, and every rule's
// description, and asks Microsoft's validator with GitHub's rules, which
// CMakeLists.txt installs first.
//
//===----------------------------------------------------------------------===//

#include "report/validation/Validation.h"

using namespace async_tidy;
using namespace llvm;
using testing::HasSubstr;

namespace {

class SarifValidation : public Validation {
protected:
  Answer validate(StringRef Sarif) {
    return ask({ASYNC_TIDY_SARIF_MULTITOOL, "validate",
                write("report.sarif", Sarif), "--rule-kind", "Sarif;Ghas",
                "--level", "Error;Warning;Note"});
  }
};

/// Its exit code is zero whatever it finds.
void expectNoComplaint(const std::string &Output) {
  EXPECT_THAT(Output, HasSubstr("Analysis completed successfully."));
  SmallVector<StringRef> Lines;
  StringRef(Output).split(Lines, '\n');
  for (StringRef Line : Lines)
    EXPECT_FALSE(Line.contains(": error ") || Line.contains(": warning "))
        << Line.str();
}

TEST_F(SarifValidation, AHostileReport) {
  expectNoComplaint(validate(print(hostileReport(), printSarif)).Output);
}

TEST_F(SarifValidation, ACleanReportWithAllRules) {
  Report R = sampleReport({});
  R.Rules = allRules().vec();
  expectNoComplaint(validate(print(R, printSarif)).Output);
}

TEST_F(SarifValidation, ThousandsOfFindings) {
  const std::string Sarif = print(largeReport(5000), printSarif);
  // The validator passes over larger ones unless it is told not to.
  EXPECT_LT(Sarif.size(), 10000u << 10);
  expectNoComplaint(validate(Sarif).Output);
}

TEST_F(SarifValidation, WhatIsCut) {
  Report R = largeReport(2);
  R.Findings[1].Steps.resize(1500, R.Findings[1].Steps[0]);
  expectNoComplaint(validate(print(R, printSarif)).Output);
}

TEST_F(SarifValidation, WhatIsWrong) {
  std::string Sarif = print(hostileReport(), printSarif);
  size_t At = Sarif.find("\"results\"");
  ASSERT_NE(At, std::string::npos);
  Sarif.replace(At, 9, "\"resluts\"");
  EXPECT_THAT(validate(Sarif).Output, HasSubstr(": error "));
}

} // namespace
