// Bugs that projects had, each before and after it was mended.
// clang-format off: a mark belongs to its line
#include <cppcoro/generator.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <vector>

// redpanda#29846: `&&` binds to what the closure holds, the future is dropped.
namespace redpanda_29846 {
struct Request { std::vector<int> sought; };
ss::future<int> check(Request &&r) {
  int n = 0;
  for (int s : r.sought) { co_await ss::yield(); n += s; }
  co_return n;
}
ss::future<int> check_mended(Request r) {
  int n = 0;
  for (int s : r.sought) { co_await ss::yield(); n += s; }
  co_return n;
}
ss::gate g;
void send_bad(Request r) {
  (void)ss::with_gate(g, [r = std::move(r)]() mutable {
    return check(std::move(r)); // expect: async-dangling-argument
  });
}
void send_ok(Request r) {
  (void)ss::with_gate(g, [r = std::move(r)]() mutable { return check_mended(std::move(r)); });
}
ss::future<> send_and_wait_ok(Request r) {
  (void)co_await ss::with_gate(g, [r = std::move(r)]() mutable { return check(std::move(r)); });
}
} // namespace redpanda_29846

// scylladb#12170, #26835, #27520: a continuation that is a coroutine.
namespace scylladb_continuations {
struct Log { ss::future<std::vector<std::string>> segments(); };
ss::future<> open();
void log(const std::string &);
class Manager {
  int sent_ = 0;
  std::unique_ptr<ss::future<>> fiber_;

public:
  ss::future<> replay_bad() {
    return open().then([this]() -> ss::future<> { // expect: async-capturing-lambda
      Log l;
      auto segments = co_await l.segments();
      sent_ += static_cast<int>(segments.size());
    });
  }
  ss::future<> replay_ok() {
    co_await open();
    Log l;
    auto segments = co_await l.segments();
    sent_ += static_cast<int>(segments.size());
  }
  void replicate_bad(std::string where) {
    fiber_ = std::make_unique<ss::future<>>(fiber_->then([where]() -> ss::future<> { // expect: async-capturing-lambda
      co_await open();
      log(where);
    }));
  }
  ss::future<> slow_bad() {
    co_await ss::sleep(std::chrono::seconds(1)).then([this]() -> ss::future<> { // expect: async-capturing-lambda
      co_await open();
      ++sent_;
    });
  }
  ss::future<> slow_ok() {
    co_await ss::sleep(std::chrono::seconds(1)).then(ss::coroutine::lambda([this]() -> ss::future<> {
      co_await open();
      ++sent_;
    }));
  }
};
} // namespace scylladb_continuations

// glasgow-constraint-solver#599: a generator is given a temporary, and begins
// on the next line.
namespace solver_599 {
struct State { int size() const; };
State current();
cppcoro::generator<int> branch(const State &s) {
  for (int i = 0; i != s.size(); ++i)
    co_yield i;
}
int use(cppcoro::generator<int> &);
int solve_bad() {
  auto branches = branch(current()); // expect: async-dangling-argument
  return use(branches);
}
int solve_ok() {
  const State now = current();
  auto branches = branch(now);
  return use(branches);
}
// As it was: what a `std::function` holds takes its arguments by what it says.
int solve_missed(const std::function<cppcoro::generator<int>(const State &)> &brancher) {
  auto branches = brancher(current()); // missed: async-dangling-argument
  return use(branches);
}
} // namespace solver_599

// CoTaskLib#8: a view of a temporary, in a library's own string class.
namespace dialog_8 {
struct String { String(const char *); int length; };
struct StringView { StringView(const String &); StringView(const char *); int length; };
mini::task<void> shown();
mini::task<void> dialog(StringView text) { co_await shown(); (void)text.length; }
mini::task<void> dialog_by_value(String text) { co_await shown(); (void)text.length; }
mini::task<void> run_bad() {
  auto task = dialog(String("hello")); // expect: async-dangling-argument
  co_await std::move(task);
}
mini::task<void> run_ok() {
  auto task = dialog_by_value(String("hello"));
  co_await std::move(task);
}
} // namespace dialog_8
