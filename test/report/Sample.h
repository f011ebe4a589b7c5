//===- Sample.h - Reports written by hand ---------------------------------===//
//
// What the tests of the formats share: a rule that is only a value, files that
// are only in memory, and a report that is as hostile as source code can be.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_REPORT_SAMPLE_H
#define ASYNC_TIDY_TEST_REPORT_SAMPLE_H

#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <string>

namespace async_tidy {

/// A rule that finds nothing: findings of it are made by hand.
inline const Rule &sampleRule() {
  static constexpr Rule R{.Id = "async-sample",
                          .Group = "samples",
                          .Summary = "A rule that exists in tests only.",
                          .Since = "0.1"};
  return R;
}

inline const Rule &otherRule() {
  static constexpr Rule R{.Id = "async-other-sample",
                          .Group = "samples",
                          .Summary = "Another rule of tests.",
                          .Since = "0.1",
                          .Shown = Level::Hint};
  return R;
}

/// Source files as `name below the root -> text`.
using Sources = std::vector<std::pair<std::string, std::string>>;

inline Report sampleReport(const Sources &Files) {
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  for (const auto &[Name, Text] : Files)
    FS->addFile("/project/" + Name, 0,
                llvm::MemoryBuffer::getMemBufferCopy(Text));
  Report R;
  R.Rules = {&sampleRule()};
  R.Analysed = {"/project/a.cpp"};
  R.UnitsInDatabase = 1;
  R.Version = "0.1.0";
  R.Root = "/project";
  R.Sources = FS;
  return R;
}

inline Finding sampleFinding(Location Where, std::string Message = "message") {
  Finding F;
  F.From = &sampleRule();
  F.Where = std::move(Where);
  F.Message = std::move(Message);
  F.Function = "server::handle";
  F.Subject = "sleep_for";
  return F;
}

inline std::string print(const Report &R,
                         void (*Print)(const Report &, llvm::raw_ostream &),
                         bool Colours = false) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS.enable_colors(Colours);
  Print(R, OS);
  return Text;
}

/// Nothing in here may break a format, a terminal or a reader.
inline Report hostileReport() {
  const std::string Escape = "\x1b]0;owned\x07\x1b[2J";
  const std::string NotUTF8 = "caf\xe9 \xf0\x28\x8c\xbc \xc0\x80 \xed\xa0\x80";
  std::string LongLine(100000, 'x');
  LongLine += " sleep(1); " + std::string(100000, 'y');

  Report R = sampleReport({
      {"a.cpp", "int f() {\n\tauto 変数 = wait(); // 😀\n" + NotUTF8 +
                    " sleep();\n" + Escape + " sleep();\n" + LongLine},
      {"dir with space/100%#?&[b].cpp", "sleep();\r\nsleep();\r"},
      {"empty.cpp", ""},
  });
  R.Rules.push_back(&otherRule());

  auto Add = [&](Location Where, std::string Message) -> Finding & {
    R.Findings.push_back(sampleFinding(std::move(Where), std::move(Message)));
    return R.Findings.back();
  };
  Finding &Wide = Add({"/project/a.cpp", 2, 16}, "wide characters");
  Wide.Weight = Severity::Error;
  Wide.Steps = {{{"/project/a.cpp", 3, 22}, "step with " + NotUTF8},
                {{"/gone/b.cpp", 7, 3}, "in a file that is gone"},
                {{}, "nowhere at all"}};
  Wide.Fixes = {{"say `co_await`",
                 {{{"/project/a.cpp", 2, 16}, {"/project/a.cpp", 2, 20}, "x"},
                  {{"/project/a.cpp", 2, 5}, {"/project/a.cpp", 2, 5}, "\x80"},
                  {{"/gone/b.cpp", 1, 1}, {"/gone/b.cpp", 2, 1}, ""}}},
                {"remove it", {}, /*Safe=*/false}};
  Add({"/project/a.cpp", 4, 17}, "escapes " + Escape).Suppressed = true;
  Add({"/project/a.cpp", 5, 100002}, "long line, `handlers[i](1)` {0} {x}");
  Add({"/project/a.cpp", 5, 4000000}, "no such column");
  Add({"/project/a.cpp", 4000000, 1}, "no such line").From = &otherRule();
  Add({"/project/dir with space/100%#?&[b].cpp", 2, 1}, "a name for a URI");
  Add({"/project/empty.cpp", 1, 1}, "an empty file");
  Add({"/project/" + Escape + "\n" + NotUTF8 + ".cpp", 1, 1}, "a hostile name");
  Add({"/project/a\"b'c<&>]]>-->,:%0A::error::.cpp", 1, 1},
      "`<img src=x onerror=alert(1)>` ]]> --> | *a* [b](c) %0A ::error::x\n"
      "::warning::y \xe2\x80\xa8 @someone ${{ secrets }} & \"quoted\"");
  Add({"/project/</script><script>alert(1)</script>.cpp", 1, 1},
      "<!--<script>`</script>");
  Add({"/elsewhere/c.cpp", 1, 1}, "not below the root").Function.clear();
  Add({"/project/a.cpp", 0, 0}, "a whole file").Weight = Severity::Note;

  R.Findings[1].Justification = "because " + NotUTF8 + Escape;
  R.Findings[2].Baseline = BaselineState::Unchanged;
  R.Findings[3].Baseline = BaselineState::New;
  R.Baseline = BaselineUse{"/project/" + Escape,
                           1,
                           {{&otherRule(), std::string(32, 'a'), "f" + Escape,
                             NotUTF8, "/gone/" + NotUTF8}},
                           2};
  R.Change = ChangeUse{"--x" + Escape + NotUTF8, 3};
  R.Metrics = {{"cancellation", "tasks that can be cancelled", 1, 2, 3, 4},
               {"queue-bound", "queues with a bound"}};
  R.Failures = {"it fails: " + NotUTF8 + Escape};

  R.NotAnalysed = {
      {"/project/" + NotUTF8 + ".cpp", "killed by " + Escape},
      {"/project/b.cpp", "'x.h' file not found", {"/project/b.cpp", 3, 10}}};
  R.UnitsInDatabase = 40;
  R.Notes = {"a note with " + Escape};
  R.CommandLine = {"async-tidy", "--level=" + NotUTF8};
  R.Cost = Statistics{1.25, 2.5, 3 << 20, 4, 5};
  return R;
}

