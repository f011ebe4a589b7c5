//===- Tool.cpp - The async-tidy program next to us -----------------------===//

#include "clangd/Tool.h"
#include "driver/Store.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include <csignal>
#include <thread>

using namespace llvm;

namespace async_tidy::editor {

static constexpr std::chrono::minutes MostTime(10);

Tool::Tool(StringRef Folder) {
  for (ArrayRef<StringRef> Where :
       {ArrayRef<StringRef>(Folder), ArrayRef<StringRef>()})
    if (auto Found = sys::findProgramByName("async-tidy", Where)) {
      Path = *Found;
      return;
    }
}

std::optional<Digest> Tool::writer() {
  if (Writer)
    return *Writer;
  Writer.emplace();
  SmallString<128> Answer;
  if (Path.empty() ||
      sys::fs::createTemporaryFile("async-clangd", "txt", Answer))
    return std::nullopt;
  if (sys::ExecuteAndWait(Path, {Path, "--store-identity"}, std::nullopt,
                          {StringRef(), StringRef(Answer), StringRef()}) == 0)
    if (auto Text = MemoryBuffer::getFile(Answer))
      *Writer = storeWriter((*Text)->getBuffer());
  sys::fs::remove(Answer);
  return *Writer;
}

void Tool::refresh(const std::string &Database, const std::string &StoreFile,
                   ArrayRef<std::string> Files, function_ref<bool()> Stop) {
  const auto Nice = sys::findProgramByName("nice");
  if (!Nice || Path.empty())
    return;
  std::vector<std::string> Words = {*Nice,
                                    "-n19",
                                    Path,
                                    "-p",
                                    Database,
                                    "--jobs=1",
                                    "--quiet",
                                    "--fail-on=never",
                                    "--output=text:/dev/null"};
  if (!StoreFile.empty())
    Words.push_back("--store=" + StoreFile);
  Words.insert(Words.end(), Files.begin(), Files.end());
  const std::vector<StringRef> Arguments(Words.begin(), Words.end());
  const auto Started = std::chrono::steady_clock::now();
  const sys::ProcessInfo Child = sys::ExecuteNoWait(
      *Nice, Arguments, std::nullopt, {StringRef(), StringRef(), StringRef()});
  while (Child.Pid != sys::ProcessInfo::InvalidPid) {
    if (sys::Wait(Child, /*SecondsToWait=*/0).Pid == Child.Pid)
      return;
    if (Stop() || std::chrono::steady_clock::now() - Started > MostTime) {
      kill(Child.Pid, SIGTERM);
      sys::Wait(Child, std::nullopt);
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

} // namespace async_tidy::editor
