// The shapes of boostorg/mqtt5#53 and zaphoyd/websocketpp#477, before and
// after; and the types that deny-lists of Rust projects forbid.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <deque>
#include <folly/coro/Task.h>
#include <folly/coro/UnboundedQueue.h>
#include <memory>
#include <moodycamel.h>
#include <string>
#include <vector>

namespace net = boost::asio;

// A client that publishes faster than the broker reads.
class Sender : public std::enable_shared_from_this<Sender> {
public:
  void publish_bad(std::string packet) {
    queue_.push_back(std::move(packet)); // expect: async-unbounded-queue
    if (!writing_) write();
  }
  bool publish_ok(std::string packet) {
    if (limited_.size() >= receive_maximum_) return false;
    limited_.push_back(std::move(packet));
    if (!writing_) write();
    return true;
  }

private:
  void write() {
    writing_ = true;
    auto packets = std::make_shared<std::string>();
    net::async_write(socket_, net::buffer(*packets),
                     [self = shared_from_this(), packets](auto, auto) {
                       self->writing_ = false;
                       std::deque<std::string> now;
                       now.swap(self->queue_);
                       self->limited_.pop_front();
                     });
  }
  net::ip::tcp::socket socket_{net::system_executor()};
  bool writing_ = false;
  std::size_t receive_maximum_ = 16;
  std::deque<std::string> queue_, limited_;
};

// A server that sends to clients that do not read.
class Peer : public std::enable_shared_from_this<Peer> {
public:
  void send_bad(std::string m) {
    send_queue_.push_back(std::move(m)); // expect: async-unbounded-queue
  }
  void send_ok(std::string m) {
    if (buffered_ + m.size() > kMostBuffered) return close();
    buffered_ += m.size();
    send_queue_.push_back(std::move(m));
  }
  void close();
  void write_frame() {
    net::async_write(socket_, net::buffer(send_queue_.front()),
                     [self = shared_from_this()](boost::system::error_code ec, std::size_t) {
                       if (ec) return;
                       self->send_queue_.pop_front();
                       if (!self->send_queue_.empty()) self->write_frame();
                     });
  }

private:
  static constexpr std::size_t kMostBuffered = 1 << 22;
  std::size_t buffered_ = 0;
  net::ip::tcp::socket socket_{net::system_executor()};
  std::deque<std::string> send_queue_;
};

// What `disallowed-methods` lists forbid wherever it stands.
folly::coro::Task<int> item();
struct Channels {
  folly::coro::UnboundedQueue<int> a;
  moodycamel::ReaderWriterQueue<int> b;
  moodycamel::BlockingConcurrentQueue<int> c;
};
folly::coro::Task<void> folly_bad(std::shared_ptr<Channels> c) {
  c->a.enqueue(co_await item()); // expect: async-unbounded-queue
}
folly::coro::Task<void> reader_writer_bad(std::shared_ptr<Channels> c) {
  c->b.enqueue(co_await item()); // expect: async-unbounded-queue
}
folly::coro::Task<void> blocking_bad(std::shared_ptr<Channels> c) {
  c->c.enqueue(co_await item()); // expect: async-unbounded-queue
}
folly::coro::Task<void> try_ok(std::shared_ptr<Channels> c) {
  c->b.try_enqueue(co_await item());
}
void thread_of_its_own_ok(Channels &c) { c.b.enqueue(1); }
