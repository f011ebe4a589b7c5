//===- PrefixProof.h - That headers were rightly parsed first -------------===//
//
// See SharedParse.h.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_PREFIXPROOF_H
#define ASYNC_TIDY_DRIVER_PREFIXPROOF_H

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

namespace async_tidy {

/// First takes notes of what the shared headers are, then proves for one unit
/// that a parse from its beginning would have read them first. Ends the process
/// if it cannot.
class PrefixProof : public clang::PPCallbacks {
public:
  /// \p LinesAt is where the lines that include them begin, in the predefined
  /// macros.
  PrefixProof(clang::Preprocessor &PP, unsigned LinesAt);

  /// The lexer of the main file.
  clang::Lexer *main() const { return Main; }
  /// From here on, a unit is parsed that may define \p Macros.
  void begin(llvm::ArrayRef<std::string> Macros);
  /// All shared headers were passed.
  bool isDone() const { return Phase == Proved; }
  /// Ends the process: the unit is to be parsed alone.
  [[noreturn]] static void giveUp();

  void FileChanged(clang::SourceLocation Loc, FileChangeReason Reason,
                   clang::SrcMgr::CharacteristicKind Kind,
                   clang::FileID) override;
  void FileSkipped(const clang::FileEntryRef &File, const clang::Token &,
                   clang::SrcMgr::CharacteristicKind) override;
  void InclusionDirective(clang::SourceLocation Hash, const clang::Token &,
                          llvm::StringRef, bool, clang::CharSourceRange,
                          clang::OptionalFileEntryRef File, llvm::StringRef,
                          llvm::StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void MacroDefined(const clang::Token &Name,
                    const clang::MacroDirective *) override;
  void MacroUndefined(const clang::Token &Name, const clang::MacroDefinition &,
                      const clang::MacroDirective *) override;
  void MacroExpands(const clang::Token &Name, const clang::MacroDefinition &,
                    clang::SourceRange, const clang::MacroArgs *) override;
  void Defined(const clang::Token &Name, const clang::MacroDefinition &,
               clang::SourceRange) override {
    asked(Name);
  }
  void Ifdef(clang::SourceLocation, const clang::Token &Name,
             const clang::MacroDefinition &) override {
    asked(Name);
  }
  void Ifndef(clang::SourceLocation, const clang::Token &Name,
              const clang::MacroDefinition &) override {
    asked(Name);
  }
  void Elifdef(clang::SourceLocation, const clang::Token &Name,
               const clang::MacroDefinition &) override {
    asked(Name);
  }
  void Elifndef(clang::SourceLocation, const clang::Token &Name,
                const clang::MacroDefinition &) override {
    asked(Name);
  }
  void PragmaDirective(clang::SourceLocation Loc,
                       clang::PragmaIntroducerKind) override;
  void EmbedDirective(clang::SourceLocation, llvm::StringRef, bool,
                      clang::OptionalFileEntryRef,
                      const clang::LexEmbedParametersResult &) override {
    refuse();
  }
  void Ident(clang::SourceLocation, llvm::StringRef) override { refuse(); }
  void moduleImport(clang::SourceLocation, clang::ModuleIdPath,
                    const clang::Module *) override {
    refuse();
  }

private:
  /// That is nothing that may stand before a shared header.
  void refuse() const {
    if (Phase == Proving)
      giveUp();
  }
  void asked(const clang::Token &Name) const;

  clang::Preprocessor &PP;
  const clang::SourceManager &SM;
  unsigned LinesAt;
  clang::Lexer *Main = nullptr;
  enum { Sharing, Proving, Proved } Phase = Sharing;
  /// The headers, in order.
  std::vector<clang::FileEntryRef> Headers;
  /// By which of them, counted from 1, a file was first read; 0 for one that
  /// the command line includes.
  llvm::DenseMap<const clang::FileEntry *, size_t> ReadBy;
  /// The source locations of them and of what they include.
  clang::SourceLocation::UIntTy Begin = 0, End = 0;
  void passOne();

  size_t Passed = 0;
  /// How deep in a header that is read again, because it has no guard around
  /// all of it (`<cstdio>`, `<cassert>`). That must leave nothing behind.
  unsigned Again = 0;
  llvm::DenseSet<const clang::IdentifierInfo *> Undefined;
  /// What the unit may define.
  llvm::StringSet<> Unknown;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_PREFIXPROOF_H
