//===- Validation.cpp - What others say of our reports --------------------===//
//
// Writes the most hostile report there is, and every rule's description, and
// asks programs that are not ours: Microsoft's SARIF validator with GitHub's
// rules, and a JSON Schema validator. CMakeLists.txt installs them first.
//
//===----------------------------------------------------------------------===//

#include "report/Sample.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy;
using namespace llvm;
using testing::HasSubstr;

namespace {

/// A folder that goes with the test.
class Validation : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("async-tidy-report", Folder));
  }
  void TearDown() override { sys::fs::remove_directories(Folder); }

  std::string write(StringRef Name, StringRef Text) {
    std::string Path = (Folder + "/" + Name).str();
    std::error_code Error;
    raw_fd_ostream OS(Path, Error);
    OS << Text;
    EXPECT_FALSE(Error) << Error.message();
    return Path;
  }

  struct Answer {
    int Code;
    std::string Output;
  };
  Answer ask(ArrayRef<StringRef> Command) {
    std::string Output = (Folder + "/output").str(), Error;
    std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Output),
                                            StringRef(Output)};
    int Code = sys::ExecuteAndWait(Command[0], Command, std::nullopt, Redirects,
                                   /*SecondsToWait=*/120, 0, &Error);
    EXPECT_TRUE(Error.empty()) << Command[0].str() << ": " << Error;
    auto Text = MemoryBuffer::getFile(Output);
    return {Code, Text ? (*Text)->getBuffer().str() : ""};
  }

  Answer validateSarif(StringRef Sarif) {
    return ask({ASYNC_TIDY_SARIF_MULTITOOL, "validate",
                write("report.sarif", Sarif), "--rule-kind", "Sarif;Ghas",
                "--level", "Error;Warning;Note"});
  }
  Answer validateJson(StringRef Json) {
    return ask({ASYNC_TIDY_PYTHON, "-m", "jsonschema", "-i",
                write("report.json", Json),
                ASYNC_TIDY_SOURCE_DIR "/docs/design/json.schema.json"});
  }

  SmallString<128> Folder;
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

TEST_F(Validation, SarifOfAHostileReport) {
  expectNoComplaint(validateSarif(print(hostileReport(), printSarif)).Output);
}

TEST_F(Validation, SarifOfACleanReportWithAllRules) {
  Report R = sampleReport({});
  R.Rules = allRules().vec();
  expectNoComplaint(validateSarif(print(R, printSarif)).Output);
}

TEST_F(Validation, SarifOfThousandsOfFindings) {
  const std::string Sarif = print(largeReport(5000), printSarif);
  // The validator passes over larger ones unless it is told not to.
  EXPECT_LT(Sarif.size(), 10000u << 10);
  expectNoComplaint(validateSarif(Sarif).Output);
}

TEST_F(Validation, SarifThatIsCut) {
  Report R = largeReport(2);
  R.Findings[1].Steps.resize(1500, R.Findings[1].Steps[0]);
  expectNoComplaint(validateSarif(print(R, printSarif)).Output);
}

TEST_F(Validation, SarifThatIsWrong) {
  std::string Sarif = print(hostileReport(), printSarif);
  size_t At = Sarif.find("\"results\"");
  ASSERT_NE(At, std::string::npos);
  Sarif.replace(At, 9, "\"resluts\"");
  EXPECT_THAT(validateSarif(Sarif).Output, HasSubstr(": error "));
}

TEST_F(Validation, Json) {
  for (const Report &R : {hostileReport(), sampleReport({})}) {
    Answer Said = validateJson(print(R, printJson));
    EXPECT_EQ(Said.Code, 0) << Said.Output;
  }
}

TEST_F(Validation, JsonThatIsWrong) {
  std::string Json = print(sampleReport({}), printJson);
  size_t At = Json.find("\"level\": \"default\"");
  ASSERT_NE(At, std::string::npos);
  Json.replace(At, 18, "\"level\": \"defualt\"");
  Answer Said = validateJson(Json);
  EXPECT_EQ(Said.Code, 1);
  EXPECT_THAT(Said.Output, HasSubstr("defualt"));
}

} // namespace
