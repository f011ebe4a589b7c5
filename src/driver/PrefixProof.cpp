//===- PrefixProof.cpp - That headers were rightly parsed first -----------===//

#include "driver/PrefixProof.h"
#include "driver/Worker.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include <unistd.h>

using namespace clang;

namespace async_tidy {

/// What follows from where the headers are included, and would be another for
/// each unit.
static bool tellsThePlace(llvm::StringRef Macro) {
  return Macro == "__BASE_FILE__" || Macro == "__INCLUDE_LEVEL__";
}

PrefixProof::PrefixProof(Preprocessor &PP, unsigned LinesAt)
    : PP(PP), SM(PP.getSourceManager()), LinesAt(LinesAt) {}

void PrefixProof::giveUp() { _exit(GaveUp); }

void PrefixProof::begin(llvm::ArrayRef<std::string> Macros) {
  // Whatever a header does not name, in whichever way, cannot change it.
  for (const std::string &Name : Macros)
    if (PP.getIdentifierTable().find(Name) == PP.getIdentifierTable().end())
      Unknown.insert(Name);
  End = SM.getNextLocalOffset();
  Phase = Proving;
  PP.setTokenWatcher([this](const Token &) { refuse(); });
}

void PrefixProof::FileChanged(SourceLocation Loc, FileChangeReason Reason,
                              SrcMgr::CharacteristicKind Kind, FileID) {
  if (Phase == Proved)
    return;
  if (!Main) { // entered before everything else
    Main = static_cast<Lexer *>(PP.getCurrentFileLexer());
    return;
  }
  const FileEntry *File = SM.getFileEntryForID(SM.getFileID(Loc));
  if (Phase == Sharing) {
    if (File && Reason == EnterFile)
      ReadBy.try_emplace(File, Headers.size());
    return;
  }
  if (Reason == ExitFile) {
    if (Again && --Again == 0) {
      if (!Undefined.empty())
        giveUp();
      passOne();
    }
    return;
  }
  if (Again && Reason == SystemHeaderPragma)
    return;
  if (Reason != EnterFile)
    giveUp();
  const auto It = ReadBy.find(File);
  if (It == ReadBy.end()
          ? Again != 0 || Kind != SrcMgr::C_User
          : It->second > Passed + 1 || (!Again && File != Headers[Passed]))
    giveUp();
  if (It == ReadBy.end())
    return;
  if (!Again && SM.getFileEntryRefForID(SM.getFileID(Loc))->getName() !=
                    Headers[Passed].getName())
    giveUp();
  ++Again;
}

void PrefixProof::passOne() {
  if (++Passed < Headers.size())
    return;
  Phase = Proved;
  PP.setTokenWatcher(nullptr);
}

void PrefixProof::InclusionDirective(SourceLocation Hash, const Token &,
                                     llvm::StringRef, bool, CharSourceRange,
                                     OptionalFileEntryRef File, llvm::StringRef,
                                     llvm::StringRef, const Module *, bool,
                                     SrcMgr::CharacteristicKind) {
  if (Phase == Proved)
    return;
  if (!File) {
    // An error, and it names the place.
    if (Phase == Proving || SM.getFileID(Hash) == PP.getPredefinesFileID())
      giveUp();
    return;
  }
  if (Phase == Proving)
    return;
  const auto [From, Offset] = SM.getDecomposedLoc(Hash);
  if (From != PP.getPredefinesFileID() || Offset < LinesAt)
    return;
  if (!Begin)
    Begin = SM.getNextLocalOffset();
  Headers.push_back(*File);
}

void PrefixProof::FileSkipped(const FileEntryRef &File, const Token &,
                              SrcMgr::CharacteristicKind) {
  if (Phase != Proving)
    return;
  if (!Again && File == Headers[Passed] &&
      File.getName() == Headers[Passed].getName())
    return passOne();
  // One that an earlier one has included would be skipped, too.
  const auto It = ReadBy.find(&File.getFileEntry());
  if (It == ReadBy.end() || It->second > Passed + (Again != 0))
    giveUp();
}

void PrefixProof::asked(const Token &Name) const {
  if (Phase != Proving || Again)
    return;
  // The answer must not be one of the shared headers'.
  const IdentifierInfo *I = Name.getIdentifierInfo();
  for (const MacroDirective *D = PP.getLocalMacroDirectiveHistory(I); D;
       D = D->getPrevious()) {
    const SourceLocation::UIntTy At =
        SM.getExpansionLoc(D->getLocation()).getRawEncoding();
    if (At >= Begin && At < End)
      giveUp();
  }
}

void PrefixProof::MacroDefined(const Token &Name, const MacroDirective *D) {
  if (Phase != Proving)
    return;
  const IdentifierInfo *I = Name.getIdentifierInfo();
  const auto IsSame = [&] {
    for (const MacroDirective *Old = D->getPrevious(); Old;
         Old = Old->getPrevious())
      if (const auto *Was = dyn_cast<DefMacroDirective>(Old))
        return Was->getInfo()->isIdenticalTo(*D->getMacroInfo(), PP, false);
    return false;
  };
  if (Again ? !IsSame() : !Unknown.contains(I->getName()))
    giveUp();
  Undefined.erase(I);
}

void PrefixProof::MacroUndefined(const Token &Name, const MacroDefinition &M,
                                 const MacroDirective *) {
  if (Phase != Proving)
    return;
  if (!Again)
    giveUp();
  if (M)
    Undefined.insert(Name.getIdentifierInfo());
}

void PrefixProof::MacroExpands(const Token &Name, const MacroDefinition &,
                               SourceRange, const MacroArgs *) {
  if (Phase == Proved)
    return;
  const llvm::StringRef Macro = Name.getIdentifierInfo()->getName();
  if (tellsThePlace(Macro) || (Phase == Proving && Macro == "__COUNTER__"))
    giveUp();
  asked(Name);
}

void PrefixProof::PragmaDirective(SourceLocation Loc, PragmaIntroducerKind) {
  if (Phase != Proving)
    return;
  llvm::StringRef Line = SM.getBufferData(SM.getFileID(Loc))
                             .drop_front(SM.getFileOffset(Loc))
                             .take_until([](char C) { return C == '\n'; })
                             .rtrim();
  Line.consume_front("#");
  Line = Line.ltrim(" \t");
  const bool Pragma = Line.consume_front("pragma");
  Line = Line.ltrim(" \t");
  if (!Pragma || (Line != "once" && !(Again && Line == "GCC system_header")))
    giveUp();
}

} // namespace async_tidy
