//===- Checkstyle.cpp - A report as Checkstyle writes them ----------------===//
//
// Many services read the XML of that checker of Java code. It has files and
// errors in them, and neither ranges nor paths.
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "report/Xml.h"
#include <map>

using namespace llvm;

namespace async_tidy {

void printCheckstyle(const Report &R, raw_ostream &OS) {
  static constexpr StringLiteral Severities[] = {"info", "warning", "error"};
  SourceText Sources(*R.Sources, R.Root);
  std::map<std::string, std::string> Files; // name -> elements
  const auto Add = [&](const Location &Where, StringRef Severity,
                       StringRef Message, StringRef Source) {
    raw_string_ostream Element(Files[shownPath(Where.File, R.Root)]);
    Element << "    <error line=\"" << std::max(Where.Line, 1u) << '"';
    if (Where.isValid())
      Element << " column=\"" << utf16Column(Sources, Where) << '"';
    Element << " severity=\"" << Severity << "\" message=\"" << xml(Message)
            << "\" source=\"" << xml(Source) << "\"/>\n";
  };
  for (const UnitNotAnalysed &U : sortedUnits(R))
    Add(placeOf(U), Severities[static_cast<unsigned>(weightOf(U))],
        inWords(U, R.Root), NotAnalysedId);
  for (const Finding *F : shownFindings(R))
    Add(F->Where, Severities[static_cast<unsigned>(F->Weight)], F->Message,
        F->From->Id);

  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<checkstyle version=\"4.3\">\n";
  for (const auto &[Name, Elements] : Files)
    OS << "  <file name=\"" << xml(Name) << "\">\n"
       << Elements << "  </file>\n";
  OS << "</checkstyle>\n";
}

} // namespace async_tidy
