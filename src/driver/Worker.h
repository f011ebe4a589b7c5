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
#include "driver/SharedParse.h"
#include "driver/Trace.h"

namespace async_tidy {

struct Request {
  CompileJob Job; ///< prepared
  bool SkipBodies = true;
  std::string Root;      ///< of the project: paths below it are relative to it
  uint64_t MaxBytes = 0; ///< of memory; 0: as much as there is
  FileNaming Naming = {};
};

/// Asks for several units at once.
struct SharedRequest {
  SharedParse Plan;
  bool SkipBodies = true;
  std::string Root;
  uint64_t MaxBytes = 0;
};

/// The answer for one of several units: it comes as soon as it is there. Units
/// for which none comes are to be asked for alone.
struct SharedAnswer {
  unsigned Unit = 0;
  bool TimedOut = false; ///< and there is nothing else
  double CpuSeconds = 0;
  uint64_t PeakBytes = 0;
  std::string Bytes; ///< as `decodeAnswer` wants them
};

/// With this exit code a process ends that parses shared headers and finds that
/// it is no good for its unit.
constexpr int GaveUp = 78;
/// Where a worker finds the pipe of Forks.h.
constexpr int PlacesRead = 3, PlacesWrite = 4;

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

std::string encode(const SharedRequest &R);
/// Takes one answer from the front of \p Bytes, if it is there as a whole.
std::optional<SharedAnswer> takeAnswer(std::string &Bytes);

std::string encode(const ParsedUnit &U);
llvm::Expected<ParsedUnit> decodeAnswer(llvm::StringRef Bytes);

/// Answers the request on standard input; the whole of `async-tidy --worker`.
/// Gives the exit code.
int runWorker();

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_WORKER_H
