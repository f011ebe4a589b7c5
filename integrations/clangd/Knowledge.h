//===- Knowledge.h - What an editor's server knows ------------------------===//
//
// The projects of the open files, read and refreshed on a thread of its own,
// and what was found in each file last. Nobody waits for it.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_KNOWLEDGE_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_KNOWLEDGE_H

#include "clangd/Hints.h"
#include "clangd/Project.h"
#include "clangd/Tool.h"
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <thread>

namespace async_tidy::editor {

struct KnowledgeOptions {
  std::string ToolFolder; ///< where `async-tidy` is looked for
  std::string Database;   ///< `--compile-commands-dir`; empty: look for it
  std::string StoreFile;  ///< empty: where stores are
  bool NoStore = false;   ///< a unit is looked at by itself
};

class Knowledge {
public:
  explicit Knowledge(KnowledgeOptions Options);
  ~Knowledge() { end(); }
  /// Ends the thread, and what it has started.
  void end();

  /// Told, on the thread, of files in which something else is found now.
  std::function<void(const std::string &File)> Changed;

  /// \p Path, a file or folder, is going to be looked at.
  void prepare(const std::string &Path);
  /// \p File was saved: the units that read it are parsed again.
  void saved(const std::string &File);
  /// All units of the project of \p File are parsed that the store lacks.
  void refresh(const std::string &File);
  void closed(const std::string &File);

  /// `Host::Around`.
  Surroundings around(TranslationUnitFacts &Open);
  /// `Host::Found`.
  void found(FoundInFile Found);
  /// What was found last; nothing if \p File was not looked at.
  std::optional<FoundInFile> inFile(llvm::StringRef File) const;
  /// What was known of its calls then.
  Hints hints(llvm::StringRef File) const;
  /// How many units the project of \p File has, and how many are known.
  std::pair<size_t, size_t> count(const std::string &File);

private:
  using Task = std::function<void()>;
  void run();
  void look();
  /// \p Name: the same task is not put twice.
  void enqueue(std::string Name, Task Do);
  std::shared_ptr<Project> projectOf(const std::string &Path) const;
  std::shared_ptr<Project> findProject(const std::string &Path);
  void read(std::shared_ptr<Project> P);
  void lookAgain(const std::string &File);

  const KnowledgeOptions Options;
  Tool Program;
  mutable std::mutex Mutex;
  std::condition_variable Wake;
  std::deque<std::pair<std::string, Task>> Tasks;
  std::map<std::string, std::shared_ptr<Project>> Projects; ///< by database
  std::map<std::string, std::shared_ptr<Project>> Folders;  ///< null: none
  struct Seen {
    FoundInFile What;
    Hints Known;
  };
  std::map<std::string, Seen> Files;
  std::atomic<uint64_t> Generation = 1; ///< of what projects know
  std::atomic<bool> Ends = false;
  std::thread Thread; // last: it uses the others
};

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_KNOWLEDGE_H
