//===- Symbol.h - A text that is kept once --------------------------------===//
//
// Facts say the same names, types and paths again and again: a symbol is a
// pointer to the one copy of its text. It reads like an llvm::StringRef and
// compares with another symbol by the pointer.
//
// The copies stay as long as the process, so symbols may be handed on without
// care, between threads too. What people wrote at length is no symbol.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_SYMBOL_H
#define ASYNC_TIDY_FACTS_SYMBOL_H

#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Allocator.h"
#include <compare>
#include <concepts>
#include <string>

namespace async_tidy {

/// What can be read like a text, and is no symbol.
template <typename T>
concept TextLike = std::convertible_to<const T &, llvm::StringRef> &&
                   !std::same_as<T, class Symbol>;

class Symbol {
public:
  /// The empty text.
  Symbol() = default;
  Symbol(llvm::StringRef Text) : Kept(keep(Text)) {}
  Symbol(const std::string &Text) : Symbol(llvm::StringRef(Text)) {}
  Symbol(const char *Text) : Symbol(llvm::StringRef(Text)) {}

  llvm::StringRef ref() const {
    return Kept ? Kept->getKey() : llvm::StringRef("", 0);
  }
  operator llvm::StringRef() const { return ref(); }
  explicit operator std::string() const { return ref().str(); }
  std::string str() const { return ref().str(); }
  const char *c_str() const { return ref().data(); }

  bool empty() const { return !Kept; }
  size_t size() const { return Kept ? Kept->getKeyLength() : 0; }
  char front() const { return ref().front(); }
  char back() const { return ref().back(); }
  bool starts_with(llvm::StringRef Text) const {
    return ref().starts_with(Text);
  }
  bool ends_with(llvm::StringRef Text) const { return ref().ends_with(Text); }
  bool contains(llvm::StringRef Text) const { return ref().contains(Text); }
  size_t find_first_of(llvm::StringRef Any) const {
    return ref().find_first_of(Any);
  }
  size_t find_last_of(llvm::StringRef Any) const {
    return ref().find_last_of(Any);
  }
  size_t find(char Wanted) const { return ref().find(Wanted); }
  size_t rfind(char Wanted) const { return ref().rfind(Wanted); }
  std::string substr(size_t Start, size_t Size = std::string::npos) const {
    return ref().substr(Start, Size).str();
  }
  void clear() { Kept = nullptr; }
  Symbol &operator+=(llvm::StringRef Text) {
    return *this = Symbol(str() += Text);
  }

  /// Symbols are ordered as their texts are.
  friend bool operator==(Symbol A, Symbol B) { return A.Kept == B.Kept; }
  friend std::strong_ordering operator<=>(Symbol A, Symbol B) {
    return A.Kept == B.Kept ? std::strong_ordering::equal
                            : A.ref().compare(B.ref()) <=> 0;
  }
  template <TextLike T> friend bool operator==(Symbol A, const T &B) {
    return A.ref() == llvm::StringRef(B);
  }
  template <TextLike T>
  friend std::strong_ordering operator<=>(Symbol A, const T &B) {
    return A.ref().compare(llvm::StringRef(B)) <=> 0;
  }

  friend std::string operator+(Symbol A, Symbol B) {
    return A.str() + B.ref().str();
  }
  template <TextLike T> friend std::string operator+(Symbol A, const T &B) {
    return A.str() += llvm::StringRef(B);
  }
  template <TextLike T> friend std::string operator+(const T &A, Symbol B) {
    return llvm::StringRef(A).str() += B.ref();
  }
  friend std::string &operator+=(std::string &A, Symbol B) {
    return A += B.ref();
  }

  /// Tells symbols apart; differs from run to run.
  const void *id() const { return Kept; }

private:
  using Texts = llvm::StringSet<llvm::BumpPtrAllocator>;
  /// The copy of \p Text; null of the empty one.
  static const Texts::MapEntryTy *keep(llvm::StringRef Text);

  const Texts::MapEntryTy *Kept = nullptr;

  friend llvm::DenseMapInfo<Symbol>;
};

} // namespace async_tidy

template <> struct llvm::DenseMapInfo<async_tidy::Symbol> {
  using Symbol = async_tidy::Symbol;
  using Pointer = llvm::DenseMapInfo<const Symbol::Texts::MapEntryTy *>;
  static Symbol getEmptyKey() { return of(Pointer::getEmptyKey()); }
  static Symbol getTombstoneKey() { return of(Pointer::getTombstoneKey()); }
  static unsigned getHashValue(Symbol S) {
    return Pointer::getHashValue(S.Kept);
  }
  static bool isEqual(Symbol A, Symbol B) { return A == B; }

private:
  static Symbol of(const Symbol::Texts::MapEntryTy *Kept) {
    Symbol S;
    S.Kept = Kept;
    return S;
  }
};

#endif // ASYNC_TIDY_FACTS_SYMBOL_H
