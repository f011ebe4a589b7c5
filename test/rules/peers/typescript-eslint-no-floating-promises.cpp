//===- typescript-eslint-no-floating-promises.cpp - Peer cases ------------===//
//
// typescript-eslint's no-floating-promises: a promise that is a statement, or
// the part of one whose value nobody takes. Its rule accepts `void promise` and
// a promise in a variable; here a lazy task would not run.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <folly/coro/Task.h>
#include <functional>
#include <mini/task.hpp>
#include <string>
#include <vector>

mini::task<int> value();
mini::task<void> work();
mini::task<void> each(int);
bool flag();
void take(mini::task<int>);

mini::task<void> expression_statement_bad() {
  value(); // expect: async-discarded-task
  work();  // expect: async-discarded-task
  co_return;
}

mini::task<void> sequence_bad() {
  flag(), work(); // expect: async-discarded-task
  work(), flag(); // expect: async-discarded-task
  co_return;
}

mini::task<void> conditional_bad() {
  flag() ? work()       // expect: async-discarded-task
         : work();      // expect: async-discarded-task
  flag() ? (void)work() // expect: async-discarded-task
         : (void)0;
  co_return;
}

mini::task<void> parenthesised_bad() {
  (work()); // expect: async-discarded-task
  co_return;
}

mini::task<void> void_operator_bad() {
  static_cast<void>(work()); // expect: async-discarded-task
  co_return;
}

mini::task<void> in_branches_bad(int n) {
  if (n == 1)
    work(); // expect: async-discarded-task
  else
    work(); // expect: async-discarded-task
  switch (n) {
  case 2:
    work(); // expect: async-discarded-task
    break;
  default:
    work(); // expect: async-discarded-task
  }
  while (flag())
    work(); // expect: async-discarded-task
  do
    work(); // expect: async-discarded-task
  while (flag());
  try {
    work(); // expect: async-discarded-task
  } catch (...) {
    work(); // expect: async-discarded-task
  }
  co_return;
}

mini::task<void> called_in_place_bad() {
  // expect-next-line: async-discarded-task
  []() -> mini::task<void> { co_await work(); }();
  co_return;
}

mini::task<void> callback_of_for_each_bad(std::vector<int> all) {
  std::for_each(all.begin(), all.end(), each); // expect: async-discarded-task
  std::ranges::for_each(all, each);            // expect: async-discarded-task
  co_return;
}

mini::task<void> combined_bad() {
  mini::when_all(work(), work()); // expect: async-discarded-task
  co_return;
}

struct account {
  mini::task<void> close();
  static mini::task<void> open();
  mini::task<void> operator()() const;
  mini::task<void> twice() {
    close();         // expect: async-discarded-task
    this->close();   // expect: async-discarded-task
    account::open(); // expect: async-discarded-task
    (*this)();       // expect: async-discarded-task
    co_return;
  }
};

mini::task<void> through_a_variable_bad(account *a,
                                        std::function<mini::task<void>()> f) {
  a->close(); // expect: async-discarded-task
  f();        // expect: async-discarded-task
  co_return;
}

mini::task<void> callback_of_the_wrong_type_bad() {
  // expect-next-line: async-discarded-task
  std::function<void()> f = [] { return work(); };
  f();
  co_return;
}

mini::task<void> logical_operators_missed() {
  // A task is no boolean; what its await gives is.
  co_await value() && flag();
}

folly::SemiFuture<int> future();
void use(int);
folly::coro::Task<void> continuation_missed() {
  // Whoever adds what comes after has thought of the end.
  future().deferValue(use); // missed: async-discarded-task
  co_return;
}

mini::task<void> awaited_ok() {
  co_await work();
  (co_await value());
  const int n = co_await value();
  take(value());
  flag() ? co_await work() : co_await each(n);
}
mini::task<void> returned_ok() { return work(); }
mini::task<void> arrow_ok() {
  auto f = [] { return work(); };
  co_await f();
}
struct keeper {
  std::vector<mini::task<void>> all;
  void keep_ok() { all.push_back(work()); }
};
void not_a_promise_ok() {
  flag();
  std::string("then").size();
}
