//===- Actions.cpp - Our diagnostics, and what can be done about them -----===//

#include "clangd/Actions.h"
#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using json::Object;

namespace async_tidy::editor {

static constexpr StringLiteral Source = "async-tidy";

bool hasCapability(const Object &Params,
                   std::initializer_list<StringRef> Path) {
  const Object *At = Params.getObject("capabilities");
  for (StringRef Name : Path) {
    const json::Value *Next = At ? At->get(Name) : nullptr;
    if (!Next || Next->getAsNull() || Next->getAsBoolean() == false)
      return false;
    At = Next->getAsObject();
  }
  return true;
}

/// Where this program's documentation is installed, or the source tree.
static std::string pageFile(const Rule &R) {
  static const std::string Here = sys::fs::getMainExecutable(
      nullptr, reinterpret_cast<void *>(&hasCapability));
  SmallString<256> Path = sys::path::parent_path(sys::path::parent_path(Here));
  sys::path::append(Path, "share", "doc", "async-tidy", "rules");
  sys::path::append(Path, R.Id + ".md");
  return sys::fs::exists(Path) ? std::string(Path) : "";
}

std::string pageOf(const Rule &R) {
  const std::string File = pageFile(R);
  return File.empty() ? pageUri(R) : uriOf(File);
}

bool isOnline(const Rule &R) { return pageFile(R).empty(); }

static const Rule *ruleOf(const Object &Diagnostic) {
  return findRule(Diagnostic.getString("code").value_or(""));
}

static const Rule *ruleOf(const json::Value &Diagnostic) {
  const Object *D = Diagnostic.getAsObject();
  return D ? ruleOf(*D) : nullptr;
}

bool isOurs(const json::Value &Diagnostic) {
  return ruleOf(Diagnostic) != nullptr;
}

/// clangd begins every message with a capital.
static std::string capitalized(StringRef Text) {
  std::string Result = Text.str();
  if (!Result.empty())
    Result[0] = toUpper(Result[0]);
  return Result;
}

/// The words of \p Ours in the place of clangd's in \p Holder.
static bool restore(Object &Holder, StringRef Ours) {
  const StringRef Said = Holder.getString("message").value_or("");
  const std::string Theirs = capitalized(Ours);
  if (!Said.starts_with(Theirs))
    return false;
  Holder["message"] = (Ours + Said.drop_front(Theirs.size())).str();
  return true;
}

static std::optional<int64_t> lineOf(const Object &Diagnostic) {
  const Object *Range = Diagnostic.getObject("range");
  const Object *Start = Range ? Range->getObject("start") : nullptr;
  return Start ? Start->getInteger("line") : std::nullopt;
}

void decorate(Object &D, const FoundInFile *Found) {
  const Rule &R = *ruleOf(D);
  D["source"] = Source;
  D["codeDescription"] = Object{{"href", pageOf(R)}};
  if (!Found)
    return;
  for (const Finding &F : Found->Findings) {
    if (F.From != &R || lineOf(D) != int64_t(F.Where.Line) - 1 ||
        !restore(D, F.Message))
      continue;
    // A warning that the configuration makes an error is one for clangd.
    constexpr int64_t Weights[] = {3, 2, 1};
    if (D.getInteger("severity") != 1)
      D["severity"] = Weights[static_cast<unsigned>(F.Weight)];
    if (json::Array *Related = D.getArray("relatedInformation"))
      for (auto [Step, Said] : zip(F.Steps, *Related))
        if (Object *O = Said.getAsObject())
          restore(*O, Step.Text);
    return;
  }
}

bool undecorate(json::Array &Diagnostics) {
  bool Any = false;
  for (json::Value &D : Diagnostics)
    if (isOurs(D)) {
      Object &O = *D.getAsObject();
      O["message"] = capitalized(O.getString("message").value_or(""));
      Any = true;
    }
  return Any;
}

static Object insertion(int64_t Line, int64_t Column, std::string Text) {
  const Object At{{"line", Line}, {"character", Column}};
  return Object{{"range", Object{{"start", Object(At)}, {"end", Object(At)}}},
                {"newText", std::move(Text)}};
}

static Object editing(const Document &Open, json::Array Edits) {
  return Object{{"changes", Object{{Open.Uri, std::move(Edits)}}}};
}

static StringRef lineAt(StringRef Text, int64_t Line) {
  return Text.substr(startOfLine(Text, Line)).take_until([](char C) {
    return C == '\n';
  });
}

/// A comment above the line of \p Diagnostic that silences its rule; none where
/// a comment would change the code.
static std::optional<json::Value> suppression(const json::Value &Diagnostic,
                                              const Document &Open, Columns C) {
  const Rule &R = *ruleOf(Diagnostic);
  const auto Line = lineOf(*Diagnostic.getAsObject());
  if (!Line)
    return std::nullopt;
  const StringRef Here = lineAt(Open.Text, *Line);
  const StringRef Above = *Line > 0 ? lineAt(Open.Text, *Line - 1) : "";
  if (Above.rtrim().ends_with("\\") || Above.rtrim().ends_with("?\?/"))
    return std::nullopt;
  Object Edit;
  const size_t List = Above.find("NOLINTNEXTLINE(");
  const size_t End = Above.find(')', List);
  if (List != StringRef::npos && End != StringRef::npos) {
    Location Place{"", unsigned(*Line), unsigned(End + 1)};
    const Object At = positionOf(Open.Text, Place, C);
    Edit = insertion(*At.getInteger("line"), *At.getInteger("character"),
                     ("," + R.Id).str());
  } else {
    const StringRef Indent =
        Here.take_while([](char Each) { return Each == ' ' || Each == '\t'; });
    const StringRef Ending = Here.ends_with("\r") ? "\r\n" : "\n";
    Edit = insertion(
        *Line, 0, (Indent + "// NOLINTNEXTLINE(" + R.Id + ")" + Ending).str());
  }
  return Object{{"title", ("suppress " + R.Id + " here").str()},
                {"kind", "quickfix"},
                {"diagnostics", json::Array{Diagnostic}},
                {"edit", editing(Open, json::Array{std::move(Edit)})}};
}

static json::Value explanation(const Rule &R) {
  const std::string Title = ("explain " + R.Id).str();
  return Object{{"title", Title},
                {"command", Object{{"title", Title},
                                   {"command", ExplainCommand},
                                   {"arguments", json::Array{R.Id}}}}};
}

/// \p F's safe fix, if nothing of \p Text that is lost is a comment.
static const Fix *safeFix(const Finding &F, StringRef Text) {
  const auto Offset = [&](const Location &L) {
    return std::min(startOfLine(Text, L.Line - 1) + L.Column - 1, Text.size());
  };
  for (const Fix &X : F.Fixes)
    if (X.Safe && all_of(X.Edits, [&](const Edit &E) {
          return E.Begin.File == F.Where.File && E.Begin.isValid() &&
                 E.End.isValid() &&
                 !holdsComment(Text.slice(Offset(E.Begin), Offset(E.End)));
        }))
      return &X;
  return nullptr;
}

/// Every safe fix of the file at once. Of two that overlap, the first.
static std::optional<json::Value> fixAll(const Document &Open, Columns C,
                                         const FoundInFile &Found) {
  if (Found.Text != Open.Text)
    return std::nullopt; // it has been edited since it was looked at
  std::vector<const Edit *> Chosen;
  for (const Finding &F : Found.Findings)
    if (const Fix *X = safeFix(F, Open.Text)) {
      const bool Free = all_of(X->Edits, [&](const Edit &New) {
        return all_of(Chosen, [&](const Edit *Old) {
          return New.End <= Old->Begin || Old->End <= New.Begin;
        });
      });
      if (Free)
        for (const Edit &E : X->Edits)
          Chosen.push_back(&E);
    }
  if (Chosen.empty())
    return std::nullopt;
  json::Array Edits;
  for (const Edit *E : Chosen)
    Edits.push_back(
        Object{{"range", Object{{"start", positionOf(Open.Text, E->Begin, C)},
                                {"end", positionOf(Open.Text, E->End, C)}}},
               {"newText", E->Text}});
  return Object{{"title", "apply all safe fixes of async-tidy"},
                {"kind", FixAllKind},
                {"edit", editing(Open, std::move(Edits))}};
}

/// The editor wants actions of \p Kind: of those or of what they are part of.
static bool isWanted(const Object *Context, StringRef Kind, bool Unasked) {
  const json::Array *Only = Context ? Context->getArray("only") : nullptr;
  if (!Only)
    return Unasked;
  return any_of(*Only, [&](const json::Value &Each) {
    const StringRef Name = Each.getAsString().value_or("?");
    return Kind == Name || Name.empty() || Kind.starts_with((Name + ".").str());
  });
}

std::vector<json::Value> actionsFor(const Object &Params, const Document &Open,
                                    Columns C, const FoundInFile *Found) {
  std::vector<json::Value> Actions;
  const Object *Context = Params.getObject("context");
  const json::Array *Shown =
      Context ? Context->getArray("diagnostics") : nullptr;
  std::vector<const Rule *> Explained;
  if (Shown && isWanted(Context, "quickfix", true))
    for (const json::Value &Each : *Shown) {
      if (!isOurs(Each))
        continue;
      json::Value D = Each;
      decorate(*D.getAsObject(), Found);
      if (auto Action = suppression(D, Open, C))
        Actions.push_back(std::move(*Action));
      const Rule *R = ruleOf(D);
      if ((!Context->get("only")) && !is_contained(Explained, R)) {
        Explained.push_back(R);
        Actions.push_back(explanation(*R));
      }
    }
  if (Found && isWanted(Context, FixAllKind, false))
    if (auto Action = fixAll(Open, C, *Found))
      Actions.push_back(std::move(*Action));
  return Actions;
}

} // namespace async_tidy::editor
