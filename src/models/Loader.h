//===- Loader.h - The keys of a model file --------------------------------===//
//
// What Load.cpp, which reads a file and its conditions, and Sections.cpp, which
// reads what stands under each key, share. Nobody else includes it.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_LOADER_H
#define ASYNC_TIDY_MODELS_LOADER_H

#include "models/Load.h"
#include "models/Phrases.h"
#include "models/Reader.h"
#include "models/Roles.h"

namespace async_tidy {

/// Reads one file. `load` may be called once.
class Loader {
public:
  Loader(YamlErrors &Errors, std::vector<std::string> Namespaces,
         llvm::StringRef File)
      : Errors(Errors), R(Errors, std::move(Namespaces)) {
    Result.About.File = File.str();
    Result.About.Namespaces = R.namespaces();
  }

  ModelFile load(const YamlNode &Root);

private:
  // One a key; `Sections` has their names.
  void blocking(const YamlNode &N);
  void nonblocking(const YamlNode &N);
  void mutexes(const YamlNode &N);
  void asyncMutexes(const YamlNode &N);
  void guards(const YamlNode &N);
  void lockFunctions(const YamlNode &N);
  void tasks(const YamlNode &N);
  void neverSuspends(const YamlNode &N);
  void stackfulSuspensions(const YamlNode &N);
  void runs(const YamlNode &N);
  void entryPoints(const YamlNode &N);
  void executors(const YamlNode &N);
  void switches(const YamlNode &N);
  void modes(const YamlNode &N);
  void constructs(const YamlNode &N);
  void destroys(const YamlNode &N);
  void owners(const YamlNode &N);
  void completions(const YamlNode &N);
  void polls(const YamlNode &N);
  void pauses(const YamlNode &N);
  void resumes(const YamlNode &N);
  void threadState(const YamlNode &N);
  void views(const YamlNode &N);
  void invalidates(const YamlNode &N);
  void cancellation(const YamlNode &N);
  void role(const YamlNode &N, const RoleWord &Word);
  void replacements(const YamlNode &N);
  void edges(const YamlNode &N);

  void lifetime(LifetimeModel &M, Fields &F);
  std::vector<Condition> conditions(const YamlNode *N);
  Condition condition(const YamlNode &N);
  std::string libraryName(const YamlNode &N);
  std::vector<std::string> headers(const YamlNode &N);
  std::string typeArgument(const YamlNode &N, bool OrAny);
  std::string sentence(const YamlNode &N);
  std::string answer(const YamlNode &N);
  void checkOperation(const YamlNode &N, llvm::StringRef Operation);

  /// Reads the names of an entry. They are not yet entries: `declare` is
  /// called when the rest is known.
  std::vector<ReadName> required(Fields &F, llvm::StringRef Key,
                                 NameKind Kind) {
    const YamlNode *N = F.required(Key);
    return N ? R.names(*N, Kind) : std::vector<ReadName>();
  }
  std::vector<std::string> mentioned(const YamlNode *N, NameKind Kind,
                                     llvm::StringRef Key);
  void members(Fields &F, llvm::StringRef Key, std::vector<std::string> &Out,
               llvm::ArrayRef<ReadName> Types);

  /// Makes \p Names entries of the file under \p Key, and returns them. Saying
  /// the same of a name again is an error, unless what was said before has a
  /// condition; \p Of tells apart what can be said several times.
  std::vector<std::string> declare(llvm::ArrayRef<ReadName> Names,
                                   llvm::StringRef Key, std::string What,
                                   bool Conditional = false,
                                   const llvm::Twine &Of = "");
  /// A list that is nothing but names.
  std::vector<std::string> plainNames(const YamlNode &N, llvm::StringRef Key,
                                      llvm::StringRef What, NameKind Kind);
  void refuseBoth(llvm::StringRef A, llvm::StringRef B);

  struct Section {
    llvm::StringLiteral Key;
    void (Loader::*Read)(const YamlNode &);
  };
  static const Section Sections[];

  YamlErrors &Errors;
  Reader R;
  ModelFile Result;
  /// Key and name of what was said without a condition -> where.
  llvm::StringMap<YamlPlace> Said;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_LOADER_H
