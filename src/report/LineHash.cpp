//===- LineHash.cpp - GitHub's identity of a line -------------------------===//
//
// A rolling hash, modulo 2^64, over a window of 100 UTF-16 units that are no
// blanks. A line's hash is known when its first unit is about to leave the
// window; what it starts with after the end of the text is zeros.
//
//===----------------------------------------------------------------------===//

#include "report/LineHash.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include <array>
#include <cstdint>
#include <unordered_map>

using namespace llvm;

namespace async_tidy {

namespace {
constexpr unsigned WindowSize = 100;
constexpr uint64_t Factor = 37;

class Hasher {
public:
  std::vector<std::string> hash(StringRef Text);

private:
  void add(char16_t Unit);
  void shift(char16_t Unit);
  void emitLineThatLeaves();

  std::array<char16_t, WindowSize> Window{};
  std::array<bool, WindowSize> StartsLine{}; ///< of those in the window
  unsigned At = 0;                           ///< the oldest of the window
  uint64_t Value = 0;
  bool LineStart = true, AfterReturn = false;
  std::unordered_map<uint64_t, unsigned> Seen;
  std::vector<std::string> Hashes;
};
} // namespace

static constexpr uint64_t weightOfOldest() {
  uint64_t Weight = 1;
  for (unsigned I = 0; I != WindowSize; ++I)
    Weight *= Factor;
  return Weight;
}

void Hasher::shift(char16_t Unit) {
  Value = Factor * Value + Unit - weightOfOldest() * Window[At];
  Window[At] = Unit;
  At = (At + 1) % WindowSize;
}

void Hasher::emitLineThatLeaves() {
  if (!StartsLine[At])
    return;
  StartsLine[At] = false;
  Hashes.push_back(utohexstr(Value, /*LowerCase=*/true) + ":" +
                   std::to_string(++Seen[Value]));
}

void Hasher::add(char16_t Unit) {
  if (Unit == ' ' || Unit == '\t' || (AfterReturn && Unit == '\n')) {
    AfterReturn = false;
    return;
  }
  AfterReturn = Unit == '\r';
  if (AfterReturn)
    Unit = '\n';
  emitLineThatLeaves();
  StartsLine[At] = LineStart;
  LineStart = Unit == '\n';
  shift(Unit);
}

std::vector<std::string> Hasher::hash(StringRef Text) {
  // What is no UTF-8 becomes U+FFFD where Node.js makes it one.
  std::vector<UTF32> Codes(Text.size());
  const auto *From = reinterpret_cast<const UTF8 *>(Text.begin());
  UTF32 *To = Codes.data();
  ConvertUTF8toUTF32(&From, reinterpret_cast<const UTF8 *>(Text.end()), &To,
                     Codes.data() + Codes.size(), lenientConversion);
  Codes.resize(To - Codes.data());
  for (UTF32 Code : Codes) {
    if (Code > 0xFFFF) {
      add(0xD7C0 + (Code >> 10));
      add(0xDC00 + (Code & 0x3FF));
    } else {
      add(Code);
    }
  }
  add(0xFFFF); // the end
  for (unsigned I = 0; I != WindowSize; ++I) {
    emitLineThatLeaves();
    shift(0);
  }
  return std::move(Hashes);
}

std::vector<std::string> lineHashes(StringRef Text) {
  return Hasher().hash(Text);
}

} // namespace async_tidy
