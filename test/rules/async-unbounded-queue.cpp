// Queues that grow, and what bounds them.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <coroutine>
#include <cstdint>
#include <deque>
#include <folly/coro/Task.h>
#include <folly/coro/UnboundedQueue.h>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mini/task.hpp>
#include <queue>
#include <string>
#include <vector>

namespace net = boost::asio;
mini::task<void> send(std::string);
mini::task<std::string> receive();

// One fills it, another one empties it.
class Mailbox {
public:
  void put_bad(std::string s) {
    box_.push_back(std::move(s)); // expect: async-unbounded-queue
  }
  void put_by_lambda_bad(net::io_context &io, std::string s) {
    net::post(io, [this, s] {
      box_.push_back(s); // expect: async-unbounded-queue
      if (box_.size() == 1) wake_.set();
    });
  }
  bool refuse_ok(std::string s) {
    if (box_.size() >= kMost) return false;
    box_.push_back(std::move(s));
    return true;
  }
  bool refuse_bytes_ok(std::string s) {
    if (bytes_ + s.size() > most_bytes_) return false;
    bytes_ += s.size();
    box_.push_back(std::move(s));
    return true;
  }
  void long_message_bad(std::string s) {
    if (s.size() > kMost) return; // about the message, not the queue
    box_.push_back(std::move(s)); // expect: async-unbounded-queue
  }
  void drop_oldest_ok(std::string s) {
    if (box_.size() == kMost) box_.pop_front();
    box_.push_back(std::move(s));
  }
  void helper_asks_ok(std::string s) {
    if (!has_room()) return;
    box_.push_back(std::move(s));
  }
  mini::task<void> wait_for_room_ok(std::string s) {
    co_await permits_.acquire();
    box_.push_back(std::move(s));
  }
  mini::task<void> flush_ok(std::string s) {
    box_.push_back(std::move(s));
    co_await drain(); // until all is gone
  }
  void last_only_ok(std::string s) {
    box_.clear();
    box_.push_back(std::move(s));
  }
  mini::task<void> drain() {
    while (!box_.empty()) {
      co_await send(std::move(box_.front()));
      box_.pop_front();
    }
  }

private:
  bool has_room() const { return box_.size() < kMost; }
  static constexpr std::size_t kMost = 100;
  std::size_t bytes_ = 0, most_bytes_ = 1 << 20;
  std::deque<std::string> box_;
  mini::event wake_;
  mini::async_semaphore permits_{100};
};

// All at once.
class Batches {
public:
  void add_bad(std::string s) {
    lines_.push_back(std::move(s)); // expect: async-unbounded-queue
  }
  void add_by_swap_bad(std::string s) {
    more_.emplace_back(std::move(s)); // expect: async-unbounded-queue
  }
  mini::task<void> run() {
    for (;;) { // expect: async-uncancellable-loop
      co_await wake_.wait();
      auto batch = std::exchange(lines_, {});
      for (auto &line : batch) co_await send(line);
      std::vector<std::string> now;
      now.swap(more_);
      for (auto &line : now) co_await send(line);
    }
  }

private:
  std::vector<std::string> lines_, more_;
  mini::event wake_;
};

// The caller asks.
class Asked {
public:
  bool offer_ok(std::string s) {
    if (todo_.size() > 64) return false;
    put(std::move(s));
    return true;
  }
  mini::task<void> work() {
    for (;;) { // expect: async-uncancellable-loop
      auto next = std::move(todo_.front());
      todo_.pop();
      co_await send(next);
    }
  }

private:
  void put(std::string s) { todo_.push(std::move(s)); }
  std::queue<std::string> todo_;
};

// No queues: who waits, what is kept, what is freed.
struct Connection { int id; };
class Registry {
public:
  void add_ok(std::shared_ptr<Connection> c) { open_.push_back(c); }
  mini::task<void> stop() {
    for (auto &c : open_) // expect: async-dangling-across-suspension
      co_await send(std::to_string(c->id));
    open_.clear();
  }
  void give_back_ok(std::shared_ptr<Connection> c) { pool_.push_back(c); }
  mini::task<void> use() {
    auto c = pool_.front();
    pool_.pop_front();
    co_await send(std::to_string(c->id));
    give_back_ok(c);
  }
  void wait_ok(std::coroutine_handle<> h) { sleeping_.push_back(h); }
  mini::task<void> wake() {
    while (!sleeping_.empty()) {
      sleeping_.front().resume();
      sleeping_.pop_front();
      co_await mini::yield();
    }
  }

private:
  std::list<std::shared_ptr<Connection>> open_;
  std::deque<std::shared_ptr<Connection>> pool_;
  std::deque<std::coroutine_handle<>> sleeping_;
};

mini::task<int> work_list_ok(int root) {
  std::deque<int> todo{root};
  int sum = 0;
  while (!todo.empty()) {
    sum += todo.front();
    todo.pop_front();
    co_await send("x");
    if (sum < 100) todo.push_back(sum);
  }
  co_return sum;
}

// Types that have no bound.
folly::coro::Task<std::string> row();
class Rows {
public:
  folly::coro::Task<void> read_bad() {
    for (;;) rows_.enqueue(co_await row()); // expect: async-unbounded-queue
  }
  folly::coro::Task<void> ask_ok(std::string s) {
    rows_.enqueue(std::move(s));
    auto answer = co_await answers_.dequeue(); // one question, one answer
  }
  folly::coro::Task<void> size_ok() {
    for (;;) {
      auto r = co_await row();
      if (rows_.size() < 1000) rows_.enqueue(std::move(r));
    }
  }
  folly::coro::Task<void> own_ok() {
    folly::coro::UnboundedQueue<int> mine;
    for (int i = 0; i < 3; ++i) mine.enqueue(i);
    co_await mine.dequeue();
  }

private:
  folly::coro::UnboundedQueue<std::string> rows_, answers_;
};

// Bounds that are none.
using Channel = net::experimental::channel<void(boost::system::error_code, int)>;
void make_bad(net::any_io_executor ex) {
  Channel all(ex, SIZE_MAX); // expect: async-unbounded-queue
  Channel most(ex, std::numeric_limits<std::size_t>::max()); // expect: async-unbounded-queue
}
void make_ok(net::any_io_executor ex) {
  Channel few(ex, 16);
  Channel rendezvous(ex);
}
// What is put in last is given away with the rest.
mini::task<void> put_all(std::vector<std::string> all);
class Sink {
public:
  mini::task<void> write(std::string s) {
    if (bufs_.size() >= 16) co_await put_all(std::move(bufs_));
    bufs_.push_back(std::move(s));
  }
  mini::task<void> flush_ok() {
    bufs_.push_back("tail");
    return put_all(std::move(bufs_));
  }
private:
  std::vector<std::string> bufs_;
};
