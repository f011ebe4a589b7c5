//===- detekt-swallowed-cancellation.cpp - Peer cases --------------------===//
//
// detekt's SuspendFunSwallowedCancellation: `runCatching` around what suspends.
// C++ says `catch (...)`, or takes the result with its error. Outside of a loop
// detekt reports, too; here the next await throws again. Its cases of inline
// functions and of `crossinline` lambdas have no counterpart.
//
//===----------------------------------------------------------------------===//
// clang-format off: a mark belongs to its line

#include <exception>
#include <folly/OperationCancelled.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <vector>

using folly::coro::Task;
using namespace std::chrono_literals;

Task<int> suspends();
int returns();
void log(int);

Task<void> in_a_loop_bad() {
  while (true) {
    try {
      log(co_await suspends());
    } catch (...) { // expect: async-swallowed-cancellation
      log(0);
    }
  }
}
Task<void> delay_in_a_loop_bad() {
  while (true) {
    try {
      co_await folly::coro::sleep(1s);
    } catch (const std::exception &) { // expect: async-swallowed-cancellation
    }
  }
}
Task<void> nested_block_bad(bool b) {
  while (true) {
    try {
      if (b) {
        log(co_await suspends());
      }
    } catch (...) { // expect: async-swallowed-cancellation
    }
  }
}
Task<void> nested_try_bad() {
  while (true) {
    try {
      try {
        co_await suspends();
      } catch (int) {
      }
    } catch (...) { // expect: async-swallowed-cancellation
    }
  }
}
Task<int> returned_missed() {
  try {
    co_return co_await suspends();
  } catch (...) { // missed: async-swallowed-cancellation
    co_return 0;
  }
}
Task<void> once_missed() {
  try {
    co_await suspends();
  } catch (...) { // missed: async-swallowed-cancellation
    log(0);
  }
}
Task<void> nothing_suspends_ok() {
  while (true) {
    try {
      log(returns());
    } catch (...) {
    }
    co_await suspends();
  }
}
Task<void> lambda_is_not_run_here_ok() {
  while (true) {
    try {
      auto later = []() -> Task<int> { co_return co_await suspends(); };
      (void)later;
    } catch (...) {
    }
    co_await suspends();
  }
}
Task<void> thrown_again_ok() {
  while (true) {
    try {
      co_await suspends();
    } catch (...) {
      throw;
    }
  }
}
Task<void> own_handler_ok() {
  while (true) {
    try {
      co_await suspends();
    } catch (const folly::OperationCancelled &) {
      throw;
    } catch (const std::exception &) {
      log(0);
    }
  }
}
int not_a_coroutine_ok() {
  while (true) {
    try {
      return returns();
    } catch (...) {
    }
  }
}
