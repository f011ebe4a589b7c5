// Boost.Process and Boost.Interprocess.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/interprocess/sync/file_lock.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/interprocess/sync/named_mutex.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#include <boost/process.hpp>
#include <string>

namespace ip = boost::interprocess;
namespace process = boost::process;
using boost::asio::awaitable;
awaitable<void> other();

awaitable<void> child_bad(process::child &c, process::child &d, process::group &g) {
  c.wait(); // expect: async-blocking-call
  d.wait_for(std::chrono::seconds(1)); // expect: async-blocking-call
  g.wait(); // expect: async-blocking-call
  process::system("ls"); // expect: async-blocking-call
  co_return;
}

// To start one is to wait until the program is loaded.
awaitable<void> start_bad() {
  process::child c("ls"); // expect: async-blocking-call
  c.detach();
  co_return;
}

process::child start();

awaitable<void> owned_bad() {
  process::child c = start(); // expect: async-blocking-call
  co_await other();
}

awaitable<void> ended_ok() {
  process::child c = start();
  c.detach();
  co_await other();
}

awaitable<void> child_ok(process::child &c) {
  if (c.running())
    c.detach();
  c.wait_for(std::chrono::seconds(0));
  co_return;
}

awaitable<void> pipe_bad(process::ipstream &out) {
  std::string line;
  std::getline(out, line); // expect: async-blocking-call
  int number;
  out >> number; // expect: async-blocking-call
  co_return;
}

awaitable<void> interprocess_bad(ip::interprocess_semaphore &s, ip::message_queue &q, ip::file_lock &f) {
  char c = 0;
  std::size_t n = 0;
  unsigned priority = 0;
  s.wait(); // expect: async-blocking-call
  q.receive(&c, 1, n, priority); // expect: async-blocking-call
  q.send(&c, 1, 0); // expect: async-blocking-call
  f.lock(); // expect: async-blocking-call
  f.unlock();
  ip::scoped_lock<ip::file_lock> g(f); // expect: async-blocking-call
  co_return;
}

awaitable<void> interprocess_ok(ip::interprocess_semaphore &s, ip::message_queue &q, ip::file_lock &f, ip::interprocess_mutex &m) {
  char c = 0;
  std::size_t n = 0;
  unsigned priority = 0;
  s.try_wait();
  s.post();
  q.try_receive(&c, 1, n, priority);
  q.try_send(&c, 1, 0);
  if (f.try_lock())
    f.unlock();
  ip::scoped_lock<ip::interprocess_mutex> g(m);
  co_return;
}

awaitable<void> lock_bad(ip::interprocess_mutex &m, ip::named_mutex &n) {
  ip::scoped_lock<ip::interprocess_mutex> g(m); // expect: async-lock-across-suspension
  ip::scoped_lock<ip::named_mutex> h(n); // expect: async-lock-across-suspension
  co_await other();
}

awaitable<void> lock_ok(ip::interprocess_mutex &m) {
  {
    ip::scoped_lock<ip::interprocess_mutex> g(m);
  }
  ip::scoped_lock<ip::interprocess_mutex> h(m, ip::defer_lock);
  co_await other();
}
