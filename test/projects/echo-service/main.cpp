// echo-service [PORT]

#include "server.hpp"
#include <cstdlib>
#include <exception>
#include <iostream>

int main(int argc, char **argv) try {
  auto port = static_cast<unsigned short>(argc > 1 ? std::atoi(argv[1]) : 7777);
  asio::io_context context(1);
  echo::Service service;
  service.book.alias("mirror", "localhost");
  echo::Server server(context, {asio::ip::tcp::v4(), port}, service);
  server.stopOnSignal();
  // expect-next-line: async-lost-exception
  asio::co_spawn(context, server.accept(), asio::detached);
  context.run();
  service.disk.join();
} catch (const std::exception &error) {
  std::cerr << "echo-service: " << error.what() << '\n';
  return 1;
}
