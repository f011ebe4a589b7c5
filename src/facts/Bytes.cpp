//===- Bytes.cpp - Paths that differ from machine to machine --------------===//
//
// The sign is the byte 1 followed by which path it stands for; a byte 1 of the
// text itself is doubled.
//
//===----------------------------------------------------------------------===//

#include "facts/Bytes.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace async_tidy {

static constexpr char Sign = 1, RootSign = 'R', UnitSign = 'U';

/// Whether a path that begins after \p Before is the end of a longer one.
static bool endsInPath(StringRef Before) {
  return !Before.empty() && (llvm::isAlnum(Before.back()) ||
                             StringRef("._-+~/").contains(Before.back()));
}

std::string encodeText(StringRef Text, const Anchors &A) {
  std::string Out;
  Out.reserve(Text.size());
  for (size_t At = 0; At < Text.size();) {
    const size_t Next = Text.find_first_of(StringRef("/\x01", 2), At);
    Out += Text.slice(At, Next);
    if (Next == StringRef::npos)
      break;
    const StringRef Rest = Text.drop_front(Next);
    const auto Is = [&](StringRef Path, char Name) {
      StringRef After = Rest;
      if (Path.empty() || !After.consume_front(Path) ||
          endsInPath(Text.take_front(Next)) ||
          !(After.empty() || (Name == RootSign && After.front() == '/')))
        return false;
      Out += Sign, Out += Name;
      At = Next + Path.size();
      return true;
    };
    if (Is(A.Unit, UnitSign) || Is(A.Root, RootSign))
      continue;
    Out.append(Rest.front() == Sign ? 2 : 1, Rest.front());
    At = Next + 1;
  }
  return Out;
}

bool mayNameUnit(StringRef Text) { return Text.contains(StringRef("\1U", 2)); }

std::string decodeText(StringRef Text, const Anchors &A) {
  std::string Out;
  size_t At = 0, Next;
  while ((Next = Text.find(Sign, At)) != StringRef::npos &&
         Next + 1 < Text.size()) {
    Out += Text.slice(At, Next);
    const char Name = Text[Next + 1];
    if (Name == RootSign)
      Out += A.Root;
    else if (Name == UnitSign)
      Out += A.Unit;
    else
      Out += Name;
    At = Next + 2;
  }
  Out += Text.drop_front(At);
  return Out;
}

} // namespace async_tidy
