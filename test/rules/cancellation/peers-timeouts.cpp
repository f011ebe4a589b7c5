// level: strict
// What noctx, ruff's S113 and flake8-async's 100 and 912 know of deadlines: a
// request without one, one that is `None`, and one that covers nothing.
// clang-format off: a mark belongs to its line
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QUrl>
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <drogon/drogon.h>
#include <qcoronetworkreply.h>
#include <qcorotask.h>

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;
using namespace net::experimental::awaitable_operators;
using namespace std::chrono_literals;

// S113
drogon::Task<void> get_bad(drogon::HttpClient &c, drogon::HttpRequestPtr r) { // expect: async-reference-parameter
  co_await c.sendRequestCoro(r); // expect: async-missing-timeout
}
drogon::Task<void> get_none_bad(drogon::HttpClient &c, drogon::HttpRequestPtr r) { // expect: async-reference-parameter
  constexpr double None = 0;
  co_await c.sendRequestCoro(r, None); // expect: async-missing-timeout
}
drogon::Task<void> get_timeout_bad(drogon::HttpClient &c, drogon::HttpRequestPtr r) { // expect: async-reference-parameter
  co_await c.sendRequestCoro(r, 3.05);
}
drogon::Task<void> get_timeout_given_bad(drogon::HttpClient &c, drogon::HttpRequestPtr r, double seconds) { // expect: async-reference-parameter
  co_await c.sendRequestCoro(r, seconds);
}

// noctx
QCoro::Task<void> request_bad(QNetworkAccessManager &m, QUrl url) {
  co_await m.get(QNetworkRequest(url)); // expect: async-missing-timeout
}
QCoro::Task<void> post_bad(QNetworkAccessManager &m, QUrl url) {
  co_await m.post(QNetworkRequest(url), QByteArray()); // expect: async-missing-timeout
}
QCoro::Task<void> request_ok(QNetworkAccessManager &m, QUrl url) {
  QNetworkRequest r(url);
  r.setTransferTimeout(1000);
  co_await m.get(r);
}
QCoro::Task<void> client_ok(QNetworkAccessManager &m, QUrl url) {
  m.setTransferTimeout(1000);
  co_await m.get(QNetworkRequest(url));
}

// 100, 912: the deadline is there, and covers something else.
net::awaitable<void> elsewhere_bad(tcp::socket a, tcp::socket b, tcp::endpoint to) {
  net::steady_timer t(a.get_executor(), 5s);
  co_await (a.async_connect(to, net::use_awaitable) || t.async_wait(net::use_awaitable));
  co_await b.async_connect(to, net::use_awaitable); // expect: async-missing-timeout
}
net::awaitable<void> other_stream_bad(beast::tcp_stream a, beast::tcp_stream b, tcp::endpoint to) {
  a.expires_after(5s);
  co_await b.async_connect(to, net::use_awaitable); // expect: async-missing-timeout
}
net::awaitable<void> one_of_branches_missed(beast::tcp_stream s, tcp::endpoint to, bool wait) {
  if (wait)
    s.expires_after(5s);
  co_await s.async_connect(to, net::use_awaitable); // missed: async-missing-timeout
}

// 109: a function that takes a timeout hands it on.
net::awaitable<void> takes_ok(beast::tcp_stream s, tcp::endpoint to, std::chrono::milliseconds timeout) {
  s.expires_after(timeout);
  co_await s.async_connect(to, net::use_awaitable);
}
net::awaitable<void> takes_and_drops_bad(beast::tcp_stream s, tcp::endpoint to, std::chrono::milliseconds timeout) {
  co_await s.async_connect(to, net::use_awaitable); // expect: async-missing-timeout
}
