// A connection to another service, made when it is needed.
#pragma once
#include "address_book.hpp"
#include <asio.hpp>
#include <string>

namespace echo {

class Upstream {
public:
  Upstream(asio::any_io_executor executor, const AddressBook &book)
      : socket_(executor), book_(book) {}

  asio::awaitable<void> connect(std::string peer);
  asio::awaitable<void> connectByName(std::string host, std::string service);
  asio::awaitable<void> connectWithRetry(std::string peer);
  asio::awaitable<void> connectPatiently(std::string peer);

  asio::awaitable<void> send(std::string line);

private:
  asio::ip::tcp::socket socket_;
  const AddressBook &book_;
};

} // namespace echo
