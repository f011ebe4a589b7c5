//===- BytesTest.cpp - Paths that differ from machine to machine ----------===//

#include "facts/Bytes.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

const Anchors Here{"/home of/p", "/home of/p/src/a.cpp"};
const Anchors There{"/q", "/q/src/a.cpp"};

/// What \p Text, written here, means there.
std::string moved(const std::string &Text) {
  const std::string Bytes = encodeText(Text, Here);
  EXPECT_EQ(decodeText(Bytes, Here), Text);
  return decodeText(Bytes, There);
}

TEST(Bytes, PathsBelowTheRootMoveWithIt) {
  EXPECT_EQ(moved("/home of/p/x.h"), "/q/x.h");
  EXPECT_EQ(moved("/home of/p"), "/q");
  EXPECT_EQ(moved("c:@F@f@/home of/p/src/a.cpp"), "c:@F@f@/q/src/a.cpp");
  EXPECT_EQ(moved("/home of/p/x.h and /home of/p/y.h"), "/q/x.h and /q/y.h");
}

TEST(Bytes, OtherTextStays) {
  for (const char *Text : {"", "x", "/usr/include/x.h", "/home of/pq/x.h",
                           "/mnt/home of/p/x.h", "a / b", "\1", "\1R\1U\1\1"})
    EXPECT_EQ(moved(Text), Text);
}

TEST(Bytes, TheMainFileIsNotPartOfTheBytes) {
  EXPECT_EQ(encodeText("f@/home of/p/src/a.cpp", Here),
            encodeText("f@/q/src/b.cpp", {"/q", "/q/src/b.cpp"}));
}

} // namespace
