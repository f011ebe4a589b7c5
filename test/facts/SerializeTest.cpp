//===- SerializeTest.cpp - Facts survive a journey ------------------------===//
//
// Fills every field with a value of its own (Fields.h knows them all), so a
// field that a format forgets or mixes up is found without naming it here.
//
//===----------------------------------------------------------------------===//

#include "facts/Serialize.h"
#include "facts/Fields.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

/// Gives each field another value, and each list two elements.
class Filler {
public:
  template <typename T> void fill(T &V) {
    if constexpr (std::is_same_v<T, bool>)
      V = !V;
    else if constexpr (std::is_enum_v<T>)
      V = lastOf(T{});
    else if constexpr (std::is_arithmetic_v<T>)
      V = static_cast<T>(++Counter);
    else
      eachField(V, [&](const char *, auto &Field) { this->fill(Field); });
  }
  void fill(std::string &S) {
    S = "text ";
    S += std::to_string(++Counter);
    S.push_back('\0');
    S += "\xC3\xA9\xFF"; // a name need not be UTF-8
  }
  void fill(Symbol &S) {
    std::string Text;
    fill(Text);
    S = Text;
  }
  template <typename T> void fill(std::vector<T> &V) { fillTwo(V); }
  template <typename T> void fill(List<T> &V) { fillTwo(V); }
  void fill(FunctionList &V) {
    fill(V.emplace_back());
    fill(V.emplace_back());
  }
  template <typename T> void fill(std::optional<T> &O) { fill(O.emplace()); }

private:
  void fillTwo(auto &V) {
    V.resize(2);
    for (auto &Element : V)
      fill(Element);
  }

  int Counter = 0;
};

/// Says where two facts differ first; empty if nowhere.
class Difference {
public:
  template <typename T> void compare(const T &A, const T &B) {
    if constexpr (!std::is_class_v<T>) {
      differ(A != B);
    } else {
      std::vector<const void *> Other;
      eachField(B, [&](const char *, const auto &F) { Other.push_back(&F); });
      size_t Next = 0;
      eachField(A, [&](const char *Name, const auto &F) {
        using Field = std::remove_cvref_t<decltype(F)>;
        Path.push_back(Name);
        compare(F, *static_cast<const Field *>(Other[Next++]));
        Path.pop_back();
      });
    }
  }
  void compare(const std::string &A, const std::string &B) { differ(A != B); }
  void compare(Symbol A, Symbol B) { differ(A != B); }
  template <typename T>
  void compare(const std::vector<T> &A, const std::vector<T> &B) {
    compareEach(A, B);
  }
  template <typename T> void compare(const List<T> &A, const List<T> &B) {
    compareEach(A, B);
  }
  void compare(const FunctionList &A, const FunctionList &B) {
    compareEach(A, B);
  }
  template <typename T>
  void compare(const std::optional<T> &A, const std::optional<T> &B) {
    differ(A.has_value() != B.has_value());
    if (A && B)
      compare(*A, *B);
  }

  std::string First;

private:
  void compareEach(const auto &A, const auto &B) {
    differ(A.size() != B.size());
    for (size_t I = 0; I < A.size() && I < B.size(); ++I)
      compare(A[I], B[I]);
  }
  void differ(bool Do) {
    if (!Do || !First.empty())
      return;
    for (const char *Name : Path)
      First += std::string("/") + Name;
  }
  std::vector<const char *> Path;
};

TranslationUnitFacts filled() {
  TranslationUnitFacts Unit;
  Filler().fill(Unit);
  return Unit;
}

/// The first field by which \p A and \p B differ.
std::string difference(const TranslationUnitFacts &A,
                       const TranslationUnitFacts &B) {
  Difference D;
  D.compare(A, B);
  return D.First;
}

/// Why \p Bytes are not facts; empty if they are.
std::string refusal(llvm::StringRef Bytes) {
  auto Back = deserialize(Bytes);
  return Back ? std::string() : toString(Back.takeError());
}

TEST(Serialize, EveryFieldSurvives) {
  const TranslationUnitFacts Unit = filled();
  auto Back = deserialize(serialize(Unit));
  ASSERT_TRUE(bool(Back)) << toString(Back.takeError());
  EXPECT_EQ(difference(Unit, *Back), "");
}

TEST(Serialize, TheComparisonOfThisTestSeesADifference) {
  TranslationUnitFacts Other = filled();
  FunctionFacts Second = Other.Functions[1];
  Second.Calls[0].Arguments[1].Constant = -7;
  Other.Functions = FunctionList({Other.Functions[0], Second});
  EXPECT_EQ(difference(filled(), Other), "/functions/calls/arguments/constant");
}

TEST(Serialize, NothingSurvivesAsNothing) {
  auto Back = deserialize(serialize({}));
  ASSERT_TRUE(bool(Back)) << toString(Back.takeError());
  EXPECT_EQ(difference({}, *Back), "");
}

TEST(Serialize, NegativeAndLargeConstants) {
  for (int64_t Number : {INT64_MIN, int64_t(-1), int64_t(0), INT64_MAX}) {
    TranslationUnitFacts Unit;
    Unit.Functions.emplace_back().Returns = Number;
    auto Back = deserialize(serialize(Unit));
    ASSERT_TRUE(bool(Back)) << toString(Back.takeError());
    EXPECT_EQ(Back->Functions[0].Returns, Number);
  }
}

TEST(Serialize, EqualFactsGiveEqualBytes) {
  EXPECT_EQ(serialize(filled()), serialize(filled()));
}

TEST(Serialize, ARepeatedStringIsStoredOnce) {
  TranslationUnitFacts Unit;
  const std::string Long(1000, 'x');
  for (int I = 0; I < 100; ++I)
    Unit.Functions.emplace_back().Where.File = Long;
  EXPECT_LT(serialize(Unit).size(), 20000u);
}

TEST(Serialize, EveryCutIsAnError) {
  const std::string Bytes = serialize(filled());
  for (size_t Size = 0; Size < Bytes.size(); ++Size)
    ASSERT_NE(refusal(llvm::StringRef(Bytes).take_front(Size)), "")
        << "cut to " << Size;
}

TEST(Serialize, EveryFlippedByteIsAnError) {
  std::string Bytes = serialize(filled());
  for (char &Byte : Bytes) {
    Byte ^= 0x21;
    ASSERT_NE(refusal(Bytes), "");
    Byte ^= 0x21;
  }
}

TEST(Serialize, AnotherVersionIsToldApartFromDamage) {
  std::string Bytes = serialize(filled());
  Bytes[16] ^= 1; // the first byte after the magic
  EXPECT_NE(refusal(Bytes).find("another version"), std::string::npos);
}

TEST(Serialize, WhatIsNoFactsAtAll) {
  for (llvm::StringRef Text : {"", "{}",
                               "\x7f"
                               "ELF",
                               "async-tidy facts"})
    EXPECT_NE(refusal(Text), "") << Text.str();
}

TEST(Serialize, TheTextNamesFieldsAndLeavesOutWhatIsEmpty) {
  TranslationUnitFacts Unit;
  Unit.MainFile = "/p/a.cpp";
  FunctionFacts &F = Unit.Functions.emplace_back();
  F.Name = "serve";
  F.Where = {"/p/a.cpp", 3, 6};
  F.IsCoroutine = true;
  EXPECT_EQ(factsAsText(Unit), R"({
  "mainFile": "/p/a.cpp",
  "functions": [
    {
      "name": "serve",
      "where": "/p/a.cpp:3:6",
      "isCoroutine": true
    }
  ]
}
)");
}

} // namespace
