//===- flake8-async-110.cpp - Peer cases ---------------------------------===//
//
// flake8-async's ASYNC110: a loop whose body is one sleep, or one checkpoint,
// waits for a condition that an event could tell. Its negative cases are loops
// that do something in each turn.
//
//===----------------------------------------------------------------------===//

#include <atomic>
#include <boost/asio.hpp>
#include <chrono>
#include <folly/coro/CurrentExecutor.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <thread>

namespace net = boost::asio;
using namespace std::chrono_literals;
using folly::coro::Task;

std::atomic<bool> Done;
void work();
Task<void> step();

Task<void> sleeps_bad() {
  while (!Done.load()) // expect: async-busy-wait
    co_await folly::coro::sleep(1ms);
}

Task<void> sleeps_in_braces_bad() {
  while (!Done) { // expect: async-busy-wait
    co_await folly::coro::sleep(1ms);
  }
}

net::awaitable<void> waits_for_timer_bad() {
  net::steady_timer Timer(co_await net::this_coro::executor);
  while (!Done) { // expect: async-busy-wait
    Timer.expires_after(1ms);
    co_await Timer.async_wait(net::use_awaitable);
  }
}

Task<void> nested_bad() {
  while (!Done) {
    while (!Done) // expect: async-busy-wait
      co_await folly::coro::sleep(1ms);
    work();
  }
}

// "checkpoint": to the back of the queue, and again at once.
Task<void> reschedules_bad() {
  while (!Done) // expect: async-busy-wait
    co_await folly::coro::co_reschedule_on_current_executor;
}

net::awaitable<void> posts_itself_bad() {
  while (!Done) // expect: async-busy-wait
    co_await net::post(net::use_awaitable);
}

net::awaitable<void> zero_timer_missed() {
  net::steady_timer Timer(co_await net::this_coro::executor, 0s);
  while (!Done) // missed: async-busy-wait
    co_await Timer.async_wait(net::use_awaitable);
}

// The forms of a polling loop in C++.
Task<void> for_loop_bad() {
  for (; !Done.load();) // expect: async-busy-wait
    co_await folly::coro::sleep(1ms);
}

Task<void> do_loop_bad() {
  do { // expect: async-busy-wait
    co_await folly::coro::sleep(1ms);
  } while (!Done);
}

Task<void> endless_with_break_bad() {
  while (true) { // expect: async-busy-wait
    if (Done)
      break;
    co_await folly::coro::sleep(1ms);
  }
}

Task<void> thread_yields_bad() {
  while (!Done) // expect: async-busy-wait
    std::this_thread::yield();
  co_return;
}

Task<void> spins_bad() {
  while (!Done) { // expect: async-busy-wait
  }
  co_return;
}

Task<void> spins_on_flag_bad(std::atomic_flag &F) {
  while (F.test_and_set()) { // expect: async-busy-wait
  }
  co_return;
}

// Below: each turn does something, so this is not a mere wait.
Task<void> two_statements_ok() {
  while (!Done) {
    work();
    co_await folly::coro::sleep(1s);
  }
}

Task<void> awaits_other_work_ok() {
  while (!Done)
    co_await step();
}

Task<void> work_then_checkpoint_ok() {
  while (!Done) {
    co_await step();
    co_await folly::coro::co_reschedule_on_current_executor;
  }
}

// A bounded number of turns is a delay, not a poll.
Task<void> counted_ok() {
  for (int I = 0; I < 3; ++I)
    co_await folly::coro::sleep(1s);
}

Task<void> over_a_range_ok(std::vector<int> V) {
  for (int I : V) {
    (void)I;
    co_await folly::coro::sleep(1s);
  }
}

// What is only defined in the loop does not sleep in it.
Task<void> defines_a_coroutine_ok() {
  while (!Done) {
    auto Blah = []() -> Task<void> { co_await folly::coro::sleep(1s); };
    co_await Blah();
    work();
  }
}

// A sleep of the project's own, told by what it is given.
namespace own {
Task<void> sleep(std::chrono::seconds);
}
Task<void> own_sleep_bad() {
  while (!Done) // expect: async-busy-wait
    co_await own::sleep(1s);
}

Task<void> no_loop_ok() {
  if (!Done)
    co_await folly::coro::sleep(1ms);
}
