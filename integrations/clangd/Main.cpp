//===- Main.cpp - async-clangd --------------------------------------------===//
//
// clangd with our checks in it. What clangd reads and writes goes through the
// filter, on two threads and through two pipes.
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/Engine.h"
#include "clangd/Filter.h"
#include "driver/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace clang::clangd {
int clangdMain(int Count, char *Words[]);
} // namespace clang::clangd

using namespace async_tidy;
using namespace async_tidy::editor;
using llvm::StringRef;

namespace {

struct Arguments {
  KnowledgeOptions Ours;
  std::vector<std::string> Clangd; ///< all others
  bool Converses = true;           ///< a server, not `--version` or `--check`
};

/// The value of the option \p Name in \p Word, or in the one after it.
std::optional<std::string> valueOf(StringRef Name, llvm::ArrayRef<char *> Words,
                                   size_t I) {
  StringRef Word = StringRef(Words[I]).ltrim('-');
  if (StringRef(Words[I]) == Word || !Word.consume_front(Name))
    return std::nullopt;
  if (Word.consume_front("="))
    return Word.str();
  return Word.empty() && I + 1 < Words.size()
             ? std::optional<std::string>(Words[I + 1])
             : std::nullopt;
}

bool isFlag(StringRef Word, StringRef Name) {
  return Word.starts_with("-") && Word.ltrim('-').split('=').first == Name;
}

Arguments parse(llvm::ArrayRef<char *> Words) {
  Arguments A;
  bool Resources = false;
  for (size_t I = 0; I < Words.size(); ++I) {
    const StringRef Word = Words[I];
    if (auto File = valueOf("async-store", Words, I)) {
      A.Ours.StoreFile = absolutePath(*File, currentDirectory());
      I += !Word.contains('=');
      continue;
    }
    if (isFlag(Word, "async-no-store")) {
      A.Ours.NoStore = true;
      continue;
    }
    if (auto Folder = valueOf("compile-commands-dir", Words, I))
      A.Ours.Database = absolutePath(*Folder, currentDirectory());
    Resources |= isFlag(Word, "resource-dir");
    for (StringRef Name : {"version", "help", "help-hidden", "help-list", "h",
                           "check", "lit-test", "input-style"})
      A.Converses &= I == 0 || !isFlag(Word, Name);
    A.Clangd.push_back(Word.str());
  }
  // clangd looks next to itself, where we may not be.
  if (auto Folder = resourceDirectory(); Folder && !Resources)
    A.Clangd.push_back("--resource-dir=" + *Folder);
  else if (!Folder)
    llvm::consumeError(Folder.takeError());
  return A;
}

/// What is written to a descriptor, all of it or until nobody reads.
void writeAll(int To, StringRef Bytes) {
  while (!Bytes.empty()) {
    const ssize_t Size = write(To, Bytes.data(), Bytes.size());
    if (Size < 0 && errno == EINTR)
      continue;
    if (Size <= 0)
      return;
    Bytes = Bytes.drop_front(Size);
  }
}

/// Reads \p From to its end.
void pump(int From, llvm::function_ref<void(Frame)> Take) {
  FrameReader Reader;
  std::vector<char> Buffer(1 << 16);
  while (true) {
    const ssize_t Size = read(From, Buffer.data(), Buffer.size());
    if (Size < 0 && errno == EINTR)
      continue;
    if (Size <= 0)
      break;
    Reader.add({Buffer.data(), size_t(Size)});
    while (auto F = Reader.next())
      Take(std::move(*F));
  }
  if (std::string Rest = Reader.rest(); !Rest.empty())
    Take({std::move(Rest), 0});
}

int runClangd(Arguments &A) {
  std::vector<char *> Words;
  for (std::string &Word : A.Clangd)
    Words.push_back(Word.data());
  Words.push_back(nullptr);
  return clang::clangd::clangdMain(A.Clangd.size(), Words.data());
}

/// Runs clangd with the filter around it.
int converse(Arguments &A) {
  int In[2], Out[2];
  const int Editor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  const int ToEditor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (Editor < 0 || ToEditor < 0 || pipe2(In, O_CLOEXEC) ||
      pipe2(Out, O_CLOEXEC)) {
    llvm::errs() << "async-clangd: cannot make pipes: " << strerror(errno)
                 << '\n';
    return 2;
  }
  dup2(In[0], STDIN_FILENO), close(In[0]);
  dup2(Out[1], STDOUT_FILENO), close(Out[1]);
  // An editor that has gone is noticed by what clangd reads.
  signal(SIGPIPE, SIG_IGN);

  // Threads may outlive `main`: what they use does, too.
  auto &Knows = *new Knowledge(A.Ours);
  auto &Between = *new Filter(
      Knows, [=](StringRef Bytes) { writeAll(ToEditor, Bytes); },
      [=](StringRef Bytes) { writeAll(In[1], Bytes); });
  Knows.Changed = [&](const std::string &File) { Between.touch(File); };
  host().Around = [&](TranslationUnitFacts &Open) {
    return Knows.around(Open);
  };
  host().Found = [&](FoundInFile Found) { Knows.found(std::move(Found)); };

  std::thread([&, Editor, In] {
    pump(Editor, [&](Frame F) { Between.fromEditor(std::move(F)); });
    close(In[1]);
  }).detach();
  std::thread Answers([&, Out] {
    pump(Out[0], [&](Frame F) { Between.fromServer(std::move(F)); });
  });
  const int Code = runClangd(A);
  llvm::outs().flush();
  close(STDOUT_FILENO);
  Answers.join();
  Knows.end();
  return Code;
}

} // namespace

int main(int argc, char **argv) {
  Arguments A = parse({argv, size_t(argc)});
  A.Ours.ToolFolder = llvm::sys::path::parent_path(
                          llvm::sys::fs::getMainExecutable(
                              argv[0], reinterpret_cast<void *>(&main)))
                          .str();
  for (int I = 1; I < argc; ++I) {
    if (isFlag(argv[I], "version"))
      llvm::outs() << "async-clangd " ASYNC_TIDY_VERSION ", a clangd with "
                      "async-tidy in it\n";
    if (isFlag(argv[I], "help"))
      llvm::outs()
          << "async-clangd: clangd with async-tidy in it\n\n"
             "  --async-store=FILE  the program's facts, if they are not where "
             "async-tidy keeps them\n"
             "  --async-no-store    look at each file by itself\n\n"
             "All other options are clangd's:\n\n";
  }
  llvm::outs().flush();
  async_tidy_engine_register();
  // Tearing down what threads may use takes time and gives nothing.
  const int Code = A.Converses ? converse(A) : runClangd(A);
  llvm::outs().flush();
  _exit(Code);
}
