//===- HtmlValidation.cpp - The report for a browser, in a browser --------===//
//
// Chromium opens the reports; html/check_report.py clicks, types and looks.
//
//===----------------------------------------------------------------------===//

#include "report/validation/Validation.h"

using namespace async_tidy;
using namespace llvm;

namespace {

class HtmlValidation : public Validation {
protected:
  void check(StringRef Scenario, const Report &R) {
    Answer Said =
        ask({ASYNC_TIDY_PYTHON,
             ASYNC_TIDY_SOURCE_DIR "/test/report/html/check_report.py",
             Scenario, write("report.html", print(R, printHtml))});
    EXPECT_EQ(Said.Code, 0) << Said.Output;
  }
};

TEST_F(HtmlValidation, IsReadWithMouseAndKeys) {
  Report R = sampleReport({
      {"net.cpp", "task serve() {\n  co_await connect(lookup());\n}\n"
                  "task client() {\n  lookup();\n}\n"},
      {"dns.cpp", "int lookup() {\n  return ::getaddrinfo(host);\n}\n"},
  });
  R.Rules = {&sampleRule(), &otherRule()};
  const auto Add = [&](Location Where, std::string Message,
                       std::string Function) -> Finding & {
    R.Findings.push_back(sampleFinding(std::move(Where), std::move(Message)));
    R.Findings.back().Function = std::move(Function);
    return R.Findings.back();
  };
  Finding &Serve =
      Add({"/project/net.cpp", 2, 12}, "`serve` may block", "serve");
  Serve.Weight = Severity::Error;
  Serve.because({{{"/project/net.cpp", 2, 20}, "`serve` calls `lookup`"},
                 {{"/project/dns.cpp", 2, 10},
                  "`lookup` calls `getaddrinfo`, which waits"}});
  Add({"/project/net.cpp", 5, 3}, "`client` may block", "client")
      .because({{{"/project/net.cpp", 5, 3}, "`client` calls `lookup`"},
                {{"/project/dns.cpp", 2, 10},
                 "`lookup` calls `getaddrinfo`, which waits"}});
  Add({"/project/net.cpp", 1, 1}, "a rule of its own", "x").From = &otherRule();
  Add({"/project/dns.cpp", 1, 5}, "it may sleep", "y");
  Add({"/project/dns.cpp", 3, 1}, "nobody is told", "z").Suppressed = true;
  check("walk", R);
}

TEST_F(HtmlValidation, TellsWhatHasChanged) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}, "was there"),
                sampleFinding({"/project/a.cpp", 2, 1}, "goes")};
  R.Findings[1].Subject = "another";
  Expected<PreviousRun> Before = readPrevious(print(R, printJson));
  ASSERT_TRUE(bool(Before));
  R.Previous = *Before;
  R.Findings[1].Subject = "a third";
  check("trend", R);
}

TEST_F(HtmlValidation, NothingFromOutsideRuns) {
  Report R = hostileReport();
  // Also in source text that is shown.
  R.Findings.insert(R.Findings.begin(),
                    sampleFinding({"/project/x.cpp", 1, 1}, "in the source"));
  auto FS = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  FS->addFile("/project/x.cpp", 0,
              MemoryBuffer::getMemBufferCopy(
                  "</script><img src=x onerror=alert(1)><!--<script> \xe2\x80"
                  "\xa8 \xe2\x80\xae ]]> ${alert(1)} `alert(1)`\n"));
  R.Sources = FS;
  check("hostile", R);
}

TEST_F(HtmlValidation, TenThousandFindingsStayUsable) {
  check("large", largeReport(10000));
}

} // namespace
