//===- StyleTest.cpp - How files look -------------------------------------===//

#include "conventions/Repository.h"
#include "support/FrontEnd.h"
#include "gtest/gtest.h"
#include <regex>

namespace async_tidy::test {
namespace {

/// Code that is looked at by tests, or that stands for a user's.
bool isSpecimen(const SourceFile &File) {
  return File.folder(1) == "projects" || File.name().starts_with("async-") ||
         File.folder(2).starts_with("async-") ||
         (File.folder(0) == "test" && islower(File.name()[0]));
}

TEST(Style, EveryFileSaysWhatItIs) {
  for (const SourceFile &File : ourCode()) {
    if (isSpecimen(File) && File.folder(0) == "test")
      continue;
    ASSERT_FALSE(File.Lines.empty()) << File.Path;
    EXPECT_TRUE(File.Lines[0].starts_with("//===- " + File.name() + " -"))
        << File.Path << ": begins with " << File.Lines[0];
    EXPECT_TRUE(File.Lines[0].ends_with("===//") && File.Lines[0].size() == 80)
        << File.Path << ": the banner is " << File.Lines[0].size() << " wide";
  }
}

TEST(Style, FilesAreSmall) {
  for (const SourceFile &File : ourCode())
    if (!isSpecimen(File))
      EXPECT_LE(File.Lines.size(), 400u) << File.Path;
}

TEST(Style, CodeIsFormatted) {
  std::vector<std::string> Command = {"clang-format-22", "--dry-run",
                                      "-Werror"};
  for (const SourceFile &File : ourCode())
    Command.push_back(File.Path);
  ASSERT_GT(Command.size(), 3u);
  const Finished Done = run(Command, ASYNC_TIDY_SOURCE_DIR);
  EXPECT_EQ(Done.ExitCode, 0) << Done.Errors;
}

TEST(Style, NoPathOfSomebodysMachine) {
  static const std::regex Path(R"((^|[\s"'=:(`])/(home|root|work|Users)/)");
  for (const char *Folder :
       {"src", "checks", "integrations", "test", "docs", "cmake"})
    for (const SourceFile &File :
         filesOf(Folder, {".cpp", ".h", ".md", ".yaml", ".txt", ".cmake", ".py",
                          ".json", ".sh"}))
      for (unsigned I = 0; I < File.Lines.size(); ++I)
        EXPECT_FALSE(std::regex_search(File.Lines[I], Path))
            << File.Path << ":" << I + 1 << ": " << File.Lines[I];
}

} // namespace
} // namespace async_tidy::test
