// Endless loops and their ways out.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/cobalt.hpp>
#include <chrono>
#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <cppcoro/async_generator.hpp>
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/task.hpp>
#include <drogon/drogon.h>
#include <flow/flow.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <mini/task.hpp>
#include <optional>
#include <seastar/core/abort_source.hh>
#include <seastar/core/condition-variable.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/queue.hh>
#include <seastar/core/sleep.hh>
#include <stop_token>
#include <string>
#include <userver/engine/async.hpp>
#include <userver/engine/sleep.hpp>
#include <userver/engine/task/cancel.hpp>
#include <userver/utils/async.hpp>
#include <winrt/base.h>
namespace net = boost::asio;
using namespace std::chrono_literals;

void tick();
void use(int);
mini::task<void> step();
mini::task<std::optional<int>> next();

mini::task<void> no_way_out_bad() {
  while (true) { // expect: async-uncancellable-loop
    co_await step();
    co_await mini::sleep_for(1s);
  }
}
mini::task<void> token_not_tested_bad(std::stop_token st) {
  for (;;) { // expect: async-uncancellable-loop
    co_await step();
  }
  (void)st;
}
mini::task<void> condition_ok(std::stop_token st) {
  while (!st.stop_requested())
    co_await step();
}
mini::task<void> tested_within_ok(std::stop_token st) {
  while (true) {
    co_await step();
    if (st.stop_requested())
      co_return;
  }
}
mini::task<void> handed_on_ok(std::stop_token st) {
  while (true) {
    tick();
    co_await mini::sleep_for(1s, st);
  }
}
mini::task<void> passed_by_bad(std::stop_token st) {
  while (true) { // expect: async-uncancellable-loop
    auto v = co_await next();
    if (!v)
      continue;
    use(*v);
    if (st.stop_requested())
      break;
  }
}
mini::task<void> other_way_out_ok(std::stop_token st) {
  while (true) {
    auto v = co_await next();
    if (!v)
      break;
    use(*v);
    if (st.stop_requested())
      break;
  }
}
mini::task<void> ends_of_input_ok(mini::stream s) {
  while (true) {
    std::string line = co_await s.read_line();
    if (line.empty())
      co_return;
    co_await s.write(line);
  }
}
mini::task<void> inner_bad(int n) {
  while (n > 0) {
    --n;
    while (true) // expect: async-uncancellable-loop
      co_await step();
  }
}
mini::task<void> counted_ok() {
  for (int tries = 0;; ++tries) {
    if (tries == 5)
      throw 1;
    co_await step();
  }
}
void check_open(bool open) {
  if (!open)
    throw 1;
}
mini::task<void> helper_throws_ok(bool &open) {
  while (true) {
    check_open(open);
    co_await step();
  }
}

class Loops {
public:
  mini::task<void> flag_ok() {
    while (true) {
      co_await step();
      if (stopping_)
        break;
    }
  }
  mini::task<void> flag_in_condition_ok() {
    while (running_)
      co_await step();
  }
  mini::task<void> flag_passed_by_bad() {
    while (true) { // expect: async-uncancellable-loop
      auto v = co_await next();
      if (!v)
        continue;
      if (stopping_)
        break;
    }
  }
  seastar::future<> own_work_bad() {
    while (true) { // expect: async-uncancellable-loop
      bool done = co_await move();
      if (done)
        co_return;
      co_await seastar::sleep(100ms);
    }
  }
  seastar::future<> own_work_tested_ok() {
    while (true) {
      if (co_await move())
        co_return;
      as_.check();
      co_await seastar::sleep(100ms);
    }
  }
  seastar::future<> own_work_woken_ok() {
    while (true) {
      if (co_await move())
        co_return;
      co_await seastar::sleep_abortable(100ms, as_);
    }
  }
  seastar::future<> broken_ok() {
    while (true) {
      co_await ready_.wait();
      tick();
    }
  }
  seastar::future<> gate_ok() {
    while (true) {
      auto holder = gate_.hold();
      co_await seastar::sleep(1s);
    }
  }
  seastar::future<> reactor_bad() {
    while (true) { // expect: async-uncancellable-loop
      co_await seastar::sleep(1s);
      tick();
    }
  }

private:
  seastar::future<bool> move();
  seastar::abort_source as_;
  seastar::condition_variable ready_;
  seastar::gate gate_;
  bool stopping_ = false, running_ = true;
};

