//===- redpen-blocking-calls-in-async.cpp - Peer cases -------------------===//
//
// redpen's test of blocking_async: assumed bad and assumed good functions, the
// transitive case, and who is told. redpen tells every awaiting caller again;
// here the coroutine that makes the blocking call is told, once.
//
//===----------------------------------------------------------------------===//

#include <chrono>
#include <functional>
#include <iostream>
#include <mini/task.hpp>
#include <mutex>
#include <thread>

#define BLOCKING [[clang::annotate("async-tidy: blocking")]]
#define NONBLOCKING [[clang::annotate("async-tidy: nonblocking")]]

BLOCKING void interesting();
void uninteresting() {}

NONBLOCKING void can_block_ignored() { interesting(); }

void transitive() { interesting(); }

mini::task<> transitive_bad() {
  transitive(); // expect: async-blocking-call
  co_return;
}
mini::task<> uninteresting_ok() {
  uninteresting();
  co_return;
}
mini::task<> assumed_good_ok() {
  can_block_ignored();
  co_return;
}
mini::task<> sleep_bad() {
  // expect-next-line: async-blocking-call
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  co_return;
}
// A short lock: only by option.
mini::task<> std_mutex_ok() {
  std::mutex M;
  std::lock_guard L(M);
  co_return;
}
// Standard output: only by option.
mini::task<> stdout_ok() {
  std::cout << "hello world\n";
  co_return;
}
mini::task<> awaits_blocking_coroutine_ok() {
  co_await transitive_bad();
  co_await transitive_bad();
}
mini::task<> several_reasons_bad() {
  co_await transitive_bad();
  co_await sleep_bad();
  // expect-next-line: async-blocking-call
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}
void plain_ok() { interesting(); }
mini::task<> makes_and_drops_bad() {
  auto T = transitive_bad(); // expect: async-discarded-task
  co_return;
}
// "closures ICE" there.
template <class F> mini::task<> takes_closure_bad(F Closure) {
  Closure(); // expect: async-blocking-call
  co_return;
}
mini::task<> gives_closure_ok() {
  co_await takes_closure_bad([] { transitive(); });
}
mini::task<> gives_erased_closure_missed(std::function<void()> F = [] {
  transitive();
}) {
  F(); // missed: async-blocking-call
  co_return;
}
