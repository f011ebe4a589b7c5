// TooManyCooks: tasks, forks, executors of which some may block, channels.
// clang-format off: a mark belongs to its line
#include <asio.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <ranges>
#include <string>
#include <thread>
#include <tmc/all_headers.hpp>
#include <tmc/asio/aw_asio.hpp>
#include <tmc/asio/ex_asio.hpp>
#include <tmc/asio/safe_timer.hpp>
#include <vector>

using namespace std::chrono_literals;

tmc::task<int> compute(int part);
tmc::task<void> store(std::string row);
tmc::task<std::string> fetch(int id);
tmc::task<void> counts(tmc::qu_mpsc_unbounded<int> &numbers);
static int parse() { std::this_thread::sleep_for(1s); return 1; }

// Waiting.
tmc::task<int> waits_bad() {
  auto sum = tmc::post_waitable(tmc::cpu_executor(), compute(1));
  co_return sum.get(); // expect: async-sync-wait
}
int waits_outside_ok() { return tmc::post_waitable(tmc::cpu_executor(), compute(1)).get(); }
tmc::task<void> sleeps_bad() {
  std::this_thread::sleep_for(1s); // expect: async-blocking-call
  co_await store("a");
}
tmc::task<void> sleeps_ok(asio::steady_timer &timer) {
  timer.expires_after(1s);
  co_await timer.async_wait(tmc::aw_asio);
}
tmc::task<void> drains_bad(tmc::chan_tok<int> jobs) {
  jobs.drain_wait(); // expect: async-blocking-call
  co_await store("drained");
}
tmc::task<void> drains_ok(tmc::chan_tok<int> jobs) { co_await jobs.drain(); }
tmc::task<void> turns_loop_bad(tmc::ex_manual_st &loop) {
  loop.run_all(); // expect: async-nested-event-loop
  co_await store("turned");
}
void turns_own_loop_ok() {
  tmc::ex_manual_st loop;
  loop.init();
  while (loop.run_one()) {
  }
}
tmc::task<void> own_pool_bad() {
  tmc::ex_cpu pool; // expect: async-blocking-call
  pool.init();
  co_await tmc::spawn(compute(1)).run_on(pool);
}

// Where code runs: the global executors may not be held.
void posts_bad() {
  tmc::post(tmc::cpu_executor(), [] { parse(); }); // expect: async-blocking-call
  tmc::post(tmc::asio_executor(), [] { parse(); }); // expect: async-blocking-call
}
void posts_to_own_ok(tmc::ex_cpu &files) {
  tmc::post(files, [] { parse(); });
}
tmc::task<int> offloads_ok(tmc::ex_cpu_st &files) {
  co_return co_await tmc::spawn_func([] { return parse(); }).run_on(files);
}
tmc::task<int> moves_ok(tmc::ex_cpu_st &files) {
  co_await tmc::resume_on(files);
  const int value = parse();
  co_await tmc::resume_on(tmc::cpu_executor());
  co_return value;
}
tmc::task<int> moves_back_bad(tmc::ex_cpu_st &files) {
  co_await tmc::resume_on(files);
  co_await tmc::resume_on(tmc::cpu_executor());
  co_return parse(); // expect: async-blocking-call
}

// Tasks.
tmc::task<void> drops_bad() {
  compute(1); // expect: async-discarded-task
  tmc::spawn(compute(2)); // expect: async-discarded-task
  tmc::spawn_tuple(compute(3), compute(4)); // expect: async-discarded-task
  auto later = compute(5); // expect: async-discarded-task
  co_await store("dropped");
}
tmc::task<int> forks_ok() {
  auto first = tmc::spawn(compute(1)).fork();
  const int second = co_await compute(2);
  co_return second + co_await std::move(first);
}
tmc::task<void> forks_bad() {
  auto first = tmc::spawn(compute(1)).fork(); // expect: async-discarded-task
  co_await compute(2);
}
tmc::task<int> together_ok() {
  auto [a, b] = co_await tmc::spawn_tuple(compute(1), compute(2));
  co_return a + b;
}
tmc::task<void> halo_ok() {
  auto first = co_await tmc::fork_clang(compute(1));
  co_await compute(2);
  co_await std::move(first);
}
tmc::task<void> group_ok(int parts) {
  auto group = tmc::fork_group<8>();
  for (int i = 0; i < 8; ++i)
    group.fork(store("part"));
  co_await std::move(group);
}
tmc::task<void> collected_ok() {
  auto group = tmc::spawn_group();
  group.add(store("a"));
  group.add(store("b"));
  co_await std::move(group);
}

