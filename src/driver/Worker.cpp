//===- Worker.cpp - What a child process is asked and answers -------------===//

#include "driver/Worker.h"
#include "driver/Parse.h"
#include "driver/Pool.h"
#include "facts/Bytes.h"
#include "facts/Fields.h"
#include "clang/Basic/Stack.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <fcntl.h>
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
  std::vector<std::string> Renamed; // in pairs
  for (const auto &[From, To] : R.Naming.Renamed)
    Renamed.insert(Renamed.end(), {From, To});
  json::to_msgpack(
      json::array({R.Job.File, R.Job.Directory, R.Job.CommandLine, R.SkipBodies,
                   R.Root, R.MaxBytes, R.Naming.AsAsked, Renamed}),
      Bytes);
  return Bytes;
}

static bool areStrings(const json &List) {
  return List.is_array() &&
         llvm::all_of(List, [](const json &E) { return E.is_string(); });
}

static json toJson(const ShareNode &N) {
  json Branches = json::array();
  for (const ShareNode &Branch : N.Branches)
    Branches.push_back(toJson(Branch));
  return json::array({N.Includes, N.Units, std::move(Branches)});
}

/// Of what this program has written itself.
static ShareNode nodeOf(const json &J) {
  ShareNode N{J[0], J[1], {}};
  for (const json &Branch : J[2])
    N.Branches.push_back(nodeOf(Branch));
  return N;
}

std::string encode(const SharedRequest &R) {
  json Units = json::array();
  for (const ShareUnit &U : R.Plan.Units)
    Units.push_back(json::array({U.Path, U.Macros}));
  const CompileJob &Job = R.Plan.Job;
  std::string Bytes;
  json::to_msgpack(
      json::array({"shared", Job.File, Job.Directory, Job.CommandLine,
                   R.Plan.FileWord, std::move(Units), toJson(R.Plan.Tree),
                   R.Plan.Timeout.count(), R.SkipBodies, R.Root, R.MaxBytes}),
      Bytes);
  return Bytes;
}

static std::optional<SharedRequest> decodeShared(llvm::StringRef Bytes) {
  const json J = json::from_msgpack(Bytes.begin(), Bytes.end(), true, false);
  if (!J.is_array() || J.size() != 11 || J[0] != "shared")
    return std::nullopt;
  SharedRequest R{
      {{J[1], J[2], J[3]}, J[4], {}, nodeOf(J[6]), {}}, J[8], J[9], J[10]};
  for (const json &Unit : J[5])
    R.Plan.Units.push_back({0, Unit[0], Unit[1]});
  R.Plan.Timeout = std::chrono::seconds(J[7].get<int64_t>());
  return R;
}

namespace {
/// Before the bytes of a SharedAnswer.
struct AnswerHead {
  uint64_t Magic = 0x7265777361746961, Unit = 0, TimedOut = 0;
  uint64_t Microseconds = 0, PeakBytes = 0, Size = 0;
};
} // namespace

std::optional<SharedAnswer> takeAnswer(std::string &Bytes) {
  AnswerHead Head;
  const uint64_t Magic = Head.Magic;
  if (Bytes.size() < sizeof Head)
    return std::nullopt;
  memcpy(&Head, Bytes.data(), sizeof Head);
  // Whoever wrote that was killed while he did: nothing can be read behind it.
  if (Head.Magic != Magic || Bytes.size() - sizeof Head < Head.Size)
    return std::nullopt;
  SharedAnswer A{unsigned(Head.Unit), Head.TimedOut != 0,
                 double(Head.Microseconds) / 1e6, Head.PeakBytes,
                 Bytes.substr(sizeof Head, Head.Size)};
  Bytes.erase(0, sizeof Head + Head.Size);
  return A;
}

llvm::Expected<Request> decodeRequest(llvm::StringRef Bytes) {
  const json J = json::from_msgpack(Bytes.begin(), Bytes.end(), true, false);
  if (!J.is_array() || J.size() != 8 || !J[0].is_string() ||
      !J[1].is_string() || !areStrings(J[2]) || J[2].empty() ||
      !J[3].is_boolean() || !J[4].is_string() || !J[5].is_number_unsigned() ||
      !J[6].is_boolean() || !areStrings(J[7]) || J[7].size() % 2)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "not a request");
  FileNaming Naming{J[6], {}};
  for (size_t I = 0; I < J[7].size(); I += 2)
    Naming.Renamed.push_back({J[7][I], J[7][I + 1]});
  return Request{{J[0], J[1], J[2]}, J[3], J[4], J[5], std::move(Naming)};
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
  auto Files = llvm::makeIntrusiveRefCnt<TracingFileSystem>(R.Root, R.Naming);
  TranslationUnitFacts Facts = parse(R.Job, R.SkipBodies, Files, R.Root);
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

static bool writeAll(int To, llvm::StringRef Bytes) {
  llvm::raw_fd_ostream Out(To, /*shouldClose=*/false);
  Out.SetUnbuffered();
  Out << Bytes;
  const bool Failed = Out.has_error();
  Out.clear_error();
  return !Failed;
}

/// Writes in one piece what several processes write to one pipe. The file of
/// the request is their lock, which ends with its owner.
static bool writeShared(int To, AnswerHead Head, llvm::StringRef Bytes) {
  struct flock Lock = {};
  Lock.l_type = F_WRLCK;
  while (fcntl(STDIN_FILENO, F_SETLKW, &Lock) < 0)
    if (errno != EINTR)
      return false;
  Head.Size = Bytes.size();
  std::string All(reinterpret_cast<const char *>(&Head), sizeof Head);
  All += Bytes;
  const bool Written = writeAll(To, All);
  Lock.l_type = F_UNLCK;
  fcntl(STDIN_FILENO, F_SETLK, &Lock);
  return Written;
}

/// Does not return; what it gives up is not answered.
[[noreturn]] static void answerShared(const SharedRequest &R, int To) {
  auto Files = llvm::makeIntrusiveRefCnt<TracingFileSystem>(R.Root);
  const auto TimedOut = [&](unsigned Unit) {
    AnswerHead Head;
    Head.Unit = Unit;
    Head.TimedOut = 1;
    writeShared(To, Head, {});
  };
  auto [Unit, Facts] = parseShared(R.Plan, R.SkipBodies,
                                   {PlacesRead, PlacesWrite}, Files, TimedOut);
  const std::string Bytes =
      encode(ParsedUnit{pack(std::move(Facts), R.Root), Files->inputs()});
  AnswerHead Head;
  Head.Unit = Unit;
  rusage Usage = {};
  getrusage(RUSAGE_SELF, &Usage);
  for (const timeval &T : {Usage.ru_utime, Usage.ru_stime})
    Head.Microseconds += uint64_t(T.tv_sec) * 1000000 + T.tv_usec;
  Head.PeakBytes = peakBytes(Usage);
  _exit(writeShared(To, Head, Bytes) ? 0 : 2);
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
  if (const auto Shared = decodeShared((*Input)->getBuffer())) {
    limitMemory(Shared->MaxBytes);
    answerShared(*Shared, Answer);
  }
  llvm::Expected<Request> R = decodeRequest((*Input)->getBuffer());
  if (!R) {
    llvm::errs() << toString(R.takeError()) << '\n';
    return 2;
  }
  limitMemory(R->MaxBytes);
  const std::string Bytes = encode(answer(*R));
  // Tearing down what the parse left behind takes time and gives nothing.
  _exit(writeAll(Answer, Bytes) ? 0 : 2);
}

} // namespace async_tidy
