//===- FormatsValidation.cpp - What others say of the other formats -------===//
//
// Each format, of a hostile, a large and an empty report, against a schema or
// the program that reads it: Python's jsonschema, xmllint, GitHub's renderer of
// Markdown, LLVM's own reader of clang-tidy's YAML and what applies it, the
// published validator of reviewdog's format, a reader of JUnit's.
//
// The schemas in schemas/ are written for these tests, after the documents that
// each names: GitLab, SonarQube and Checkstyle publish none, and nothing that
// reads their reports is packaged.
//
//===----------------------------------------------------------------------===//

#include "report/validation/Validation.h"
#include "clang/Tooling/DiagnosticsYaml.h"

using namespace async_tidy;
using namespace llvm;
using testing::HasSubstr;
using testing::Not;

namespace {

const std::string Schemas =
    ASYNC_TIDY_SOURCE_DIR "/test/report/validation/schemas/";

std::vector<Report> reports() {
  return {hostileReport(), largeReport(500), sampleReport({})};
}

class FormatValidation : public Validation {
protected:
  Answer validateJson(StringRef Schema, StringRef Json, bool Lines = false) {
    const std::string File = write("report.json", Json);
    std::vector<StringRef> Command = {
        ASYNC_TIDY_PYTHON,
        ASYNC_TIDY_SOURCE_DIR "/test/report/validation/validate_json.py",
        Schema, File};
    if (Lines)
      Command.push_back("--lines");
    return ask(Command);
  }
  Answer validateXml(StringRef Schema, StringRef Xml) {
    return ask(
        {"xmllint", "--noout", "--schema", Schema, write("report.xml", Xml)});
  }

  using Printer = void (*)(const Report &, raw_ostream &);
  void expectValidJson(StringRef Schema, Printer Print, bool Lines = false) {
    for (const Report &R : reports()) {
      Answer Said = validateJson(Schema, print(R, Print), Lines);
      EXPECT_EQ(Said.Code, 0) << Said.Output;
    }
  }
  void expectValidXml(StringRef Schema, Printer Print) {
    for (const Report &R : reports()) {
      Answer Said = validateXml(Schema, print(R, Print));
      EXPECT_EQ(Said.Code, 0) << Said.Output;
    }
  }

