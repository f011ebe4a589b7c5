//===- LineHashTest.cpp - GitHub's identity of a line ---------------------===//
//
// The hashes were computed by github/codeql-action itself: `hash` of its
// src/fingerprints.ts, run by Node.js on these very bytes.
//
//===----------------------------------------------------------------------===//

#include "report/LineHash.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

using Lines = std::vector<std::string>;

TEST(LineHash, OfNothing) {
  EXPECT_EQ(lineHashes(""), Lines{"c129715d7a2bc9a3:1"});
}

TEST(LineHash, AnyEndOfLine) {
  EXPECT_EQ(
      lineHashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"),
      (Lines{"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
             "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
             "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, CountsEqualOnes) {
  const char Text[] = "co_await timer.async_wait(use_awaitable);\n";
  EXPECT_EQ(
      lineHashes(std::string(Text) + Text + Text + Text),
      (Lines{"f8583fc7089a341d:1", "f8583fc7089a341d:2", "eb2c65b3fc6559a3:1",
             "615fbdf6140bc1a3:1", "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, WindowIsAHundredUnits) {
  EXPECT_EQ(
      lineHashes(std::string(98, 'x') + "\ny\n" + std::string(300, 'z') + "\n"),
      (Lines{"52b56201ffb5763b:1", "cc87dddd1c119ecb:1", "430534b53b700418:1",
             "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, BytesThatAreNoUTF8) {
  EXPECT_EQ(
      lineHashes("task f() {\n  co_await x; // \xf0\x9f\x98\x80 "
                 "\xc3\xa9\n}\r\n\r\n\tcaf\xe9 \xf0(\x8c\xbc \xc0\x80 "
                 "\xed\xa0\x80 \xf0\x9f\x98\n}\r}\n"),
      (Lines{"14c552b1dbb42267:1", "9adecbcf087a6f60:1", "16f2037c200ed7bc:1",
             "75ffcaec03e69571:1", "15d82e16913306eb:1", "1da0d4c20a2cbb51:1",
             "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, BlanksAfterACarriageReturn) {
  EXPECT_EQ(lineHashes("\xef\xbb\xbf"
                       "a\r \nb\n   "),
            (Lines{"43e267dc4022a1b7:1", "bf4c4d48992e2ca5:1",
                   "ade70578248be16f:1", "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, NoEndOfTheLastLine) {
  EXPECT_EQ(lineHashes("int main() {\n}"),
            (Lines{"f36934c2ed598cca:1", "13db8c734146ff90:1"}));
}

} // namespace
