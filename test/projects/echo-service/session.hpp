// What one client can ask for.
#pragma once
#include "address_book.hpp"
#include "journal.hpp"
#include "metrics.hpp"
#include "registry.hpp"
#include <asio.hpp>
#include <memory>

namespace echo {

/// What all sessions share.
struct Service {
  AddressBook book;
  Journal journal{"echo.journal"};
  Metrics metrics;
  Registry registry;
  asio::thread_pool disk{1}; ///< may block; the others may not
};

asio::awaitable<void> serve(std::shared_ptr<Client> client, Service &service);

} // namespace echo
