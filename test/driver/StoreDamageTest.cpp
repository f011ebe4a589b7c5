//===- StoreDamageTest.cpp - A store never does harm ----------------------===//

#include "driver/Sqlite.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

constexpr char Tool[] = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";
constexpr char Nothing[] = "no unit was parsed";

std::string contents(const std::string &File) {
  std::ifstream In(File, std::ios::binary);
  return {std::istreambuf_iterator<char>(In), {}};
}

/// A project, its findings, and a store of its own.
class Damage : public testing::Test {
protected:
  Damage() {
    P.write("nap.h", "#pragma once\n"
                     "#include \"task.h\"\n"
                     "inline void nap() { sleep(1); }\n");
    for (const char *Unit : {"a", "b", "c"})
      P.addUnit(std::string(Unit) + ".cpp", "#include \"nap.h\"\ntask " +
                                                std::string(Unit) +
                                                "() { nap(); co_return; }\n");
    Clean = P.tidy({"--no-store"});
    EXPECT_EQ(Clean.ExitCode, 1) << Clean.Output << Clean.Errors;
  }
  /// Changes a header so that each unit must be parsed and finds the same.
  void edit(int Number) const {
    P.write("nap.h", "#pragma once // " + std::to_string(Number) +
                         "\n"
                         "#include \"task.h\"\n"
                         "inline void nap() { sleep(1); }\n");
  }
  Finished tidy() const {
    return P.tidy({"--store=" + Store, "--explain-rebuild"});
  }
  /// Runs, and expects the findings of a run without a store; gives what was
  /// said besides.
  std::string said() const {
    const Finished Run = tidy();
    EXPECT_EQ(Run.Output, Clean.Output) << Run.Errors;
    EXPECT_EQ(Run.ExitCode, 1);
    return Run.Errors;
  }

  Project P;
  std::string Store = P.path() + "/store.sqlite";
  Finished Clean;
};

TEST_F(Damage, AForeignFileIsMovedAndNotChanged) {
  const std::string Text = "This is somebody's thesis.\n";
  P.write("store.sqlite", Text);
  EXPECT_THAT(said(), HasSubstr("store.sqlite is no store of async-tidy's: it "
                                "is now"));
  EXPECT_EQ(contents(Store + ".set-aside"), Text);
  EXPECT_THAT(said(), HasSubstr(Nothing)) << "a new one is in its place";

  fs::remove(Store);
  {
    sqlite::Database Theirs(Store);
    ASSERT_EQ(Theirs.run("CREATE TABLE recipe (name TEXT); INSERT INTO recipe "
                         "VALUES ('soup')"),
              sqlite::Outcome::Done);
  }
  const std::string Before = contents(Store);
  EXPECT_THAT(said(), HasSubstr("is no store of async-tidy's"));
  EXPECT_EQ(contents(Store + ".set-aside-2"), Before);
  EXPECT_EQ(contents(Store + ".set-aside"), Text) << "nothing is replaced";
}

TEST_F(Damage, AnEmptyFileIsAStoreThatSomebodyIsAboutToMake) {
  P.write("store.sqlite", "");
  EXPECT_THAT(said(), Not(HasSubstr("note: the store ")));
  EXPECT_FALSE(fs::exists(Store + ".set-aside"));
  EXPECT_THAT(said(), HasSubstr(Nothing));
}

TEST_F(Damage, AFileThatIsCutOrOverwrittenIsReplaced) {
  said();
  const std::string Whole = contents(Store);
  const auto Replace = [&](std::string Bytes) {
    for (const char *Side : {"-wal", "-shm"})
      fs::remove(Store + Side);
    std::ofstream(Store, std::ios::binary) << Bytes;
    said();
    fs::remove(Store);
  };
  for (size_t Size : {size_t(1), size_t(99), size_t(4096), Whole.size() / 2})
    Replace(Whole.substr(0, Size));
  std::mt19937 Random(1);
  for (int I = 0; I < 6; ++I) { // pages of nonsense, but for the first one
    std::string Bytes = Whole;
    for (size_t At = 4096 + 4096 * (Random() % 8);
         At < Bytes.size() && At < 100000; ++At)
      Bytes[At] = char(Random());
    Replace(Bytes);
  }
}

