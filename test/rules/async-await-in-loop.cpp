// Awaits in loops.
// level: hint
// clang-format off: a mark belongs to its line
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <mini/task.hpp>
#include <string>
#include <vector>

mini::task<int> fetch(std::string name);
mini::task<void> notify(std::string name, int what);
mini::task<void> write(std::string text);
mini::task<int> fold(int sum, std::string name);
folly::coro::Task<int> lookup(int id);
struct Peer {
  mini::task<void> refresh();
  mini::task<void> send(int);
};

mini::task<std::vector<int>> collected_bad(std::vector<std::string> names) {
  std::vector<int> out;
  for (const auto &name : names)
    out.push_back(co_await fetch(name)); // expect: async-await-in-loop
  co_return out;
}
mini::task<void> unused_bad(std::vector<std::string> names) {
  for (const auto &name : names)
    co_await notify(name, 1); // expect: async-await-in-loop
}
mini::task<void> elements_bad(std::vector<Peer> peers) {
  for (Peer &p : peers)
    co_await p.refresh(); // expect: async-await-in-loop
}
folly::coro::Task<std::vector<int>> ids_bad(std::vector<int> ids) {
  std::vector<int> out;
  for (int id : ids)
    out.emplace_back(co_await lookup(id)); // expect: async-await-in-loop
  co_return out;
}
mini::task<int> chained_ok(std::vector<std::string> names) {
  int sum = 0;
  for (const auto &name : names)
    sum = co_await fold(sum, name);
  co_return sum;
}
mini::task<int> added_ok(std::vector<std::string> names) {
  int sum = 0;
  for (const auto &name : names)
    sum += co_await fetch(name);
  co_return sum;
}
mini::task<void> written_ok(std::vector<std::string> names) {
  for (const auto &name : names)
    co_await write(name);
}
mini::task<void> sent_bad(Peer &peer, std::vector<int> values) { // expect: async-reference-parameter
  for (int v : values)
    co_await peer.send(v);
}
mini::task<int> first_ok(std::vector<std::string> names) {
  for (const auto &name : names)
    if (int found = co_await fetch(name))
      co_return found;
  co_return 0;
}
mini::task<void> two_ok(std::vector<std::string> names) {
  for (const auto &name : names) {
    co_await notify(name, 1);
    co_await notify(name, 2);
  }
}
mini::task<void> polled_bad(bool &done) { // expect: async-reference-parameter
  while (!done)
    co_await notify("a", 1);
}
