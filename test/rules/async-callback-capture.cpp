// What callbacks and started tasks refer to.
// level: strict
// clang-format off: a mark belongs to its line
#include <atomic>
#include <boost/asio.hpp>
#include <boost/enable_shared_from_this.hpp>
#include <boost/make_shared.hpp>
#include <concurrencpp/concurrencpp.h>
#include <condition_variable>
#include <drogon/_names.h>
#include <drogon/drogon.h>
#include <folly/coro/Baton.h>
#include <folly/coro/Task.h>
#include <folly/fibers/FiberManager.h>
#include <folly/io/async/EventBase.h>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/shared_ptr.hh>
#include <seastar/_names.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <string_view>
#include <userver/concurrent/background_task_storage.hpp>
#include <userver/utils/async.hpp>
#include <vector>
#include <winrt/base.h>
#include <winrt/_names.h>
namespace net = boost::asio;
using error_code = boost::system::error_code;

void use(int);
void use(std::string_view);

//--- Locals ------------------------------------------------------------------
void local_bad(net::steady_timer &t) {
  int tries = 0;
  t.async_wait([&tries](error_code) { ++tries; }); // expect: async-callback-capture
}
void default_capture_bad(net::io_context &io) {
  std::string name = "a";
  net::post(io, [&] { // expect: async-callback-capture
    use(name);
  });
}
void parameter_by_value_bad(net::io_context &io, std::string name) {
  net::post(io, [&name] { use(name); }); // expect: async-callback-capture
}
void pointer_bad(net::io_context &io) {
  int tries = 0;
  net::post(io, [p = &tries] { ++*p; }); // expect: async-callback-capture
}
void view_bad(net::io_context &io) {
  std::string name = std::to_string(7);
  std::string_view head = name;
  net::post(io, [head] { use(head); }); // expect: async-callback-capture
}
void named_bad(net::io_context &io) {
  int tries = 0;
  auto work = [&tries] { ++tries; }; // expect: async-callback-capture
  net::post(io, work);
}
void bound_to_executor_bad(net::io_context &io, net::steady_timer &t) {
  int tries = 0;
  t.async_wait(net::bind_executor(io, [&tries](error_code) { ++tries; })); // expect: async-callback-capture
}
void by_value_ok(net::io_context &io, std::string name) {
  net::post(io, [name] { use(name); });
  net::post(io, [name = std::move(name)] { use(name); });
}
void static_ok(net::io_context &io) {
  static int tries = 0;
  net::post(io, [&] { ++tries; });
}
void literal_view_ok(net::io_context &io) {
  std::string_view head = "literal";
  net::post(io, [head] { use(head); });
}
int global = 0;
void reference_to_global_ok(net::io_context &io) {
  int &x = global;
  net::post(io, [&x] { ++x; });
}
void pointee_ok(net::io_context &io, int *p) {
  net::post(io, [p] { ++*p; });
  net::post(io, [&x = *p] { ++x; });
}
void runs_ok() {
  net::io_context io;
  int tries = 0;
  net::post(io, [&] { ++tries; });
  io.run();
}
void future_ok(net::io_context &io) {
  std::promise<int> done;
  net::post(io, [&done] { done.set_value(1); });
  done.get_future().wait();
}
void helper_waits_ok(net::io_context &io) {
  int tries = 0;
  net::post(io, [&] { ++tries; });
  runs_ok();
}
int main() {
  net::io_context io;
  int tries = 0;
  net::post(io, [&] { ++tries; });
}
// What runs within the call, if it does, is looked at after it.
void looked_at_bad(net::io_context &io) {
  bool called = false;
  net::dispatch(io, [&] { called = true; }); // expect: async-callback-capture
  use(called);
}
void spin_ok(net::io_context &io) {
  std::atomic<bool> done = false;
  net::post(io, [&] { done = true; });
  while (!done) {
  }
}
void condition_ok(net::io_context &io) {
  std::mutex m;
  std::condition_variable changed;
  int n = 0;
  net::post(io, [&] {
    std::lock_guard lock(m);
    ++n;
    changed.notify_one();
  });
  std::unique_lock lock(m);
  changed.wait(lock, [&] { return n == 1; });
}
net::awaitable<void> child(int &n);
void task_bad(net::io_context &io) {
  int tries = 0;
  net::co_spawn(io, [&]() -> net::awaitable<void> { co_await child(tries); }, net::detached); // expect: async-lost-exception, async-callback-capture
}
net::awaitable<void> awaited_ok(net::io_context &io) {
  int tries = 0;
  co_await net::co_spawn(io, [&]() -> net::awaitable<void> { co_await child(tries); }, net::use_awaitable);
}
net::awaitable<void> event_bad(net::steady_timer &t, net::steady_timer &done) { // expect: async-reference-parameter
  int tries = 0;
  t.async_wait([&](error_code) { ++tries; done.cancel(); });
  co_await done.async_wait(net::use_awaitable);
}
net::awaitable<void> nothing_awaited_bad(net::steady_timer &t) { // expect: async-reference-parameter
  int tries = 0;
  t.async_wait([&](error_code) { ++tries; }); // expect: async-callback-capture
  co_return;
}

