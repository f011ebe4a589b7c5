#include "server.hpp"
#include <chrono>
#include <csignal>
#include <future>
#include <thread>

namespace echo {

using namespace std::chrono_literals;
using asio::use_awaitable;
using asio::ip::tcp;

Server::Server(asio::io_context &context, tcp::endpoint where, Service &service)
    : context_(context), acceptor_(context, where),
      terminate_(context, SIGTERM), interrupt_(context, SIGINT),
      service_(service) {}

asio::awaitable<void> Server::accept() {
  while (acceptor_.is_open()) {
    tcp::socket socket = co_await acceptor_.async_accept(use_awaitable);
    // expect-next-line: async-detached-task, async-unbounded-spawn
    asio::co_spawn(context_,
                   serve(std::make_shared<Client>(std::move(socket)), service_),
                   asio::detached);
  }
}

// Spins, on the thread that the sessions need to come to their end.
asio::awaitable<void> Server::drain() {
  acceptor_.close();
  // expect-next-line: async-busy-wait
  while (service_.registry.size() > 0)
    std::this_thread::yield();
  co_await asio::post(context_, use_awaitable);
}

// Looks now and then, and gives up after a while.
asio::awaitable<void> Server::drainPolitely() {
  acceptor_.close();
  asio::steady_timer timer(context_);
  for (int second = 0; second < 30 && service_.registry.size() > 0; ++second) {
    timer.expires_after(1s);
    co_await timer.async_wait(use_awaitable);
  }
}

void Server::stopOnSignal() {
  // The handler waits for a coroutine that only its own thread can run.
  terminate_.async_wait([this](asio::error_code error, int) {
    if (error)
      return;
    std::future<void> drained =
        asio::co_spawn(context_, drain(), asio::use_future);
    // expect-next-line: async-sync-wait
    drained.get();
    context_.stop();
  });

  // Goes on when the coroutine has ended.
  interrupt_.async_wait([this](asio::error_code error, int) {
    if (!error)
      asio::co_spawn(context_, drainPolitely(),
                     [this](std::exception_ptr) { context_.stop(); });
  });
}

} // namespace echo
