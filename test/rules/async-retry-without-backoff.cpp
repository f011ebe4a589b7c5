// Loops that try again.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <mini/task.hpp>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>

namespace net = boost::asio;
using net::ip::tcp;
using namespace std::chrono_literals;

mini::task<bool> attempt();
mini::task<void> connect();
mini::task<std::string> call(std::string);
mini::task<std::optional<int>> next();
void log(const char *);
void use(int);

mini::task<void> flag_bad(std::stop_token st) {
  bool ok = false;
  while (!ok && !st.stop_requested()) { // expect: async-retry-without-backoff
    ok = co_await attempt();
  }
}
mini::task<void> condition_bad() {
  while (!co_await attempt()) { // expect: async-retry-without-backoff
  }
}
mini::task<void> do_while_bad() {
  bool ok;
  do { // expect: async-retry-without-backoff
    ok = co_await attempt();
  } while (!ok);
}
mini::task<void> exception_bad() {
  for (;;) { // expect: async-retry-without-backoff
    try {
      co_await connect();
      co_return;
    } catch (const std::exception &) {
      log("again");
    }
  }
}
mini::task<void> deadline_bad() {
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (std::chrono::steady_clock::now() < end) { // expect: async-retry-without-backoff
    if (co_await attempt()) co_return;
  }
}
mini::task<void> yield_bad() {
  while (!co_await attempt()) { // expect: async-retry-without-backoff
    co_await mini::yield();
  }
}
mini::task<void> zero_bad() {
  while (!co_await attempt()) { // expect: async-retry-without-backoff
    co_await mini::sleep_for(0s);
  }
}
mini::task<void> grows_ok() {
  auto pause = 10ms;
  while (!co_await attempt()) {
    co_await mini::sleep_for(pause);
    pause *= 2;
  }
}
mini::task<void> constant_ok() {
  while (!co_await attempt()) co_await mini::sleep_for(1s);
}
mini::task<void> helper_pauses(int &tries) {
  co_await mini::sleep_for(10ms * ++tries);
}
mini::task<void> helper_ok() {
  int tries = 0;
  while (!co_await attempt()) co_await helper_pauses(tries);
}
mini::task<void> counted_ok() {
  for (int i = 0; i < 3; ++i)
    if (co_await attempt()) co_return;
}
mini::task<void> count_down_ok() {
  int left = 5;
  for (;;) {
    try {
      co_await connect();
      co_return;
    } catch (const std::exception &) {
      if (--left == 0) throw;
    }
  }
}
mini::task<void> tries_ok() {
  int tries = 5;
  while (tries-- && !co_await attempt()) {
  }
}
mini::task<void> rethrows_ok() {
  for (;;) {
    try {
      co_await connect();
      co_return;
    } catch (const std::exception &) {
      throw std::runtime_error("gave up");
    }
  }
}
mini::task<void> reader_ok() {
  while (auto item = co_await next()) use(*item);
}
mini::task<void> handles_each_ok() {
  while (auto item = co_await next()) {
    try {
      co_await call(std::to_string(*item));
    } catch (const std::exception &) {
      log("skipped");
    }
  }
}
mini::task<void> event_first_ok(mini::event &wanted) {
  for (;;) {
    co_await wanted.wait();
    if (co_await attempt()) co_return;
  }
}

net::awaitable<void> serve(tcp::socket);
net::awaitable<tcp::socket> dial_bad(tcp::endpoint to) {
  tcp::socket s(co_await net::this_coro::executor);
  for (;;) { // expect: async-retry-without-backoff
    boost::system::error_code ec;
    co_await s.async_connect(to, net::redirect_error(net::use_awaitable, ec));
    if (!ec) co_return s; // expect: async-swallowed-cancellation
    s.close();
  }
}
net::awaitable<void> accept_bad(tcp::acceptor &a) {
  while (a.is_open()) { // expect: async-retry-without-backoff
    boost::system::error_code ec;
    auto s = co_await a.async_accept(net::redirect_error(net::use_awaitable, ec));
    if (ec) continue;
    co_await serve(std::move(s));
  }
}
net::awaitable<void> accept_ok(tcp::acceptor &a) {
  while (a.is_open()) {
    boost::system::error_code ec;
    auto s = co_await a.async_accept(net::redirect_error(net::use_awaitable, ec));
    if (ec) break;
    co_await serve(std::move(s));
  }
}

// The same without a loop.
class Link : public std::enable_shared_from_this<Link> {
public:
  void connect_bad() {
    socket_.async_connect(to_, [self = shared_from_this()](boost::system::error_code ec) {
      if (ec) return self->connect_bad(); // expect: async-retry-without-backoff
      self->start();
    });
  }
  void connect_ok() {
    socket_.async_connect(to_, [self = shared_from_this()](boost::system::error_code ec) {
      if (!ec) return self->start();
      self->timer_.expires_after(1s);
      self->timer_.async_wait([self](boost::system::error_code) { self->connect_ok(); });
    });
  }
  void read_ok() {
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](boost::system::error_code ec) {
      if (!ec) self->read_ok();
    });
  }

private:
  void start();
  tcp::socket socket_{net::system_executor()};
  net::steady_timer timer_{net::system_executor()};
  tcp::endpoint to_;
};

// Who talks, and connects again when that is over, may fail to connect, too.
net::awaitable<void> talk(tcp::socket &s);
net::awaitable<void> reconnect_bad(tcp::endpoint to) {
  for (;;) { // expect: async-retry-without-backoff
    try {
      tcp::socket s(co_await net::this_coro::executor);
      co_await s.async_connect(to, net::use_awaitable);
      co_await talk(s);
    } catch (const boost::system::system_error &) { // expect: async-swallowed-cancellation
    }
  }
}
net::awaitable<void> reconnect_ok(tcp::endpoint to, net::steady_timer wait) {
  for (;;) {
    try {
      tcp::socket s(co_await net::this_coro::executor);
      co_await s.async_connect(to, net::use_awaitable);
      co_await talk(s);
    } catch (const boost::system::system_error &) {
    }
    wait.expires_after(1s);
    co_await wait.async_wait(net::use_awaitable);
  }
}