  /// \p Text with the first \p What, which must be there, replaced.
  static std::string broken(std::string Text, StringRef What, StringRef By) {
    const size_t At = Text.find(What.str());
    EXPECT_NE(At, std::string::npos);
    return At == std::string::npos ? Text
                                   : Text.replace(At, What.size(), By.str());
  }
};

TEST_F(FormatValidation, Json) {
  const std::string Schema =
      ASYNC_TIDY_SOURCE_DIR "/docs/design/json.schema.json";
  expectValidJson(Schema, printJson);
  Answer Said = validateJson(Schema, broken(print(sampleReport({}), printJson),
                                            "\"level\": \"default\"",
                                            "\"level\": \"defualt\""));
  EXPECT_EQ(Said.Code, 1);
  EXPECT_THAT(Said.Output, HasSubstr("defualt"));
}

TEST_F(FormatValidation, GitLab) {
  const std::string Schema = Schemas + "gitlab.schema.json";
  expectValidJson(Schema, printGitLab);
  EXPECT_EQ(validateJson(Schema, broken(print(hostileReport(), printGitLab),
                                        "\"fingerprint\"", "\"id\""))
                .Code,
            1);
}

TEST_F(FormatValidation, Reviewdog) {
  const std::string Schema = Schemas + "rdjsonl.schema.json";
  expectValidJson(Schema, printReviewdog, /*Lines=*/true);
  EXPECT_EQ(validateJson(Schema,
                         broken(print(hostileReport(), printReviewdog),
                                "\"ERROR\"", "\"FATAL\""),
                         /*Lines=*/true)
                .Code,
            1);
}

/// The validator that is published for reviewdog's format.
TEST_F(FormatValidation, ReviewdogByItsValidator) {
  const auto Validate = [&](const std::string &Lines) {
    std::string Whole = "{\"diagnostics\":[";
    SmallVector<StringRef> All;
    StringRef(Lines).split(All, '\n', -1, /*KeepEmpty=*/false);
    Whole += join(All, ",") + "]}";
    return ask({"node", ASYNC_TIDY_RDFORMAT_VALIDATOR, "--strict",
                "--no-extra-fields", write("report.json", Whole)});
  };
  for (const Report &R : reports()) {
    Answer Said = Validate(print(R, printReviewdog));
    EXPECT_EQ(Said.Code, 0) << Said.Output;
  }
  const std::string Bad =
      broken(print(hostileReport(), printReviewdog), "\"severity\":\"ERROR\"",
             "\"severity\":\"FATAL\"");
  EXPECT_NE(Validate(Bad).Code, 0);
}

TEST_F(FormatValidation, SonarQube) {
  const std::string Schema = Schemas + "sonarqube.schema.json";
  expectValidJson(Schema, printSonarQube);
  EXPECT_EQ(validateJson(Schema, broken(print(hostileReport(), printSonarQube),
                                        "\"ruleId\"", "\"rule\""))
                .Code,
            1);
}

TEST_F(FormatValidation, Checkstyle) {
  const std::string Schema = Schemas + "checkstyle.xsd";
  expectValidXml(Schema, printCheckstyle);
  EXPECT_NE(validateXml(Schema, broken(print(hostileReport(), printCheckstyle),
                                       "severity=\"", "severity=\"very "))
                .Code,
            0);
}

TEST_F(FormatValidation, JUnit) {
  const std::string Schema = Schemas + "junit.xsd";
  expectValidXml(Schema, printJUnit);
  EXPECT_NE(validateXml(Schema, broken(print(hostileReport(), printJUnit),
                                       "failures=\"", "failures=\"many "))
                .Code,
            0);
}

/// A reader of such files, that Debian packages.
TEST_F(FormatValidation, JUnitByAReader) {
  for (const Report &R : reports()) {
    Answer Said =
        ask({ASYNC_TIDY_PYTHON,
             ASYNC_TIDY_SOURCE_DIR "/test/report/validation/read_junit.py",
             write("report.xml", print(R, printJUnit))});
    EXPECT_EQ(Said.Code, 0) << Said.Output;
    const auto [Told, Counted] = StringRef(Said.Output).trim().split('\n');
    EXPECT_EQ(Told.str(), Counted.str());
    EXPECT_TRUE(R.Findings.empty() || !Told.contains(" 0 0")) << Told.str();
  }
}

TEST_F(FormatValidation, TheGitHubSummaryIsOneOfNothingButOurMarkup) {
  const Report R = hostileReport();
  Answer Html =
      ask({"cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e",
           "strikethrough", write("summary.md", print(R, printGitHubSummary))});
  EXPECT_EQ(Html.Code, 0) << Html.Output;
  std::set<StringRef> Elements;
  for (StringRef Rest = Html.Output; Rest.contains('<');) {
    Rest = Rest.split('<').second;
    Elements.insert(Rest.take_while(
        [](char C) { return isAlnum(C) || C == '!' || C == '/'; }));
  }
  EXPECT_EQ(Elements,
            (std::set<StringRef>{"h2",    "/h2", "h3",     "/h3",     "p",
                                 "/p",    "ul",  "/ul",    "li",      "/li",
                                 "a",     "/a",  "strong", "/strong", "code",
                                 "/code", "br",  "table",  "/table",  "thead",
                                 "tr",    "td",  "tbody",  "/thead",  "/tr",
                                 "/td",   "th",  "/th",    "/tbody"}))
      << Html.Output;
  SmallVector<StringRef> Links;
  StringRef(Html.Output).split(Links, "href=\"");
  for (StringRef Link : ArrayRef(Links).drop_front())
    EXPECT_TRUE(Link.starts_with(homepage())) << Link.take_front(80).str();
  const auto Count = [&](StringRef What) {
    return StringRef(Html.Output).count(What);
  };
  EXPECT_EQ(Count("<li>"), shownCount(R) + R.NotAnalysed.size());
  EXPECT_EQ(Count("<tr>"), 1 + 2 + 1 + R.Metrics.size())
      << "two rules, and the metrics";
  EXPECT_FALSE(R.Metrics.empty());
  EXPECT_THAT(Html.Output, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
}

TEST_F(FormatValidation, TheGitHubSummaryOfManyFindingsIsNotRefused) {
  Report R = largeReport(3000);
  for (Finding &F : R.Findings)
    F.Message = std::string(100000, '*');
  EXPECT_LT(print(R, printGitHubSummary).size(), 1024u << 10);
}

//===----------------------------------------------------------------------===//

clang::tooling::TranslationUnitDiagnostics readFixes(StringRef Yaml) {
  clang::tooling::TranslationUnitDiagnostics Read;
  yaml::Input In(Yaml);
  In >> Read;
  EXPECT_FALSE(In.error()) << In.error().message();
  return Read;
}

TEST_F(FormatValidation, ClangTidyReadsTheExportedFixes) {
  for (const Report &R : reports()) {
    const auto Read = readFixes(print(R, printExportFixes));
    EXPECT_EQ(Read.Diagnostics.size(), shownCount(R) + R.NotAnalysed.size());
  }
  Report R = sampleReport({{"a.cpp", "/* 😀 */ wait();\nleaf();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 12}, "it \"waits\"\n")};
  R.Findings[0].because({{{"/project/a.cpp", 2, 1}, "here: # no comment"}});
  R.Findings[0].Weight = Severity::Error;
  const auto Read = readFixes(print(R, printExportFixes));
  ASSERT_EQ(Read.Diagnostics.size(), 1u);
  const clang::tooling::Diagnostic &D = Read.Diagnostics[0];
  EXPECT_EQ(D.DiagnosticName, "async-sample");
  EXPECT_EQ(D.Message.Message, "it \"waits\"\n");
  EXPECT_EQ(D.Message.FilePath, "/project/a.cpp");
  EXPECT_EQ(D.Message.FileOffset, 11u);
  EXPECT_EQ(D.DiagLevel, clang::tooling::Diagnostic::Error);
  ASSERT_EQ(D.Notes.size(), 1u);
  EXPECT_EQ(D.Notes[0].Message, "here: # no comment");
  EXPECT_EQ(D.Notes[0].FileOffset, 19u);
}

TEST_F(FormatValidation, ClangApplyReplacementsAppliesTheExportedFixes) {
  const std::string Source =
      write("a.cpp", "int x = wait(é);\nint y;\nint z = get();\n");
  Report R;
  R.Root = Folder.str().str();
  R.Rules = {&sampleRule()};
  R.Findings.assign(3, sampleFinding({Source, 1, 9}));
  R.Findings[0].Fixes = {{"await",
                          {{{Source, 1, 9}, {Source, 1, 14}, "co_await "},
                           {{Source, 1, 16}, {Source, 1, 17}, ""}}}};
  R.Findings[1].Where = {Source, 2, 1};
  R.Findings[1].Fixes = {
      {"remove it", {{{Source, 2, 1}, {Source, 3, 1}, ""}}, /*Safe=*/false}};
  R.Findings[2].Where = {Source, 3, 9};
  R.Findings[2].Fixes = {{"a place that is not there",
                          {{{Source, 3, 9}, {Source, 3, 9}, "*"},
                           {{Source, 3, 99}, {Source, 3, 99}, "*"}}}};
  write("fixes.yaml", print(R, printExportFixes));
  Answer Said = ask({"clang-apply-replacements-22", Folder});
  EXPECT_EQ(Said.Code, 0) << Said.Output;
  auto Text = MemoryBuffer::getFile(Source);
  ASSERT_TRUE(Text);
  EXPECT_EQ((*Text)->getBuffer(),
            "int x = co_await é;\nint y;\nint z = get();\n");
}

} // namespace
