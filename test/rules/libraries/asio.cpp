// Asio: where a coroutine goes on, and sockets that have nothing to wait for.
// clang-format off: a mark belongs to its line
#include <asio.hpp>
#include <boost/asio.hpp>
#include <thread>

using asio::awaitable;
using asio::bind_executor;
using asio::use_awaitable;

static void work() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

awaitable<void> moved_to_pool_ok(asio::thread_pool &pool, asio::io_context &loop) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  work();
  co_await asio::dispatch(bind_executor(pool.get_executor(), use_awaitable));
  work();
  co_await asio::post(loop, bind_executor(pool, use_awaitable));
  work();
}

// The token's executor is that of the coroutine, whoever runs the first step.
awaitable<void> posted_and_back_bad(asio::thread_pool &pool) {
  co_await asio::post(pool, use_awaitable);
  work(); // expect: async-blocking-call
}

awaitable<void> moved_back_bad(asio::thread_pool &pool, asio::io_context &loop) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  work();
  co_await asio::defer(bind_executor(loop, use_awaitable));
  work(); // expect: async-blocking-call
}

awaitable<void> datagram_ok(asio::ip::udp::socket &s, asio::ip::udp::endpoint e,
                            boost::asio::local::datagram_protocol::socket &l,
                            boost::asio::local::datagram_protocol::endpoint p) {
  s.connect(e);
  l.connect(p);
  co_return;
}

awaitable<void> stream_bad(asio::ip::tcp::socket &s, asio::ip::tcp::endpoint e,
                           boost::asio::local::stream_protocol::socket &l,
                           boost::asio::local::stream_protocol::endpoint p) {
  s.connect(e); // expect: async-blocking-call
  l.connect(p); // expect: async-blocking-call
  co_return;
}
