//===- meziantou-await-before-dispose.cpp - Peer cases --------------------===//
//
// Meziantou.Analyzer's MA0100, await a task before disposing of what it uses,
// and AsyncFixer04, no fire-and-forget call inside a `using` block. A `using`
// is a scope here, what is disposed an object of it, and what is started and
// forgotten a spawned or posted task.
//
//===----------------------------------------------------------------------===//
// clang-format off: a mark belongs to its line

#include <boost/asio.hpp>
#include <memory>
#include <mini/task.hpp>
#include <string>
#include <utility>

namespace net = boost::asio;

mini::task<void> step();
struct stream {
  ~stream();
  void put(std::string s);
};
mini::task<void> copy(stream &to) {
  co_await step();
  to.put("x");
}
mini::task<void> copy_own(std::shared_ptr<stream> to) {
  co_await step();
  to->put("x");
}

//--- MA0100 ------------------------------------------------------------------
mini::task<void> returned_in_using_bad() {
  stream s;
  return copy(s); // expect: async-dangling-argument
}
mini::task<void> returned_temporary_bad() {
  return copy(*std::make_shared<stream>()); // expect: async-dangling-argument
}
mini::task<void> returned_with_owner_ok() {
  auto s = std::make_shared<stream>();
  return copy_own(s);
}
mini::task<void> awaited_in_using_ok() {
  stream s;
  co_await copy(s);
}
mini::task<void> returned_without_it_ok() {
  stream s;
  s.put("y");
  return step();
}
mini::task<void> lambda_bad() {
  stream s;
  auto work = [&s]() -> mini::task<void> { // expect: async-capturing-lambda
    co_await step();
    s.put("z");
  };
  return work();
}
mini::task<void> conditional_bad(bool fast) {
  stream s;
  if (fast)
    return step();
  return copy(s); // expect: async-dangling-argument
}

//--- AsyncFixer04 ------------------------------------------------------------
void forgotten_in_using_bad() {
  stream s;
  mini::spawn(copy(s)); // expect: async-dangling-argument
}
mini::task<void> forgotten_in_coroutine_bad() {
  stream s;
  mini::spawn(copy(s)); // expect: async-dangling-argument
  co_await step();
}
void forgotten_with_owner_ok() {
  auto s = std::make_shared<stream>();
  mini::spawn(copy_own(s));
}
net::awaitable<void> send(stream &to) {
  co_await net::post(net::use_awaitable);
  to.put("a");
}
void spawned_in_using_bad(net::any_io_executor ex) {
  stream s;
  net::co_spawn(ex, send(s), net::detached); // expect: async-dangling-argument
}
net::awaitable<void> spawned_and_awaited_ok(net::any_io_executor ex) {
  stream s;
  co_await net::co_spawn(ex, send(s), net::use_awaitable);
}
void posted_in_using_bad(net::any_io_executor ex) {
  stream s;
  net::post(ex, [&s] { s.put("b"); }); // expect: async-callback-capture
}
void posted_with_owner_ok(net::any_io_executor ex) {
  auto s = std::make_shared<stream>();
  net::post(ex, [s] { s->put("b"); });
}
void ran_in_using_ok() {
  net::io_context io;
  stream s;
  net::co_spawn(io, send(s), net::detached);
  io.run();
}
