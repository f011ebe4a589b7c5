#include "session.hpp"
#include "upstream.hpp"

namespace echo {

using asio::use_awaitable;

// The entry is written and synced when it dies, on the thread of all sessions.
static asio::awaitable<void> relay(const std::string &line, Service &service) {
  auto space = line.find(' ');
  Upstream upstream(co_await asio::this_coro::executor, service.book);
  co_await upstream.connectPatiently(line.substr(0, space));
  co_await upstream.send(line.substr(space + 1));
  // expect-next-line: async-blocking-call
  Journal::Entry(service.journal) << "relayed " << line;
}

// The same, where waiting for the disk harms nobody.
static asio::awaitable<void> note(std::string line, Service &service) {
  Journal::Entry(service.journal) << "echoed " << line;
  co_return;
}

// Disk work goes to the pool that is there for it.
static void snapshot(Service &service) {
  asio::post(service.disk,
             [&service] { service.metrics.dumpBriefly("echo.metrics"); });
}

static asio::awaitable<void> obey(std::string line,
                                  const std::shared_ptr<Client> &client,
                                  Service &service) {
  if (line.starts_with("relay ")) {
    co_await relay(line.substr(6), service);
  } else if (line.starts_with("all ")) {
    co_await service.registry.broadcast(line.substr(4));
  } else if (line.starts_with("snapshot")) {
    snapshot(service);
  } else {
    co_await asio::async_write(client->socket, asio::buffer(line),
                               use_awaitable);
    co_await asio::co_spawn(service.disk, note(line, service), use_awaitable);
  }
}

// expect-next-line: async-reference-parameter
asio::awaitable<void> serve(std::shared_ptr<Client> client, Service &service) {
  service.registry.add(client);
  try {
    for (std::string data;;) {
      // expect-next-line: async-missing-timeout
      auto length = co_await asio::async_read_until(
          client->socket, asio::dynamic_buffer(data, 64 * 1024), '\n',
          use_awaitable);
      service.metrics.count("lines");
      co_await obey(data.substr(0, length), client, service);
      data.erase(0, length);
    }
  } catch (const asio::system_error &error) {
    service.metrics.count(error.code().message());
  }
  service.registry.remove(client);
}

} // namespace echo
