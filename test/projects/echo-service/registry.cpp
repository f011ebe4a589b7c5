#include "registry.hpp"

namespace echo {

using asio::use_awaitable;

void Registry::add(std::shared_ptr<Client> client) {
  std::lock_guard lock(mutex_);
  clients_.push_back(std::move(client));
  size_ = clients_.size();
}

void Registry::remove(const std::shared_ptr<Client> &client) {
  std::lock_guard lock(mutex_);
  std::erase(clients_, client);
  size_ = clients_.size();
}

// One slow client, and nobody can connect or leave; and the thread that goes on
// after the write need not be the one that took the lock.
asio::awaitable<void> Registry::broadcast(std::string line) {
  // expect-next-line: async-lock-across-suspension
  std::lock_guard lock(mutex_);
  for (const auto &client : clients_)
    co_await asio::async_write(client->socket, asio::buffer(line),
                               use_awaitable);
}

// The lock protects the list, not the writes.
asio::awaitable<void> Registry::broadcastCopy(std::string line) {
  std::vector<std::shared_ptr<Client>> clients;
  {
    std::lock_guard lock(mutex_);
    clients = clients_;
  }
  for (const auto &client : clients)
    co_await asio::async_write(client->socket, asio::buffer(line),
                               use_awaitable);
}

} // namespace echo
