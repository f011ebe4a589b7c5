//===- vsthrd002.cpp - Peer cases ----------------------------------------===//
//
// vs-threading's VSTHRD002: waiting synchronously for tasks. It tells of every
// method; here only an async path counts, so each of its methods is a
// coroutine, and its own exemptions of task-returning methods are not ours.
// `Task.WhenAll` proves completion there; what proves it here is said by the
// future itself, or is the result of an await.
//
//===----------------------------------------------------------------------===//

#include <boost/asio.hpp>
#include <chrono>
#include <concurrencpp/concurrencpp.h>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/BlockingWait.h>
#include <folly/coro/Task.h>
#include <folly/futures/Future.h>
#include <future>

namespace net = boost::asio;
using namespace std::chrono_literals;
int one();

// Wait, Result, GetResult
net::awaitable<void> wait_bad() {
  auto Task = std::async(std::launch::async, one);
  Task.wait(); // expect: async-sync-wait
  co_return;
}
net::awaitable<int> result_bad() {
  auto Task = std::async(std::launch::async, one);
  int Result = Task.get(); // expect: async-sync-wait
  co_return Result;
}
net::awaitable<int> result_of_parameter_bad(std::future<int> Task) {
  co_return Task.get(); // expect: async-sync-wait
}
net::awaitable<int> shared_result_bad(std::shared_future<int> Task) {
  co_return Task.get(); // expect: async-sync-wait
}
using Results = std::vector<concurrencpp::result<int>>;
concurrencpp::result<int> child();
concurrencpp::result<int> own_task_result_bad() {
  auto Task = child();
  co_return Task.get(); // expect: async-sync-wait
}
concurrencpp::result<int> own_task_wait_bad() {
  auto Task = child();
  Task.wait(); // expect: async-sync-wait
  co_return co_await Task;
}
folly::coro::Task<int> folly_future_get_bad(folly::Future<int> F) {
  co_return std::move(F).get(); // expect: async-sync-wait
}
folly::coro::Task<void> folly_future_wait_bad(folly::Future<int> F) {
  F.wait(); // expect: async-sync-wait
  co_return;
}
folly::coro::Task<int> folly_semi_future_get_bad(folly::SemiFuture<int> F) {
  co_return std::move(F).get(); // expect: async-sync-wait
}
folly::coro::Task<int> folly_child();
folly::coro::Task<int> blocking_wait_bad() {
  co_return folly::coro::blockingWait(folly_child()); // expect: async-sync-wait
}
cppcoro::task<int> cppcoro_child();
cppcoro::task<int> sync_wait_bad() {
  co_return cppcoro::sync_wait(cppcoro_child()); // expect: async-sync-wait
}
net::awaitable<int> asio_child();
net::awaitable<int> use_future_bad(net::any_io_executor Ex) {
  // expect-next-line: async-sync-wait
  co_return net::co_spawn(Ex, asio_child(), net::use_future).get();
}

// WaitAny, WaitAll: several
net::awaitable<void> wait_all_bad(std::future<int> A, std::future<int> B) {
  A.wait(); // expect: async-sync-wait
  B.wait(); // expect: async-sync-wait
  co_return;
}
net::awaitable<void> wait_in_loop_bad(std::vector<std::future<int>> V) {
  for (auto &F : V)
    F.wait(); // expect: async-sync-wait
  co_return;
}
concurrencpp::result<void> when_all_waited_bad(Results V) {
  auto All = concurrencpp::when_all(V.begin(), V.end());
  All.wait(); // expect: async-sync-wait
  co_return;
}

