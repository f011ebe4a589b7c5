//===- FixTest.cpp - Fixes arrive in files once ---------------------------===//

#include "driver/ApplyFixes.h"
#include "support/FrontEnd.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy;
using namespace async_tidy::test;

namespace {

std::string contents(const std::string &File) {
  auto Text = llvm::MemoryBuffer::getFile(File);
  return Text ? (*Text)->getBuffer().str() : "(no file)";
}

/// A finding that replaces columns \p Begin to \p End of line \p Line.
Finding replacing(const std::string &File, unsigned Line, unsigned Begin,
                  unsigned End, const std::string &By, bool Safe = true) {
  Finding F;
  F.Fixes = {{"", {{{File, Line, Begin}, {File, Line, End}, By}}, Safe}};
  return F;
}

FixPlan apply(llvm::ArrayRef<Finding> Findings, bool Unsafe = false) {
  FixPlan Plan = planFixes(Findings, Unsafe);
  writeFixes(Plan);
  return Plan;
}

unsigned applied(llvm::ArrayRef<Finding> Findings, bool Unsafe = false) {
  const FixPlan Plan = apply(Findings, Unsafe);
  for (const std::string &Why : Plan.Failures)
    ADD_FAILURE() << Why;
  return Plan.Fixed.size();
}

TEST(Fix, EditsAreMadeWhereTheySay) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "one\ntwo three\n");
  EXPECT_EQ(applied({replacing(File, 2, 5, 10, "3"),
                     replacing(File, 1, 1, 1, "zero ")}),
            2u);
  EXPECT_EQ(contents(File), "zero one\ntwo 3\n");
}

TEST(Fix, TheSameChangeInASharedHeaderIsMadeOnce) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.h", "wait();\n");
  const Finding F = replacing(File, 1, 1, 1, "co_await ");
  EXPECT_EQ(applied({F, F, F}), 3u);
  EXPECT_EQ(contents(File), "co_await wait();\n");
}

TEST(Fix, OfTwoThatOverlapTheFirstIsMadeWhole) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "abcdef\n");
  const std::string Other = Folder.write("b.cpp", "xyz\n");
  Finding Second = replacing(File, 1, 3, 5, "__");
  Second.Fixes[0].Edits.push_back({{Other, 1, 1}, {Other, 1, 2}, "!"});
  auto Result = apply({replacing(File, 1, 2, 4, "--"), Second});
  EXPECT_EQ(Result.Fixed.size(), 1u);
  EXPECT_EQ(Result.Overlapping, 1u);
  EXPECT_EQ(contents(File), "a--def\n");
  EXPECT_EQ(contents(Other), "xyz\n") << "no half of a fix";
  EXPECT_EQ(Result.Files.at(File).Before, "abcdef\n");
}

TEST(Fix, UnsafeAndSuppressedOnesAreLeftAlone) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "abc\n");
  Finding Suppressed = replacing(File, 1, 1, 2, "X");
  Suppressed.Suppressed = true;
  EXPECT_EQ(
      applied({replacing(File, 1, 2, 3, "Y", /*Safe=*/false), Suppressed}), 0u);
  EXPECT_EQ(contents(File), "abc\n");
}

TEST(Fix, AnUnsafeOneIsMadeForWhoAsksForIt) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "abc\n");
  Finding Both = replacing(File, 1, 2, 3, "Y", /*Safe=*/false);
  const Finding Safe = replacing(File, 1, 1, 2, "X");
  Both.Fixes.push_back(Safe.Fixes[0]);
  EXPECT_EQ(applied({Both}, /*Unsafe=*/true), 1u);
  EXPECT_EQ(contents(File), "aYc\n") << "the first is the one to take";
  EXPECT_EQ(applied({Both}), 1u);
  EXPECT_EQ(contents(File), "XYc\n");
}

TEST(Fix, APlaceThatTheFileDoesNotHaveIsNotTouched) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "abc\n");
  EXPECT_EQ(
      applied({replacing(File, 9, 1, 2, "X"), replacing(File, 1, 90, 91, "X"),
               replacing(File, 0, 0, 0, "X")}),
      0u);
  EXPECT_EQ(contents(File), "abc\n");
}

TEST(Fix, ModesAndLinksSurvive) {
  namespace fs = std::filesystem;
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "abc\n");
  const std::string Link = Folder.path() + "/link.cpp";
  fs::create_symlink(File, Link);
  fs::permissions(File, fs::perms::owner_all | fs::perms::group_read);
  EXPECT_EQ(applied({replacing(Link, 1, 1, 2, "X")}), 1u);
  EXPECT_TRUE(fs::is_symlink(Link));
  EXPECT_EQ(contents(File), "Xbc\n");
  EXPECT_EQ(fs::status(File).permissions(),
            fs::perms::owner_all | fs::perms::group_read);
  EXPECT_EQ(std::distance(fs::directory_iterator(Folder.path()), {}), 2)
      << "nothing is left behind";
}

TEST(Fix, AFileThatIsGoneIsAnError) {
  TemporaryFolder Folder;
  const std::string File = Folder.write("a.cpp", "abc\n");
  const Finding Gone = replacing("/no/such/file.cpp", 1, 1, 2, "X");
  auto Result = apply({Gone, Gone, replacing(File, 1, 1, 2, "X")});
  ASSERT_EQ(Result.Failures.size(), 1u);
  EXPECT_NE(Result.Failures[0].find("/no/such/file.cpp"), std::string::npos);
  EXPECT_EQ(Result.Fixed.size(), 1u);
  EXPECT_EQ(contents(File), "Xbc\n") << "the others are changed";
}

TEST(Fix, WhatWouldLoseACommentIsNotOffered) {
  TemporaryFolder Folder;
  const std::string File =
      Folder.write("a.cpp", "wait(/* here */ x);\nwait(x); // there\n");
  std::vector<Finding> Found = {replacing(File, 1, 1, 17, "co_await "),
                                replacing(File, 2, 1, 6, "co_await ")};
  dropLossyFixes(Found);
  EXPECT_TRUE(Found[0].Fixes.empty());
  EXPECT_EQ(Found[1].Fixes.size(), 1u);
}

} // namespace
