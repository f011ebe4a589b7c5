//===- ReadingsTest.cpp - One header, read by units that differ -----------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr char Rule[] = "[async-blocking-call]";

void writeHeader(Project &P) {
  P.write("hc.h", "#include \"task.h\"\n"
                  "inline task rest() {\n"
                  "#ifdef BLOCK\n"
                  "  sleep(1);\n"
                  "#endif\n"
                  "  co_return;\n"
                  "}\n");
}

TEST(Readings, AFindingOfOneConfigurationIsReportedWhicheverComesFirst) {
  for (const char *Blocks : {"a.cpp", "b.cpp"}) {
    Project P;
    writeHeader(P);
    for (const char *Name : {"a.cpp", "b.cpp"})
      P.addUnit(Name, "#include \"hc.h\"\n",
                Name == std::string(Blocks)
                    ? std::vector<std::string>{"-DBLOCK"}
                    : std::vector<std::string>());
    const Finished Run = P.tidy({});
    EXPECT_EQ(Run.ExitCode, 1) << Blocks << Run.Output;
    EXPECT_EQ(count(Run.Output, Rule), 1u) << Blocks;
  }
}

TEST(Readings, OnePlaceIsReportedOnceHoweverItIsRead) {
  Project P;
  P.write("w.h", "#include \"task.h\"\n"
                 "#ifdef LONG\n"
                 "#define WAIT usleep\n"
                 "#else\n"
                 "#define WAIT sleep\n"
                 "#endif\n"
                 "inline task rest() { WAIT(1); co_return; }\n");
  P.addUnit("a.cpp", "#include \"w.h\"\n");
  P.addUnit("b.cpp", "#include \"w.h\"\n", {"-DLONG"});
  EXPECT_EQ(count(P.tidy({}).Output, Rule), 1u);
}

TEST(Readings, AUnitWithErrorsDoesNotSpeakForTheOthers) {
  Project P;
  P.write("h.h", "#include \"task.h\"\n"
                 "#ifdef BROKEN\n"
                 "#define NAP no_such_function\n"
                 "#else\n"
                 "#define NAP sleep\n"
                 "#endif\n"
                 "inline task rest() { NAP(1); co_return; }\n");
  P.addUnit("a.cpp", "#include \"h.h\"\n", {"-DBROKEN"});
  P.addUnit("b.cpp", "#include \"h.h\"\n");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("h.h:7:22: warning"));
  EXPECT_THAT(Run.Output, HasSubstr("analysed in part: "));
}

TEST(Readings, AnOverriderOfAHeaderIsFoundWhereverItsUnitsDiffer) {
  Project P;
  P.write("i.h", "struct I { virtual void go() = 0; };\n");
  P.write("d.h", "#include \"i.h\"\n"
                 "#include <unistd.h>\n"
                 "static void nap() { sleep(1); }\n"
                 "void log(int);\n"
                 "struct D : I {\n"
                 "  void go() override { nap(); if (LOGS) log(1); }\n"
                 "};\n");
  P.addUnit("a.cpp",
            "#define LOGS 0\n#include \"d.h\"\nI *a() { return new D; }\n");
  P.addUnit("b.cpp",
            "#define LOGS 1\n#include \"d.h\"\nI *b() { return new D; }\n");
  P.addUnit("c.cpp", "#include \"i.h\"\n#include \"task.h\"\n"
                     "task run(I &i) { i.go(); co_return; }\n");
  EXPECT_THAT(P.tidy({}).Output, HasSubstr("c.cpp:3:20: warning"));
}

TEST(Readings, FindingsInHeadersThatWereNotNamedAreCounted) {
  Project P;
  P.write("h.h", "#include \"task.h\"\n"
                 "inline task rest() { sleep(1); co_return; }\n");
  P.addUnit("a.cpp", "#include \"h.h\"\n");
  const Finished Run = P.tidy({"a.cpp"});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, HasSubstr("1 finding in headers"));
  EXPECT_EQ(P.tidy({"a.cpp", "--header-filter=.*"}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"a.cpp", "--header-filter=other"}).ExitCode, 0);
  EXPECT_THAT(P.tidy({"h.h"}).Output, Not(HasSubstr("in headers")));
}

} // namespace
