// Locals that are given to operations.
// level: strict
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/beast.hpp>
#include <array>
#include <future>
#include <memory>
#include <string>
#include <vector>
namespace net = boost::asio;
using error_code = boost::system::error_code;
using tcp = net::ip::tcp;

//--- Buffers -----------------------------------------------------------------
void array_bad(tcp::socket &s) {
  std::array<char, 128> data;
  s.async_read_some(net::buffer(data), [](error_code, std::size_t) {}); // expect: async-local-outlived
}
void plain_array_bad(tcp::socket &s) {
  char data[128];
  s.async_read_some(net::buffer(data, sizeof data), [](error_code, std::size_t) {}); // expect: async-local-outlived
}
void string_bad(tcp::socket &s) {
  std::string hello = "hello";
  net::async_write(s, net::buffer(hello), net::detached); // expect: async-local-outlived
}
void named_buffer_bad(tcp::socket &s) {
  std::string hello = "hello";
  auto b = net::buffer(hello);
  net::async_write(s, b, net::detached); // expect: async-local-outlived
}
void data_bad(tcp::socket &s) {
  std::vector<char> v(16);
  net::async_write(s, net::buffer(v.data(), v.size()), net::detached); // expect: async-local-outlived
}
void parameter_bad(tcp::socket &s, std::string hello) {
  net::async_write(s, net::buffer(hello), net::detached); // expect: async-local-outlived
}
void dynamic_bad(tcp::socket &s) {
  std::string line;
  net::async_read_until(s, net::dynamic_buffer(line), '\n', [](error_code, std::size_t) {}); // expect: async-local-outlived
}
auto returned_bad(tcp::socket &s) {
  std::string hello = "hello";
  return net::async_write(s, net::buffer(hello), net::use_awaitable); // expect: async-local-outlived
}
net::awaitable<void> not_awaited_bad(tcp::socket &s) { // expect: async-reference-parameter
  std::string hello = "hello";
  net::async_write(s, net::buffer(hello), net::detached); // expect: async-local-outlived
  co_return;
}
net::awaitable<void> awaits_another_bad(tcp::socket &s, tcp::socket &other) { // expect: async-reference-parameter
  std::string hello = "hello";
  char data[16];
  net::async_write(s, net::buffer(hello), net::detached); // expect: async-local-outlived
  co_await other.async_read_some(net::buffer(data), net::use_awaitable); // expect: async-missing-timeout
}
net::awaitable<void> awaited_bad(tcp::socket &s) { // expect: async-reference-parameter
  std::string hello = "hello";
  co_await net::async_write(s, net::buffer(hello), net::use_awaitable);
  auto [e, n] = co_await net::async_write(s, net::buffer(hello), net::as_tuple(net::use_awaitable));
}
void shared_ok(tcp::socket &s) {
  auto hello = std::make_shared<std::string>("hello");
  net::async_write(s, net::buffer(*hello), [hello](error_code, std::size_t) {});
}
void moved_ok(tcp::socket &s) {
  std::vector<char> v(16);
  auto b = net::buffer(v);
  net::async_write(s, b, [v = std::move(v)](error_code, std::size_t) {});
}
void sequence_ok(tcp::socket &s, const char *text) {
  std::array<net::const_buffer, 2> both{{{text, 1}, {text + 1, 1}}};
  net::async_write(s, both, net::detached);
}
void by_value_ok(tcp::socket &s, net::mutable_buffer b) {
  s.async_read_some(b, [](error_code, std::size_t) {});
}
template <class Buffers>
void generic(tcp::socket &s, Buffers b) {
  s.async_read_some(b, [](error_code, std::size_t) {});
}
void generic_ok(tcp::socket &s, std::vector<net::mutable_buffer> &all) { generic(s, all); }
void literal_ok(tcp::socket &s) {
  net::async_write(s, net::buffer("hello", 5), net::detached);
  static const std::string hello = "hello";
  net::async_write(s, net::buffer(hello), net::detached);
}
void future_ok(tcp::socket &s) {
  std::string hello = "hello";
  auto f = net::async_write(s, net::buffer(hello), net::use_future);
  f.get();
}
void future_at_once_ok(tcp::socket &s) {
  std::string hello = "hello";
  net::async_write(s, net::buffer(hello), net::use_future).get();
}
void runs_ok(net::io_context &io, tcp::socket &s) {
  std::string hello = "hello";
  net::async_write(s, net::buffer(hello), net::detached);
  io.run();
}
void spawned_bad(net::io_context &io) {
  net::spawn(io, [&](net::yield_context yield) { // expect: async-detached-task
    tcp::socket s(io);
    std::string hello = "hello";
    net::async_write(s, net::buffer(hello), yield);
  }, net::detached);
}
class Conn : public std::enable_shared_from_this<Conn> {
public:
  void member_ok() {
    s_.async_read_some(net::buffer(data_), [self = shared_from_this()](error_code, std::size_t) {});
  }
  void local_bad() {
    std::string hello = "hello";
    net::async_write(s_, net::buffer(hello), [self = shared_from_this()](error_code, std::size_t) {}); // expect: async-local-outlived
  }

private:
  tcp::socket s_;
  std::array<char, 128> data_;
};
void flat_buffer_bad(tcp::socket &s, boost::beast::http::request<boost::beast::http::string_body> &req) {
  boost::beast::flat_buffer b;
  boost::beast::http::async_read(s, b, req, [](error_code, std::size_t) {}); // expect: async-local-outlived
}

