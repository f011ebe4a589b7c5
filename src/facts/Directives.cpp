//===- Directives.cpp - Comments of the NOLINT family ---------------------===//
//
// See Directives.h. The text is read as clang-tidy's NoLintDirectiveHandler
// reads it, oddities included: one configuration must mean the same everywhere.
//
//===----------------------------------------------------------------------===//

#include "facts/Directives.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <tuple>

using llvm::StringRef;

namespace async_tidy {

using Kind = SuppressionDirective::Kind;

static constexpr StringRef Word = "NOLINT";

static std::optional<Kind> kindOf(StringRef Spelling) {
  return llvm::StringSwitch<std::optional<Kind>>(Spelling)
      .Case("NOLINT", Kind::Line)
      .Case("NOLINTNEXTLINE", Kind::NextLine)
      .Case("NOLINTBEGIN", Kind::Begin)
      .Case("NOLINTEND", Kind::End)
      .Default(std::nullopt);
}

/// A list without the blanks around its items.
static std::string trimmedList(StringRef List) {
  llvm::SmallVector<StringRef> Items;
  List.split(Items, ',');
  for (StringRef &Item : Items)
    Item = Item.trim();
  std::string Result = llvm::join(Items, ",");
  // `NOLINTEND(*)` does not end what `NOLINTBEGIN` began, though both mean all.
  return Result == "*" ? "*,*" : Result;
}

/// What stands behind a colon at the beginning of \p Rest, up to the end of the
/// line or of the comment.
static std::string reasonIn(StringRef Rest) {
  Rest = Rest.take_front(Rest.find_first_of("\r\n")).ltrim(" \t");
  if (!Rest.consume_front(":"))
    return {};
  return Rest.take_front(Rest.find("*/")).trim().str();
}

/// Follows a position through a text and knows its line and column.
class Cursor {
public:
  explicit Cursor(StringRef Text) : Text(Text) {}

  void advanceTo(size_t Next) {
    for (; At < Next; ++At)
      if (Text[At] == '\n' ||
          (Text[At] == '\r' && !Text.substr(At + 1).starts_with("\n"))) {
        ++Line;
        LineStart = At + 1;
      }
  }
  unsigned line() const { return Line; }
  unsigned column() const { return At - LineStart + 1; }

private:
  StringRef Text;
  size_t At = 0, LineStart = 0;
  unsigned Line = 1;
};

std::vector<SuppressionDirective> directivesIn(StringRef Text, StringRef File) {
  std::vector<SuppressionDirective> Found;
  Cursor Place(Text);
  size_t End = 0;
  for (size_t Start; (Start = Text.find(Word, End)) != StringRef::npos;) {
    End = Start + Word.size();
    while (End < Text.size() && llvm::isAlpha(Text[End]))
      ++End;
    const std::optional<Kind> What = kindOf(Text.slice(Start, End));
    if (!What)
      continue;

    std::string Checks = "*";
    if (Text.substr(End).starts_with("(")) {
      const size_t Close = Text.find_first_of("\n)", ++End);
      if (Close != StringRef::npos && Text[Close] == ')') {
        Checks = trimmedList(Text.slice(End, Close));
        End = Close + 1;
      }
    }
    Place.advanceTo(Start);
    Found.push_back({*What,
                     {File.str(), Place.line(), Place.column()},
                     Checks,
                     reasonIn(Text.substr(End))});
  }
  return Found;
}

DirectiveCoverage::DirectiveCoverage(
    std::vector<SuppressionDirective> Directives) {
  llvm::sort(Directives, [](const auto &A, const auto &B) {
    return std::tie(A.Where, A) < std::tie(B.Where, B);
  });
  Directives.erase(llvm::unique(Directives), Directives.end());

  // Blocks nest: an end closes the innermost open block, if the lists agree.
  std::map<StringRef, std::vector<const SuppressionDirective *>> Open;
  for (const SuppressionDirective &D : Directives) {
    OneFile &F = Files[D.Where.File.str()];
    auto &Stack = Open[D.Where.File];
    if (D.What == Kind::Begin)
      Stack.push_back(&D);
    else if (D.What != Kind::End)
      F.Lines.emplace(D.Where.Line + (D.What == Kind::NextLine), D);
    else if (!Stack.empty() && Stack.back()->Checks == D.Checks) {
      F.Blocks.push_back({*Stack.back(), D.Where});
      Stack.pop_back();
    } else
      F.Unmatched.push_back(D);
  }
  for (const auto &[File, Stack] : Open)
    for (const SuppressionDirective *Begin : Stack)
      Files.find(File)->second.Unmatched.push_back(*Begin);
}

std::vector<const SuppressionDirective *>
DirectiveCoverage::at(const Location &L) const {
  std::vector<const SuppressionDirective *> Covering;
  const auto F = Files.find(L.File);
  if (F == Files.end())
    return Covering;
  const auto [First, Last] = F->second.Lines.equal_range(L.Line);
  for (const auto &[Line, D] : llvm::make_range(First, Last))
    if (D.What != Kind::Expansion || D.Where == L)
      Covering.push_back(&D);
  for (const Block &B : F->second.Blocks)
    if (B.Begin.Where < L && L < B.End)
      Covering.push_back(&B.Begin);
  return Covering;
}

std::vector<const SuppressionDirective *> DirectiveCoverage::all() const {
  std::vector<const SuppressionDirective *> All;
  for (const auto &[Name, F] : Files) {
    for (const auto &[Line, D] : F.Lines)
      All.push_back(&D);
    for (const Block &B : F.Blocks)
      All.push_back(&B.Begin);
  }
  return All;
}

std::vector<SuppressionDirective>
DirectiveCoverage::unmatched(StringRef File) const {
  const auto F = Files.find(File);
  return F == Files.end() ? std::vector<SuppressionDirective>()
                          : F->second.Unmatched;
}

} // namespace async_tidy
