// Handlers that take a cancellation for a failure.
// level: strict
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/cobalt.hpp>
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/operation_cancelled.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/task.hpp>
#include <exception>
#include <flow/flow.h>
#include <folly/OperationCancelled.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <iostream>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <stop_token>
#include <vector>
#include <winrt/_names.h>
namespace net = boost::asio;
using net::ip::tcp;
using namespace std::chrono_literals;

net::awaitable<void> handle_one();
void note(int);
void log(std::exception_ptr);

net::awaitable<void> everything_bad() {
  for (;;) {
    try {
      co_await handle_one();
    } catch (...) { // expect: async-swallowed-cancellation
      note(1);
    }
  }
}
net::awaitable<void> base_class_bad() {
  for (;;) {
    try {
      co_await handle_one();
    } catch (const std::runtime_error &) { // expect: async-swallowed-cancellation
    }
  }
}
net::awaitable<void> other_class_ok() {
  for (;;) {
    try {
      co_await handle_one();
    } catch (const std::logic_error &) {
    }
  }
}
net::awaitable<void> end_of_file_only_bad() {
  for (;;) {
    try {
      co_await handle_one();
    } catch (const boost::system::system_error &e) { // expect: async-swallowed-cancellation
      if (e.code() == net::error::eof)
        co_return;
      note(2);
    }
  }
}
net::awaitable<void> thrown_again_ok() {
  for (;;) {
    try {
      co_await handle_one();
    } catch (const boost::system::system_error &e) {
      if (e.code() == net::error::operation_aborted)
        throw;
    }
  }
}
net::awaitable<void> leaves_ok() {
  for (;;) {
    try {
      co_await handle_one();
    } catch (const std::exception &) {
      break;
    }
  }
}
net::awaitable<void> around_the_loop_ok() {
  try {
    for (;;)
      co_await handle_one();
  } catch (const std::exception &) {
    note(3);
  }
}
net::awaitable<void> another_await_bad(net::steady_timer &t) { // expect: async-reference-parameter
  for (;;) {
    try {
      co_await handle_one();
    } catch (const std::exception &) {
      note(4);
    }
    co_await t.async_wait(net::use_awaitable);
  }
}
net::awaitable<void> nothing_awaited_ok() {
  for (;;) {
    try {
      note(5);
    } catch (const std::exception &) {
      note(6);
    }
    co_await handle_one();
  }
}
net::awaitable<void> kept_for_later_ok() {
  for (;;) {
    bool failed = false;
    try {
      co_await handle_one();
    } catch (const std::exception &) {
      failed = true;
    }
    if (failed)
      co_return;
  }
}
net::awaitable<void> error_code_bad(tcp::acceptor &acceptor) { // expect: async-reference-parameter
  for (;;) { // expect: async-uncancellable-loop
    auto [ec, s] = co_await acceptor.async_accept(net::as_tuple(net::use_awaitable));
    if (ec == net::error::operation_aborted) // expect: async-swallowed-cancellation
      continue;
    note(7);
  }
}
net::awaitable<void> error_code_otherwise_bad(tcp::acceptor &acceptor) { // expect: async-reference-parameter
  for (;;) {
    auto [ec, s] = co_await acceptor.async_accept(net::as_tuple(net::use_awaitable));
    if (ec == net::error::operation_aborted)
      co_return;
    note(8);
  }
}

class Ticker : public std::enable_shared_from_this<Ticker> {
public:
  void arm_bad() {
    timer_.expires_after(1s);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code) { // expect: async-swallowed-cancellation
      self->arm_bad();
    });
  }
  void arm_ok() {
    timer_.expires_after(1s);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
      if (!ec)
        self->arm_ok();
    });
  }

private:
  net::steady_timer timer_;
};

