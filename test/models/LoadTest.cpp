//===- LoadTest.cpp - What the loader says of wrong files -----------------===//
//
// Each mistake in a model file, with the place and the advice that its author
// gets. What right files mean is tested in ModelSetTest.cpp.
//
//===----------------------------------------------------------------------===//

#include "Files.h"
#include <gmock/gmock.h>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

struct Mistake {
  const char *Name;
  const char *Body;  ///< begins on line 3
  const char *Error; ///< the beginning of the only line
};

std::ostream &operator<<(std::ostream &Out, const Mistake &M) {
  return Out << M.Name;
}

class LoadMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(LoadMistakes, AreToldWithTheirPlace) {
  const std::string Errors = errorsOf(file(GetParam().Body));
  EXPECT_THAT(Errors, StartsWith(GetParam().Error));
  EXPECT_THAT(Errors, Not(HasSubstr("\n"))) << "only one thing is wrong";
}

const Mistake Mistakes[] = {
    {"UnknownKey", "blockin: []\n",
     "m.yaml:3:1: error: `blockin` is not a key here; did you mean "
     "`blocking`?; allowed: `library`, `summary`, `headers`, "},
    {"UnknownKeyOfAnEntry",
     "blocking:\n  - names: [f]\n    why: waits\n    teir: waits\n",
     "m.yaml:6:5: error: `teir` is not a key here; did you mean `tier`?"},
    {"RoleWithoutPosition", "drops-closure: [f]\n",
     "m.yaml:3:17: error: entries of `drops-closure` say `names` and `at`"},
    {"PositionOfARoleThatHasNone",
     "limits:\n  - names: [f]\n    at: argument 0\n",
     "m.yaml:5:5: error: `at` is not a key here"},
    {"RoleTwice", "limits: [f]\nspawns: [g]\npops: [h, h]\n",
     "m.yaml:5:11: error: `h` is already in `pops`"},
    {"KeyTwice", "polls: [f]\npolls: [g]\n",
     "m.yaml:4:1: error: the key `polls` is given twice"},
    {"MissingKey", "blocking:\n  - names: [f]\n",
     "m.yaml:4:5: error: the key `why` is missing"},
    {"NotAList", "polls: f\n", "m.yaml:3:8: error: this must be a list"},
    {"EmptyList", "polls: []\n", "m.yaml:3:9: error: this list is empty"},
    {"NoValue", "polls:\n", "m.yaml:3:1: error: this must be a list"},
    {"NotAMapping", "blocking: [f]\n",
     "m.yaml:3:12: error: this must be a mapping"},
    {"EmptyName", "polls: [f, '']\n", "m.yaml:3:12: error: this is empty"},
    {"NameTwice", "polls: [f, g, f]\n",
     "m.yaml:3:15: error: `f` is in this list twice"},
    {"TemplateArguments", "polls: ['std::atomic<int>::load']\n",
     "m.yaml:3:9: error: `std::atomic<int>::load` is written without template "
     "arguments"},
    {"LeadingColons", "polls: ['::read']\n",
     "m.yaml:3:9: error: `::read` is written without leading `::`"},
    {"Parentheses", "polls: ['read()']\n",
     "m.yaml:3:9: error: `read()` is written without parentheses"},
    {"NoName", "polls: ['std:read']\n",
     "m.yaml:3:9: error: `std:read` is not a qualified name"},
    {"HalfAName", "polls: ['std::']\n",
     "m.yaml:3:9: error: `std::` is not a qualified name"},
    {"AtWithoutNamespaces", "polls: ['@::f']\n",
     "m.yaml:3:9: error: `@` stands for each of `namespaces`, which are not"},
    {"AtWithoutColons", "namespaces: [a]\npolls: ['@f']\n",
     "m.yaml:4:9: error: `@` is followed by `::`"},
    {"WrongTier", "blocking:\n  - names: [f]\n    why: waits\n    tier: wait\n",
     "m.yaml:6:11: error: `wait` is not a tier; did you mean `waits`?; "
     "allowed: `waits`, `file-io`, `short-lock`, `stdio-logging`"},
    {"WrongKind", "blocking:\n  - names: [f]\n    why: waits\n    kind: loop\n",
     "m.yaml:6:11: error: `loop` is not a kind of blocking; allowed: "
     "`blocking-call`, `sync-wait`, `nested-event-loop`"},
    {"WrongSeverity",
     "blocking:\n  - names: [f]\n    why: waits\n    severity: fatal\n",
     "m.yaml:6:15: error: `fatal` is not a severity; allowed: `error`"},
    {"WrongOperation",
     "blocking:\n  - names: [f]\n    why: waits\n    operation: slep\n",
     "m.yaml:6:16: error: `slep` is not an operation; did you mean `sleep`?"},
    {"FullStop", "blocking:\n  - names: [f]\n    why: waits.\n",
     "m.yaml:5:10: error: this ends up within a sentence: no full stop"},
    {"UnreachableEntry",
     "blocking:\n  - names: [f]\n    why: waits\n  - names: [f]\n"
     "    why: reads\n",
     "m.yaml:6:13: error: `f` is already in `blocking` without a condition, on "
     "line 4"},
    {"BlocksAndNever",
     "blocking:\n  - names: [f]\n    why: waits\nnonblocking: [f]\n",
     "m.yaml:6:1: error: `f` cannot be in `nonblocking` and, on line 4, in "
     "`blocking`"},
    {"BothKindsOfMutex", "mutexes:\n  - types: [m]\nasync-mutexes: [m]\n",
     "m.yaml:5:1: error: `m` cannot be in `async-mutexes` and, on line 4, in "
     "`mutexes`"},
    {"PositionWithoutNumber",
     "blocking:\n  - names: [f]\n    why: waits\n"
     "    when: [{at: argument x, constant: 0}]\n",
     "m.yaml:6:17: error: `argument x` is not a position here; did you mean "
     "`argument 0`?; allowed: "
     "`argument 0`, `last argument`, `any argument`, `object`, `result`"},
    {"PositionWithoutSense",
     "switches:\n  - {names: [f], executor: any argument}\n",
     "m.yaml:4:28: error: `any argument` is not a position here; allowed: "
     "`argument 0`, `last argument`, `object`, `result`"},
    {"ConditionWithoutPosition",
     "blocking:\n  - names: [f]\n    why: waits\n    when: [{constant: 0}]\n",
     "m.yaml:6:13: error: `names`, `constant`, `types`, `holds` and `callable` "
     "speak of a value: `at` says of which"},
    {"PositionWithoutQuestion",
     "blocking:\n  - names: [f]\n    why: waits\n"
     "    when: [{at: argument 0, arity: 2}]\n",
     "m.yaml:6:13: error: `at` says which value, but nothing is asked of it"},
    {"ConditionWithoutList",
     "blocking:\n  - names: [f]\n    why: waits\n    when: {arity: 2}\n",
     "m.yaml:6:12: error: this must be a list"},
    {"ConstantIsANumber",
     "blocking:\n  - names: [f]\n    why: waits\n"
     "    when: [{at: object, constant: zero}]\n",
     "m.yaml:6:35: error: `zero` is not a whole number"},
    {"ArityIsSmall",
     "blocking:\n  - names: [f]\n    why: waits\n    when: [{arity: -1}]\n",
     "m.yaml:6:20: error: `-1` is not a number from 0 to 255"},
    {"TruthValue", "executors:\n  - {names: [pool], may-block: yes}\n",
     "m.yaml:4:32: error: `yes` is not a truth value; allowed: `true`, "
     "`false`"},
    {"SuccessOfAcquires",
     "lock-functions:\n  - {names: [f], effect: acquires, mutex: object, "
     "success: 0}\n",
     "m.yaml:4:60: error: `success` is for `effect: tries`"},
    {"GuardOfWhat", "guards:\n  - {types: [g], mutex: U}\n",
     "m.yaml:4:25: error: `U` is not a type argument; allowed: `T0`, `T1` ... "
     "and `any`"},
    {"MemberWithClass", "mutexes:\n  - {types: [m], lock: ['m::lock']}\n",
     "m.yaml:4:25: error: `m::lock` is the name of a member, without its "
     "class"},
    {"TaskWithoutStart", "tasks:\n  - types: [task]\n",
     "m.yaml:4:5: error: `start` (`lazy` or `eager`) or `generator: true` is "
     "missing"},
    {"GeneratorWithStart",
     "tasks:\n  - {types: [gen], generator: true, start: lazy}\n",
     "m.yaml:4:44: error: a generator has no `start`"},
    {"ExecutorIsMissing",
     "runs:\n  - {names: [f], what: argument 0, where: executor}\n",
     "m.yaml:4:43: error: `where: executor` needs the position of the "
     "`executor`"},
    {"ExecutorIsUnused",
     "runs:\n  - {names: [f], what: argument 0, where: thread, executor: "
     "argument 1}\n",
     "m.yaml:4:61: error: `executor` is for `where: executor` and `where: "
     "wraps`"},
    {"EntryPointInPlace", "entry-points:\n  - {names: [f], where: in-place}\n",
     "m.yaml:4:25: error: `in-place` is not a place where overriders run; "
     "allowed: `loop`, `thread`, `fiber`, `later`"},
    {"SwitchToNowhere", "switches:\n  - names: [f]\n",
     "m.yaml:4:5: error: one of `executor` and `may-block` is needed"},
    {"SwitchToBoth",
     "switches:\n  - {names: [f], executor: object, may-block: true}\n",
     "m.yaml:4:6: error: one of `executor` and `may-block` is needed"},
    {"DestroysFromArguments",
     "destroys:\n  - {names: [f], type: T0, at: object, first-argument: 1}\n",
     "m.yaml:4:40: error: `first-argument` is not a key here"},
    {"ReplacementOfNothing", "replacements: {slumber: a timer}\n",
     "m.yaml:3:16: error: `slumber` is not an operation"},
    {"EdgeWithoutEnd", "edges:\n  - caller: f\n",
     "m.yaml:4:5: error: the key `callee` is missing"},
};