net::awaitable<void> asio_throws_ok(net::steady_timer &t) {
  for (;;) {
    t.expires_after(1s);
    co_await t.async_wait(net::use_awaitable);
  }
}
net::awaitable<void> asio_error_unused_bad(net::steady_timer &t) {
  boost::system::error_code ec;
  for (;;) { // expect: async-uncancellable-loop
    t.expires_after(1s);
    co_await t.async_wait(net::redirect_error(net::use_awaitable, ec));
    tick();
  }
}
net::awaitable<void> asio_error_tested_ok(net::steady_timer &t) {
  for (;;) {
    boost::system::error_code ec;
    co_await t.async_wait(net::redirect_error(net::use_awaitable, ec));
    if (ec)
      co_return;
  }
}
folly::coro::Task<void> folly_ok() {
  while (true) {
    co_await folly::coro::sleep(1s);
    tick();
  }
}
boost::cobalt::promise<void> cobalt_ok() {
  while (true)
    co_await boost::cobalt::sleep_for(1000ms);
}
Future<Void> flow_ok() {
  for (;;)
    co_await delay(1.0);
}
kj::Promise<void> kj_step();
kj::Promise<void> kj_ok() {
  for (;;)
    co_await kj_step();
}
winrt::IAsyncAction winrt_ok() {
  for (;;) {
    co_await winrt::resume_after(1s);
    tick();
  }
}
coro::task<void> libcoro_bad(std::shared_ptr<coro::io_scheduler> io) {
  while (true) { // expect: async-uncancellable-loop
    co_await io->yield_for(1000ms);
    tick();
  }
}
drogon::Task<> drogon_bad(trantor::EventLoop *loop) {
  while (true) { // expect: async-uncancellable-loop
    co_await drogon::sleepCoro(loop, 1.0);
    tick();
  }
}
cppcoro::task<> cppcoro_bad(cppcoro::io_service &io) {
  while (true) { // expect: async-uncancellable-loop
    co_await io.schedule_after(1s);
    tick();
  }
}
cppcoro::task<> cppcoro_ok(cppcoro::io_service &io, cppcoro::cancellation_token ct) {
  while (true) {
    co_await io.schedule_after(1s, ct);
    tick();
  }
}
cppcoro::async_generator<int> ids_ok() {
  for (int i = 0;; ++i)
    co_yield i;
}
void fibres() {
  auto a = userver::utils::Async("a", [] {
    while (true) { // expect: async-uncancellable-loop
      userver::engine::SleepFor(1000ms);
      tick();
    }
  });
  auto b = userver::utils::Async("ok", [] {
    while (!userver::engine::current_task::ShouldCancel()) {
      userver::engine::InterruptibleSleepFor(1000ms);
      tick();
    }
  });
}
// The task turns its cancellation off.
net::awaitable<void> disabled_bad() {
  co_await net::this_coro::reset_cancellation_state(net::disable_cancellation());
  net::steady_timer t(co_await net::this_coro::executor);
  for (;;) { // expect: async-uncancellable-loop
    t.expires_after(30s);
    co_await t.async_wait(net::use_awaitable);
    tick();
  }
}
net::awaitable<void> only_terminal_ok() {
  co_await net::this_coro::reset_cancellation_state(net::enable_terminal_cancellation());
  net::steady_timer t(co_await net::this_coro::executor);
  for (;;) {
    t.expires_after(30s);
    co_await t.async_wait(net::use_awaitable);
    tick();
  }
}
net::awaitable<void> on_again_ok() {
  co_await net::this_coro::reset_cancellation_state(net::disable_cancellation());
  tick();
  co_await net::this_coro::reset_cancellation_state(net::enable_total_cancellation());
  net::steady_timer t(co_await net::this_coro::executor);
  for (;;) {
    t.expires_after(30s);
    co_await t.async_wait(net::use_awaitable);
    tick();
  }
}
