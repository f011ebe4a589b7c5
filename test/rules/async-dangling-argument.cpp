// Arguments that are gone before the task that was given them is done.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <concurrencpp/concurrencpp.h>
#include <cppcoro/task.hpp>
#include <drogon/drogon.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Collect.h>
#include <folly/coro/Task.h>
#include <memory>
#include <mini/task.hpp>
#include <optional>
#include <seastar/core/coroutine.hh>
#include <span>
#include <string>
#include <string_view>
#include <vector>
namespace net = boost::asio;

mini::task<void> io();
ss::future<> write(std::string);
mini::task<int> size(const std::string &s) { co_await io(); co_return static_cast<int>(s.size()); }
mini::task<int> length(std::string_view s) { co_await io(); co_return static_cast<int>(s.size()); }
mini::task<int> sum(std::span<const int> all) {
  int n = 0;
  for (int i : all) { co_await io(); n += i; }
  co_return n;
}
mini::task<int> deref(const int *p) { co_await io(); co_return *p; }
mini::task<int> owned(std::string s) { co_await io(); co_return static_cast<int>(s.size()); }
ss::future<> eager_late(const std::string &s) { co_await ss::yield(); co_await write(s); }
ss::future<> eager_early(const std::string &s) { std::string mine = s; co_await ss::yield(); co_await write(mine); }
net::awaitable<void> serve(const std::string &name);
net::awaitable<void> serve(const std::string &name) { (void)name.size(); co_return; }

// The task is returned.
namespace returned {
mini::task<int> local_bad() { std::string s = "x"; return size(s); } // expect: async-dangling-argument
mini::task<int> by_value_parameter_bad(std::string s) { return size(s); } // expect: async-dangling-argument
mini::task<int> reference_parameter_ok(const std::string &s) { return size(s); }
mini::task<int> temporary_bad() { return size("x"); } // expect: async-dangling-argument
mini::task<int> sum_of_strings_bad(const std::string &s) { return size(s + "!"); } // expect: async-dangling-argument
mini::task<int> moved_bad(std::string s) { return size(std::move(s)); } // expect: async-dangling-argument
mini::task<int> owned_ok(std::string s) { return owned(std::move(s)); }
mini::task<int> view_of_local_bad(std::string s) { return length(s); } // expect: async-dangling-argument
mini::task<int> view_of_temporary_bad() { return length(std::string("x")); } // expect: async-dangling-argument
mini::task<int> view_of_literal_ok() { return length("x"); }
mini::task<int> view_of_view_ok(std::string_view v) { return length(v.substr(1)); }
mini::task<int> named_view_bad(std::string s) { std::string_view v = s; return length(v); } // expect: async-dangling-argument
mini::task<int> span_bad() { std::vector<int> v{1, 2}; return sum(v); } // expect: async-dangling-argument
mini::task<int> address_bad() { int n = 1; return deref(&n); } // expect: async-dangling-argument
mini::task<int> element_bad(std::vector<std::string> all) { return size(all[0]); } // expect: async-dangling-argument
mini::task<int> element_of_others_ok(std::vector<std::string *> all) { return size(*all[0]); }
mini::task<int> pointee_ok(std::shared_ptr<std::string> s) { return size(*s); }
mini::task<int> raw_pointee_ok(std::string *s) { return size(*s); }
mini::task<int> static_ok() { static std::string s = "x"; return size(s); }
const std::string &name();
mini::task<int> reference_ok() { return size(name()); }
mini::task<int> local_reference_ok(const std::string &s) { const std::string &t = s; return size(t); }
ss::future<> eager_bad() { std::string s = "x"; return eager_late(s); } // expect: async-dangling-argument
ss::future<> eager_ok() { std::string s = "x"; return eager_early(s); }
ss::future<> continued_bad() { std::string s = "x"; return eager_late(s).then([] {}); } // expect: async-dangling-argument
mini::task<int> awaited_ok() { std::string s = "x"; co_return co_await size(s); }
mini::task<int> awaited_temporary_ok() { co_return co_await size("x"); }
// What hands it on without awaiting it is as bad.
mini::task<int> forwards(const std::string &s) { return size(s); }
mini::task<int> through_a_function_bad() { return forwards("x"); } // expect: async-dangling-argument
ss::future<> awaits_at_once(const std::string &s) { co_await eager_late(s); }
ss::future<> through_a_coroutine_bad() { return awaits_at_once("x"); } // expect: async-dangling-argument
struct Request { std::string body; std::string &shared; };
mini::task<int> field_bad(Request r) { return size(r.body); } // expect: async-dangling-argument
mini::task<int> reference_field_ok(Request r) { return size(r.shared); }
} // namespace returned