INSTANTIATE_TEST_SUITE_P(Models, LoadMistakes, testing::ValuesIn(Mistakes),
                         [](const auto &Info) { return Info.param.Name; });

TEST(Load, TellsAllMistakesInTheOrderOfTheFile) {
  EXPECT_THAT(
      errorsOf("library: lib\n"
               "polls: [f f]\n"
               "tasks:\n"
               "  - {types: [t], start: soon}\n"
               "pause: [g]\n"),
      StartsWith("m.yaml:1:1: error: the key `summary` is missing\n"
                 "m.yaml:2:9: error: `f f` is not a qualified name\n"
                 "m.yaml:4:25: error: `soon` is not a start; allowed: `lazy`, "
                 "`eager`\n"
                 "m.yaml:5:1: error: `pause` is not a key here; did you mean "
                 "`pauses`?; allowed: `library`, `summary`, `headers`, "
                 "`namespaces`, `blocking`, "));
}

TEST(Load, TellsSomeOfVeryManyMistakes) {
  std::string Body = "polls:\n";
  for (unsigned I = 0; I != 1000; ++I)
    Body += "  - 1\n";
  const std::string Errors = errorsOf(file(Body));
  EXPECT_THAT(Errors, HasSubstr("m.yaml:4:5: error: "));
  EXPECT_THAT(Errors, HasSubstr("\nm.yaml: and 980 more errors"));
  EXPECT_LT(Errors.size(), 5000u);
}

