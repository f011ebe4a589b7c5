//===- SharedParse.cpp - One parse that becomes several -------------------===//

#include "driver/SharedParse.h"
#include "driver/PrefixProof.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Pragma.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace clang;

namespace async_tidy {
namespace {

/// Stands behind the includes of a node.
constexpr llvm::StringLiteral Mark = "async_tidy_parts";

/// The end of the text that \p L reads. Clang gives nobody a way to move it,
/// but an explicit instantiation may name what is private.
const char *&endOf(Lexer &L);
template <const char *Lexer::*Member> struct Expose {
  friend const char *&endOf(Lexer &L) { return L.*Member; }
};
template struct Expose<&Lexer::BufferEnd>;

size_t longest(const ShareNode &N) {
  size_t Below = 0;
  for (const ShareNode &Branch : N.Branches)
    Below = std::max(Below, longest(Branch));
  for (const std::string &Header : N.Includes)
    Below += Header.size() + sizeof "#include \n";
  return Below + sizeof "#pragma \n" + Mark.size();
}

std::string linesOf(const ShareNode &N) {
  std::string Lines;
  for (const std::string &Header : N.Includes)
    Lines += "#include " + Header + "\n";
  return Lines + "#pragma " + Mark.str() + "\n";
}

class Sharer : public ParseHook {
public:
  Sharer(const SharedParse &Plan, TracingFileSystem &Files, std::string Name,
         const Places &Room, llvm::function_ref<void(unsigned)> TimedOut)
      : Plan(Plan), Room(Room), TimedOut(TimedOut), At(&Plan.Tree) {
    uint64_t Size = 0;
    for (const ShareUnit &Unit : Plan.Units) {
      uint64_t Now = 0;
      if (!llvm::sys::fs::file_size(Unit.Path, Now))
        Size = std::max(Size, Now);
    }
    Text = llvm::WritableMemoryBuffer::getNewMemBuffer(Size + 1, Name);
    Files.provide(Name, Text->getMemBufferRef());
  }

  void begin(CompilerInstance &Clang) override {
    Preprocessor &PP = Clang.getPreprocessor();
    std::string Lines = PP.getPredefines() + "\n";
    const unsigned LinesAt = Lines.size();
    // Blanks for the lines of nodes that come later.
    std::string Room(longest(Plan.Tree), '\n');
    const std::string First = linesOf(Plan.Tree);
    Room.replace(0, First.size(), First);
    PP.setPredefines(Lines + Room);
    auto Callbacks = std::make_unique<PrefixProof>(PP, LinesAt);
    Proof = Callbacks.get();
    PP.addPPCallbacks(std::move(Callbacks));
    PP.AddPragmaHandler(new Handler(*this));
    limitTime();
  }

  unsigned unit() const {
    // Its end has come, and it has not included what it was thought to.
    if (!Unit || !Proof->isDone())
      PrefixProof::giveUp();
    return *Unit;
  }

private:
  /// Called where a node ends.
  class Handler : public PragmaHandler {
  public:
    explicit Handler(Sharer &Owner) : PragmaHandler(Mark), Owner(Owner) {}
    void HandlePragma(Preprocessor &PP, PragmaIntroducer,
                      Token &First) override {
      if (PP.getSourceManager().getFileID(First.getLocation()) ==
          PP.getPredefinesFileID())
        Owner.part(PP);
    }

  private:
    Sharer &Owner;
  };

  void limitTime() const { alarm(Plan.Timeout.count()); }

  /// Goes on as a process for each branch and each unit of the node.
  void part(Preprocessor &PP) {
    alarm(0);
    const size_t Branches = At->Branches.size();
    const auto Ended = [&](size_t I, int Status) {
      if (I >= Branches && WIFSIGNALED(Status) && WTERMSIG(Status) == SIGALRM)
        TimedOut(At->Units[I - Branches]);
    };
    const auto I = forkEach(Branches + At->Units.size(), Room, Ended);
    if (!I)
      _exit(0);
    limitTime();
    if (*I < Branches)
      enter(PP, At->Branches[*I]);
    else
      become(PP, At->Units[*I - Branches]);
  }

  void enter(Preprocessor &PP, const ShareNode &Branch) {
    At = &Branch;
    // The lexer has not looked further than this line.
    auto *L = static_cast<Lexer *>(PP.getCurrentFileLexer());
    const llvm::StringRef All = L->getBuffer();
    const size_t Next = All.find('\n', L->getCurrentBufferOffset()) + 1;
    const std::string Lines = linesOf(Branch);
    if (Next + Lines.size() > All.size())
      PrefixProof::giveUp();
    memcpy(const_cast<char *>(All.data()) + Next, Lines.data(), Lines.size());
  }

  void become(Preprocessor &PP, unsigned Number) {
    Unit = Number;
    const ShareUnit &U = Plan.Units[Number];
    SourceManager &SM = PP.getSourceManager();
    FileManager &FM = PP.getFileManager();
    auto File = FM.getFileRef(U.Path, /*OpenFile=*/true);
    auto Read = File ? FM.getBufferForFile(*File)
                     : llvm::errorToErrorCode(File.takeError());
    const llvm::StringRef New = Read ? (*Read)->getBuffer() : llvm::StringRef();
    // A mark of the byte order is looked for before anything else is.
    if (!Read || New.size() > Text->getBufferSize() || !Proof->main() ||
        (!New.empty() && (!llvm::isASCII(New.front()) || !New.front())))
      PrefixProof::giveUp();
    char *Start = Text->getBufferStart();
    llvm::copy(New, Start);
    Start[New.size()] = 0;
    endOf(*Proof->main()) = Start + New.size();
    auto &Content = const_cast<SrcMgr::ContentCache &>(
        SM.getSLocEntry(SM.getMainFileID()).getFile().getContentCache());
    Content.setBuffer(llvm::MemoryBuffer::getMemBuffer(
        llvm::StringRef(Start, New.size()), File->getName()));
    Content.OrigEntry = Content.ContentsEntry = *File;
    Content.Filename = File->getName();
    Content.SourceLineCache = {};
    PP.markIncluded(*File);
    Proof->begin(U.Macros);
  }

  const SharedParse &Plan;
  const Places &Room;
  llvm::function_ref<void(unsigned)> TimedOut;
  const ShareNode *At;
  /// Of the main file; the lexer reads it where it is.
  std::unique_ptr<llvm::WritableMemoryBuffer> Text;
  PrefixProof *Proof = nullptr;
  std::optional<unsigned> Unit;
};

} // namespace

std::pair<unsigned, TranslationUnitFacts>
parseShared(const SharedParse &Plan, bool SkipBodies, const Places &Room,
            llvm::IntrusiveRefCntPtr<TracingFileSystem> Files,
            llvm::function_ref<void(unsigned)> TimedOut) {
  // A name that nobody includes, in the folder of one of the units.
  llvm::SmallString<256> Name(
      llvm::sys::path::parent_path(Plan.Units.front().Path));
  llvm::sys::path::append(
      Name, ".async-tidy-shared" +
                llvm::sys::path::extension(Plan.Units.front().Path));
  CompileJob Job = Plan.Job;
  Job.File = Job.CommandLine[Plan.FileWord] = std::string(Name);
  Sharer Hook(Plan, *Files, std::string(Name), Room, TimedOut);
  TranslationUnitFacts Facts =
      parse(Job, SkipBodies, Files, Files->root(), &Hook);
  alarm(0);
  if (Facts.MainFile == Job.File) // it ended too early to say
    PrefixProof::giveUp();
  return {Hook.unit(), std::move(Facts)};
}

} // namespace async_tidy
