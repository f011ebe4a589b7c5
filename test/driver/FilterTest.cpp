//===- FilterTest.cpp - Which files are the user's to mend ----------------===//

#include "driver/Filter.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

Verdict judge(const Filter &F, const char *File) {
  FileConfig All;
  All.HeaderFilter = ".*";
  return F.judge(File, /*IsMainFile=*/false, All);
}

TEST(Filter, GeneratedAndVendoredNames) {
  for (const char *Path :
       {"build/x.cpp", "build-debug/x.cpp", "cmake-build-debug/x.cpp",
        "a/third_party/x/y.h", "vendor/x.h", "external/x.h", "_deps/x-src/x.h",
        "node_modules/x.h", "src/moc_x.cpp", "app_autogen/x.cpp", "x.pb.h",
        "x.pb.cc", "ui_x.h"})
    EXPECT_TRUE(isGeneratedOrVendored(Path)) << Path;
  for (const char *Path :
       {"src/x.cpp", "builder/x.cpp", "building/x.h", "src/build.cpp",
        "vendors/x.h", "external.cpp", "pb.h", "src/mocha.cpp", "gui_x.h"})
    EXPECT_FALSE(isGeneratedOrVendored(Path)) << Path;
}

TEST(Filter, FoldersAreNotPrefixes) {
  EXPECT_TRUE(isBelow("/a/b/c", "/a/b"));
  EXPECT_TRUE(isBelow("/a/b", "/a/b"));
  EXPECT_TRUE(isBelow("/a/b", "/"));
  EXPECT_FALSE(isBelow("/a/bc", "/a/b"));
  EXPECT_FALSE(isBelow("/a", "/a/b"));
}

TEST(Filter, AProjectThatLivesInAFolderCalledBuild) {
  const Filter F({}, "/", "/elsewhere/me/build/app/build/release/demo", false);
  EXPECT_EQ(judge(F, "/elsewhere/me/build/app/src/a.cpp"), Verdict::Show);
  EXPECT_EQ(judge(F, "/elsewhere/me/build/app/build/release/gen/a.cpp"),
            Verdict::NotOurs);
  EXPECT_EQ(judge(F, "/elsewhere/me/build/app/third_party/a.h"),
            Verdict::NotOurs);
}

TEST(Filter, ADatabaseInTheProjectsOwnFolder) {
  const Filter F({}, "/elsewhere/me/build/app/src", "/elsewhere/me/build/app",
                 false);
  EXPECT_EQ(judge(F, "/elsewhere/me/build/app/src/a.cpp"), Verdict::Show);
  EXPECT_EQ(judge(F, "/elsewhere/me/build/app/src/vendor/a.h"),
            Verdict::NotOurs);
}

TEST(Filter, WhoNamesAFileOrFolderWantsToSeeIt) {
  const Filter F({"/p/third_party/x", "/p/build/gen.cpp"}, "/p", "/p", false);
  EXPECT_EQ(judge(F, "/p/third_party/x/a.cpp"), Verdict::Show);
  EXPECT_EQ(judge(F, "/p/build/gen.cpp"), Verdict::Show);
  EXPECT_EQ(judge(F, "/p/src/a.h"), Verdict::HeaderOutOfScope);
  EXPECT_EQ(F.judge("/p/src/a.cpp", /*IsMainFile=*/true, FileConfig()),
            Verdict::OutOfScope);
}

TEST(Filter, WhoAsksForHeadersSeesThoseThatAreNotNamed) {
  const Filter F({"/p/a.cpp"}, "/p", "/p", false, /*AskedForHeaders=*/true);
  EXPECT_EQ(judge(F, "/p/a.h"), Verdict::Show);
  FileConfig Some;
  Some.HeaderFilter = "b";
  EXPECT_EQ(F.judge("/p/a.h", false, Some), Verdict::Header);
  EXPECT_EQ(F.judge("/p/b.cpp", true, Some), Verdict::OutOfScope);
}

TEST(Filter, MainFilesPassTheHeaderFilter) {
  const Filter F({}, "/p", "/p", false);
  FileConfig None;
  EXPECT_EQ(F.judge("/p/a.cpp", true, None), Verdict::Show);
  EXPECT_EQ(F.judge("/p/a.h", false, None), Verdict::Header);
}

TEST(Filter, TheFolderOfAllJobs) {
  const auto Common = [](std::vector<std::string> Files) {
    std::vector<CompileJob> Jobs;
    for (std::string &File : Files)
      Jobs.push_back({File, "/", {}});
    return commonFolder(Jobs);
  };
  EXPECT_EQ(Common({}), "");
  EXPECT_EQ(Common({"/p/src/a.cpp"}), "/p/src");
  EXPECT_EQ(Common({"/p/src/a.cpp", "/p/srcs/b.cpp"}), "/p");
  EXPECT_EQ(Common({"/p/a.cpp", "/q/b.cpp"}), "/");
}

} // namespace
