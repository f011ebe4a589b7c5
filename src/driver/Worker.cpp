//===- Worker.cpp - What a child process is asked and answers -------------===//

#include "driver/Worker.h"
#include "driver/Parse.h"
#include "facts/Bytes.h"
#include "facts/Fields.h"
#include "clang/Basic/Stack.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <new>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

using nlohmann::json;

namespace async_tidy {

std::string encode(const Request &R) {
  std::string Bytes;
  json::to_msgpack(json::array({R.Job.File, R.Job.Directory, R.Job.CommandLine,
                                R.SkipBodies, R.Root, R.MaxBytes}),
                   Bytes);
  return Bytes;
}

llvm::Expected<Request> decodeRequest(llvm::StringRef Bytes) {
  const json J = json::from_msgpack(Bytes.begin(), Bytes.end(), true, false);
  const auto AllStrings = [](const json &List) {
    return llvm::all_of(List, [](const json &E) { return E.is_string(); });
  };
  if (!J.is_array() || J.size() != 6 || !J[0].is_string() ||
      !J[1].is_string() || !J[2].is_array() || !AllStrings(J[2]) ||
      J[2].empty() || !J[3].is_boolean() || !J[4].is_string() ||
      !J[5].is_number_unsigned())
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "not a request");
  return Request{{J[0], J[1], J[2]}, J[3], J[4], J[5]};
}

template <AnyConst<Digest> T> void eachField(T &D, auto &&Do) {
  std::string Text = D.text().str();
  Do("bytes", Text);
  if constexpr (!std::is_const_v<T>)
    D = Digest::fromText(Text);
}

template <AnyConst<Input> T> void eachField(T &I, auto &&Do) {
  auto &[Path, What, Value] = I;
  Do("path", Path), Do("what", What), Do("value", Value);
}

static constexpr llvm::StringLiteral Magic = "async-tidy answer\n";

std::string encode(const ParsedUnit &U) {
  const Anchors None;
  BytesWriter W(None);
  W.write(encode(U.Unit));
  W.write(U.Inputs);
  return Magic.str() + W.take();
}

llvm::Expected<ParsedUnit> decodeAnswer(llvm::StringRef Bytes) {
  ParsedUnit U;
  if (Bytes.consume_front(Magic)) {
    BytesReader R(Bytes);
    std::string Record;
    R.read(Record);
    R.read(U.Inputs);
    if (R.error().empty()) {
      auto Unit = decodeRecord(Record);
      if (!Unit)
        return Unit.takeError();
      U.Unit = std::move(*Unit);
      return U;
    }
  }
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "what are not facts");
}

ParsedUnit answer(const Request &R) {
  auto Files = llvm::makeIntrusiveRefCnt<TracingFileSystem>(R.Root);
  TranslationUnitFacts Facts = parse(R.Job, R.SkipBodies, Files);
  return {pack(std::move(Facts), R.Root), Files->inputs()};
}

/// From here on an allocation fails that goes beyond \p Bytes.
static void limitMemory(uint64_t Bytes) {
  if (!Bytes)
    return;
  // What is written to, not what is only mapped: libraries and sources.
  const rlimit Limit = {rlim_t(Bytes), rlim_t(Bytes)};
  setrlimit(RLIMIT_DATA, &Limit);
  // No memory, no unwinding: Clang is built without exceptions.
  const auto GiveUp = [](void *, const char *, bool) { _exit(OutOfMemory); };
  llvm::install_bad_alloc_error_handler(GiveUp);
  std::set_new_handler([] { _exit(OutOfMemory); });
}

int runWorker() {
#ifdef __linux__
  // A parent that is killed does not leave us behind.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // A crash is the parent's to report; a core file helps nobody.
  const rlimit NoCore = {0, 0};
  setrlimit(RLIMIT_CORE, &NoCore);
  clang::noteBottomOfStack();

  // Only the answer may go to standard output, whatever Clang has to say.
  const int Answer = dup(STDOUT_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  auto Input = llvm::MemoryBuffer::getSTDIN();
  if (Answer < 0 || !Input)
    return 2;
  llvm::Expected<Request> R = decodeRequest((*Input)->getBuffer());
  if (!R) {
    llvm::errs() << toString(R.takeError()) << '\n';
    return 2;
  }
  limitMemory(R->MaxBytes);
  const std::string Bytes = encode(answer(*R));
  llvm::raw_fd_ostream Out(Answer, /*shouldClose=*/false);
  Out << Bytes;
  Out.flush();
  const bool Failed = Out.has_error();
  Out.clear_error();
  // Tearing down what the parse left behind takes time and gives nothing.
  _exit(Failed ? 2 : 0);
}

} // namespace async_tidy