TEST(Load, NeedsAName) {
  EXPECT_EQ(errorsOf("library: My Library\nsummary: s\n"),
            "m.yaml:1:10: error: `My Library` is not the name of a library: "
            "lower-case letters, digits and `-`");
}

TEST(Load, RefusesWhatIsNoYAML) {
  EXPECT_THAT(errorsOf(""), StartsWith("m.yaml:1:1: error: the file is empty"));
  EXPECT_THAT(errorsOf("# only a comment\n"),
              StartsWith("m.yaml:1:1: error: the file is empty"));
  EXPECT_THAT(errorsOf("- a\n"), HasSubstr("this must be a mapping"));
  EXPECT_THAT(errorsOf("words\n"), HasSubstr("this must be a mapping"));
  EXPECT_THAT(errorsOf("library: \"lib\n"), StartsWith("m.yaml:1:"));
  EXPECT_THAT(errorsOf("library: [a\nsummary: b\n"), StartsWith("m.yaml:2:"));
  EXPECT_THAT(errorsOf("library: a\nsummary: b\n---\nlibrary: c\n"),
              HasSubstr("more than one document"));
  EXPECT_THAT(errorsOf("? [a, b]\n: c\n"), HasSubstr("a key must be a word"));
}

TEST(Load, RefusesAliases) {
  EXPECT_EQ(errorsOf(file("polls: &p [f]\npauses: *p\n")),
            "m.yaml:4:1: error: aliases (`*name`) are not allowed");
}

