// Loops inside loops.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <mini/task.hpp>
#include <thread>
namespace asio = boost::asio;

mini::task<void> run_bad(asio::io_context &io) {
  io.run(); // expect: async-nested-event-loop
  co_await mini::yield();
}
static void drain(asio::io_context &io) {
  while (io.run_one() > 0) {
  }
}
mini::task<void> helper_bad(asio::io_context &io) {
  drain(io); // expect: async-nested-event-loop
  co_await mini::yield();
}
void handler_bad(asio::io_context &io) {
  asio::post(io, [&io] { io.poll(); }); // expect: async-nested-event-loop
}
mini::task<void> own_thread_ok(std::shared_ptr<std::jthread> t) {
  *t = std::jthread([] {
    asio::io_context local;
    local.run();
  });
  co_await mini::yield();
}
int main() {
  asio::io_context io;
  io.run();
}
