//===- Config.h - What .clang-tidy says -----------------------------------===//
//
// One configuration serves all front ends: clang-tidy's own library finds,
// merges and reads the files, so they mean here what they mean there. Options
// of async-tidy as a whole are `async.Level` and `async.Models` in
// `CheckOptions`.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_CONFIG_H
#define ASYNC_TIDY_DRIVER_CONFIG_H

#include "driver/CommandLine.h"
#include "rules/Rule.h"
#include <map>
#include <memory>

namespace async_tidy {

/// What the command line says of the configuration. Empty: nothing.
struct ConfigOverrides {
  std::optional<std::string> Checks, WarningsAsErrors;
  std::optional<std::string> HeaderFilter, ExcludeHeaderFilter;
  std::optional<std::string> ConfigFile, ConfigText;
  std::optional<Level> Wanted;
  /// No .clang-tidy counts that is not below this folder; empty: all count.
  std::string Within;
};

/// What holds for one file.
struct FileConfig {
  std::string Checks, WarningsAsErrors;
  std::string HeaderFilter, ExcludeHeaderFilter;
  Level Wanted = Level::Default;
  std::vector<std::string> Models; ///< absolute paths
  std::map<std::string, std::string> CheckOptions;
  std::vector<std::string> ExtraArgs, ExtraArgsBefore, RemovedArgs;
  friend auto operator<=>(const FileConfig &, const FileConfig &) = default;

  Selection selection() const;
};

class Config {
public:
  /// An error if a file or text that \p Overrides names cannot be read.
  static llvm::Expected<Config> create(ConfigOverrides Overrides);
  Config(Config &&);
  ~Config();

  /// What holds for \p File, an absolute path. A .clang-tidy that cannot be
  /// read is an error.
  llvm::Expected<const FileConfig *> of(llvm::StringRef File);
  /// The files that were read so far, as they were found, each once.
  llvm::ArrayRef<std::string> filesRead() const;
  /// The configuration of \p File as a .clang-tidy that says all of it.
  llvm::Expected<std::string> dump(llvm::StringRef File);

private:
  Config();
  struct Implementation;
  std::unique_ptr<Implementation> Impl;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_CONFIG_H