/// How many findings of \p R are open.
inline size_t shownCount(const Report &R) {
  return llvm::count_if(R.Findings,
                        [](const Finding &F) { return F.isOpen(); });
}

/// A project that was never looked at: findings of every rule in many files,
/// with paths, some of them suppressed, and some units not analysed.
inline Report largeReport(unsigned Findings) {
  constexpr unsigned PerFile = 20;
  std::string Text;
  for (unsigned I = 0; I != 2 * PerFile; ++I)
    Text += "  co_await session_" + std::to_string(I) + ".run(); // " +
            std::string(I % 9, '=') + "\n";
  Sources Files;
  for (unsigned I = 0; I <= Findings / PerFile; ++I)
    Files.push_back({"src/part_" + std::to_string(I % 23) + "/file_" +
                         std::to_string(I) + ".cpp",
                     Text});
  Report R = sampleReport(Files);
  R.Rules = allRules().vec();
  R.Analysed.clear();
  for (const auto &[Name, Unused] : Files)
    R.Analysed.push_back("/project/" + Name);
  for (unsigned I = 0; I != Findings; ++I) {
    const auto Place = [&](unsigned File, unsigned Line) {
      return Location{R.Analysed[File % R.Analysed.size()],
                      1 + Line % (2 * PerFile), 12};
    };
    Finding F = sampleFinding(
        Place(I / PerFile, 2 * I),
        "coroutine `net::session::run` may block its thread in `lookup`");
    F.From = R.Rules[I % R.Rules.size()];
    F.Function = "net::session_" + std::to_string(I / 3) + "::run";
    F.Shown = F.From->Shown;
    F.Weight = static_cast<Severity>(I % 3);
    F.Suppressed = I % 17 == 0;
    for (unsigned S = 0; S != I % 6; ++S)
      F.Steps.push_back({Place(I / PerFile + S, I * 3 + S),
                         "`net::level_" + std::to_string(S) +
                             "` calls `net::level_" + std::to_string(S + 1) +
                             "`"});
    R.Findings.push_back(std::move(F));
  }
  for (unsigned I = 0; I != 40; ++I)
    R.NotAnalysed.push_back(
        {"/project/src/broken_" + std::to_string(I) + ".cpp",
         "'generated.h' file not found"});
  R.UnitsInDatabase = R.Analysed.size() + R.NotAnalysed.size();
  return R;
}

} // namespace async_tidy

#endif // ASYNC_TIDY_TEST_REPORT_SAMPLE_H
