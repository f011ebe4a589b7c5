//===- Xml.h - Text in XML ------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_XML_H
#define ASYNC_TIDY_REPORT_XML_H

#include "report/Characters.h"

namespace async_tidy {

/// \p Text for XML 1.0, as content or in a quoted attribute: control
/// characters, which XML cannot have, become their pictures, what is not UTF-8
/// U+FFFD.
inline std::string xml(llvm::StringRef Text) {
  std::string Escaped;
  for (char C : forTerminal(Text))
    if (llvm::StringRef("&<>\"'").contains(C))
      Escaped += "&#" + std::to_string(C) + ";";
    else
      Escaped += C;
  return Escaped;
}

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_XML_H
