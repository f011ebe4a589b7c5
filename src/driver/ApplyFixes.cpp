//===- ApplyFixes.cpp - Fixes into files ----------------------------------===//
//
// Clang's Replacements do the editing; here is decided which edits there are.
// Findings come in a total order, so it is always the same ones that win.
//
//===----------------------------------------------------------------------===//

#include "driver/ApplyFixes.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace llvm;
using clang::tooling::Replacement;
using clang::tooling::Replacements;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

/// The text of a file and what is to become of it.
struct FileEdits {
  std::string Text;
  std::vector<size_t> LineStarts;
  Replacements Changes;

  /// The offset of \p L; none if the file has no such place.
  std::optional<unsigned> offset(const Location &L) const {
    if (L.Line == 0 || L.Line > LineStarts.size() || L.Column == 0)
      return std::nullopt;
    const size_t Offset = LineStarts[L.Line - 1] + L.Column - 1;
    return Offset <= Text.size() ? std::optional<unsigned>(Offset)
                                 : std::nullopt;
  }
};

/// All files that fixes touch, read once.
class Editor {
public:
  explicit Editor(const std::map<std::string, std::string> &Texts = {})
      : Texts(Texts) {}
  /// Adds all edits of \p F, or none of them. False if they overlap with
  /// earlier ones.
  Expected<bool> add(const Fix &F);
  /// The text that \p E takes away; empty if it is not there.
  StringRef replaced(const Edit &E);
  std::map<std::string, FileEdits> Files;

private:
  Expected<FileEdits *> open(const std::string &File);
  const std::map<std::string, std::string> Texts;
};

} // namespace

Expected<FileEdits *> Editor::open(const std::string &File) {
  auto [It, New] = Files.try_emplace(File);
  if (!New)
    return &It->second;
  FileEdits &E = It->second;
  if (const auto Known = Texts.find(File); Known != Texts.end()) {
    E.Text = Known->second;
  } else if (auto Text = MemoryBuffer::getFile(File)) {
    E.Text = (*Text)->getBuffer().str();
  } else {
    Files.erase(It);
    return bad(File + ": " + Text.getError().message());
  }
  E.LineStarts = {0};
  for (size_t I = 0; I < E.Text.size(); ++I)
    if (E.Text[I] == '\n')
      E.LineStarts.push_back(I + 1);
  return &E;
}

StringRef Editor::replaced(const Edit &E) {
  Expected<FileEdits *> File = open(E.Begin.File.str());
  if (!File) {
    consumeError(File.takeError());
    return {};
  }
  const auto Begin = (*File)->offset(E.Begin), End = (*File)->offset(E.End);
  return Begin && End ? StringRef((*File)->Text).slice(*Begin, *End)
                      : StringRef();
}

Expected<bool> Editor::add(const Fix &F) {
  std::map<std::string, Replacements> After;
  for (const Edit &E : F.Edits) {
    if (E.Begin.File != E.End.File)
      return false;
    Expected<FileEdits *> File = open(E.Begin.File.str());
    if (!File)
      return File.takeError();
    const auto Begin = (*File)->offset(E.Begin), End = (*File)->offset(E.End);
    if (!Begin || !End || *End < *Begin)
      return false; // the file is not the one that was parsed
    auto [Changes, New] =
        After.try_emplace(E.Begin.File.str(), (*File)->Changes);
    const Replacement R(E.Begin.File, *Begin, *End - *Begin, E.Text);
    // The same change by another finding is no conflict.
    if (is_contained(Changes->second, R))
      continue;
    if (Error Conflict = Changes->second.add(R)) {
      consumeError(std::move(Conflict));
      return false;
    }
  }
  for (auto &[File, Changes] : After)
    Files[File].Changes = std::move(Changes);
  return true;
}

static Error writeInto(StringRef File, StringRef Text) {
  std::error_code EC;
  raw_fd_ostream Out(File, EC);
  if (EC)
    return bad(File + ": " + EC.message());
  Out << Text;
  Out.close();
  EC = Out.error();
  Out.clear_error();
  return EC ? bad(File + ": " + EC.message()) : Error::success();
}

Error replaceFile(StringRef File, StringRef Text) {
  // A link is written through, and the file keeps its mode.
  SmallString<256> Real(File);
  const bool Exists = sys::fs::exists(File);
  if (Exists && !sys::fs::is_regular_file(File))
    return writeInto(File, Text);
  if (Exists)
    if (std::error_code EC = sys::fs::real_path(File, Real))
      return bad(File + ": " + EC.message());
  auto Temporary = sys::fs::TempFile::create(
      Real + ".async-tidy-%%%%%%",
      sys::fs::all_read | sys::fs::all_write); // as the umask says
  if (!Temporary)
    return bad(File + ": " + toString(Temporary.takeError()));
  raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
  Out << Text;
  Out.flush();
  std::error_code EC = Out.error();
  Out.clear_error();
  if (Exists && !EC)
    if (ErrorOr<sys::fs::perms> Mode = sys::fs::getPermissions(Real))
      EC = sys::fs::setPermissions(Temporary->FD, *Mode);
  if (EC)
    return joinErrors(bad(File + ": " + EC.message()), Temporary->discard());
  return Temporary->keep(Real);
}

const Fix *chosenFix(const Finding &F, bool Unsafe) {
  const auto Chosen =
      find_if(F.Fixes, [&](const Fix &X) { return X.Safe || Unsafe; });
  return F.Suppressed || Chosen == F.Fixes.end() || Chosen->Edits.empty()
             ? nullptr
             : &*Chosen;
}

static void addFailure(FixPlan &Plan, Error Why) {
  const std::string Text = toString(std::move(Why));
  if (!is_contained(Plan.Failures, Text))
    Plan.Failures.push_back(Text);
}

FixPlan planFixes(ArrayRef<Finding> Findings, bool Unsafe,
                  const std::map<std::string, std::string> &Texts) {
  Editor E(Texts);
  FixPlan Plan;
  for (const Finding &F : Findings) {
    const Fix *Chosen = chosenFix(F, Unsafe);
    if (!Chosen)
      continue;
    Expected<bool> Added = E.add(*Chosen);
    if (!Added)
      addFailure(Plan, Added.takeError());
    else if (*Added)
      Plan.Fixed.push_back(F);
    else
      ++Plan.Overlapping;
  }
  for (auto &[File, Edits] : E.Files)
    if (!Edits.Changes.empty()) {
      // The edits were checked when they were added.
      std::string After = cantFail(
          clang::tooling::applyAllReplacements(Edits.Text, Edits.Changes));
      Plan.Files[File] = {std::move(Edits.Text), std::move(After),
                          std::move(Edits.Changes)};
    }
  return Plan;
}

void writeFixes(FixPlan &Plan) {
  std::set<std::string> Failed;
  for (const auto &[File, Change] : Plan.Files)
    if (Error Why = replaceFile(File, Change.After)) {
      addFailure(Plan, std::move(Why));
      Failed.insert(File);
    }
  for (const std::string &File : Failed)
    Plan.Files.erase(File);
  erase_if(Plan.Fixed, [&](const Finding &F) {
    return any_of(F.Fixes, [&](const Fix &X) {
      return any_of(X.Edits, [&](const Edit &E) {
        return Failed.count(E.Begin.File.str());
      });
    });
  });
}

void dropLossyFixes(MutableArrayRef<Finding> Findings) {
  Editor E;
  for (Finding &F : Findings)
    erase_if(F.Fixes, [&](const Fix &X) {
      return any_of(X.Edits, [&](const Edit &Change) {
        return holdsComment(E.replaced(Change));
      });
    });
}

} // namespace async_tidy
