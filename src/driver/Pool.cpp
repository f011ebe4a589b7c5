//===- Pool.cpp - Child processes, some at a time -------------------------===//
//
// One thread: it polls the children's pipes. A pipe that ends means that its
// child has, whichever way.
//
//===----------------------------------------------------------------------===//

#include "driver/Pool.h"
#include "driver/Forks.h"
#include "driver/Worker.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Signals.h"
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char **environ;

namespace async_tidy {
namespace {

using Clock = std::chrono::steady_clock;

/// Set by the signal handler: there is no other way to tell it anything.
std::atomic<bool> Interrupted = false;

/// What a child prints besides its answer is kept up to here.
constexpr size_t MaxErrorText = 64 * 1024;

struct Child {
  size_t Index = 0;
  pid_t Process = -1;
  int Output = -1, Errors = -1; ///< -1 once at their end
  Clock::time_point Deadline;
  bool TimedOut = false;
  std::string Bytes, ErrorText;
};

/// A file that holds \p Text and has no name.
int fileWith(llvm::StringRef Text) {
  std::FILE *File = std::tmpfile();
  if (!File)
    return -1;
  const bool Written =
      std::fwrite(Text.data(), 1, Text.size(), File) == Text.size() &&
      std::fflush(File) == 0;
  const int Descriptor = Written ? fcntl(fileno(File), F_DUPFD_CLOEXEC, 3) : -1;
  std::fclose(File);
  if (Descriptor >= 0)
    lseek(Descriptor, 0, SEEK_SET);
  return Descriptor;
}

/// Starts a child on \p T. Gives the reason if that does not work.
std::string start(const PoolOptions &Options, const Task &T, const Places &Room,
                  Child &C) {
  const int Input = fileWith(T.Request);
  int Out[2] = {-1, -1}, Err[2] = {-1, -1};
  int Failed = Input < 0 || pipe(Out) || pipe(Err) ? errno : 0;
  for (int Descriptor : {Out[0], Out[1], Err[0], Err[1]})
    if (Descriptor >= 0)
      fcntl(Descriptor, F_SETFD, FD_CLOEXEC);
  if (!Failed) {
    posix_spawn_file_actions_t Actions;
    posix_spawn_file_actions_init(&Actions);
    posix_spawn_file_actions_adddup2(&Actions, Input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&Actions, Out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&Actions, Err[1], STDERR_FILENO);
    if (T.LimitsItself && Room.Read >= 0) {
      posix_spawn_file_actions_adddup2(&Actions, Room.Read, PlacesRead);
      posix_spawn_file_actions_adddup2(&Actions, Room.Write, PlacesWrite);
    }
    std::string Program = Options.Executable, Argument = Options.Argument;
    char *Arguments[] = {Program.data(), Argument.data(), nullptr};
    Failed = posix_spawn(&C.Process, Program.c_str(), &Actions, nullptr,
                         Arguments, environ);
    posix_spawn_file_actions_destroy(&Actions);
  }
  for (int Descriptor : {Input, Out[1], Err[1]})
    if (Descriptor >= 0)
      close(Descriptor);
  if (Failed) {
    for (int Descriptor : {Out[0], Err[0]})
      if (Descriptor >= 0)
        close(Descriptor);
    return "no process could be started: " + std::string(strerror(Failed));
  }
  C.Output = Out[0];
  C.Errors = Err[0];
  C.Deadline = T.LimitsItself ? Clock::time_point::max()
                              : Clock::now() + Options.Timeout;
  return {};
}

/// Reads what there is; closes \p Descriptor at the end of the pipe.
void drain(int &Descriptor, std::string &To, size_t Limit) {
  char Buffer[65536];
  const ssize_t Size = read(Descriptor, Buffer, sizeof Buffer);
  if (Size > 0) {
    To.append(Buffer,
              std::min<size_t>(Size, Limit - std::min(Limit, To.size())));
  } else if (Size == 0 || errno != EINTR) {
    close(Descriptor);
    Descriptor = -1;
  }
}

/// The last line that says something.
llvm::StringRef lastLine(llvm::StringRef Text) {
  return Text.rtrim().rsplit('\n').second.empty()
             ? Text.rtrim()
             : Text.rtrim().rsplit('\n').second;
}

/// Waits for \p C, whose pipes have ended, and says what became of it.
Answer finish(Child &C, const PoolOptions &Options) {
  int Status = 0;
  rusage Usage = {};
  while (wait4(C.Process, &Status, 0, &Usage) < 0 && errno == EINTR)
    ;
  Answer A;
  A.Bytes = std::move(C.Bytes);
  const auto Seconds = [](const timeval &T) {
    return T.tv_sec + T.tv_usec / 1e6;
  };
  A.CpuSeconds = Seconds(Usage.ru_utime) + Seconds(Usage.ru_stime);
  A.PeakBytes = peakBytes(Usage);
  A.ExitCode = WIFEXITED(Status) ? WEXITSTATUS(Status) : 0;
  if (C.TimedOut)
    A.Failure = tooSlow(Options);
  else if (WIFSIGNALED(Status))
    A.Failure = "the process that parsed it died of signal " +
                std::to_string(WTERMSIG(Status)) + " (" +
                strsignal(WTERMSIG(Status)) + ")";
  else if (WEXITSTATUS(Status) != 0)
    A.Failure = "the process that parsed it gave up with exit code " +
                std::to_string(WEXITSTATUS(Status));
  if (const llvm::StringRef Last = lastLine(C.ErrorText);
      !A.Failure.empty() && !C.TimedOut && !Last.empty())
    A.Failure += ": " + Last.str();
  return A;
}

} // namespace

std::string tooSlow(const PoolOptions &Options) {
  return "no answer within " + std::to_string(Options.Timeout.count()) +
         " s (--timeout)";
}

uint64_t peakBytes(const rusage &Usage) {
#ifdef __APPLE__
  return Usage.ru_maxrss;
#else
  return uint64_t(Usage.ru_maxrss) * 1024;
#endif
}

namespace {

class Pool {
public:
  Pool(const PoolOptions &Options, llvm::function_ref<size_t()> Count,
       llvm::function_ref<Task(size_t)> Next,
       llvm::function_ref<void(size_t, Answer)> Done, Heard Hear)
      : Options(Options), Count(Count), Next(Next), Done(Done), Hear(Hear),
        Room(Places::create(std::max(1u, Options.Jobs))) {}
  ~Pool() { Room.close(); }

