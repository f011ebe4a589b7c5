// level: strict
// Operations of the network, and deadlines.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <drogon/drogon.h>
#include <memory>
#include <string>

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;
using namespace net::experimental::awaitable_operators;
using namespace std::chrono_literals;

net::awaitable<void> resolve_bad(tcp::resolver r) {
  co_await r.async_resolve("example.org", "443", net::use_awaitable); // expect: async-missing-timeout
}
net::awaitable<void> connect_bad(tcp::socket s, tcp::endpoint to) {
  co_await s.async_connect(to, net::use_awaitable); // expect: async-missing-timeout
}
net::awaitable<void> race_ok(tcp::socket s, tcp::endpoint to) {
  net::steady_timer t(s.get_executor(), 5s);
  co_await (s.async_connect(to, net::use_awaitable) || t.async_wait(net::use_awaitable));
}
net::awaitable<void> race_of_two_bad(tcp::socket a, tcp::socket b, tcp::endpoint to) {
  co_await (a.async_connect(to, net::use_awaitable) || // expect: async-missing-timeout
            b.async_connect(to, net::use_awaitable)); // expect: async-missing-timeout
}
net::awaitable<void> both_bad(tcp::socket s, tcp::endpoint to) {
  net::steady_timer t(s.get_executor(), 5s);
  co_await (s.async_connect(to, net::use_awaitable) && // expect: async-missing-timeout
            t.async_wait(net::use_awaitable));
}
net::awaitable<void> stream_ok(beast::tcp_stream s, tcp::endpoint to) {
  s.expires_after(5s);
  co_await s.async_connect(to, net::use_awaitable);
}
net::awaitable<void> after_bad(beast::tcp_stream s, tcp::endpoint to) {
  co_await s.async_connect(to, net::use_awaitable); // expect: async-missing-timeout
  s.expires_after(5s);
}
net::awaitable<void> never_bad(beast::tcp_stream s, tcp::endpoint to) {
  s.expires_after(5s);
  co_await s.async_connect(to, net::use_awaitable);
  s.expires_never();
  beast::flat_buffer b;
  http::request<http::string_body> r;
  co_await http::async_read(s, b, r, net::use_awaitable); // expect: async-missing-timeout
}
net::awaitable<void> layers_ok(beast::websocket::stream<beast::tcp_stream> w, tcp::endpoint to) {
  beast::get_lowest_layer(w).expires_after(5s);
  co_await beast::get_lowest_layer(w).async_connect(to, net::use_awaitable);
  w.set_option(beast::websocket::stream_base::timeout::suggested(beast::role_type::client));
  co_await w.async_handshake("example.org", "/", net::use_awaitable);
}
net::awaitable<void> accept_ok(tcp::acceptor a) {
  for (;;) co_await a.async_accept(net::use_awaitable);
}

// The class sets it, or its watchdog does.
class Client {
public:
  net::awaitable<void> read_ok() {
    beast::flat_buffer b;
    http::response<http::string_body> r;
    co_await http::async_read(stream_, b, r, net::use_awaitable);
  }
  void begin() { stream_.expires_after(30s); }

private:
  beast::tcp_stream stream_{net::system_executor()};
};
class Watched {
public:
  net::awaitable<void> read_ok() {
    char c;
    co_await socket_.async_read_some(net::buffer(&c, 1), net::use_awaitable);
  }
  net::awaitable<void> watchdog() {
    timer_.expires_after(30s);
    co_await timer_.async_wait(net::use_awaitable);
    socket_.close();
  }

private:
  tcp::socket socket_{net::system_executor()};
  net::steady_timer timer_{net::system_executor()};
};

// A caller sets it.
net::awaitable<void> inner_ok(beast::tcp_stream &s) {
  beast::flat_buffer b;
  http::request<http::string_body> r;
  co_await http::async_read(s, b, r, net::use_awaitable);
}
net::awaitable<void> outer_ok(beast::tcp_stream s) {
  s.expires_after(5s);
  co_await inner_ok(s);
}
net::awaitable<void> raced_ok(tcp::socket &s) {
  char c;
  co_await s.async_read_some(net::buffer(&c, 1), net::use_awaitable);
}
net::awaitable<void> racer_ok(tcp::socket s) {
  net::steady_timer t(s.get_executor(), 5s);
  co_await (raced_ok(s) || t.async_wait(net::use_awaitable));
}

// Zero is none.
drogon::Task<void> proxy_bad(drogon::HttpRequestPtr r) {
  auto up = drogon::HttpClient::newHttpClient("http://backend");
  co_await up->sendRequestCoro(r); // expect: async-missing-timeout
  co_await up->sendRequestCoro(r, 0); // expect: async-missing-timeout
}
drogon::Task<void> proxy_ok(drogon::HttpRequestPtr r) {
  auto up = drogon::HttpClient::newHttpClient("http://backend");
  co_await up->sendRequestCoro(r, 2.5);
}

// A helper sets the timer whose handler closes the socket.
class Armed : public std::enable_shared_from_this<Armed> {
public:
  net::awaitable<void> read_ok() {
    arm(5s);
    char b[16];
    co_await socket_.async_read_some(net::buffer(b), net::use_awaitable);
  }

private:
  void arm(std::chrono::seconds d) {
    deadline_.expires_after(d);
    deadline_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
      if (!ec)
        self->socket_.close();
    });
  }
  tcp::socket socket_{net::system_executor()};
  net::steady_timer deadline_{net::system_executor()};
};
