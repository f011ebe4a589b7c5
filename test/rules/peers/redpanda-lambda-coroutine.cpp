// What redpanda's own check of lambda coroutines says, in our words: captures
// are forbidden, but for `this auto`.
// flags: -std=c++23
// clang-format off: a mark belongs to its line
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/loop.hh>
#include <string>
#include <vector>

ss::future<> write(std::string);
ss::gate gate;

// Warned of there.
ss::future<> then_bad(std::string s) {
  return write(s).then([s]() -> ss::future<> { co_await write("x"); co_await write(s); }); // expect: async-capturing-lambda
}
void gate_bad(std::string s) {
  (void)ss::with_gate(gate, [s]() -> ss::future<> { co_await write("x"); co_await write(s); }); // expect: async-capturing-lambda
}
ss::future<> do_for_each_bad(std::vector<int> all, std::string s) {
  co_await ss::do_for_each(all, [s](int) -> ss::future<> { co_await write("x"); co_await write(s); }); // expect: async-capturing-lambda
}
void this_auto_reference_missed(std::string s) {
  (void)ss::with_gate(gate, [s](this const auto &) -> ss::future<> { co_await write("x"); co_await write(s); }); // missed: async-capturing-lambda
}

// Warned of there, and harmless.
ss::future<> awaited_ok(std::string s) {
  co_await ss::with_gate(gate, [s]() -> ss::future<> { co_await write("x"); co_await write(s); });
}
ss::future<> parallel_awaited_ok(std::vector<int> all, std::string s) {
  co_await ss::max_concurrent_for_each(all, 4, [&s](int) -> ss::future<> { co_await write("x"); co_await write(s); });
}
ss::future<> used_before_ok(std::string s) {
  return write(s).then([s]() -> ss::future<> { std::string mine = s; co_await write("x"); co_await write(mine); });
}

// Not warned of there.
ss::future<> this_auto_ok(std::string s) {
  return write(s).then([s](this auto) -> ss::future<> { co_await write("x"); co_await write(s); });
}
ss::future<> no_coroutine_ok(std::string s) {
  return write(s).then([s] { return write(s); });
}
