// Bugs that projects had, each before and after it was mended.
// clang-format off: a mark belongs to its line
#include <cppcoro/generator.hpp>
#include <flow/flow.h>
#include <functional>
#include <map>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <vector>
#include <winrt/base.h>

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

// foundationdb#12954: what `co_await` gives refers into the future, and that is
// a temporary.
namespace foundationdb_12954 {
struct Shards { std::vector<std::string> ids; };
Future<Shards> getShards(int from);
void log(const std::string &);
Future<Void> list_bad() {
  auto &&all = co_await getShards(0); // expect: async-dangling-across-suspension
  log(all.ids.front());
  for (const std::string &id : (co_await getShards(1)).ids) // expect: async-dangling-across-suspension
    log(id);
}
Future<Void> list_ok() {
  const Shards all = co_await getShards(0);
  log(all.ids.front());
  const Future<Shards> later = getShards(1);
  const auto &ids = (co_await later).ids;
  log(ids.front());
}
} // namespace foundationdb_12954

// clice#489: an iterator into a map that a notification may rehash.
namespace clice_489 {
mini::task<bool> build(std::string);
void log(const std::string &);
class Workspace {
  std::map<int, std::string> modules_;

public:
  void saved(int id, std::string name) { modules_.erase(id); modules_.emplace(id, std::move(name)); }
  mini::task<void> compile_bad(int id) {
    auto it = modules_.find(id);
    if (!co_await build(it->second))
      log(it->second); // expect: async-dangling-across-suspension
  }
  mini::task<void> compile_ok(int id) {
    const std::string name = modules_.find(id)->second;
    if (!co_await build(name))
      log(name);
  }
  mini::task<void> all_bad() {
    for (auto &module : modules_) // expect: async-dangling-across-suspension
      co_await build(module.second);
  }
  mini::task<void> all_ok() {
    const auto modules = modules_;
    for (auto &module : modules)
      co_await build(module.second);
  }
};
} // namespace clice_489

// cppwinrt#767: an event whose handler is a coroutine, and gone with the event.
namespace cppwinrt_767 {
struct Test {
  winrt::event<void()> changed;
};
void print(int);
void subscribe_bad(Test &test) {
  auto important = std::make_shared<int>(1);
  test.changed.add([important]() -> winrt::fire_and_forget { // expect: async-capturing-lambda
    co_await winrt::resume_after(std::chrono::seconds(1));
    print(*important);
  });
}
void subscribe_ok(Test &test) {
  auto important = std::make_shared<int>(1);
  test.changed.add([important]() -> winrt::fire_and_forget {
    auto mine = important;
    co_await winrt::resume_after(std::chrono::seconds(1));
    print(*mine);
  });
}
} // namespace cppwinrt_767
