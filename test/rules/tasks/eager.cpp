// What has begun goes on when its object is thrown away: a slip in a coroutine,
// a way to use it elsewhere. What is cancelled instead is always a slip.
// clang-format off: a mark belongs to its line
#include <QCoroTask>
#include <boost/cobalt.hpp>
#include <concurrencpp/concurrencpp.h>
#include <flow/flow.h>
#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <tuple>
#include <userver/utils/async.hpp>
#include <winrt/base.h>

QCoro::Task<> upload();
QCoro::Task<> qt_in_a_coroutine_bad() {
  upload(); // expect: async-discarded-task
  std::ignore = upload(); // expect: async-discarded-task
  auto u = upload(); // expect: async-discarded-task
  co_await upload();
}
void qt_in_a_slot_ok() { upload(); }
QCoro::Task<> qt_with_continuation_ok() {
  upload().then([] {});
  co_return;
}

winrt::IAsyncAction store();
winrt::IAsyncAction winrt_bad() {
  store(); // expect: async-discarded-task
  co_await store();
}
concurrencpp::result<int> compute();
concurrencpp::lazy_result<int> later();
concurrencpp::result<int> concurrencpp_bad() {
  compute(); // expect: async-discarded-task
  later(); // expect: async-discarded-task
  co_return co_await compute();
}

seastar::future<> write();
seastar::future<seastar::semaphore_units> units_of(seastar::semaphore &s) { return seastar::get_units(s, 1); }
void seastar_bad() {
  write(); // expect: async-discarded-task
}
seastar::future<> seastar_lock_bad(seastar::semaphore &s) {
  auto units = seastar::get_units(s, 1); // expect: async-discarded-task
  auto more = units_of(s); // expect: async-discarded-task
  co_await write();
}
void seastar_background_ok() { (void)write(); }

boost::cobalt::promise<int> ask();
boost::cobalt::promise<int> cobalt_bad() {
  ask(); // expect: async-discarded-task
  (void)ask(); // expect: async-discarded-task
  auto meanwhile = ask(); // it runs until the end of the scope
  co_return co_await ask();
}
kj::Promise<void> ping();
void kj_bad() {
  ping(); // expect: async-discarded-task
}
Future<Void> flow_bad() {
  delay(1.0); // expect: async-discarded-task
  co_await delay(2.0);
  co_return Void();
}
void userver_bad() {
  userver::utils::Async("a", [] {}); // expect: async-discarded-task
}

folly::coro::Task<void> flush();
folly::coro::Task<void> folly_bad() {
  flush().scheduleOn(folly::getGlobalCPUExecutor()); // expect: async-discarded-task
  (void)flush().semi(); // expect: async-discarded-task
  co_await flush();
}
void folly_started_ok() {
  (void)flush().scheduleOn(folly::getGlobalCPUExecutor()).start();
}
