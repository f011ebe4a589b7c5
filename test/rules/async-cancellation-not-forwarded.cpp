// Tokens that are in scope and that a call does not get.
// clang-format off: a mark belongs to its line
#include <async_simple/Signal.h>
#include <async_simple/coro/Lazy.h>
#include <boost/asio.hpp>
#include <cppcoro/cancellation_source.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/task.hpp>
#include <exec/task.hpp>
#include <folly/CancellationToken.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <folly/coro/WithCancellation.h>
#include <folly/executors/GlobalExecutor.h>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <stdexec/execution.hpp>
#include <stop_token>
#include <string>
#include <userver/engine/deadline.hpp>
#include <userver/utils/async.hpp>
namespace net = boost::asio;
using namespace std::chrono_literals;

mini::task<int> query(int id, std::stop_token st = {});
mini::task<int> count(int id);
mini::task<int> count(int id, std::stop_token st);
mini::task<void> plain(int id);
mini::task<void> foreign(int id, cppcoro::cancellation_token ct = {});
mini::task<void> rollback(std::stop_token st = {});
mini::task<int> either(mini::task<int> a, std::stop_token st);

mini::task<int> default_bad(std::stop_token st) {
  int a = co_await query(1, st);
  co_return a + co_await query(2); // expect: async-cancellation-not-forwarded
}
mini::task<int> overload_bad(std::stop_token st) {
  int a = co_await count(1, st);
  co_return a + co_await count(2); // expect: async-cancellation-not-forwarded
}
mini::task<int> empty_bad(std::stop_token st) {
  int a = co_await query(1, st);
  a += co_await query(2, {}); // expect: async-cancellation-not-forwarded
  a += co_await query(2, std::stop_token{}); // expect: async-cancellation-not-forwarded
  co_return a;
}
mini::task<int> from_source_bad() {
  std::stop_source source;
  int a = co_await query(1, source.get_token());
  co_return a + co_await query(2); // expect: async-cancellation-not-forwarded
}
mini::task<int> declared_later_ok() {
  int a = co_await query(1);
  std::stop_source source;
  co_return a + co_await query(2, source.get_token());
}
mini::task<int> none_in_scope_ok() { co_return co_await query(1); }
mini::task<int> another_kind_ok(std::stop_token st) {
  int a = co_await query(1, st);
  co_await foreign(a);
  co_await plain(a);
  co_return a;
}
mini::task<int> waits_with_token_ok(std::stop_token st) {
  co_return co_await either(count(1), st);
}
mini::task<int> stopped_ok(std::stop_token st) {
  int a = co_await query(1, st);
  if (st.stop_requested())
    a += co_await query(2);
  co_return a;
}
mini::task<void> cleans_up_ok(std::stop_token st) {
  co_await query(1, st);
  co_await rollback();
}
mini::task<void> shutdown(std::stop_token st) {
  co_await query(1, st);
  co_await query(2);
}
mini::task<int> never_used_bad(std::stop_token st) { // expect: async-cancellation-not-forwarded
  co_await plain(1);
  co_return 2;
}
mini::task<int> unnamed_ok(std::stop_token) {
  co_await plain(1);
  co_return 2;
}
struct Base {
  virtual mini::task<int> run(std::stop_token st) = 0;
};
struct Derived : Base {
  mini::task<int> run(std::stop_token st) override {
    co_await plain(1);
    co_return 2;
  }
};
mini::task<int> in_lambda_bad(std::stop_token st) {
  auto work = [st]() -> mini::task<int> {
    int a = co_await query(1, st);
    co_return a + co_await query(2); // expect: async-cancellation-not-forwarded
  };
  co_return co_await work();
}

struct Group {
  seastar::future<> barrier(seastar::abort_source *as);
  seastar::future<> add(int cmd, seastar::abort_source *as = nullptr);
};
class Topology {
public:
  seastar::future<> update(int cmd) {
    co_await group_.barrier(nullptr); // expect: async-cancellation-not-forwarded
    co_await group_.add(cmd); // expect: async-cancellation-not-forwarded
    co_await group_.add(cmd, &as_);
    co_await group_.add(cmd, local_.get());
    co_await seastar::sleep_abortable(1s); // expect: async-cancellation-not-forwarded
    co_await seastar::sleep_abortable(1s, as_);
  }
  seastar::future<> stop() {
    co_await group_.add(0);
  }

private:
  Group group_;
  seastar::abort_source as_;
  std::unique_ptr<seastar::abort_source> local_;
};
cppcoro::task<> cppcoro_bad(cppcoro::io_service &io, cppcoro::cancellation_token ct) {
  co_await io.schedule_after(1s, ct);
  co_await io.schedule_after(1s); // expect: async-cancellation-not-forwarded
}
cppcoro::task<> cancels_others_ok(cppcoro::io_service &io, cppcoro::cancellation_source source) {
  co_await io.schedule_after(1s);
  source.request_cancellation();
}
exec::task<int> sender(int id, stdexec::inplace_stop_token st = {});
exec::task<int> sender_bad(stdexec::inplace_stop_source &source) {
  int a = co_await sender(1, source.get_token());
  co_return a + co_await sender(2); // expect: async-cancellation-not-forwarded
}
async_simple::coro::Lazy<int> lazy(int id, async_simple::Slot *slot = nullptr);
async_simple::coro::Lazy<int> lazy_bad(async_simple::Slot *slot) {
  int a = co_await lazy(1, slot);
  co_return a + co_await lazy(2); // expect: async-cancellation-not-forwarded
}
folly::coro::Task<int> child();
folly::coro::Task<int> parent() {
  auto token = co_await folly::coro::co_current_cancellation_token;
  auto f = child().scheduleOn(folly::getGlobalCPUExecutor()).start(); // expect: async-cancellation-not-forwarded
  int a = co_await std::move(f);
  a += co_await child();
  a += co_await folly::coro::co_withCancellation(token, child());
  a += co_await folly::coro::co_withCancellation(folly::CancellationToken{}, child()); // expect: async-cancellation-not-forwarded
  co_return a;
}
void pause_bad(net::steady_timer &t, net::cancellation_slot slot) { // expect: async-cancellation-not-forwarded
  t.async_wait([](boost::system::error_code) {});
}
void pause_ok(net::steady_timer &t, net::cancellation_slot slot) {
  t.async_wait(net::bind_cancellation_slot(slot, [](boost::system::error_code) {}));
}

// A fibre has its deadline in a local; its functions are no coroutines.
struct Cache {
  std::string get(std::string key) const;
  std::string get(std::string key, userver::engine::Deadline d) const;
  std::size_t size() const;
};
void fibre_bad(Cache &c) {
  auto t = userver::utils::Async("t", [&c] {
    const auto d = userver::engine::Deadline::FromDuration(200ms);
    auto a = c.get("a"); // expect: async-cancellation-not-forwarded
    auto b = c.get("b", d);
    return c.size() + a.size() + b.size();
  });
}
