//===- flake8-async-103-104.cpp - Peer cases -----------------------------===//
//
// flake8-async's ASYNC103 (a handler that takes cancellation does not raise it)
// and ASYNC104 (it returns, breaks or continues instead). Here it is a finding
// if the loop goes on; who returns or breaks ends the task, as was asked. Its
// cases of exception groups, of `finally` and of `else` have no counterpart.
//
//===----------------------------------------------------------------------===//
// clang-format off: a mark belongs to its line

#include <boost/asio.hpp>
#include <exception>

namespace net = boost::asio;

net::awaitable<void> foo();
void log(const char *);
extern bool condition;

net::awaitable<void> bare_bad() {
  while (true) {
    try {
      co_await foo();
    } catch (...) { // expect: async-swallowed-cancellation
    }
  }
}
net::awaitable<void> base_exception_bad() {
  while (true) {
    try {
      co_await foo();
    } catch (const std::exception &e) { // expect: async-swallowed-cancellation
      log(e.what());
    }
  }
}
net::awaitable<void> continues_bad() {
  while (true) {
    try {
      co_await foo();
    } catch (...) { // expect: async-swallowed-cancellation
      continue;
    }
  }
}
net::awaitable<void> second_handler_bad() {
  while (true) {
    try {
      co_await foo();
    } catch (const std::logic_error &) {
      throw;
    } catch (...) { // expect: async-swallowed-cancellation
      log("again");
    }
  }
}
net::awaitable<void> inner_loop_breaks_bad() {
  while (true) {
    try {
      co_await foo();
    } catch (...) { // expect: async-swallowed-cancellation
      for (int i = 0; i < 3; ++i)
        if (condition)
          break;
    }
  }
}
net::awaitable<void> raises_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (...) {
      log("bye");
      throw;
    }
  }
}
net::awaitable<void> raises_after_loop_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (...) {
      for (int i = 0; i < 3; ++i)
        log("bye");
      throw;
    }
  }
}
net::awaitable<void> raises_in_one_branch_missed() {
  while (true) {
    try {
      co_await foo();
    } catch (...) { // missed: async-swallowed-cancellation
      if (condition)
        throw;
    }
  }
}
net::awaitable<void> raises_in_both_branches_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (const std::exception &e) {
      if (condition)
        throw;
      else
        throw std::runtime_error(e.what());
    }
  }
}
net::awaitable<void> first_handler_raises_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (const boost::system::system_error &) {
      throw;
    } catch (...) {
      log("again");
    }
  }
}
net::awaitable<void> returns_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (...) {
      co_return;
    }
  }
}
net::awaitable<void> breaks_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (...) {
      break;
    }
  }
}
net::awaitable<void> value_error_ok() {
  while (true) {
    try {
      co_await foo();
    } catch (const std::invalid_argument &) {
    }
  }
}