//--- What the caller owns ----------------------------------------------------
void callers_bad(net::io_context &io, const std::string &name) {
  net::post(io, [&name] { use(name); }); // expect: async-callback-capture
}
void callers_view_bad(net::io_context &io, std::string_view name) {
  net::post(io, [name] { use(name); }); // expect: async-callback-capture
}
void context_ok(net::io_context &io) {
  net::post(io, [&io] { io.stop(); });
}

//--- Futures -----------------------------------------------------------------
seastar::future<> returned_bad() {
  int n = 0;
  return seastar::sleep(std::chrono::milliseconds(1)).then([&n] { ++n; }); // expect: async-callback-capture
}
seastar::future<> awaited_future_ok() {
  int n = 0;
  co_await seastar::sleep(std::chrono::milliseconds(1)).then([&n] { ++n; });
}

//--- this --------------------------------------------------------------------
class Session : public std::enable_shared_from_this<Session> {
public:
  explicit Session(net::io_context &io) : io_(io), timer_(io) {}
  void bare_bad() {
    net::post(io_, [this] { ++count_; }); // expect: async-callback-capture
  }
  void self_ok() {
    net::post(io_, [this, self = shared_from_this()] { ++count_; });
    auto self = shared_from_this();
    net::post(io_, [this, self] { ++count_; });
  }
  void weak_ok() {
    net::post(io_, [this, weak = weak_from_this()] {
      if (auto self = weak.lock())
        ++count_;
    });
  }
  void token_ok() {
    net::post(io_, [this, alive = std::weak_ptr<bool>(alive_)] {
      if (!alive.expired())
        ++count_;
    });
  }
  void bound_bad() {
    timer_.async_wait(std::bind(&Session::on_timer, this, std::placeholders::_1)); // expect: async-callback-capture
  }
  void bound_ok() {
    timer_.async_wait(std::bind(&Session::on_timer, shared_from_this(), std::placeholders::_1));
  }
  void nested_bad() {
    net::post(io_, [this, self = shared_from_this()] {
      net::post(io_, [this] { ++count_; }); // expect: async-callback-capture
    });
  }
  void untested_bad() {
    timer_.async_wait([this](error_code) { ++count_; }); // expect: async-callback-capture
  }
  void tested_bad() {
    // The destructor of the timer cancels, but not what is queued already.
    timer_.async_wait([this](error_code e) { // expect: async-callback-capture
      if (e)
        return;
      ++count_;
    });
  }
  void spawn_bad() {
    net::co_spawn(io_, loop(), net::detached); // expect: async-callback-capture
    net::co_spawn(io_, held_loop(), net::detached); // expect: async-detached-task
  }
  void spawn_lambda_bad() {
    net::co_spawn(io_, [this]() -> net::awaitable<void> { // expect: async-callback-capture
      co_await timer_.async_wait(net::use_awaitable);
      ++count_;
    }, net::detached);
  }
  void spawn_lambda_ok() {
    net::co_spawn(io_, [self = shared_from_this()] { return self->loop(); }, net::detached); // expect: async-detached-task
  }
  net::awaitable<void> awaited_by_holder_ok() {
    auto self = shared_from_this();
    co_await loop();
  }

private:
  void on_timer(error_code);
  net::awaitable<void> loop() {
    co_await timer_.async_wait(net::use_awaitable);
    ++count_;
  }
  net::awaitable<void> held_loop() {
    auto self = shared_from_this();
    co_await timer_.async_wait(net::use_awaitable);
    ++count_;
  }
  net::io_context &io_;
  net::steady_timer timer_;
  int count_ = 0;
  std::shared_ptr<bool> alive_;
};