// Closures of coroutine lambdas.
tmc::task<void> closure_bad(std::string name) {
  auto write = [name]() -> tmc::task<void> { // expect: async-capturing-lambda
    co_await store("begin");
    co_await store(name);
  };
  tmc::post(tmc::cpu_executor(), write());
  co_await store("end");
}
tmc::task<void> closure_ok(std::string name) {
  auto write = [](std::string what) -> tmc::task<void> {
    co_await store("begin");
    co_await store(what);
  };
  co_await tmc::spawn(write(name));
}

int waited_ok(std::string name) {
  return tmc::post_waitable(tmc::cpu_executor(), [&]() -> tmc::task<int> {
    co_await store("begin");
    co_await store(name);
    co_return 1;
  }()).get();
}
std::future<int> not_waited_bad(std::string name) {
  auto later = tmc::post_waitable(tmc::cpu_executor(), [name]() -> tmc::task<int> { // expect: async-capturing-lambda
    co_await store("begin");
    co_await store(name);
    co_return 1;
  }());
  return later;
}

// Locks.
class Cache {
public:
  tmc::task<std::string> get_ok(int id) {
    auto scope = co_await lock_.lock_scope();
    co_return co_await fetch(id);
  }
  tmc::task<std::string> get_bad(int id) {
    std::lock_guard scope(plain_); // expect: async-lock-across-suspension
    co_return co_await fetch(id);
  }

private:
  tmc::mutex lock_;
  std::mutex plain_;
};

// Queues.
class Feed {
public:
  Feed() : jobs_(tmc::make_channel<std::string>()) {}
  tmc::task<void> reads_bad(asio::ip::tcp::socket &peer) {
    std::string line(80, ' ');
    for (;;) { // expect: async-uncancellable-loop
      co_await peer.async_read_some(asio::buffer(line), tmc::aw_asio);
      jobs_.post(line); // expect: async-unbounded-queue
    }
  }
  tmc::task<void> works() {
    while (auto job = co_await jobs_.pull())
      co_await store(*job);
  }

private:
  tmc::chan_tok<std::string> jobs_;
};
class BoundedFeed {
public:
  tmc::task<void> reads_ok(asio::ip::tcp::socket &peer) {
    std::string line(80, ' ');
    for (;;) {
      co_await peer.async_read_some(asio::buffer(line), tmc::aw_asio);
      if (!co_await jobs_.push(line))
        co_return;
    }
  }
  tmc::task<void> works() {
    while (auto job = co_await jobs_.pull())
      co_await store(*job);
  }

private:
  tmc::qu_mpsc_bounded<std::string> jobs_{64};
};

// Many at once.
tmc::task<void> each_bad(std::vector<int> ids) {
  for (int id : ids)
    tmc::spawn(store(std::to_string(id))).detach(); // expect: async-unbounded-spawn
  co_return;
}
tmc::task<void> each_ok(std::vector<int> ids, tmc::semaphore &slots) {
  auto group = tmc::fork_group();
  for (int id : ids) {
    co_await slots;
    group.fork(store(std::to_string(id)));
  }
  co_await std::move(group);
}
tmc::task<void> range_bad(std::vector<tmc::task<void>> jobs) {
  co_await tmc::spawn_many(jobs); // expect: async-unbounded-spawn
}
tmc::task<void> written_ok() {
  auto jobs = std::views::iota(0, 16) | std::views::transform([](int i) { return store(std::to_string(i)); });
  co_await tmc::spawn_many(jobs);
  tmc::qu_mpsc_unbounded<int> few;
  auto reader = tmc::spawn(counts(few)).fork();
  few.post(1);
  few.post(2);
  few.close();
  co_await std::move(reader);
}
tmc::task<void> range_ok(std::vector<tmc::task<void>> jobs) {
  co_await tmc::spawn_many(jobs.begin(), jobs.end(), 8);
}

// Loops.
tmc::task<void> polls_bad(tmc::manual_reset_event &ready) {
  while (!ready.is_set()) // expect: async-busy-wait
    co_await tmc::reschedule();
}
tmc::task<void> polls_ok(tmc::manual_reset_event &ready) { co_await ready; }
tmc::task<void> thread_bad(std::vector<int> &perThread) {
  const std::size_t mine = tmc::current_thread_index();
  co_await store("a");
  ++perThread[mine]; // expect: async-thread-state-across-suspension
}

// The first of several is a deadline.
tmc::task<void> deadline_ok(asio::ip::tcp::socket &peer, asio::steady_timer &timer, std::string &line) {
  timer.expires_after(1s);
  co_await tmc::select(tmc::cancellable(asio::async_read(peer, asio::buffer(line), tmc::aw_asio), peer),
                       tmc::cancellable(timer.async_wait(tmc::aw_asio), timer));
}
