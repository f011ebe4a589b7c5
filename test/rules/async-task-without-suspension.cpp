// Coroutines that never suspend; tasks that throw before they exist.
// level: hint
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <cppcoro/generator.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <stdexcept>
#include <string>
namespace net = boost::asio;

mini::task<int> load(int key);

mini::task<int> constant_bad() { // expect: async-task-without-suspension
  co_return 1;
}
folly::coro::Task<std::string> name_bad(int x) { // expect: async-task-without-suspension
  co_return std::to_string(x);
}
net::awaitable<void> nothing_bad() { // expect: async-task-without-suspension
  co_return;
}
mini::task<int> awaits_ok(int x) {
  co_return co_await load(x);
}
mini::task<int> sometimes_ok(int x) {
  if (x > 0)
    co_return 0;
  co_return co_await load(x);
}
mini::task<int> forwards_ok(int x) { return load(x); }
cppcoro::generator<int> numbers_ok() {
  co_yield 1;
}
struct Source {
  virtual ~Source() = default;
  virtual mini::task<int> next() { co_return 0; }
};
struct Fixed final : Source {
  mini::task<int> next() override { co_return 1; }
};
template <class T>
mini::task<T> instance(T x) {
  co_return x;
}
mini::task<int> uses_ok() { co_return co_await instance(1); }
mini::task<int> handler(int x) { co_return x; }
void add_handler(mini::task<int> (*f)(int));
void registered_ok() { add_handler(&handler); }
auto lambda_ok() {
  return [](int x) -> mini::task<int> { co_return x; };
}

mini::task<int> throws_bad(int key) {
  if (key < 0)
    throw std::invalid_argument("key"); // expect: async-task-without-suspension
  return load(key);
}
seastar::future<> eager_throws_bad(int key) {
  if (key < 0)
    throw std::invalid_argument("key"); // expect: async-task-without-suspension
  return seastar::make_ready_future<>();
}
mini::task<int> caught_ok(int key) {
  try {
    if (key < 0)
      throw std::invalid_argument("key");
  } catch (const std::exception &) {
    return load(0);
  }
  return load(key);
}
mini::task<int> coroutine_ok(int key) {
  if (key < 0)
    throw std::invalid_argument("key");
  co_return co_await load(key);
}
int plain_ok(int key) {
  if (key < 0)
    throw std::invalid_argument("key");
  return key;
}