class Server {
public:
  explicit Server(net::io_context &io) : io_(io), timer_(io) {}
  void start_ok() {
    timer_.async_wait([this](error_code) { ++count_; });
    net::post(io_, [this] { ++count_; });
  }
  void watch_bad(net::steady_timer &other) {
    other.async_wait([this](error_code) { ++count_; }); // expect: async-callback-capture
  }
  void spawn_bad() {
    net::co_spawn(io_, loop(), net::detached); // expect: async-callback-capture
  }
  void before_ok() {
    net::co_spawn(io_, once(), net::detached); // expect: async-detached-task
  }

private:
  net::awaitable<void> loop() {
    co_await timer_.async_wait(net::use_awaitable);
    ++count_;
  }
  net::awaitable<void> once() {
    ++count_;
    net::steady_timer t(co_await net::this_coro::executor);
    co_await t.async_wait(net::use_awaitable);
  }
  net::io_context &io_;
  net::steady_timer timer_;
  int count_ = 0;
};
void server_dies_missed(net::io_context &io) {
  Server s(io);
  s.start_ok(); // missed: async-callback-capture
}

//--- Member coroutines -------------------------------------------------------
class Relay : public std::enable_shared_from_this<Relay> {
public:
  folly::coro::Task<void> serve_bad(std::shared_ptr<folly::coro::Baton> closed) {
    ++sessions_;
    co_await *closed;
    ++sessions_; // expect: async-callback-capture
  }
  folly::coro::Task<void> serve_ok(std::shared_ptr<folly::coro::Baton> closed) {
    auto self = shared_from_this();
    co_await *closed;
    ++sessions_;
  }

private:
  int sessions_ = 0;
};
struct Page : winrt::implements<Page, int> {
  winrt::fire_and_forget click_bad() {
    co_await winrt::resume_background();
    ++clicks_; // expect: async-callback-capture
  }
  winrt::fire_and_forget click_ok() {
    auto strong = get_strong();
    co_await winrt::resume_background();
    ++clicks_;
  }
  winrt::fire_and_forget reload() {
    co_await winrt::resume_background();
    ++clicks_;
  }
  void changed_bad() {
    reload(); // expect: async-callback-capture
  }
  int clicks_ = 0;
};

//--- Scopes ------------------------------------------------------------------
class Uploader : public std::enable_shared_from_this<Uploader> {
public:
  void kick_ok() {
    (void)seastar::with_gate(gate_, [this] { return seastar::sleep(std::chrono::milliseconds(++n_)); });
  }
  void background_ok(std::string who) {
    bts_.AsyncDetach("audit", [this] { ++n_; });
  }
  void audit_bad(std::string who) {
    userver::utils::Async("audit", [&who] { use(who); }).Detach(); // expect: async-callback-capture
  }
  void audit_ok(std::string who) {
    auto task = userver::utils::Async("audit", [&who] { use(who); });
    task.Get();
  }

private:
  seastar::gate gate_;
  userver::concurrent::BackgroundTaskStorage bts_;
  int n_ = 0;
};
template <class F>
void hand_on_ok(seastar::gate &g, F &&f) {
  (void)seastar::with_gate(g, std::forward<F>(f)).handle_exception([](std::exception_ptr) {});
}
class Replicator {
public:
  void append_bad() {
    (void)catch_up().handle_exception([](std::exception_ptr) {}); // expect: async-callback-capture
  }
  void append_ok() {
    kept_ = catch_up();
    hand_on_ok(gate_, [this] { return catch_up(); });
    (void)held(gate_.hold()).handle_exception([](std::exception_ptr) {});
  }
  void fiber_bad() {
    userver::utils::Async("tick", [this] { ++rounds_; }).Detach(); // expect: async-callback-capture
  }
  void fiber_ok() {
    task_ = userver::utils::Async("tick", [this] { ++rounds_; });
  }

private:
  seastar::future<> catch_up() {
    co_await seastar::sleep(std::chrono::milliseconds(1));
    ++rounds_;
  }
  seastar::future<> held(seastar::gate::holder h) {
    co_await seastar::sleep(std::chrono::milliseconds(1));
    ++rounds_;
  }
  seastar::gate gate_;
  seastar::future<> kept_;
  int rounds_ = 0;
  userver::engine::TaskWithResult<void> task_;
};

