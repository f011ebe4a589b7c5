//===- Frame.h - A line of source for a terminal --------------------------===//
//
// Makes one line of untrusted source text fit to be shown, with the place
// beneath which a caret belongs. Columns are those of a terminal, where a tab
// takes several, a Chinese character two and a combining accent none.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_FRAME_H
#define ASYNC_TIDY_REPORT_FRAME_H

#include "report/Source.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace async_tidy {

/// What is shown of a line, and which of its columns are marked.
struct Frame {
  std::string Text;
  unsigned Caret = 0; ///< columns before the mark
  unsigned Width = 1; ///< columns of the mark
};

/// Cuts what does not fit into \p Columns away from \p Marked and puts `...`
/// for it.
Frame frameOf(llvm::StringRef Line, Span Marked, unsigned Columns = 110);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_FRAME_H
