// Loops that start tasks.
// clang-format off: a mark belongs to its line
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <coro/coro.hpp>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Collect.h>
#include <folly/coro/Task.h>
#include <folly/executors/GlobalExecutor.h>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/loop.hh>
#include <seastar/core/semaphore.hh>
#include <string>
#include <userver/_names.hpp>
#include <vector>

namespace net = boost::asio;
using net::ip::tcp;
using folly::coro::Task;

net::awaitable<void> session(tcp::socket s);
mini::task<void> job(int n);
mini::task<int> next();
Task<void> fetch(std::string key);
void log(std::exception_ptr);

net::awaitable<void> listen_bad(tcp::acceptor a) {
  for (;;) {
    tcp::socket s = co_await a.async_accept(net::use_awaitable);
    net::co_spawn(a.get_executor(), session(std::move(s)), [](std::exception_ptr e) { log(e); }); // expect: async-unbounded-spawn
  }
}
net::awaitable<void> counted_ok(tcp::acceptor a, int most) {
  auto open = std::make_shared<int>(0);
  net::steady_timer free(a.get_executor());
  for (;;) {
    while (*open >= most) co_await free.async_wait(net::use_awaitable);
    tcp::socket s = co_await a.async_accept(net::use_awaitable);
    ++*open;
    net::co_spawn(a.get_executor(), session(std::move(s)), [open](std::exception_ptr e) { --*open; log(e); });
  }
}
net::awaitable<void> one_by_one_ok(tcp::acceptor a) {
  for (;;) {
    tcp::socket s = co_await a.async_accept(net::use_awaitable);
    co_await net::co_spawn(a.get_executor(), session(std::move(s)), net::use_awaitable);
  }
}
mini::task<void> home_grown_bad() {
  for (;;) mini::spawn(job(co_await next())); // expect: async-uncancellable-loop, async-unbounded-spawn
}
mini::task<void> semaphore_bad(mini::async_semaphore &few) {
  for (;;) { // expect: async-uncancellable-loop
    co_await few.acquire();
    mini::spawn(job(co_await next()));
  }
}
mini::task<void> four_ok() {
  for (int i = 0; i < 4; ++i) mini::spawn(job(i));
  co_await mini::yield();
}
mini::task<void> array_ok() {
  std::array<int, 3> ports{80, 443, 8080};
  for (int p : ports) mini::spawn(job(p));
  co_await mini::yield();
}
mini::task<void> fan_out_bad(std::vector<int> ids) {
  for (int id : ids) mini::spawn(job(id)); // expect: async-unbounded-spawn
  co_await mini::yield();
}
Task<void> scope_bad(std::vector<std::string> keys) {
  folly::coro::AsyncScope scope;
  for (auto &k : keys)
    scope.add(fetch(k).scheduleOn(folly::getGlobalCPUExecutor())); // expect: async-unbounded-spawn
  co_await scope.joinAsync();
}
Task<void> all_bad(std::vector<std::string> keys) {
  std::vector<Task<void>> all;
  for (auto &k : keys) all.push_back(fetch(k));
  co_await folly::coro::collectAllRange(std::move(all)); // expect: async-unbounded-spawn
}
Task<void> batches_ok(std::vector<std::string> keys) {
  std::vector<Task<void>> batch;
  for (auto &k : keys) {
    batch.push_back(fetch(k));
    if (batch.size() >= 16) co_await folly::coro::collectAllRange(std::exchange(batch, {}));
  }
  co_await folly::coro::collectAllRange(std::move(batch));
}
Task<void> two_ok(std::string a, std::string b) {
  std::vector<Task<void>> two;
  two.push_back(fetch(a));
  two.push_back(fetch(b));
  co_await folly::coro::collectAllRange(std::move(two));
}
coro::task<void> part(int n);
coro::task<int> number();
coro::task<void> pool_bad(std::shared_ptr<coro::thread_pool> pool) {
  for (;;) pool->spawn(part(co_await number())); // expect: async-uncancellable-loop, async-unbounded-spawn
}
seastar::future<> touch(int id);
seastar::future<> shards_bad(std::vector<int> ids) {
  co_await seastar::parallel_for_each(ids, [](int id) { return touch(id); }); // expect: async-unbounded-spawn
}
seastar::future<> shards_ok(std::vector<int> ids) {
  co_await seastar::max_concurrent_for_each(ids, 16, [](int id) { return touch(id); });
}
seastar::future<> units_ok(std::vector<int> ids, seastar::semaphore &few) {
  for (int id : ids) {
    auto units = co_await seastar::get_units(few, 1);
    (void)touch(id).finally([u = std::move(units)] {});
  }
}
class Server {
public:
  net::awaitable<void> run_ok() {
    for (auto &a : acceptors_) net::co_spawn(a.get_executor(), serve(a), net::detached);
    co_return;
  }

private:
  net::awaitable<void> serve(tcp::acceptor &a);
  std::vector<tcp::acceptor> acceptors_;
};

// A handler that accepts again is a loop, too.
struct Session : std::enable_shared_from_this<Session> {
  explicit Session(tcp::socket s);
  void start();
};
class Acceptor : public std::enable_shared_from_this<Acceptor> {
public:
  void accept_bad() {
    acceptor_.async_accept([self = shared_from_this()](boost::system::error_code ec, tcp::socket s) {
      if (!ec) std::make_shared<Session>(std::move(s))->start(); // expect: async-unbounded-spawn
      self->accept_bad();
    });
  }
  void accept_ok() {
    acceptor_.async_accept([self = shared_from_this()](boost::system::error_code ec, tcp::socket s) {
      if (!ec && self->open_ < self->most_) std::make_shared<Session>(std::move(s))->start();
      self->accept_ok();
    });
  }

private:
  tcp::acceptor acceptor_{net::system_executor()};
  int open_ = 0, most_ = 100;
};
// Counts what it starts, by an atomic.
net::awaitable<void> atomic_count_ok(tcp::acceptor a, std::atomic<int> &started, int most) {
  while (started.load() < most) {
    tcp::socket s = co_await a.async_accept(net::use_awaitable);
    ++started;
    net::co_spawn(a.get_executor(), session(std::move(s)), [](std::exception_ptr e) { log(e); });
  }
}
// A group that refuses when there is too much, and one that does not.
class Group {
public:
  void spawn(mini::task<void> t);
  std::size_t size() const;
  std::size_t most_ = 100;
};
class Crowd {
public:
  void spawn(mini::task<void> t);
};
void Group::spawn(mini::task<void> t) {
  if (size() == most_) throw 1;
  mini::spawn(std::move(t));
}
void Crowd::spawn(mini::task<void> t) { mini::spawn(std::move(t)); }
mini::task<void> group_ok(Group &g, bool &stop) {
  while (!stop) g.spawn(job(co_await next()));
}
mini::task<void> crowd_bad(Crowd &g, bool &stop) {
  while (!stop) g.spawn(job(co_await next())); // expect: async-unbounded-spawn
}
// What a file of the program's own says.
std::vector<int> read_config();
seastar::future<std::vector<int>> receive_ids();
seastar::future<> set_up_ok() {
  auto groups = read_config();
  co_await seastar::parallel_for_each(groups, [](int) { return seastar::make_ready_future<>(); });
}
seastar::future<> received_bad() {
  auto ids = co_await receive_ids();
  co_await seastar::parallel_for_each(ids, [](int) { return seastar::make_ready_future<>(); }); // expect: async-unbounded-spawn
}
