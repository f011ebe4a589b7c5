// Whose function it is, and on whose executor it runs.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/io_service.hpp>
#include <mini/task.hpp>
#include <unistd.h>
namespace net = boost::asio;

// A project's own functions bear the names of C functions.
mini::task<int> connect(int peer);
mini::task<void> send(int peer);
static mini::task<int> poll(int peer);
mini::task<int> namesakes_ok(int peer) {
  co_await send(peer);
  co_return co_await connect(peer) + co_await poll(peer);
}
static mini::task<int> poll(int peer) { co_return peer; }

// A strand runs things where its executor does.
struct Database {
  net::thread_pool pool{2};
  net::strand<net::thread_pool::executor_type> strand{pool.get_executor()};
  void save_ok() {
    net::post(strand, [] { ::sleep(1); });
  }
  auto job_ok() {
    return net::co_spawn(strand, []() -> net::awaitable<void> { ::sleep(1); co_return; }, net::use_awaitable);
  }
};
void strand_of_a_loop_bad(net::strand<net::io_context::executor_type> strand) {
  net::post(strand, [] { ::sleep(1); }); // expect: async-blocking-call
}
void io_executor_bad(net::any_io_executor executor) {
  net::post(executor, [] { ::sleep(1); }); // expect: async-blocking-call
}
template <class Executor> void any_executor(Executor executor) {
  net::post(executor, [] { ::sleep(1); });
}
struct Mine {
  net::execution_context &query(net::execution::context_t) const noexcept;
  static constexpr net::execution::blocking_t query(net::execution::blocking_t) noexcept { return net::execution::blocking.never; }
  template <class F> void execute(F f) const;
  bool operator==(const Mine &) const noexcept;
  bool operator!=(const Mine &) const noexcept;
};
void unknown_executor_ok(Mine mine) { any_executor(mine); }

// Every use that is seen is on a pool.
net::awaitable<int> flush_ok(int fd) {
  ::fsync(fd);
  co_return 1;
}
net::awaitable<int> serve(net::thread_pool &pool, int fd) {
  co_return co_await net::co_spawn(pool, flush_ok(fd), net::use_awaitable);
}
net::awaitable<int> flush_bad(int fd) {
  ::fsync(fd); // expect: async-blocking-call
  co_return 1;
}
net::awaitable<int> serve_both(net::thread_pool &pool, int fd) {
  int n = co_await net::co_spawn(pool, flush_bad(fd), net::use_awaitable);
  co_return n + co_await flush_bad(fd);
}

// A coroutine that never suspends, run by whoever waits for it, hosts the loop.
int host_ok(cppcoro::io_service &io) {
  return cppcoro::sync_wait(
      [&]() -> cppcoro::task<int> { io.process_events(); co_return 0; }());
}
mini::task<void> through_a_pointer_bad() {
  auto nap = +[] { ::sleep(1); };
  nap(); // expect: async-blocking-call
  co_await mini::yield();
}