TEST_F(Damage, NoChangedByteChangesTheAnswer) {
  said();
  const std::string Whole = contents(Store);
  std::mt19937 Random(2);
  // Where facts, digests and paths are, all of one kind.
  for (int I = 0; I < 40; ++I) {
    std::string Bytes = Whole;
    for (int N = 0; N < 20; ++N)
      Bytes[100 + Random() % (Bytes.size() - 100)] ^= char(1 + Random() % 255);
    for (const char *Side : {"-wal", "-shm"})
      fs::remove(Store + Side);
    std::ofstream(Store, std::ios::binary) << Bytes;
    said();
  }
}

TEST_F(Damage, AStoreOfAnotherLayoutIsMadeAnew) {
  said();
  {
    sqlite::Database DB(Store);
    DB.run("PRAGMA user_version = 99");
  }
  EXPECT_THAT(said(), HasSubstr("is of another version of async-tidy"));
  EXPECT_THAT(said(), HasSubstr(Nothing));
}

TEST_F(Damage, AnotherBuildOfTheProgramParsesAgain) {
  said();
  // The same program with another build id.
  std::string Program = contents(Tool);
  const size_t Note = Program.find(std::string("\3\0\0\0GNU\0", 8));
  ASSERT_NE(Note, std::string::npos) << "it is linked without a build id";
  Program[Note + 8] ^= 1;
  const std::string Other = P.write("async-tidy", Program);
  fs::permissions(Other, fs::perms::owner_all);
  const Finished Run =
      run({Other, "--store=" + Store, "--explain-rebuild"}, P.path());
  EXPECT_EQ(Run.Output, Clean.Output);
  EXPECT_THAT(Run.Errors, HasSubstr("a.cpp was parsed: another version of "
                                    "async-tidy parsed it"));
}

TEST_F(Damage, WhatCannotBeUsedIsToldAndTheRunGoesOn) {
  for (const std::string &Place :
       {std::string("/dev/null/store"), P.path(), std::string("/dev/full")}) {
    const Finished Run = P.tidy({"--store=" + Place});
    EXPECT_EQ(Run.Output, Clean.Output);
    EXPECT_EQ(Run.ExitCode, 1);
    EXPECT_THAT(Run.Errors, HasSubstr("the run goes on without it"));
  }
}

TEST_F(Damage, AFullDiskIsToldAndTheRunGoesOn) {
  // As far as a program can tell, a limit on files is one.
  const Finished Run =
      run({"/bin/sh", "-c",
           "trap '' XFSZ; ulimit -f 40; exec " + std::string(Tool) +
               " --color=never --store=" + Store},
          P.path());
  EXPECT_EQ(Run.Output, Clean.Output);
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Errors, HasSubstr("the run goes on without it"));
  said();
}

TEST_F(Damage, RunsAtOnceDoNotDisturbEachOther) {
  for (int Round = 0; Round < 3; ++Round) {
    edit(Round);
    std::vector<Finished> Runs(4);
    std::vector<std::thread> Threads;
    for (Finished &Run : Runs)
      Threads.emplace_back([&] { Run = tidy(); });
    for (std::thread &T : Threads)
      T.join();
    for (const Finished &Run : Runs) {
      EXPECT_EQ(Run.Output, Clean.Output);
      EXPECT_THAT(Run.Errors, Not(HasSubstr("note: the store "))) << Run.Errors;
    }
  }
  EXPECT_THAT(said(), HasSubstr(Nothing));
}

TEST_F(Damage, AKillAtAnyMomentIsSurvived) {
  std::mt19937 Random(3);
  for (int I = 0; I < 30; ++I) {
    // Something to do in each run.
    edit(I);
    const std::string Seconds = std::to_string(Random() % 600 / 1000.0);
    run({"/bin/sh", "-c",
         std::string(Tool) + " -j2 --store=" + Store +
             " >/dev/null 2>&1 & A=$!; sleep " + Seconds +
             "; kill -9 $A 2>/dev/null; wait $A"},
        P.path());
    if (I % 5 == 4) {
      EXPECT_THAT(said(), Not(HasSubstr("note: the store ")))
          << "nor is it damaged";
      EXPECT_THAT(said(), HasSubstr(Nothing));
    }
  }
}

} // namespace
