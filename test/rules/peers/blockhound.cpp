//===- blockhound.cpp - Peer cases ---------------------------------------===//
//
// The methods that BlockHound instruments, called on a scheduler's threads,
// and what its users must allow: standard output, initialisation, a pool that
// may block ("elastic"). What only spins or yields is another rule's matter.
//
//===----------------------------------------------------------------------===//

#include <atomic>
#include <boost/asio.hpp>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <mutex>
#include <netdb.h>
#include <semaphore>
#include <spawn.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#define BLOCKING [[clang::annotate("async-tidy: blocking")]]
#define NONBLOCKING [[clang::annotate("async-tidy: nonblocking")]]

namespace net = boost::asio;
using namespace std::chrono_literals;
char Buffer[16];

// Sockets
net::awaitable<void> connect_bad(int Fd, sockaddr *A) {
  ::connect(Fd, A, 16); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> read_socket_bad(int Fd) {
  (void)::recv(Fd, Buffer, 1, 0); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> write_socket_bad(int Fd) {
  (void)::send(Fd, Buffer, 1, 0); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> accept_bad(int Fd) {
  (void)::accept(Fd, nullptr, nullptr); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> datagram_send_bad(int Fd, sockaddr *A) {
  (void)::sendto(Fd, Buffer, 1, 0, A, 16); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> datagram_receive_bad(int Fd) {
  // expect-next-line: async-blocking-call
  (void)::recvfrom(Fd, Buffer, 1, MSG_PEEK, nullptr, nullptr);
  co_return;
}
net::awaitable<void> asio_connect_bad(net::ip::tcp::socket &S,
                                      net::ip::tcp::endpoint E) {
  S.connect(E); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> asio_read_bad(net::ip::tcp::socket &S) {
  net::read(S, net::buffer(Buffer)); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> asio_write_bad(net::ip::tcp::socket &S) {
  net::write(S, net::buffer(Buffer)); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> asio_accept_bad(net::ip::tcp::acceptor &A) {
  (void)A.accept(); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> asio_resolve_bad(net::ip::tcp::resolver &R) {
  (void)R.resolve("host", "80"); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> asio_datagram_bad(net::ip::udp::socket &S) {
  S.receive(net::buffer(Buffer)); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> not_waiting_ok(int Fd) {
  (void)::recv(Fd, Buffer, 1, MSG_DONTWAIT);
  (void)::send(Fd, Buffer, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
  (void)::socket(AF_INET, SOCK_STREAM, 0);
  (void)::bind(Fd, nullptr, 0);
  (void)::listen(Fd, 1);
  co_return;
}
net::awaitable<void> asynchronous_ok(net::ip::tcp::socket &S,
                                     net::ip::tcp::endpoint E) {
  co_await S.async_connect(E, net::use_awaitable);
  co_await net::async_write(S, net::buffer(Buffer), net::use_awaitable);
}

// Threads: park, Object.wait, sleep, yield, onSpinWait
net::awaitable<void> park_bad(std::binary_semaphore &S) {
  S.acquire(); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> park_for_bad(std::binary_semaphore &S) {
  (void)S.try_acquire_for(100ms); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> try_park_ok(std::binary_semaphore &S) {
  (void)S.try_acquire();
  (void)S.try_acquire_for(0s);
  S.release();
  co_return;
}
net::awaitable<void> atomic_wait_bad(std::atomic<int> &A) {
  A.wait(0); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> atomic_notify_ok(std::atomic<int> &A) {
  A.store(1);
  A.notify_all();
  co_return;
}
net::awaitable<void> object_wait_bad(std::condition_variable_any &Cv,
                                     std::mutex &M) {
  std::unique_lock L(M);
  Cv.wait_for(L, 10ms); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> sleep_bad() {
  std::this_thread::sleep_for(10ms); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> yield_once_ok() {
  std::this_thread::yield();
  co_return;
}
net::awaitable<void> asio_timer_bad(net::steady_timer &T) {
  T.wait(); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> asio_pool_join_bad(net::thread_pool &P) {
  P.join(); // expect: async-blocking-call
  co_return;
}

// Files
net::awaitable<void> file_write_bad(int Fd) {
  (void)::pwrite(Fd, Buffer, 1, 0); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> file_read_bad(int Fd) {
  (void)::pread(Fd, Buffer, 1, 0); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> random_access_bad(std::fstream F) {
  F.read(Buffer, 1);  // expect: async-blocking-call
  F.write(Buffer, 1); // expect: async-blocking-call
  co_return;
}

// Processes
net::awaitable<void> fork_and_exec_bad(char **Argv) {
  pid_t P;
  // expect-next-line: async-blocking-call
  ::posix_spawn(&P, "date", nullptr, nullptr, Argv, nullptr);
  co_return;
}

// Allowed: standard output, initialisation of a table.
net::awaitable<void> standard_output_ok() {
  std::cout << "Hello\n";
  std::printf("Hello\n");
  co_return;
}
net::awaitable<void> standard_error_ok() {
  std::cerr << "Hello\n";
  co_return;
}
net::awaitable<void> short_lock_ok(std::mutex &M) {
  std::lock_guard L(M);
  co_return;
}

// CustomBlockingMethodTest, BlockingDisallowTest, FalseNegativesTest
struct Custom {
  BLOCKING static void block();
};
net::awaitable<void> custom_method_bad() {
  Custom::block(); // expect: async-blocking-call
  co_return;
}
struct NonBlockingClass {
  void inner() { std::this_thread::sleep_for(50ms); }
  NONBLOCKING void outer() {
    std::this_thread::sleep_for(50ms);
    inner();
  }
};
net::awaitable<void> allowed_inside_ok() {
  NonBlockingClass().outer();
  co_return;
}
net::awaitable<void> not_allowed_inside_bad() {
  NonBlockingClass().inner(); // expect: async-blocking-call
  co_return;
}
struct Loader {
  virtual ~Loader() = default;
  virtual void load() { std::this_thread::sleep_for(10ms); }
};
// BlockHound allows what class loaders do; nothing of the kind is known here.
net::awaitable<void> loader_bad(Loader &L) {
  L.load(); // expect: async-blocking-call
  co_return;
}

// ReactorTest, RxJavaTest: on which scheduler.
void scheduled_parallel_bad(net::io_context &Io) {
  net::post(Io, [] {
    std::this_thread::sleep_for(10ms); // expect: async-blocking-call
  });
}
void scheduled_elastic_ok(net::thread_pool &Elastic) {
  net::post(Elastic, [] { std::this_thread::sleep_for(10ms); });
}
void spawned_on_parallel_bad(net::io_context &Io) {
  net::co_spawn(
      Io,
      []() -> net::awaitable<void> {
        std::this_thread::sleep_for(10ms); // expect: async-blocking-call
        co_return;
      },
      net::detached);
}
void spawned_on_elastic_ok(net::thread_pool &Elastic) {
  net::co_spawn(
      Elastic,
      []() -> net::awaitable<void> {
        std::this_thread::sleep_for(10ms);
        co_return;
      },
      net::detached);
}
void subscribed_to_completion_bad(net::ip::tcp::socket &S) {
  S.async_read_some(
      net::buffer(Buffer), [](boost::system::error_code, std::size_t) {
        std::this_thread::sleep_for(10ms); // expect: async-blocking-call
      });
}
void nested_completion_bad(net::ip::tcp::socket &S) {
  S.async_read_some(
      net::buffer(Buffer), [&S](boost::system::error_code, std::size_t) {
        net::async_write(
            S, net::buffer(Buffer), [](boost::system::error_code, std::size_t) {
              std::this_thread::sleep_for(10ms); // expect: async-blocking-call
            });
      });
}
