//===- flake8-async-220.cpp - Peer cases ---------------------------------===//
//
// flake8-async's ASYNC220, 221 and 222: starting processes and waiting for
// them.
//
//===----------------------------------------------------------------------===//

#include <cstdio>
#include <cstdlib>
#include <mini/task.hpp>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

mini::task<> fun(int);
extern char **environ;

mini::task<> system_bad() {
  std::system("ls"); // expect: async-blocking-call
  co_return;
}
mini::task<> system_unqualified_bad() {
  ::system("ls"); // expect: async-blocking-call
  co_return;
}
mini::task<> system_in_awaited_call_bad() {
  co_await fun(::system("ls")); // expect: async-blocking-call
}
mini::task<> system_is_there_a_shell_ok() {
  (void)std::system(nullptr);
  co_return;
}
mini::task<> popen_pclose_bad() {
  std::FILE *P = ::popen("ls", "r"); // expect: async-blocking-call
  ::pclose(P);                       // expect: async-blocking-call
  co_return;
}
mini::task<> posix_spawn_bad(char **Argv) {
  pid_t Child;
  // expect-next-line: async-blocking-call
  ::posix_spawn(&Child, "/bin/ls", nullptr, nullptr, Argv, environ);
  // expect-next-line: async-blocking-call
  ::posix_spawnp(&Child, "ls", nullptr, nullptr, Argv, environ);
  co_return;
}
mini::task<> fork_bad(char **Argv) {
  if (::fork() == 0) // expect: async-blocking-call
    ::execv("/bin/ls", Argv);
  co_return;
}

mini::task<> wait_bad() {
  int Status;
  ::wait(&Status); // expect: async-blocking-call
  co_return;
}
mini::task<> wait3_bad() {
  int Status;
  ::wait3(&Status, 0, nullptr); // expect: async-blocking-call
  co_return;
}
mini::task<> wait4_bad(pid_t P) {
  int Status;
  rusage Usage;
  ::wait4(P, &Status, 0, &Usage); // expect: async-blocking-call
  co_return;
}
mini::task<> waitid_bad(pid_t P) {
  siginfo_t Info;
  ::waitid(P_PID, P, &Info, WEXITED); // expect: async-blocking-call
  co_return;
}
mini::task<> waitpid_bad(pid_t P) {
  int Status;
  ::waitpid(P, &Status, 0); // expect: async-blocking-call
  co_return;
}
mini::task<> waitpid_untraced_bad(pid_t P) {
  int Status;
  ::waitpid(P, &Status, WUNTRACED); // expect: async-blocking-call
  co_return;
}

// The mode of the call decides: "P_NOWAIT".
mini::task<> wait3_nohang_ok() {
  int Status;
  ::wait3(&Status, WNOHANG, nullptr);
  co_return;
}
mini::task<> wait4_nohang_ok(pid_t P) {
  int Status;
  ::wait4(P, &Status, WNOHANG, nullptr);
  co_return;
}
mini::task<> waitid_nohang_ok(pid_t P) {
  siginfo_t Info;
  ::waitid(P_PID, P, &Info, WEXITED | WNOHANG);
  co_return;
}
mini::task<> waitpid_nohang_ok(pid_t P) {
  int Status;
  ::waitpid(P, &Status, WNOHANG);
  co_return;
}
mini::task<> waitpid_nohang_and_more_ok(pid_t P) {
  int Status;
  ::waitpid(P, &Status, WUNTRACED | WNOHANG);
  co_return;
}

// Other functions of the same names.
namespace mine {
int system(const char *);
int wait(int *);
struct Child {
  void wait();
};
} // namespace mine
mini::task<> same_names_ok(mine::Child C) {
  int Status;
  mine::system("ls");
  mine::wait(&Status);
  C.wait();
  co_return;
}
