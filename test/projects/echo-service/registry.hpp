// The clients that are connected.
#pragma once
#include <asio.hpp>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace echo {

struct Client {
  explicit Client(asio::ip::tcp::socket s) : socket(std::move(s)) {}
  asio::ip::tcp::socket socket;
};

class Registry {
public:
  void add(std::shared_ptr<Client> client);
  void remove(const std::shared_ptr<Client> &client);
  std::size_t size() const { return size_.load(); }

  asio::awaitable<void> broadcast(std::string line);
  asio::awaitable<void> broadcastCopy(std::string line);

private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Client>> clients_;
  std::atomic<std::size_t> size_ = 0;
};

} // namespace echo
