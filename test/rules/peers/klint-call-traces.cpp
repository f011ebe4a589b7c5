//===- klint-call-traces.cpp - Peer cases --------------------------------===//
//
// klint finds kernel functions that may sleep where they may not, through call
// chains: generic functions by instance, tables of virtual functions, function
// pointers, destructors, recursion. `might_sleep` is its leaf.
//
//===----------------------------------------------------------------------===//

#include <functional>
#include <memory>
#include <mini/task.hpp>
#include <vector>

#define BLOCKING [[clang::annotate("async-tidy: blocking")]]
#define NONBLOCKING [[clang::annotate("async-tidy: nonblocking")]]

BLOCKING void might_sleep();

// calltrace
struct SleepsOnDrop {
  ~SleepsOnDrop() { might_sleep(); }
};
template <class T> void problematic(T X) { (void)X; }
template <class T> void wrapper(T X) { problematic(std::move(X)); }

mini::task<> harmless_instance_ok() {
  wrapper(std::vector<int>());
  co_return;
}
mini::task<> sleeping_instance_bad() {
  wrapper(SleepsOnDrop()); // expect: async-blocking-call
  co_return;
}

// Which instance of a template sleeps.
struct Sleeps {
  static void run() { might_sleep(); }
};
struct Works {
  static void run() {}
};
template <class Policy> void with_policy() { Policy::run(); }
mini::task<> sleeping_policy_bad() {
  with_policy<Sleeps>(); // expect: async-blocking-call
  co_return;
}
mini::task<> working_policy_ok() {
  with_policy<Works>();
  co_return;
}
template <bool Wait> void conditionally() {
  if constexpr (Wait)
    might_sleep();
}
mini::task<> discarded_branch_ok() {
  conditionally<false>();
  co_return;
}
mini::task<> taken_branch_bad() {
  conditionally<true>(); // expect: async-blocking-call
  co_return;
}

// function-pointer
void okay() {}
void not_okay() { might_sleep(); }
mini::task<> pointer_ok() {
  void (*A)() = okay;
  A();
  co_return;
}
mini::task<> pointer_bad() {
  void (*A)() = not_okay;
  A(); // expect: async-blocking-call
  co_return;
}
void calls(void (*F)()) { F(); }
mini::task<> pointer_given_bad() {
  calls(not_okay); // expect: async-blocking-call
  co_return;
}
template <class F> void calls_any(F Function) { Function(); }
mini::task<> function_given_to_template_bad() {
  calls_any(not_okay); // expect: async-blocking-call
  co_return;
}
mini::task<> lambda_given_to_template_bad() {
  calls_any([] { not_okay(); }); // expect: async-blocking-call
  co_return;
}
mini::task<> lambda_given_ok() {
  calls_any([] { okay(); });
  co_return;
}

// vtable
struct Trait {
  virtual ~Trait() = default;
  virtual void foo() = 0;
};
struct Good final : Trait {
  void foo() override {}
};
struct Bad final : Trait {
  void foo() override { might_sleep(); }
};
mini::task<> known_good_type_ok(Good &G) {
  G.foo();
  co_return;
}
mini::task<> known_bad_type_bad(Bad &B) {
  B.foo(); // expect: async-blocking-call
  co_return;
}
mini::task<> some_overrider_bad(Trait &T) {
  T.foo(); // expect: async-blocking-call
  co_return;
}

struct Quiet {
  virtual ~Quiet() = default;
  virtual void foo() = 0;
};
struct QuietA : Quiet {
  void foo() override {}
};
struct QuietB : Quiet {
  void foo() override { okay(); }
};
mini::task<> no_overrider_sleeps_ok(Quiet &Q) {
  Q.foo();
  co_return;
}
mini::task<> qualified_call_ok(QuietA &Q) {
  Q.QuietA::foo();
  co_return;
}

// Dropping a box: the destructor of what is in it.
mini::task<> box_bad() {
  auto A = std::make_unique<SleepsOnDrop>(); // expect: async-blocking-call
  co_return;
}
mini::task<> vector_of_them_bad() {
  std::vector<SleepsOnDrop> V; // expect: async-blocking-call
  V.emplace_back();
  co_return;
}
mini::task<> array_bad() {
  SleepsOnDrop A[2]; // expect: async-blocking-call
  co_return;
}
mini::task<> member_bad() {
  struct Has {
    SleepsOnDrop D;
  };
  Has H; // expect: async-blocking-call
  co_return;
}
struct BadDrop : Quiet {
  void foo() override {}
  ~BadDrop() override { might_sleep(); }
};
mini::task<> deleted_bad(BadDrop *P) {
  delete P; // expect: async-blocking-call
  co_return;
}

// An interface that says what its methods may do.
struct Annotated {
  virtual ~Annotated() = default;
  BLOCKING virtual void sleeps() = 0;
  NONBLOCKING virtual void works() = 0;
};
mini::task<> annotated_bad(Annotated &A) {
  A.sleeps(); // expect: async-blocking-call
  co_return;
}
mini::task<> annotated_ok(Annotated &A) {
  A.works();
  co_return;
}

// recursion
void recursive(int N) {
  if (N > 0)
    recursive(N - 1);
  might_sleep();
}
mini::task<> recursive_bad() {
  recursive(3); // expect: async-blocking-call
  co_return;
}
void ping(int N);
void pong(int N) {
  if (N > 0)
    ping(N - 1);
}
void ping(int N) { pong(N); }
mini::task<> mutual_recursion_ok() {
  ping(3);
  co_return;
}
void tick(int N);
void tock(int N) {
  if (N == 0)
    might_sleep();
  tick(N - 1);
}
void tick(int N) { tock(N); }
mini::task<> mutual_recursion_bad() {
  tick(3); // expect: async-blocking-call
  co_return;
}
struct Node {
  std::unique_ptr<Node> Next;
  ~Node() { might_sleep(); }
};
mini::task<> recursive_destructor_bad() {
  Node N; // expect: async-blocking-call
  co_return;
}

// Long chains and diamonds.
void d1() { might_sleep(); }
void c1() { d1(); }
void c2() { d1(); }
void b1() {
  c1();
  c2();
}
void a1() { b1(); }
mini::task<> four_deep_bad() {
  a1(); // expect: async-blocking-call
  co_return;
}
mini::task<> each_call_bad() {
  c1(); // expect: async-blocking-call
  c2(); // expect: async-blocking-call
  co_return;
}

// waker: what an awaiter does is told once, where it does it.
struct SleepingAwaiter {
  bool await_ready() const noexcept { return false; }
  // expect-next-line: async-blocking-call
  void await_suspend(std::coroutine_handle<>) { might_sleep(); }
  void await_resume() const noexcept {}
};
struct ReadyAwaiter {
  bool await_ready() {
    // expect-next-line: async-blocking-call
    might_sleep();
    return true;
  }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  void await_resume() const noexcept {}
};
struct ResumeAwaiter {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  // expect-next-line: async-blocking-call
  void await_resume() { might_sleep(); }
};
mini::task<> told_in_await_suspend_ok() { co_await SleepingAwaiter{}; }
mini::task<> told_in_await_ready_ok() { co_await ReadyAwaiter{}; }
mini::task<> told_in_await_resume_ok() { co_await ResumeAwaiter{}; }
