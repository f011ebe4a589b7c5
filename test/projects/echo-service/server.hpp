// Accepts clients, and lets them go when the service is told to stop.
#pragma once
#include "session.hpp"
#include <asio.hpp>

namespace echo {

class Server {
public:
  Server(asio::io_context &context, asio::ip::tcp::endpoint where,
         Service &service);

  asio::awaitable<void> accept();
  /// Stops on SIGTERM, and on SIGINT without waiting for anybody.
  void stopOnSignal();

private:
  asio::awaitable<void> drain();
  asio::awaitable<void> drainPolitely();

  asio::io_context &context_;
  asio::ip::tcp::acceptor acceptor_;
  asio::signal_set terminate_, interrupt_;
  Service &service_;
};

} // namespace echo