// The callback is kept by a part of the object, and ends with it.
class Link : public std::enable_shared_from_this<Link> {
public:
  void listen_ok() {
    channel_.setReadCallback([this] { ++reads_; });
  }
  void listen_bad(trantor::Channel &other) {
    other.setReadCallback([this] { ++reads_; }); // expect: async-callback-capture
  }
  void queue_bad(trantor::EventLoop *loop) {
    loop->queueInLoop([this] { ++reads_; }); // expect: async-callback-capture
  }

private:
  trantor::Channel channel_;
  int reads_ = 0;
};
// An executor that runs what it is given within the call.
void inline_ok(std::shared_ptr<concurrencpp::inline_executor> ex) {
  int n = 0;
  ex->post([&n] { ++n; });
}
// What a local runs ends with it.
folly::fibers::FiberManager &manager_of(folly::EventBase &loop);
void local_loop_ok() {
  folly::EventBase loop;
  bool started = false;
  manager_of(loop).addTask([&] { started = true; });
}
void other_loop_bad(folly::EventBase &loop) {
  bool started = false;
  manager_of(loop).addTask([&] { started = true; }); // expect: async-callback-capture
}

// Counted pointers of Seastar.
class Feed : public seastar::enable_lw_shared_from_this<Feed> {
public:
  seastar::future<> kept_ok() {
    return seastar::sleep(std::chrono::milliseconds(1)).then([this, self = shared_from_this()] { ++n_; });
  }
  void bare_bad() {
    (void)seastar::sleep(std::chrono::milliseconds(1)).then([this] { ++n_; }); // expect: async-callback-capture
  }

private:
  int n_ = 0;
};
class Peer {
public:
  seastar::future<> process() {
    co_await seastar::sleep(std::chrono::milliseconds(1));
    ++n_;
  }

private:
  int n_ = 0;
};
class Peers {
public:
  void registered_ok() {
    auto peer = seastar::make_lw_shared<Peer>();
    peers_.push_back(peer);
    (void)peer->process(); // expect: async-detached-task, async-lost-exception
  }

private:
  std::vector<seastar::lw_shared_ptr<Peer>> peers_;
};
seastar::future<> fetch(long start, long end);
seastar::future<> invoked_ok(long start) {
  const long end = start + 4096;
  return seastar::futurize_invoke([&] { return fetch(start, end); });
}

// Counted pointers of Boost.
class Old : public boost::enable_shared_from_this<Old> {
public:
  void kept_ok() {
    timer_.async_wait([this, self = shared_from_this()](boost::system::error_code) { ++n_; });
  }

private:
  net::steady_timer timer_{net::system_executor()};
  int n_ = 0;
};

// The operation keeps the owner that it was given until its continuation has run.
class Segments : public seastar::enable_lw_shared_from_this<Segments> {
public:
  void poll_ok() {
    (void)poll(shared_from_this()).then([this] { ++polls_; }); // expect: async-detached-task
  }
  void poll_bad() {
    (void)poll(nullptr).then([this] { ++polls_; }); // expect: async-callback-capture
  }

private:
  static seastar::future<> poll(seastar::lw_shared_ptr<Segments>);
  int polls_ = 0;
};