folly::coro::Task<void> push();
folly::coro::Task<void> folly_bad() {
  while (true) {
    try {
      co_await folly::coro::sleep(10s);
      co_await push();
    } catch (const std::exception &) { // expect: async-swallowed-cancellation
    }
  }
}
folly::coro::Task<void> folly_taken_before_ok() {
  while (true) {
    try {
      co_await push();
    } catch (const folly::OperationCancelled &) {
      throw;
    } catch (...) {
    }
  }
}
folly::coro::Task<void> folly_wanted_bad(int timeout) {
  while (true) { // expect: async-retry-without-backoff
    try {
      co_await push();
      co_return;
    } catch (const folly::OperationCancelled &) {
      note(timeout);
    }
  }
}
folly::coro::Task<void> folly_passed_over_bad() {
  while (true) {
    try {
      co_await push();
    } catch (const folly::OperationCancelled &) { // expect: async-swallowed-cancellation
    }
  }
}
folly::coro::Task<void> folly_each_bad(std::vector<int> peers) {
  for (int peer : peers) {
    try {
      co_await push();
    } catch (...) { // expect: async-swallowed-cancellation
      note(peer);
    }
  }
}
folly::coro::Task<void> folly_kept_ok() {
  while (true) {
    std::exception_ptr error;
    try {
      co_await push();
    } catch (...) {
      error = std::current_exception();
    }
    if (error)
      std::rethrow_exception(error);
  }
}
boost::cobalt::task<void> cobalt_step();
boost::cobalt::task<void> cobalt_bad() {
  while (true) {
    try {
      co_await cobalt_step();
    } catch (const std::exception &) { // expect: async-swallowed-cancellation
    }
  }
}
Future<Void> check_workers();
Future<Void> flow_bad() {
  for (;;) {
    try {
      co_await check_workers();
    } catch (Error &e) { // expect: async-swallowed-cancellation
      note(e.code());
    }
  }
}
Future<Void> flow_ok() {
  for (;;) {
    try {
      co_await check_workers();
    } catch (Error &e) {
      if (e.code() == error_code_actor_cancelled)
        throw;
    }
  }
}
winrt::IAsyncAction folder();
winrt::IAsyncAction winrt_bad() {
  for (;;) {
    try {
      co_await folder();
    } catch (const winrt::hresult_error &e) { // expect: async-swallowed-cancellation
      note(e.code());
    }
  }
}
class Pusher {
public:
  seastar::future<> seastar_bad() {
    while (true) {
      try {
        co_await seastar::sleep_abortable(1s, as_);
      } catch (...) { // expect: async-swallowed-cancellation
        log(std::current_exception());
      }
    }
  }
  seastar::future<> seastar_ok() {
    while (!as_.abort_requested()) {
      try {
        co_await push_all();
        co_await seastar::sleep_abortable(1s, as_);
      } catch (...) {
        log(std::current_exception());
      }
    }
  }

private:
  seastar::future<> push_all();
  seastar::abort_source as_;
};
cppcoro::task<> cppcoro_bad(cppcoro::io_service &io, cppcoro::cancellation_token ct) {
  while (true) {
    try {
      co_await io.schedule_after(1s, ct);
    } catch (const std::exception &) { // expect: async-swallowed-cancellation
    }
  }
}
mini::task<void> replicate(std::stop_token st);
mini::task<void> home_grown_bad(std::stop_token st) {
  for (;;) {
    try {
      co_await replicate(st);
    } catch (const std::exception &) { // expect: async-swallowed-cancellation
      note(9);
    }
  }
}
mini::task<void> home_grown_ok(std::stop_token st) {
  for (;;) {
    try {
      co_await replicate(st);
    } catch (const std::exception &) {
      if (st.stop_requested())
        co_return;
    }
  }
}

// A test that throws, and whose exception is taken.
cppcoro::task<void> tested_bad(cppcoro::cancellation_token ct) {
  for (;;) {
    try {
      ct.throw_if_cancellation_requested();
      note(1);
    } catch (const std::exception &) { // expect: async-swallowed-cancellation
      note(2);
    }
  }
  co_return;
}
cppcoro::task<void> tested_ok(cppcoro::cancellation_token ct) {
  for (;;) {
    ct.throw_if_cancellation_requested();
    try {
      note(1);
    } catch (const std::exception &) {
      note(2);
    }
  }
  co_return;
}
