//===- ArgumentsTest.cpp - Odd arguments and odd names --------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

TEST(Arguments, WhatMeansNothingIsToldAndNotPassedOver) {
  Project P;
  P.addHazard("a.cpp");
  const std::vector<std::pair<std::vector<std::string>, std::string>> Calls = {
      {{"rules", "--", "-std=c++20"}, "`rules` takes no flags"},
      {{"explain", "async-busy-wait", "--", "x"}, "`explain` takes no flags"},
      {{"self-test", "--fix"}, "--fix means nothing to `self-test`"},
      {{"self-test", "--fail-on=never"}, "--fail-on=never means nothing"},
      {{"link", "a.facts", "--", "c++"}, "`link` takes no flags"},
      {{"link", "--only=", "a.facts"}, "--only needs a file or folder"},
      {{"link", "@"}, "@ is followed by no name"},
      {{"--models="}, "--models needs a file"},
      {{"--config-file", ""}, "--config-file needs a file"},
      {{"--previous="}, "--previous needs a file"},
      {{"--output=json:x", "--output=sarif:./x"}, "another report goes to ./x"},
      {{"extract", "-o", "x", "--directory=gone", "--", "c++", "a.cpp"},
       "--directory=gone: there is no such folder"},
      {{"extract", "-o", "x", "--", "c++", "-c", "gone.cpp"},
       "gone.cpp: no such file"},
      // A device has no end and is no baseline.
      {{"--write-baseline=/dev/full"}, "/dev/full: No space left"},
  };
  for (const auto &[Words, Said] : Calls) {
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2) << Said;
    EXPECT_THAT(Run.Errors, HasSubstr(Said));
  }
}

TEST(Arguments, NamesDoNotReachTheTerminalAsTheyAre) {
  const std::string Escape = "\033[31m", Picture = "\u241b[31m";
  Project P;
  P.addUnit("a" + Escape + ".cpp", "int x = no_such_name;\n");
  for (const std::vector<std::string> &Words :
       std::vector<std::vector<std::string>>{
           {"--output=json:out.json"},
           {"--explain-rebuild", "--store=own.sqlite"},
           {"why", "f"},
           {"extract", "-o", "x.facts", "--", "c++", "-c",
            "a" + Escape + ".cpp"},
           {"gone" + Escape + ".cpp"}})
    EXPECT_THAT(P.tidy(Words).Errors,
                AllOf(HasSubstr(Picture), Not(HasSubstr(Escape))))
        << Words.front();
}

} // namespace
