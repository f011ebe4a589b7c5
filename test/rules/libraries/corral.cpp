// corral: nurseries, combinations of awaitables, lambdas that are awaitable,
// bridges to callbacks, jobs of a thread pool.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <chrono>
#include <corral/ThreadPool.h>
#include <corral/asio.h>
#include <corral/corral.h>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

corral::Task<void> store(std::string row);
corral::Task<int> fetch(int id);
corral::Task<void> talk(tcp::socket peer);
void log(const std::exception &error);
static int parse() { std::this_thread::sleep_for(1s); return 1; }

// Waiting.
corral::Task<void> sleeps_bad() {
  std::this_thread::sleep_for(1s); // expect: async-blocking-call
  co_await store("a");
}
corral::Task<void> sleeps_ok(boost::asio::io_context &io) {
  co_await corral::sleepFor(io, 1s);
}
corral::Task<void> nested_bad(boost::asio::io_context &io) {
  corral::run(io, store("a")); // expect: async-nested-event-loop
  co_await store("b");
}
int outside_ok(boost::asio::io_context &io) { return corral::run(io, fetch(1)); }
corral::Task<int> offloads_ok(corral::ThreadPool &pool) {
  co_return co_await pool.run([] { return parse(); });
}
corral::Task<int> in_place_bad() {
  co_return parse(); // expect: async-blocking-call
}
corral::Task<void> own_pool_bad(boost::asio::io_context &io) {
  corral::ThreadPool pool(io, 2); // expect: async-blocking-call
  co_await pool.run([] { return parse(); });
}

// Nurseries: the body and what it starts end before the block does.
corral::Task<void> serve_ok(tcp::acceptor &acceptor, corral::Semaphore &slots) {
  CORRAL_WITH_NURSERY(nursery) {
    for (;;) {
      auto slot = co_await slots.lock();
      tcp::socket peer = co_await acceptor.async_accept(corral::asio_awaitable);
      nursery.start([](tcp::socket socket, corral::Semaphore::Lock) -> corral::Task<void> {
        co_await talk(std::move(socket));
      }, std::move(peer), std::move(slot));
    }
    co_return corral::join;
  };
}
corral::Task<void> parallel_ok(std::vector<int> ids) {
  int sum = 0;
  CORRAL_WITH_NURSERY(nursery) {
    nursery.start([&]() -> corral::Task<void> { sum += co_await fetch(ids.front()); });
    nursery.start([&]() -> corral::Task<void> { sum += co_await fetch(ids.back()); });
    co_return corral::join;
  };
  co_await store(std::to_string(sum));
}
corral::Task<void> begun_ok() {
  CORRAL_WITH_NURSERY(nursery) {
    auto begin = [](corral::TaskStarted<> started) -> corral::Task<void> {
      co_await store("open");
      started();
      co_await store("close");
    };
    co_await nursery.start(begin);
    nursery.start(begin);
    co_return corral::join;
  };
}
corral::Task<void> each_bad(std::vector<int> ids) {
  CORRAL_WITH_NURSERY(nursery) {
    for (int id : ids)
      nursery.start(store, std::to_string(id)); // expect: async-unbounded-spawn
    co_return corral::join;
  };
}
corral::Task<void> late_bad(std::vector<int> ids) {
  CORRAL_WITH_NURSERY(nursery) {
    int sum = 0;
    nursery.start([&]() -> corral::Task<void> { sum += co_await fetch(ids.front()); }); // expect: async-callback-capture
    co_return corral::join;
  };
}

// The closure that a member's nursery keeps.
class Session {
public:
  void begin_ok() {
    nursery_.start([this]() -> corral::Task<void> {
      co_await store(name_);
      co_await store(name_);
    });
  }

private:
  std::string name_;
  corral::UnsafeNursery nursery_;
};