  bool run() {
    Room.reset(places());
    while (Started < Count() || !Running.empty()) {
      while (Started < Count() && mayStart())
        startOne();
      wait();
      if (Interrupted) {
        killAll();
        return false;
      }
      // One of those that were killed may have kept some.
      if (Running.empty())
        Room.reset(places());
    }
    return true;
  }

private:
  unsigned places() const { return std::max(1u, Options.Jobs); }
  bool mayStart() const {
    return Room.Read >= 0 ? Room.take() : Running.size() < places();
  }

  void startOne() {
    Child C;
    C.Index = Started++;
    if (std::string Why = start(Options, Next(C.Index), Room, C);
        !Why.empty()) {
      Room.give();
      Done(C.Index, {.Bytes = {}, .Failure = std::move(Why)});
    } else {
      Running.push_back(std::move(C));
    }
  }

  void wait() {
    std::vector<pollfd> Polled;
    std::vector<std::pair<Child *, bool>> Whose;
    for (Child &C : Running)
      for (bool IsOutput : {true, false})
        if (int Descriptor = IsOutput ? C.Output : C.Errors; Descriptor >= 0) {
          Polled.push_back({Descriptor, POLLIN, 0});
          Whose.push_back({&C, IsOutput});
        }
    if (Started < Count()) // when there is room again
      Polled.push_back({Room.Read, POLLIN, 0});
    // Short, to look at the deadlines and for signals.
    poll(Polled.data(), Polled.size(), 100);
    for (size_t I = 0; I < Whose.size(); ++I)
      if (Polled[I].revents) {
        Child &C = *Whose[I].first;
        if (!Whose[I].second) {
          drain(C.Errors, C.ErrorText, MaxErrorText);
          continue;
        }
        drain(C.Output, C.Bytes, SIZE_MAX);
        Hear(C.Index, C.Bytes);
      }
    for (size_t I = 0; I < Running.size();) {
      Child &C = Running[I];
      if (!C.TimedOut && Clock::now() > C.Deadline) {
        C.TimedOut = true;
        kill(C.Process, SIGKILL);
      }
      if (C.Output >= 0 || C.Errors >= 0) {
        ++I;
        continue;
      }
      Answer A = finish(C, Options);
      const size_t Index = C.Index;
      Running.erase(Running.begin() + I);
      Room.give();
      Done(Index, std::move(A));
    }
  }

  void killAll() {
    for (Child &C : Running) {
      kill(C.Process, SIGKILL);
      close(C.Output);
      close(C.Errors);
      waitpid(C.Process, nullptr, 0);
    }
    Running.clear();
  }

  const PoolOptions &Options;
  size_t Started = 0;
  llvm::function_ref<size_t()> Count;
  llvm::function_ref<Task(size_t)> Next;
  llvm::function_ref<void(size_t, Answer)> Done;
  Heard Hear;
  Places Room;
  std::vector<Child> Running;
};

} // namespace

bool runChildren(const PoolOptions &Options, llvm::function_ref<size_t()> Count,
                 llvm::function_ref<Task(size_t)> Next,
                 llvm::function_ref<void(size_t, Answer)> Done, Heard Hear) {
  Interrupted = false;
  llvm::sys::SetInterruptFunction([] { Interrupted = true; });
  const bool Finished = Pool(Options, Count, Next, Done, Hear).run();
  llvm::sys::SetInterruptFunction(nullptr);
  return Finished;
}

} // namespace async_tidy
