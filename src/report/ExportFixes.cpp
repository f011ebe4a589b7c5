//===- ExportFixes.cpp - What clang-tidy --export-fixes writes ------------===//
//
// YAML for clang-apply-replacements and for what reads clang-tidy's files, by
// the keys of clang/Tooling/DiagnosticsYaml.h. Places are offsets in bytes, so
// the sources must be there; a place that is not known is 0.
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/Support/YAMLTraits.h"

namespace async_tidy {

namespace {
struct Replacement {
  std::string FilePath;
  uint64_t Offset = 0, Length = 0;
  std::string Text;
};
struct DiagnosticMessage {
  std::string Text, FilePath;
  uint64_t Offset = 0;
  std::vector<Replacement> Replacements;
};
struct ExportedDiagnostic {
  std::string Name;
  DiagnosticMessage Message;
  std::vector<DiagnosticMessage> Notes;
  std::string Level, BuildDirectory;
};
struct Exported {
  std::string MainSourceFile;
  std::vector<ExportedDiagnostic> Diagnostics;
};
} // namespace

} // namespace async_tidy

LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::Replacement)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::DiagnosticMessage)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ExportedDiagnostic)

namespace llvm::yaml {

template <> struct MappingTraits<async_tidy::Replacement> {
  static void mapping(IO &Io, async_tidy::Replacement &R) {
    Io.mapRequired("FilePath", R.FilePath);
    Io.mapRequired("Offset", R.Offset);
    Io.mapRequired("Length", R.Length);
    Io.mapRequired("ReplacementText", R.Text);
  }
};
template <> struct MappingTraits<async_tidy::DiagnosticMessage> {
  static void mapping(IO &Io, async_tidy::DiagnosticMessage &M) {
    Io.mapRequired("Message", M.Text);
    Io.mapRequired("FilePath", M.FilePath);
    Io.mapRequired("FileOffset", M.Offset);
    Io.mapRequired("Replacements", M.Replacements);
  }
};
template <> struct MappingTraits<async_tidy::ExportedDiagnostic> {
  static void mapping(IO &Io, async_tidy::ExportedDiagnostic &D) {
    Io.mapRequired("DiagnosticName", D.Name);
    Io.mapRequired("DiagnosticMessage", D.Message);
    Io.mapOptional("Notes", D.Notes);
    Io.mapRequired("Level", D.Level);
    Io.mapRequired("BuildDirectory", D.BuildDirectory);
  }
};
template <> struct MappingTraits<async_tidy::Exported> {
  static void mapping(IO &Io, async_tidy::Exported &D) {
    Io.mapRequired("MainSourceFile", D.MainSourceFile);
    Io.mapRequired("Diagnostics", D.Diagnostics);
  }
};

} // namespace llvm::yaml

using namespace llvm;

namespace async_tidy {

static DiagnosticMessage message(StringRef Text, const Location &Where,
                                 SourceText &Sources, StringRef Root) {
  DiagnosticMessage M{Text.str()};
  if (!Where.File.empty())
    M.FilePath = absolutePath(Where.File, Root);
  M.Offset = Sources.offset(Where).value_or(0);
  return M;
}

/// None if a place of \p Change is not in its file: half a change is worse.
static std::vector<Replacement>
replacements(const Fix &Change, SourceText &Sources, StringRef Root) {
  std::vector<Replacement> All;
  for (const Edit &E : Change.Edits) {
    const std::optional<size_t> Begin = Sources.offset(E.Begin),
                                End = Sources.offset(
                                    {E.Begin.File, E.End.Line, E.End.Column});
    if (!Begin || !End || *End < *Begin)
      return {};
    All.push_back(
        {absolutePath(E.Begin.File, Root), *Begin, *End - *Begin, E.Text});
  }
  return All;
}

/// The first one that is safe, as --fix takes it.
static std::vector<Replacement> fixOf(const Finding &F, SourceText &Sources,
                                      StringRef Root) {
  for (const Fix &Change : F.Fixes)
    if (Change.Safe)
      return replacements(Change, Sources, Root);
  return {};
}

void printExportFixes(const Report &R, raw_ostream &OS) {
  static constexpr StringLiteral Levels[] = {"Remark", "Warning", "Error"};
  SourceText Sources(*R.Sources, R.Root);
  Exported All;
  for (const UnitNotAnalysed &U : sortedUnits(R))
    All.Diagnostics.push_back(
        {NotAnalysedId.str(),
         message(inWords(U, R.Root), placeOf(U), Sources, R.Root),
         {},
         Levels[static_cast<unsigned>(weightOf(U))].str(),
         R.Root});
  for (const Finding *F : shownFindings(R)) {
    ExportedDiagnostic D{F->From->Id.str(),
                         message(F->Message, F->Where, Sources, R.Root),
                         {},
                         Levels[static_cast<unsigned>(F->Weight)].str(),
                         R.Root};
    D.Message.Replacements = fixOf(*F, Sources, R.Root);
    for (const Step &S : F->Steps)
      D.Notes.push_back(message(S.Text, S.Where, Sources, R.Root));
    All.Diagnostics.push_back(std::move(D));
  }
  yaml::Output Document(OS);
  Document << All;
}

} // namespace async_tidy
