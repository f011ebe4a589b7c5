// level: strict
// Work that nobody owns.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/cobalt.hpp>
#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <drogon/drogon.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <kj/async.h>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <stdexec/_names.hpp>
#include <string>
#include <tmc/all_headers.hpp>
#include <userver/concurrent/background_task_storage.hpp>
#include <userver/utils/async.hpp>
#include <winrt/base.h>
namespace net = boost::asio;
namespace us = userver;

//--- Asio ----------------------------------------------------------------------

net::awaitable<void> session();
void fail(std::exception_ptr);

class server {
public:
  void start_bad() {
    net::co_spawn(io_, session(), net::detached); // expect: async-detached-task
    net::co_spawn(io_, [] { return session(); }, net::detached); // expect: async-detached-task
  }
  void start_ok(net::cancellation_slot slot) {
    net::co_spawn(io_, session(), [](std::exception_ptr e) { if (e) fail(e); });
    net::co_spawn(io_, session(), net::bind_cancellation_slot(slot, net::detached));
  }
  net::awaitable<void> joined_ok() {
    co_await net::co_spawn(io_, session(), net::use_awaitable);
  }

private:
  net::io_context &io_;
};
void runs_the_loop_ok() {
  net::io_context io;
  net::co_spawn(io, session(), net::detached);
  io.run();
}

//--- Seastar -------------------------------------------------------------------

class uploader {
public:
  void bad() {
    (void)upload(); // expect: async-detached-task
    (void)upload().handle_exception([](std::exception_ptr) {}); // expect: async-detached-task
  }
  void gate_ok() {
    (void)seastar::with_gate(gate_, [this] { return upload(); });
    (void)upload().finally([h = gate_.hold()] {});
    (void)guarded(); // expect: async-lost-exception
    gate_.enter();
    (void)upload().finally([this] { gate_.leave(); });
  }
  seastar::future<> guarded() {
    auto h = gate_.hold();
    co_await upload();
  }

private:
  seastar::future<> upload();
  seastar::gate gate_;
};

//--- Others --------------------------------------------------------------------

coro::task<void> job();
void libcoro_bad(coro::thread_pool &pool, coro::io_scheduler &io) {
  pool.spawn(job()); // expect: async-detached-task
  pool.spawn_detached(job()); // expect: async-detached-task
  io.spawn(job()); // expect: async-detached-task
}
coro::task<void> libcoro_ok(coro::thread_pool &pool) { co_await pool.spawn_joinable(job()); }

folly::coro::Task<void> flush();
void folly_bad() {
  (void)flush().scheduleOn(folly::getGlobalCPUExecutor()).start(); // expect: async-detached-task
}
void folly_ok(folly::coro::AsyncScope &scope) {
  scope.add(flush().scheduleOn(folly::getGlobalCPUExecutor()));
}
std::vector<folly::SemiFuture<folly::Unit>> pending;

void userver_bad() {
  us::utils::Async("audit", [] {}).Detach(); // expect: async-detached-task
}
void userver_ok(us::concurrent::BackgroundTaskStorage &bts) { bts.AsyncDetach("audit", [] {}); }

boost::cobalt::promise<void> ask();
void cobalt_bad() {
  +ask(); // expect: async-detached-task
  ask().detach(); // expect: async-detached-task
}
kj::Promise<void> ping();
void kj_bad() {
  ping().detach([](auto &&) {}); // expect: async-detached-task, async-lost-exception
}
void stdexec_bad() {
  stdexec::start_detached(exec::task<void>(mock_detail::make<exec::task<void>>())); // expect: async-detached-task
}
mini::task<void> step();
void unknown_library_bad() {
  mini::spawn(step()); // expect: async-detached-task
}
void takes_over(mini::task<void>);
void given_ok() { takes_over(step()); }

//--- Made to be left alone -----------------------------------------------------

winrt::IAsyncAction read();
class page : public std::enable_shared_from_this<page> {
public:
  void changed_bad() {
    reload(); // expect: async-callback-capture
  }
  void changed_ok() {
    reload_kept();
    before();
  }

private:
  winrt::fire_and_forget reload() {
    co_await read();
    ++count_;
  }
  winrt::fire_and_forget reload_kept() {
    auto self = shared_from_this();
    co_await read();
    ++count_;
  }
  winrt::fire_and_forget before() {
    ++count_;
    co_await read();
  }
  int count_ = 0;
};
void drogon_ok() {
  drogon::async_run([]() -> drogon::Task<> { co_return; });
}
int main() {
  net::io_context io;
  net::co_spawn(io, session(), net::detached);
  io.run();
}

//--- TooManyCooks --------------------------------------------------------------

tmc::task<void> chop();
tmc::task<void> tmc_bad() {
  tmc::spawn(chop()).detach(); // expect: async-detached-task
  tmc::post(tmc::cpu_executor(), chop()); // expect: async-detached-task
  co_await chop();
}
tmc::task<void> tmc_ok() {
  auto meanwhile = tmc::spawn(chop()).fork();
  co_await chop();
  co_await std::move(meanwhile);
}
void tmc_outside_ok() { tmc::post_waitable(tmc::cpu_executor(), chop()).wait(); }
