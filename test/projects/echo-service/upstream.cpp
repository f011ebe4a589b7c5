#include "upstream.hpp"
#include <chrono>
#include <thread>

namespace echo {

using namespace std::chrono_literals;
using asio::use_awaitable;
using asio::ip::tcp;

// The look-up is hidden: endpoint() -> resolve() -> lookup() -> getaddrinfo().
asio::awaitable<void> Upstream::connect(std::string peer) {
  // expect-next-line: async-blocking-call
  tcp::endpoint where = book_.endpoint(peer);
  // expect-next-line: async-missing-timeout
  co_await socket_.async_connect(where, use_awaitable);
}

// The same without stopping anybody.
asio::awaitable<void> Upstream::connectByName(std::string host,
                                              std::string service) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  // expect-next-line: async-missing-timeout
  auto where = co_await resolver.async_resolve(host, service, use_awaitable);
  // expect-next-line: async-missing-timeout
  co_await asio::async_connect(socket_, where, use_awaitable);
}

// While one session sleeps, all of them do.
asio::awaitable<void> Upstream::connectWithRetry(std::string peer) {
  auto pause = 50ms;
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      co_return co_await connect(peer);
    } catch (const asio::system_error &) {
    }
    // expect-next-line: async-blocking-call
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
  throw std::runtime_error("no connection to " + peer);
}

// A timer lets the others go on.
asio::awaitable<void> Upstream::connectPatiently(std::string peer) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  auto pause = 50ms;
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      co_return co_await connect(peer);
    } catch (const asio::system_error &) {
    }
    timer.expires_after(pause);
    co_await timer.async_wait(use_awaitable);
    pause *= 2;
  }
  throw std::runtime_error("no connection to " + peer);
}

asio::awaitable<void> Upstream::send(std::string line) {
  co_await asio::async_write(socket_, asio::buffer(line), use_awaitable);
}

} // namespace echo
