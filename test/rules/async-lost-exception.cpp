// Failures that nobody can see.
// clang-format off: a mark belongs to its line
#include <async_simple/coro/Lazy.h>
#include <boost/asio.hpp>
#include <boost/asio/as_tuple.hpp>
#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <drogon/drogon.h>
#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <iostream>
#include <seastar/core/coroutine.hh>
#include <seastar/coroutine/as_future.hh>
#include <stdexcept>
#include <userver/utils/async.hpp>
#include <winrt/base.h>
namespace net = boost::asio;

//--- Detached ------------------------------------------------------------------

net::awaitable<void> load();
void parse(int n) {
  if (n < 0)
    throw std::runtime_error("negative");
}
net::awaitable<void> throws() {
  co_await net::post(co_await net::this_coro::executor, net::use_awaitable);
  throw std::runtime_error("schema");
}
net::awaitable<void> awaits() { co_await load(); }
net::awaitable<void> reads(net::ip::tcp::socket &s, net::mutable_buffer b) {
  co_await s.async_read_some(b, net::use_awaitable);
}
net::awaitable<void> calls(int n) {
  parse(n);
  co_return;
}
net::awaitable<void> deeper() { co_await throws(); }
net::awaitable<void> throws_on() {
  try {
    co_await load();
  } catch (...) {
    parse(1);
    throw;
  }
}
net::awaitable<void> another_type() {
  try {
    throw std::runtime_error("a");
  } catch (const boost::system::system_error &) {
  }
  co_return;
}
void detached_bad(net::io_context &io, net::ip::tcp::socket &s, net::mutable_buffer b) {
  net::co_spawn(io, throws(), net::detached); // expect: async-lost-exception
  net::co_spawn(io, awaits(), net::detached); // expect: async-lost-exception
  net::co_spawn(io, reads(s, b), net::detached); // expect: async-lost-exception
  net::co_spawn(io, calls(1), net::detached); // expect: async-lost-exception
  net::co_spawn(io, deeper(), net::detached); // expect: async-lost-exception
  net::co_spawn(io, throws_on(), net::detached); // expect: async-lost-exception
  net::co_spawn(io, another_type(), net::detached); // expect: async-lost-exception
  net::co_spawn(io, [] { return throws(); }, net::detached); // expect: async-lost-exception
  net::co_spawn(io, []() -> net::awaitable<void> { co_await load(); }, net::detached); // expect: async-lost-exception
}
net::awaitable<void> logs() {
  try {
    co_await throws();
  } catch (const std::exception &e) {
    std::cerr << e.what();
  }
}
net::awaitable<void> logs_and_throws_on() {
  try {
    co_await throws();
  } catch (const std::exception &e) {
    std::cerr << e.what();
    throw;
  }
}
net::awaitable<void> tuples(net::ip::tcp::socket &s, net::mutable_buffer b) {
  auto [ec, n] = co_await s.async_read_some(b, net::as_tuple(net::use_awaitable));
}
net::awaitable<void> timer(net::steady_timer &t) { co_await t.async_wait(net::use_awaitable); }
void detached_ok(net::io_context &io, net::ip::tcp::socket &s, net::mutable_buffer b, net::steady_timer &t) {
  net::co_spawn(io, logs(), net::detached);
  net::co_spawn(io, logs_and_throws_on(), net::detached);
  net::co_spawn(io, tuples(s, b), net::detached);
  net::co_spawn(io, timer(t), net::detached);
  net::co_spawn(io, load(), net::detached); // nothing is known of it
}

coro::task<void> fails() { throw std::runtime_error("a"); co_return; }
coro::task<void> idles(coro::thread_pool &p) { co_await p.schedule(); }
void libcoro_bad(coro::thread_pool &p) {
  p.spawn(fails()); // expect: async-lost-exception
}
void libcoro_ok(coro::thread_pool &p) { p.spawn(idles(p)); }
folly::coro::Task<void> flush();
folly::coro::Task<void> flushes() { co_await flush(); }
void folly_bad() {
  (void)flushes().scheduleOn(folly::getGlobalCPUExecutor()).start(); // expect: async-lost-exception
}

//--- Handlers ------------------------------------------------------------------

