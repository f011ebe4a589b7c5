// Closures of lambda coroutines that die too early, and those that do not.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/cobalt.hpp>
#include <concurrencpp/concurrencpp.h>
#include <cppcoro/task.hpp>
#include <drogon/drogon.h>
#include <folly/coro/BlockingWait.h>
#include <folly/coro/Collect.h>
#include <folly/coro/Invoke.h>
#include <folly/coro/Task.h>
#include <functional>
#include <kj/async.h>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/loop.hh>
#include <string>
#include <thread>
#include <vector>
#include <winrt/base.h>
namespace net = boost::asio;

mini::task<int> io();
ss::future<> write(std::string);
void print(const std::string &);

// Called in place.
namespace in_place {
void eager_bad(std::string name) {
  [name]() -> drogon::AsyncTask { // expect: async-capturing-lambda
    co_await drogon::sleepCoro(nullptr, 1);
    print(name);
  }();
}
void eager_used_before_ok(std::string name) {
  [name]() -> drogon::AsyncTask {
    print(name);
    co_await drogon::sleepCoro(nullptr, 1);
  }();
}
void eager_moved_to_frame_ok(std::string name) {
  [name]() mutable -> drogon::AsyncTask {
    std::string mine = std::move(name);
    co_await drogon::sleepCoro(nullptr, 1);
    print(mine);
  }();
}
void reference_to_capture_bad(std::string name) {
  [name]() -> drogon::AsyncTask { // expect: async-capturing-lambda
    const std::string &same = name;
    co_await drogon::sleepCoro(nullptr, 1);
    print(same);
  }();
}
void parameters_ok(std::string name) {
  [](std::string n) -> drogon::AsyncTask {
    co_await drogon::sleepCoro(nullptr, 1);
    print(n);
  }(std::move(name));
}
mini::task<int> named_bad() {
  int a = 1;
  auto t = [a]() -> mini::task<int> { co_return a; }(); // expect: async-capturing-lambda
  co_return co_await std::move(t);
}
mini::task<int> awaited_ok() {
  int a = 1;
  co_return co_await [a]() -> mini::task<int> { co_return a + co_await io(); }();
}
mini::task<int> combined_ok(int a, int b) {
  co_await mini::when_all([&]() -> mini::task<int> { co_return a; }(), [&]() -> mini::task<int> { co_return b; }());
  co_return 0;
}
mini::task<int> returned_bad(int a) {
  return [a]() -> mini::task<int> { co_return a + co_await io(); }(); // expect: async-capturing-lambda
}
mini::task<int> collected_bad() {
  std::vector<mini::task<int>> tasks;
  for (int i = 0; i != 3; ++i)
    tasks.push_back([i]() -> mini::task<int> { co_return i; }()); // expect: async-capturing-lambda
  co_await mini::when_all(std::move(tasks));
  co_return 0;
}
int waited_ok(int a) {
  return mini::sync_wait([a]() -> mini::task<int> { co_return a; }());
}
void spawned_bad(net::any_io_executor ex, std::string name) {
  net::co_spawn(ex, [name]() -> net::awaitable<void> { print(name); co_return; }(), net::detached); // expect: async-capturing-lambda
}
net::awaitable<void> spawned_and_awaited_ok(net::any_io_executor ex, std::string name) {
  co_await net::co_spawn(ex, [name]() -> net::awaitable<void> { print(name); co_return; }(), net::use_awaitable);
}
void never_started_bad(std::string name) {
  [name]() -> mini::task<void> { print(name); co_return; }(); // expect: async-discarded-task
}
} // namespace in_place

// Named and called.
namespace named {
void dropped_bad(std::string name) {
  auto greet = [name]() -> concurrencpp::null_result { // expect: async-capturing-lambda
    co_await std::suspend_always();
    print(name);
  };
  greet();
}
mini::task<void> awaited_ok(std::string name) {
  auto greet = [&]() -> mini::task<void> { co_await io(); print(name); };
  co_await greet();
  auto later = greet();
  co_await std::move(later);
}
mini::task<void> returned_bad(std::string name) {
  auto greet = [name]() -> mini::task<void> { co_await io(); print(name); }; // expect: async-capturing-lambda
  return greet();
}
mini::task<void> function_returned_bad(std::string name) {
  std::function<mini::task<void>()> greet = [name]() -> mini::task<void> { co_await io(); print(name); }; // expect: async-capturing-lambda
  return greet();
}
mini::task<void> function_awaited_ok(std::string name) {
  std::function<mini::task<void>()> greet = [name]() -> mini::task<void> { co_await io(); print(name); };
  co_await greet();
}
mini::task<void> of_the_loop_bad(std::vector<std::string> names) {
  std::vector<mini::task<void>> tasks;
  for (auto &name : names) {
    auto greet = [name]() -> mini::task<void> { co_await io(); print(name); }; // expect: async-capturing-lambda
    tasks.push_back(greet());
  }
  co_await mini::when_all(std::move(tasks));
}
mini::task<void> before_the_loop_ok(std::vector<std::string> names) {
  std::vector<mini::task<void>> tasks;
  auto greet = [&](std::string name) -> mini::task<void> { co_await io(); print(name + names[0]); };
  for (auto &name : names)
    tasks.push_back(greet(name));
  co_await mini::when_all(std::move(tasks));
}
mini::task<void> static_ok(std::string name) {
  static auto greet = [name]() -> mini::task<void> { co_await io(); print(name); };
  return greet();
}
void run_until_done_ok(std::string name) {
  net::io_context io;
  auto greet = [&]() -> net::awaitable<void> { print(name); co_return; };
  net::co_spawn(io, greet(), net::detached);
  io.run();
}
void spawned_and_left_bad(net::any_io_executor ex, std::string name) {
  auto greet = [name]() -> net::awaitable<void> { print(name); co_return; }; // expect: async-capturing-lambda
  net::co_spawn(ex, greet(), net::detached);
}
void spawned_by_copy_ok(net::any_io_executor ex, std::string name) {
  auto greet = [name]() -> net::awaitable<void> { print(name); co_return; };
  net::co_spawn(ex, greet, net::detached);
}
} // namespace named