//--- Timers and sockets ------------------------------------------------------
void timer_bad(net::io_context &io) {
  net::steady_timer t(io, std::chrono::seconds(1));
  t.async_wait([](error_code) {}); // expect: async-local-outlived
}
void timer_ok(net::io_context &io) {
  auto t = std::make_shared<net::steady_timer>(io, std::chrono::seconds(1));
  t->async_wait([t](error_code) {});
}
void timer_runs_ok(net::io_context &io) {
  net::steady_timer t(io, std::chrono::seconds(1));
  t.async_wait([](error_code) {});
  io.run();
}
net::awaitable<void> watchdog_bad(net::io_context &io, tcp::socket &s) { // expect: async-reference-parameter
  char data[16];
  net::steady_timer t(io, std::chrono::seconds(1));
  t.async_wait([&s](error_code e) { if (!e) s.cancel(); });
  co_await s.async_read_some(net::buffer(data), net::use_awaitable);
}
void socket_bad(net::io_context &io, tcp::endpoint to) {
  tcp::socket s(io);
  s.async_connect(to, [](error_code) {}); // expect: async-local-outlived
}
void socket_moved_ok(net::io_context &io, tcp::endpoint to) {
  auto s = std::make_unique<tcp::socket>(io);
  auto &ref = *s;
  ref.async_connect(to, [s = std::move(s)](error_code) {});
}

//--- What goes on with the operation -------------------------------------------
struct handler {
  std::unique_ptr<std::string> text;
  void operator()(error_code, std::size_t) {}
};
void aggregate_ok(tcp::socket &s, std::unique_ptr<std::string> text) {
  auto b = net::buffer(*text);
  net::async_write(s, b, handler{std::move(text)});
}
void composed_ok(tcp::socket &s) {
  auto text = std::make_unique<std::string>("hello");
  auto step = [&s, text = std::move(text)](auto &self, error_code) mutable {
    net::async_write(s, net::buffer(*text), std::move(self));
  };
  struct Self { void operator()(error_code, std::size_t) {} } self;
  step(self, error_code());
}

// A sequence of buffers is copied, whoever wrote it; a buffer that grows is not.
class shared_const_buffer {
public:
  explicit shared_const_buffer(const std::string &text)
      : text_(std::make_shared<std::string>(text)), buffer_(net::buffer(*text_)) {}
  using value_type = net::const_buffer;
  using const_iterator = const net::const_buffer *;
  const net::const_buffer *begin() const { return &buffer_; }
  const net::const_buffer *end() const { return &buffer_ + 1; }

private:
  std::shared_ptr<std::string> text_;
  net::const_buffer buffer_;
};
void counted_ok(tcp::socket &s, const std::string &text) {
  shared_const_buffer b(text);
  net::async_write(s, b, [](error_code, std::size_t) {});
}
void growing_bad(tcp::socket &s) {
  net::streambuf b;
  net::async_read(s, b, [](error_code, std::size_t) {}); // expect: async-local-outlived
}
