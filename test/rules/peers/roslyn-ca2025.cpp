//===- roslyn-ca2025.cpp - Peer cases -------------------------------------===//
//
// Roslyn's CA2025, do not pass disposables into tasks that are not awaited.
// What is disposed there is destroyed here: the object ends with its scope, or
// before by hand, and the task that was given it goes on. Its tasks have begun
// when they are made, as concurrencpp's results have.
//
//===----------------------------------------------------------------------===//
// level: strict
// clang-format off: a mark belongs to its line

#include <concurrencpp/concurrencpp.h>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

concurrencpp::result<void> step();
struct thing {
  ~thing();
  int use();
  concurrencpp::result<int> run() {
    co_await step();
    co_return n;
  }
  int n = 0;
};
concurrencpp::result<int> internal(thing &t) { // expect: async-reference-parameter
  co_await step();
  co_return t.use();
}
concurrencpp::result<int> by_pointer(thing *t) {
  co_await step();
  co_return t->use();
}
concurrencpp::result<int> at_once(thing &t) {
  const int n = t.use();
  co_await step();
  co_return n;
}
concurrencpp::result<int> owns(std::unique_ptr<thing> t) {
  co_await step();
  co_return t->use();
}
concurrencpp::result<int> shares(std::shared_ptr<thing> t) {
  co_await step();
  co_return t->use();
}
concurrencpp::result<int> copies(thing t) {
  co_await step();
  co_return t.use();
}

//--- Returned ----------------------------------------------------------------
concurrencpp::result<int> returned_bad() {
  thing t;
  return internal(t); // expect: async-dangling-argument
}
concurrencpp::result<int> returned_pointer_bad() {
  thing t;
  return by_pointer(&t); // expect: async-dangling-argument
}
concurrencpp::result<int> returned_later_missed() {
  thing t;
  auto task = internal(t); // missed: async-dangling-argument
  return task;
}
concurrencpp::result<int> returned_method_bad() {
  thing t;
  return t.run(); // expect: async-dangling-argument
}
concurrencpp::result<int> temporary_bad() {
  return internal(*std::make_unique<thing>()); // expect: async-dangling-argument
}
concurrencpp::result<int> owned_bad() {
  auto t = std::make_unique<thing>();
  return internal(*t); // expect: async-dangling-argument
}
concurrencpp::result<int> moved_ok() {
  auto t = std::make_unique<thing>();
  return owns(std::move(t));
}
concurrencpp::result<int> shared_ok() {
  auto t = std::make_shared<thing>();
  return shares(t);
}
concurrencpp::result<int> copied_ok() {
  thing t;
  return copies(t);
}
concurrencpp::result<int> used_before_it_waits_ok() {
  thing t;
  return at_once(t);
}
concurrencpp::result<int> given_ok(thing &t) { return internal(t); }

//--- Awaited too late --------------------------------------------------------
concurrencpp::result<int> block_bad() {
  std::optional<concurrencpp::result<int>> task;
  {
    thing t;
    task.emplace(internal(t)); // expect: async-dangling-argument
  }
  co_return co_await *task;
}
concurrencpp::result<int> by_hand_missed() {
  auto t = std::make_unique<thing>();
  auto task = internal(*t); // missed: async-dangling-argument
  t.reset();
  co_return co_await std::move(task);
}
concurrencpp::result<int> awaited_ok() {
  thing t;
  auto task = internal(t);
  co_return co_await std::move(task);
}
concurrencpp::result<int> awaited_before_by_hand_ok() {
  auto t = std::make_unique<thing>();
  const int n = co_await internal(*t);
  t.reset();
  co_return n;
}
concurrencpp::result<int> in_place_ok() {
  thing t;
  co_return co_await internal(t);
}
concurrencpp::result<int> two_ok() {
  thing a, b;
  auto first = internal(a);
  auto second = internal(b);
  co_return co_await std::move(first) + co_await std::move(second);
}
concurrencpp::result<int> waited_for_ok() {
  thing t;
  auto task = internal(t);
  co_await step();
  co_return co_await std::move(task);
}

//--- Not awaited on some way, or at all --------------------------------------
concurrencpp::result<int> sometimes_missed(bool hurry) {
  thing t;
  auto task = internal(t); // missed: async-dangling-argument
  if (hurry)
    co_return 0;
  co_return co_await std::move(task);
}
concurrencpp::result<void> dropped_bad() {
  thing t;
  internal(t); // expect: async-dangling-argument, async-discarded-task
  co_await step();
}
concurrencpp::result<void> stored_missed(std::vector<concurrencpp::result<int>> &all) { // expect: async-reference-parameter
  thing t;
  co_await step();
  all.push_back(internal(t)); // missed: async-dangling-argument
}
class holder {
public:
  void keep_bad() {
    thing t;
    task_ = internal(t); // expect: async-dangling-argument
  }
  void keep_ok() { task_ = internal(thing_); }

private:
  thing thing_;
  concurrencpp::result<int> task_;
};
int sync_ok() {
  thing t;
  return internal(t).get();
}
