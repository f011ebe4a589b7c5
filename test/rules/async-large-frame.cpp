// Large locals in the frames of coroutines.
// level: hint
// clang-format off: a mark belongs to its line
#include <array>
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <memory>
#include <mini/task.hpp>
#include <vector>
namespace net = boost::asio;

mini::task<int> receive(char *to, unsigned size);
void fill(char *);

mini::task<int> array_bad() {
  char buffer[32768]; // expect: async-large-frame
  co_return co_await receive(buffer, sizeof buffer);
}
struct Message {
  std::array<char, 20000> text;
};
cppcoro::task<int> struct_bad() {
  Message m; // expect: async-large-frame
  co_await receive(m.text.data(), 1);
  co_return m.text[0];
}
net::awaitable<void> session_bad(net::ip::tcp::socket s) {
  for (;;) {
    std::array<char, 65536> data; // expect: async-large-frame
    co_await s.async_read_some(net::buffer(data), net::use_awaitable); // expect: async-missing-timeout
  }
}
mini::task<int> small_ok() {
  char buffer[4096];
  co_return co_await receive(buffer, sizeof buffer);
}
mini::task<int> heap_ok() {
  std::vector<char> buffer(32768);
  co_return co_await receive(buffer.data(), 1);
}
mini::task<int> static_ok() {
  static char buffer[32768];
  co_return co_await receive(buffer, 1);
}
mini::task<int> scope_ok() {
  char first = 0;
  {
    char buffer[32768];
    fill(buffer);
    first = buffer[0];
  }
  co_return co_await receive(&first, 1);
}
mini::task<int> after_ok() {
  char first = 0;
  co_await receive(&first, 1);
  char buffer[32768];
  fill(buffer);
  co_return buffer[0];
}
mini::task<int> reference_bad(std::array<char, 65536> &given) { // expect: async-reference-parameter
  auto &buffer = given;
  co_return co_await receive(buffer.data(), 1);
}
int plain_ok() {
  char buffer[32768];
  fill(buffer);
  return buffer[0];
}
