//===- Worker.h - What a child process is asked and answers ---------------===//
//
// Each unit is parsed by a child, which is the same program started as
// `async-tidy --worker`. The request stands on its standard input, the answer
// goes to its standard output.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_WORKER_H
#define ASYNC_TIDY_DRIVER_WORKER_H

#include "driver/CompileDatabase.h"
#include "driver/Record.h"
#include "driver/Trace.h"

namespace async_tidy {

struct Request {
  CompileJob Job; ///< prepared
  bool SkipBodies = true;
  std::string Root;      ///< of the project: paths below it are relative to it
  uint64_t MaxBytes = 0; ///< of memory; 0: as much as there is
  FileNaming Naming = {};
};

/// With this exit code a worker gives up that needs more memory than it may
/// have.
constexpr int OutOfMemory = 77;

/// What a parse gave, and what it depends on.
struct ParsedUnit {
  UnitRecord Unit;
  std::vector<Input> Inputs;
};

/// Parses here, in this process.
ParsedUnit answer(const Request &R);

std::string encode(const Request &R);
llvm::Expected<Request> decodeRequest(llvm::StringRef Bytes);

std::string encode(const ParsedUnit &U);
llvm::Expected<ParsedUnit> decodeAnswer(llvm::StringRef Bytes);

/// Answers the request on standard input; the whole of `async-tidy --worker`.
/// Gives the exit code.
int runWorker();

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_WORKER_H