void fail(std::exception_ptr);
async_simple::coro::Lazy<int> compute();
void handlers_bad(net::io_context &io) {
  net::co_spawn(io, load(), [](std::exception_ptr) {}); // expect: async-lost-exception
  net::co_spawn(io, load(), [](std::exception_ptr e) { (void)e; }); // expect: async-lost-exception
  compute().start([](auto &&) {}); // expect: async-lost-exception
  compute().start([](async_simple::Try<int> &&r) {}); // expect: async-lost-exception
}
void handlers_ok(net::io_context &io) {
  net::co_spawn(io, load(), [](std::exception_ptr e) { if (e) fail(e); });
  net::co_spawn(io, load(), [](std::exception_ptr e) { if (e) std::rethrow_exception(e); });
  net::co_spawn(io, logs(), [](std::exception_ptr) {}); // there is none
  net::co_spawn(io, load(), fail);
  compute().start([](async_simple::Try<int> &&r) { if (r.hasError()) std::abort(); });
}

//--- Promises ------------------------------------------------------------------

struct quiet {
  struct promise_type {
    quiet get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() {} // expect: async-lost-exception
    void return_void() {}
  };
};
struct loud {
  struct promise_type {
    loud get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
    void return_void() {}
  };
};
concurrencpp::null_result null_bad() { // expect: async-lost-exception
  parse(1);
  co_return;
}
drogon::AsyncTask loud_ok() {
  parse(1);
  co_return;
}
winrt::fire_and_forget terminates_ok() {
  parse(1);
  co_return;
}

//--- Futures that must be looked at --------------------------------------------

namespace ss = seastar;
void mark(int);
ss::future<int> ask();

ss::future<> path_bad(bool late, ss::future<int> f) { // expect: async-lost-exception
  if (late)
    co_return;
  mark(co_await std::move(f));
}
ss::future<> never_bad(ss::future<int> f) { // expect: async-lost-exception
  co_return;
}
ss::future<> local_bad(bool late) {
  auto f = ask(); // expect: async-lost-exception
  if (late)
    co_return;
  mark(co_await std::move(f));
}
ss::future<> asked_bad() {
  auto f = co_await ss::coroutine::as_future(ask()); // expect: async-lost-exception
  if (f.failed()) {
    mark(0);
    co_return;
  }
  mark(f.get());
}
ss::future<> asked_ok() {
  auto f = co_await ss::coroutine::as_future(ask());
  if (f.failed()) {
    fail(f.get_exception());
    co_return;
  }
  mark(1);
}
ss::future<> ignored_ok(bool late, ss::future<int> f) {
  if (late) {
    f.ignore_ready_future();
    co_return;
  }
  mark(co_await std::move(f));
}
ss::future<int> returned_ok(ss::future<int> f) { return f; }
ss::future<> chained_ok(ss::future<int> f) {
  return f.then([](int n) { mark(n); });
}
ss::future<> thrown_ok(bool late, ss::future<int> f) {
  if (late)
    throw std::runtime_error("late");
  mark(co_await std::move(f));
}
ss::future<> ready_ok() {
  auto f = ss::make_ready_future<int>(1);
  co_return;
}
ss::future<> tried_ok(ss::future<int> f) {
  return f.then_wrapped([](ss::future<int> g) {
    try {
      mark(g.get());
    } catch (...) {
      mark(0);
    }
  });
}

//--- Fibres ---------------------------------------------------------------------
void reindex(int shard) {
  if (shard < 0)
    throw std::runtime_error("no such shard");
}
void fibre_bad(int shard) {
  userver::utils::Async("reindex", [shard] { reindex(shard); }).Detach(); // expect: async-lost-exception
}
void fibre_ok(int shard) {
  userver::utils::Async("reindex", [shard] {
    try {
      reindex(shard);
    } catch (const std::exception &e) {
      std::cerr << e.what();
    }
  }).Detach();
}

//--- Promises of which every coroutine is seen ------------------------------------
struct Probe {
  struct promise_type {
    Probe get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception() {}
    void return_void() noexcept;
  };
};
Probe probe_ok() { co_return; }

//--- What holds `detached`, and what is cast to void ---------------------------------
void bound_bad(net::io_context &io, net::cancellation_signal &stop) {
  net::co_spawn(io, throws(), net::bind_cancellation_slot(stop.slot(), net::detached)); // expect: async-lost-exception
  net::co_spawn(io, throws(), net::bind_executor(io, net::detached)); // expect: async-lost-exception
}
ss::future<> sends(int n) {
  co_await ss::yield();
  if (n == 0)
    throw std::runtime_error("nothing");
}
ss::future<> declared(int);
// At level strict: see async-detached-task.cpp.
void dropped_ok(int n) {
  (void)sends(n);
  (void)sends(n).handle_exception([](std::exception_ptr) { mark(0); });
  (void)declared(n);
}