// Combinations, awaited where they are made.
corral::Task<int> first_ok(boost::asio::io_context &io, int id) {
  auto [value, late] = co_await corral::anyOf(
      [&]() -> corral::Task<int> { co_return co_await fetch(id) + co_await fetch(id); },
      corral::sleepFor(io, 1s));
  co_return value ? *value : 0;
}
corral::Task<int> both_ok() {
  auto [a, b] = co_await corral::allOf(fetch(1), fetch(2));
  co_return a + b;
}
corral::Task<void> all_bad(std::vector<corral::Task<void>> jobs) {
  co_await corral::allOf(jobs); // expect: async-unbounded-spawn
}
corral::Task<void> handled_ok(std::string row) {
  CORRAL_TRY {
    co_await store(row);
    co_await store(row);
  } CORRAL_CATCH(const std::exception &error) {
    log(error);
    co_return;
  } CORRAL_FINALLY {
    co_await store("end of " + row);
  };
}
corral::Task<void> closure_ok(std::string row) {
  auto write = [row]() -> corral::Task<void> {
    co_await store("begin");
    co_await store(row);
  };
  co_await write();
}
corral::Task<void> closure_bad(std::string row) {
  return [row]() -> corral::Task<void> { // expect: async-capturing-lambda
    co_await store("begin");
    co_await store(row);
  }();
}

// Tasks and what functions give do nothing until they are awaited.
corral::Task<void> drops_bad(corral::Channel<int> &jobs, corral::Event &ready) {
  fetch(1); // expect: async-discarded-task
  auto later = fetch(2); // expect: async-discarded-task
  jobs.send(3); // expect: async-discarded-task
  ready.get(); // expect: async-discarded-task
  co_await store("dropped");
}

// Channels.
class Feed {
public:
  corral::Task<void> reads(tcp::socket &peer) {
    std::string line(80, ' ');
    while (peer.is_open()) {
      co_await peer.async_read_some(boost::asio::buffer(line), corral::asio_awaitable);
      co_await jobs_.send(line);
    }
  }
  corral::Task<void> works() {
    while (auto job = co_await jobs_.receive())
      co_await store(*job);
  }

private:
  // No constructor is written that says how it is made.
  corral::Channel<std::string> jobs_; // missed: async-unbounded-queue
};
class BoundedFeed {
public:
  corral::Task<void> reads_ok(tcp::socket &peer) {
    std::string line(80, ' ');
    while (peer.is_open()) {
      co_await peer.async_read_some(boost::asio::buffer(line), corral::asio_awaitable);
      co_await jobs_.send(line);
    }
  }
  corral::Task<void> works() {
    while (auto job = co_await jobs_.receive())
      co_await store(*job);
  }

private:
  corral::Channel<std::string> jobs_{64};
};

corral::Task<void> pipe_bad(tcp::socket &peer) {
  corral::Channel<std::string> jobs; // expect: async-unbounded-queue
  CORRAL_WITH_NURSERY(nursery) {
    nursery.start([&]() -> corral::Task<void> {
      while (auto job = co_await jobs.receive())
        co_await store(*job);
    });
    std::string line(80, ' ');
    while (peer.is_open()) {
      co_await peer.async_read_some(boost::asio::buffer(line), corral::asio_awaitable);
      jobs.trySend(line);
    }
    co_return corral::join;
  };
}

// Callbacks.
corral::Task<void> bridged_ok(boost::asio::steady_timer &timer) {
  co_await corral::untilCBCalled([&](std::function<void(boost::system::error_code)> called) { timer.async_wait(called); },
                                 [&] { timer.cancel(); });
}

// Locks and loops.
class Cache {
public:
  corral::Task<int> get_ok(int id) {
    auto lock = co_await slots_.lock();
    co_return co_await fetch(id);
  }
  corral::Task<int> get_bad(int id) {
    std::lock_guard lock(plain_); // expect: async-lock-across-suspension
    co_return co_await fetch(id);
  }

private:
  corral::Semaphore slots_;
  std::mutex plain_;
};
corral::Task<void> polls_bad(boost::asio::io_context &io, corral::Event &ready) {
  while (!ready.triggered()) // expect: async-busy-wait
    co_await corral::sleepFor(io, 10ms);
}
corral::Task<void> polls_ok(corral::Event &ready) { co_await ready; }
// It does not go on when it is cancelled.
corral::Task<void> beats_ok(boost::asio::io_context &io) {
  for (;;) {
    co_await corral::sleepFor(io, 1s);
    co_await store("beat");
  }
}
corral::Task<void> counts_ok(corral::ThreadPool &pool) {
  co_await pool.run([](corral::ThreadPool::CancelToken cancelled) {
    for (long i = 0; !cancelled; ++i)
      parse();
  });
}