// With and without a proof that it is complete.
net::awaitable<int> complete_ok(std::future<int> A) {
  if (A.wait_for(0s) == std::future_status::ready)
    co_return A.get();
  co_return 0;
}
net::awaitable<int> complete_on_one_way_bad(std::future<int> A, bool B) {
  if (B && A.wait_for(0s) != std::future_status::ready)
    co_return 0;
  co_return A.get(); // expect: async-sync-wait
}
net::awaitable<int> complete_and_wait_ok(std::future<int> A) {
  if (A.wait_for(0s) == std::future_status::ready) {
    A.wait();
    co_return A.get();
  }
  co_return 0;
}
folly::coro::Task<int> folly_complete_ok(folly::Future<int> F) {
  if (F.isReady())
    co_return std::move(F).get();
  co_return 0;
}
folly::coro::Task<int> folly_incomplete_bad(folly::Future<int> F) {
  if (!F.isReady())
    co_return std::move(F).get(); // expect: async-sync-wait
  co_return 0;
}
concurrencpp::result<int> awaited_all_ok(Results V) {
  auto Done = co_await concurrencpp::when_all(V.begin(), V.end());
  co_return Done[0].get() + Done[1].get();
}
net::awaitable<int> used_before_proof_bad(std::future<int> A) {
  int Value = A.get(); // expect: async-sync-wait
  if (A.valid() && A.wait_for(0s) == std::future_status::ready)
    ++Value;
  co_return Value;
}
net::awaitable<int> other_one_complete_bad(std::future<int> A,
                                           std::future<int> B) {
  int Value = 0;
  if (A.wait_for(0s) == std::future_status::ready) {
    Value += A.get();
    Value += B.get(); // expect: async-sync-wait
  }
  co_return Value;
}

// Between proof and use: passed on, assigned anew.
void by_value(std::shared_future<int>);
void by_reference(std::future<int> &);
net::awaitable<int> passed_by_value_ok(std::shared_future<int> A) {
  if (A.wait_for(0s) != std::future_status::ready)
    co_return 0;
  by_value(A);
  co_return A.get();
}
net::awaitable<int> passed_by_reference_missed(std::future<int> A) {
  if (A.wait_for(0s) != std::future_status::ready)
    co_return 0;
  by_reference(A);
  co_return A.get(); // missed: async-sync-wait
}
net::awaitable<int> assigned_anew_bad(std::future<int> A) {
  if (A.wait_for(0s) != std::future_status::ready)
    co_return 0;
  int Value = A.get();
  A = std::async(std::launch::async, one);
  co_return Value + A.get(); // expect: async-sync-wait
}
net::awaitable<int> proved_again_ok(std::future<int> A) {
  if (A.wait_for(0s) != std::future_status::ready)
    co_return 0;
  int Value = A.get();
  A = std::async(std::launch::async, one);
  if (A.wait_for(0s) == std::future_status::ready)
    Value += A.get();
  co_return Value;
}

// Lambdas and continuations
net::awaitable<void> in_plain_lambda_ok(std::shared_future<int> A) {
  auto Later = [A] { return A.get(); };
  (void)Later;
  co_return;
}
void in_coroutine_lambda_bad(std::shared_future<int> A) {
  auto Now = [A]() -> net::awaitable<int> {
    co_return A.get(); // expect: async-sync-wait
  };
  (void)Now;
}
// The future that a completion handler of an event loop waits for.
void in_completion_handler_bad(net::steady_timer &T,
                               std::shared_future<int> A) {
  T.async_wait([A](boost::system::error_code) {
    A.get(); // expect: async-sync-wait
  });
}

// Plain functions, of any kind, may wait.
int plain_ok() {
  auto Task = std::async(std::launch::async, one);
  return Task.get();
}
int plain_sync_wait_ok() { return cppcoro::sync_wait(cppcoro_child()); }
int plain_blocking_wait_ok() {
  return folly::coro::blockingWait(folly_child());
}
// ... until a coroutine calls them.
net::awaitable<int> through_plain_bad() {
  co_return plain_ok(); // expect: async-sync-wait
}
cppcoro::task<int> through_plain_sync_wait_bad() {
  co_return plain_sync_wait_ok(); // expect: async-sync-wait
}
struct Calculator {
  int get_number(int A) {
    auto Task = std::async(std::launch::async, [A] { return A; });
    return Task.get();
  }
  int add(int A, int B) { return get_number(A) + B; }
};
net::awaitable<int> through_members_bad(Calculator C) {
  co_return C.add(1, 2); // expect: async-sync-wait
}

// Awaited, as it should be.
concurrencpp::result<int> awaited_ok() { co_return co_await child(); }
folly::coro::Task<int> folly_awaited_ok(folly::Future<int> F) {
  co_return co_await std::move(F);
}
folly::coro::Task<int> not_waited_ok(folly::Future<int> F) {
  (void)F.isReady();
  co_return 0;
}