// Given to somebody who calls it.
namespace given {
class Manager {
public:
  void store_bad(std::string hint) {
    (void)ss::with_gate(gate_, [this, hint]() -> ss::future<> { // expect: async-capturing-lambda
      co_await write(hint);
      ++stored_;
    });
  }
  void wrapped_bad(std::string hint) {
    (void)ss::with_gate(gate_, ss::coroutine::lambda([this, hint]() -> ss::future<> { // expect: async-capturing-lambda
      co_await write(hint);
      ++stored_;
    }));
  }
  ss::future<> returned_bad(std::string hint) {
    return ss::with_gate(gate_, [this, hint]() -> ss::future<> { // expect: async-capturing-lambda
      co_await write(hint);
      ++stored_;
    });
  }
  ss::future<> awaited_ok(std::string hint) {
    co_await ss::with_gate(gate_, [this, hint]() -> ss::future<> {
      co_await write(hint);
      ++stored_;
    });
  }
  ss::future<> then_bad(std::string hint) {
    co_await write(hint).then([this, hint]() -> ss::future<> { // expect: async-capturing-lambda
      co_await write(hint);
      ++stored_;
    });
  }
  ss::future<> then_wrapped_ok(std::string hint) {
    co_await write(hint).then(ss::coroutine::lambda([this, hint]() -> ss::future<> {
      co_await write(hint);
      ++stored_;
    }));
  }
  ss::future<> then_plain_ok(std::string hint) {
    return write(hint).then([this, hint] { ++stored_; return write(hint); });
  }
  ss::future<> finally_bad() {
    return write("x").finally([this]() -> ss::future<> { // expect: async-capturing-lambda
      co_await write("y");
      --stored_;
    });
  }

private:
  ss::gate gate_;
  int stored_ = 0;
};
void on_a_thread_bad(std::string name) {
  std::thread([name]() -> drogon::AsyncTask { // expect: async-capturing-lambda
    co_await drogon::sleepCoro(nullptr, 1);
    print(name);
  }).detach();
}
void posted_bad(net::any_io_executor ex, std::string name) {
  net::post(ex, [name]() -> boost::cobalt::detached { // expect: async-capturing-lambda
    co_await std::suspend_always();
    print(name);
  });
}
void enqueued_bad(winrt::DispatcherQueue q, std::string name) {
  q.TryEnqueue([name]() -> winrt::fire_and_forget { // expect: async-capturing-lambda
    co_await winrt::resume_background();
    print(name);
  });
}
void async_run_ok(std::string name) {
  drogon::async_run([name]() -> drogon::Task<> {
    co_await drogon::sleepCoro(nullptr, 1);
    print(name);
  });
}
folly::coro::Task<int> invoked_ok(std::string s) {
  auto t = folly::coro::co_invoke([s]() -> folly::coro::Task<int> { co_return static_cast<int>(s.size()); });
  co_return co_await std::move(t);
}
kj::Promise<void> then_kj_bad(kj::Promise<void> p, std::string name) {
  return p.then([name]() -> kj::Promise<void> { // expect: async-capturing-lambda
    co_await std::suspend_always();
    print(name);
  });
}
template <class F> void call_and_forget(F f) { f(); }
void through_a_helper_bad(std::string name) {
  call_and_forget([name]() -> drogon::AsyncTask { // expect: async-capturing-lambda
    co_await drogon::sleepCoro(nullptr, 1);
    print(name);
  });
}
void keep(std::function<mini::task<void>()>);
void unknown_ok(std::string name) {
  keep([name]() -> mini::task<void> { co_await io(); print(name); });
}
} // namespace given