TEST(Load, RefusesWhatIsNoText) {
  EXPECT_EQ(errorsOf("library: caf\xe9\n"),
            "m.yaml:1:13: error: the file is not UTF-8");
  EXPECT_EQ(errorsOf(llvm::StringRef("library: a\nsummary: \0\n", 22)),
            "m.yaml:2:10: error: the file has a control character");
  EXPECT_EQ(errorsOf("library: lib\nsummary: \"\\x1b[31m\"\n"),
            "m.yaml:2:10: error: this must be one line without spaces around "
            "it");
}

TEST(Load, SurvivesDeepNesting) {
  for (const char *Open : {"[", "{a: ", "- ", "? "}) {
    std::string Text;
    for (unsigned I = 0; I != 200'000; ++I)
      Text += Open;
    EXPECT_NE(errorsOf(Text), "") << Open;
    EXPECT_THAT(errorsOf("library: a\nsummary: b\npolls: " + Text),
                StartsWith("m.yaml:"));
  }
}

TEST(Load, SurvivesHugeValues) {
  const std::string Huge(1'000'000, 'x');
  EXPECT_LT(errorsOf(file("polls: ['" + Huge + " y']\n")).size(), 300u);
  EXPECT_EQ(errorsOf(file("polls: ['" + Huge + "']\n")), "");
  EXPECT_THAT(errorsOf(std::string(9 << 20, '#')),
              HasSubstr("larger than 8 MiB"));
}

TEST(Load, AcceptsEveryFormOfName) {
  EXPECT_EQ(errorsOf(file("polls:\n"
                          "  - usleep\n"
                          "  - std::thread::thread\n"
                          "  - std::thread::~thread\n"
                          "  - a::B::operator()\n"
                          "  - a::B::operator<\n"
                          "  - a::B::operator<=>\n"
                          "  - a::B::operator->\n"
                          "  - a::B::operator bool\n"
                          "  - a::B::operator T\n"
                          "  - a::B::operator co_await\n"
                          "  - a::B::operator std::string\n"
                          "  - a::operator_like\n")),
            "");
}

TEST(Load, AcceptsLineEndsOfWindowsAndAByteOrderMark) {
  EXPECT_EQ(errorsOf("\xef\xbb\xbflibrary: lib\r\nsummary: s\r\npolls:\r\n"
                     "  - f\r\n"),
            "");
}

} // namespace