// The task has a name.
namespace named {
mini::task<void> temporary_bad() {
  auto t = size("x"); // expect: async-dangling-argument
  co_await std::move(t);
}
mini::task<void> local_ok() {
  std::string s = "x";
  auto t = size(s);
  co_await std::move(t);
}
mini::task<void> inner_scope_bad(bool b) {
  std::optional<mini::task<int>> t;
  if (b) {
    std::string s = "x";
    t.emplace(size(s)); // expect: async-dangling-argument
  }
  co_await std::move(*t);
}
mini::task<void> loop_bad(std::vector<int> all) {
  std::vector<mini::task<int>> tasks;
  for (int i : all) {
    std::string s = std::to_string(i);
    tasks.push_back(size(s)); // expect: async-dangling-argument
  }
  co_await mini::when_all(std::move(tasks));
}
mini::task<void> loop_temporaries_bad(std::vector<int> all) {
  std::vector<mini::task<int>> tasks;
  for (int i : all)
    tasks.push_back(size(std::to_string(i))); // expect: async-dangling-argument
  co_await mini::when_all(std::move(tasks));
}
mini::task<void> loop_elements_ok(std::vector<std::string> all) {
  std::vector<mini::task<int>> tasks;
  for (auto &s : all)
    tasks.push_back(size(s));
  co_await mini::when_all(std::move(tasks));
}
mini::task<void> awaited_in_loop_ok(std::vector<int> all) {
  for (int i : all) {
    std::string s = std::to_string(i);
    auto t = size(s);
    co_await std::move(t);
  }
}
mini::task<void> combined_ok() { co_await mini::when_all(size("a"), size("b")); }
mini::task<void> combination_named_bad() {
  auto both = mini::when_all(size("a"), owned("b")); // expect: async-dangling-argument
  co_await std::move(both);
}
} // namespace named

// The task is kept, started, left alone.
namespace left {
class Jobs {
public:
  void add_bad(std::string s) { tasks_.push_back(size(s)); } // expect: async-dangling-argument
  void add_ok(std::string s) { tasks_.push_back(owned(std::move(s))); }
  void own_name_ok() { tasks_.push_back(size(name_)); }
  mini::task<void> run_ok() { co_await mini::when_all(std::move(tasks_)); }

private:
  std::string name_;
  std::vector<mini::task<int>> tasks_;
};
void spawned_bad(net::any_io_executor ex, std::string name) {
  net::co_spawn(ex, serve(name), net::detached); // expect: async-dangling-argument
}
void spawned_temporary_bad(net::io_context &io) {
  net::co_spawn(io, serve("x"), net::detached); // expect: async-dangling-argument
}
void run_to_the_end_ok(std::string name) {
  net::io_context io;
  net::co_spawn(io, serve(name), net::detached);
  io.run();
}
void of_each_turn_bad(net::io_context &io, int n) {
  for (int i = 0; i != n; ++i) {
    std::string name = std::to_string(i);
    net::co_spawn(io, serve(name), net::detached); // expect: async-dangling-argument
  }
  io.run();
}
net::awaitable<void> spawned_and_awaited_ok(net::any_io_executor ex, std::string name) {
  co_await net::co_spawn(ex, serve(name), net::use_awaitable);
}
folly::coro::Task<void> visit(const std::string &s) { co_await folly::coro::co_reschedule_on_current_executor; (void)s.size(); }
folly::coro::Task<void> scope_ok(folly::Executor::KeepAlive<> ex, std::string s) {
  folly::coro::AsyncScope scope;
  scope.add(visit(s).scheduleOn(ex));
  co_await scope.joinAsync();
}
drogon::AsyncTask notify(const std::string &s) { co_await drogon::sleepCoro(nullptr, 1); (void)s.size(); }
void left_bad(std::string s) { notify(s); } // expect: async-dangling-argument
void left_temporary_bad() { notify("x"); } // expect: async-dangling-argument
void spawned_by_name_bad(std::string s) {
  extern mini::task<void> log(const std::string &);
  mini::spawn(log(s)); // expect: async-dangling-argument
}
} // namespace left
mini::task<void> log(const std::string &s);
namespace left { mini::task<void> log(const std::string &s) { co_await io(); (void)s.size(); } }

// The object of a member coroutine.
namespace objects {
struct Session {
  explicit Session(int n) : n(n) {}
  mini::task<void> run() { co_await io(); ++n; }
  mini::task<void> nothing() { co_await io(); }
  int n;
};
mini::task<void> temporary_bad() { return Session(1).run(); } // expect: async-dangling-argument
mini::task<void> local_bad() { Session s(1); return s.run(); } // expect: async-dangling-argument
mini::task<void> unused_ok() { Session s(1); return s.nothing(); }
mini::task<void> unique_bad() { auto s = std::make_unique<Session>(1); return s->run(); } // expect: async-dangling-argument
mini::task<void> only_owner_bad() { return std::make_shared<Session>(1)->run(); } // expect: async-dangling-argument
std::shared_ptr<Session> find();
mini::task<void> other_owner_ok() { return find()->run(); }
mini::task<void> awaited_ok() { co_await Session(1).run(); }
struct Kept : std::enable_shared_from_this<Kept> {
  ss::future<> run() { auto self = shared_from_this(); co_await ss::yield(); ++n; }
  int n = 0;
};
ss::future<> keeps_itself_ok() { return std::make_shared<Kept>()->run(); }
void left_bad(Session &known) {
  std::vector<mini::task<void>> tasks;
  tasks.push_back(known.run());
  tasks.push_back(Session(2).run()); // expect: async-dangling-argument
  mini::sync_wait(mini::when_all(std::move(tasks)));
}
} // namespace objects
