//===- Characters.cpp - Text that may be anything -------------------------===//
//
// Every function takes any bytes at all; LLVM's Unicode tables say what is
// printable and how wide it is.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

using namespace llvm;

namespace async_tidy {

static constexpr char32_t Replacement = 0xFFFD;

static std::string toUTF8(char32_t Code) {
  char Buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *End = Buffer;
  ConvertCodePointToUTF8(Code, End);
  return std::string(Buffer, End);
}

Character takeCharacter(StringRef &Text) {
  const auto *Begin = reinterpret_cast<const UTF8 *>(Text.begin());
  const UTF8 *End = Begin;
  UTF32 Code = Replacement;
  if (convertUTF8Sequence(&End, reinterpret_cast<const UTF8 *>(Text.end()),
                          &Code, strictConversion) != conversionOK) {
    End = Begin + 1;
    Code = Replacement;
  }
  Character C{Text.take_front(End - Begin), static_cast<char32_t>(Code)};
  Text = Text.drop_front(End - Begin);
  return C;
}

Glyph glyphOf(const Character &C) {
  if (C.Code < 0x20)
    return {toUTF8(0x2400 + C.Code)};
  if (C.Code == 0x7F)
    return {toUTF8(0x2421)};
  if (C.Code == Replacement || !sys::unicode::isPrintable(C.Code))
    return {toUTF8(Replacement)};
  return {C.Bytes.str(),
          static_cast<unsigned>(sys::unicode::columnWidthUTF8(C.Bytes))};
}

std::string forTerminal(StringRef Text) {
  std::string Shown;
  while (!Text.empty())
    Shown += glyphOf(takeCharacter(Text)).Text;
  return Shown;
}

unsigned utf16Length(StringRef Text) {
  unsigned Units = 0;
  while (!Text.empty())
    Units += takeCharacter(Text).Code > 0xFFFF ? 2 : 1;
  return Units;
}

} // namespace async_tidy
