//===- Forks.cpp - Copies of this process, some at a time -----------------===//

#include "driver/Forks.h"
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace async_tidy {

Places Places::create(unsigned Count) {
  int Ends[2];
  if (pipe(Ends))
    return {};
  for (int End : Ends) {
    fcntl(End, F_SETFD, FD_CLOEXEC);
    // Who finds no place must not wait: one of his children may end first.
    fcntl(End, F_SETFL, O_NONBLOCK);
  }
  const Places P(Ends[0], Ends[1]);
  P.reset(Count);
  return P;
}

bool Places::take() const {
  char Byte;
  return Read >= 0 && read(Read, &Byte, 1) == 1;
}

void Places::give() const {
  if (Write >= 0)
    (void)!write(Write, "+", 1);
}

void Places::close() {
  for (int *End : {&Read, &Write})
    if (*End >= 0)
      ::close(std::exchange(*End, -1));
}

void Places::reset(unsigned Count) const {
  while (take())
    ;
  for (unsigned I = 0; I < Count; ++I)
    give();
}

void dieWithParent(int Parent) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (getppid() != Parent) // it was faster
    _exit(2);
}

std::optional<size_t> forkEach(size_t Count, const Places &Room,
                               llvm::function_ref<void(size_t, int)> Ended) {
  // A child's end must interrupt the wait for room, and nothing else.
  struct sigaction Act = {}, OldAct;
  Act.sa_handler = [](int) {};
  sigaction(SIGCHLD, &Act, &OldAct);
  sigset_t Child, Old;
  sigemptyset(&Child);
  sigaddset(&Child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &Child, &Old);
  const pid_t Self = getpid();
  std::map<pid_t, size_t> Running;
  size_t Next = 0, Taken = 0;
  while (Next < Count || !Running.empty()) {
    bool Refused = false;
    while (!Refused && Next < Count && (Running.empty() || Room.take())) {
      Taken += !Running.empty();
      const pid_t Process = fork();
      if (Process == 0) {
        sigprocmask(SIG_SETMASK, &Old, nullptr);
        sigaction(SIGCHLD, &OldAct, nullptr);
        dieWithParent(Self);
        return Next;
      }
      if (Process < 0) {
        Refused = !Running.empty(); // later, when there is one less
        if (Refused)
          break;
        Ended(Next, -1);
      } else {
        Running[Process] = Next;
      }
      ++Next;
    }
    int Status = 0;
    pid_t Dead;
    bool Any = false;
    while ((Dead = waitpid(-1, &Status, WNOHANG)) > 0) {
      const auto It = Running.find(Dead);
      if (It == Running.end())
        continue;
      Any = true;
      const size_t Which = It->second;
      Running.erase(It);
      if (Taken) {
        Room.give();
        --Taken;
      }
      Ended(Which, Status);
    }
    if (Any || Running.empty())
      continue;
    fd_set Readable;
    FD_ZERO(&Readable);
    const bool Waits = !Refused && Next < Count && Room.Read >= 0;
    if (Waits)
      FD_SET(Room.Read, &Readable);
    pselect(Waits ? Room.Read + 1 : 0, &Readable, nullptr, nullptr, nullptr,
            &Old);
  }
  sigprocmask(SIG_SETMASK, &Old, nullptr);
  sigaction(SIGCHLD, &OldAct, nullptr);
  return std::nullopt;
}

} // namespace async_tidy
