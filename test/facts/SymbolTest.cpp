//===- SymbolTest.cpp - Texts that are kept once --------------------------===//

#include "facts/Symbol.h"
#include "llvm/ADT/DenseSet.h"
#include <gtest/gtest.h>
#include <set>
#include <thread>
#include <vector>

using namespace async_tidy;

TEST(Symbol, EqualTextsAreOneSymbol) {
  const std::string Text = "server::handle";
  const Symbol A = Text,
               B = llvm::StringRef("server::handle, and more").take_front(14);
  EXPECT_EQ(A, B);
  EXPECT_EQ(A.id(), B.id());
  EXPECT_EQ(A.str(), Text);
  EXPECT_NE(A, Symbol("server::handl"));
}

TEST(Symbol, TheEmptyTextIsTheDefault) {
  EXPECT_EQ(Symbol(), Symbol(""));
  EXPECT_TRUE(Symbol("").empty());
  EXPECT_EQ(Symbol().str(), "");
  EXPECT_FALSE(Symbol(llvm::StringRef("\0", 1)).empty());
}

TEST(Symbol, HoldsAnyByte) {
  const llvm::StringRef Text("a\0b\xFF", 4);
  EXPECT_EQ(Symbol(Text).ref(), Text);
}

TEST(Symbol, IsOrderedAsItsTextIs) {
  // Made in another order than that of the texts.
  const std::set<Symbol> All{"b", "", "ab", "a", "B"};
  std::vector<std::string> Texts;
  for (Symbol S : All)
    Texts.push_back(S.str());
  EXPECT_EQ(Texts, (std::vector<std::string>{"", "B", "a", "ab", "b"}));
  EXPECT_TRUE(Symbol("a") < "b" && Symbol("b") > std::string("a"));
}

TEST(Symbol, IsAKeyOfAHashTable) {
  llvm::DenseSet<Symbol> Some{"a", ""};
  EXPECT_TRUE(Some.contains("a") && Some.contains(Symbol()));
  EXPECT_FALSE(Some.contains("b"));
}

TEST(Symbol, JoinsWithOtherTexts) {
  Symbol S = "this";
  EXPECT_EQ(S + ".queue", "this.queue");
  EXPECT_EQ("^" + S + S, "^thisthis");
  S += ".lock";
  EXPECT_EQ(S, "this.lock");
}

TEST(Symbol, IsOneForAllThreads) {
  std::vector<std::vector<Symbol>> Seen(4);
  std::vector<std::thread> Threads;
  for (auto &Mine : Seen)
    Threads.emplace_back([&Mine] {
      for (int I = 0; I < 2000; ++I)
        Mine.push_back("thread text " + std::to_string(I));
    });
  for (std::thread &T : Threads)
    T.join();
  for (const auto &Other : Seen)
    EXPECT_EQ(Other, Seen.front());
}
