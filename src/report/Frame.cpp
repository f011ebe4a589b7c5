//===- Frame.cpp - A line of source for a terminal ------------------------===//
//
// A line becomes cells, each with its column; the cells around the mark are
// shown. Lines of generated code can have megabytes, so only the bytes near
// the mark are looked at.
//
//===----------------------------------------------------------------------===//

#include "report/Frame.h"
#include "report/Characters.h"

using namespace llvm;

namespace async_tidy {

namespace {
constexpr unsigned TabStop = 4;
constexpr StringLiteral Ellipsis = "...";

struct Cell {
  std::string Text;
  size_t Byte = 0;
  unsigned Column = 0, Width = 0;
};
} // namespace

static Cell cellOf(const Character &C, size_t Byte, unsigned Column) {
  if (C.Code == '\t') {
    unsigned Width = TabStop - Column % TabStop;
    return {std::string(Width, ' '), Byte, Column, Width};
  }
  Glyph G = glyphOf(C);
  return {G.Text, Byte, Column, G.Width};
}

/// The cells of the bytes of \p Line within \p Near bytes of \p Marked.
static std::vector<Cell> cellsNear(StringRef Line, Span Marked, size_t Near) {
  size_t From = Marked.Begin > Near ? Marked.Begin - Near : 0;
  while (From < Marked.Begin && (Line[From] & 0xC0) == 0x80)
    ++From; // not in the middle of a character
  StringRef Rest = Line.slice(From, Marked.End + Near);
  std::vector<Cell> Cells;
  unsigned Column = 0;
  while (!Rest.empty()) {
    size_t Byte = Rest.data() - Line.data();
    Cells.push_back(cellOf(takeCharacter(Rest), Byte, Column));
    Column += Cells.back().Width;
  }
  // The end of the line can be marked, too.
  Cells.push_back({"", Line.size(), Column, 0});
  return Cells;
}

static unsigned columnOf(ArrayRef<Cell> Cells, size_t Byte) {
  for (const Cell &C : Cells)
    if (C.Byte >= Byte)
      return C.Column;
  return Cells.back().Column;
}

Frame frameOf(StringRef Line, Span Marked, unsigned Columns) {
  Line = Line.rtrim(" \t\r");
  Marked.Begin = std::min(Marked.Begin, Line.size());
  Marked.End = std::clamp(Marked.End, Marked.Begin, Line.size());
  // Four bytes are the most that a column can need, accents aside.
  size_t Near = 4 * size_t(Columns);
  Marked.End = std::min(Marked.End, Marked.Begin + Near);
  std::vector<Cell> Cells = cellsNear(Line, Marked, Near);

  unsigned Begin = columnOf(Cells, Marked.Begin);
  unsigned End = std::max(Begin + 1, columnOf(Cells, Marked.End));
  unsigned Left = 0, Right = Cells.back().Column;
  bool CutLeft = Cells.front().Byte != 0;
  bool CutRight = Marked.End + Near < Line.size();
  if (Right > Columns || CutLeft || CutRight) {
    // Keep a third of the room for what stands before the mark.
    if (CutLeft || End + Ellipsis.size() > Columns)
      Left = Begin > Columns / 3 ? Begin - Columns / 3 : 0;
    Right = std::min(Right, Left + Columns);
    CutLeft |= Left > 0;
    CutRight |= Right < Cells.back().Column;
  }

  Frame F;
  if (CutLeft)
    F.Text = Ellipsis;
  unsigned Shift = F.Text.size(), First = Right;
  for (const Cell &C : Cells)
    if (C.Column >= Left && C.Column + C.Width <= Right) {
      First = std::min(First, C.Column);
      F.Text += C.Text;
    }
  if (CutRight)
    F.Text += Ellipsis;
  F.Caret = Begin - First + Shift;
  F.Width = std::max(1u, std::min(End, Right) - Begin);
  return F;
}

} // namespace async_tidy
