// level: strict
// Parameters that refer to what a coroutine does not own.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <functional>
#include <map>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/do_with.hh>
#include <seastar/core/loop.hh>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <QByteArray>
#include <QCoroTask>
#include <QCoroTimer>
#include <QStringView>
#include <QTimer>
namespace net = boost::asio;

mini::task<void> io();
ss::future<> write(std::string);
void use(int);

// Eager: what is used before the first suspension is the caller's still.
ss::future<> eager_bad(const std::string &s) { // expect: async-reference-parameter
  co_await ss::yield();
  co_await write(s);
}
ss::future<> eager_ok(const std::string &s) {
  std::string mine = s;
  co_await ss::yield();
  co_await write(mine);
}
ss::future<> given_on_ok(const std::string &s) { co_await write(s); }
ss::future<> on_one_way_bad(const std::string &s, bool b) { // expect: async-reference-parameter
  if (b)
    co_await ss::yield();
  co_await write(s);
}
ss::future<> in_a_loop_bad(std::vector<int> &all) { // expect: async-reference-parameter
  for (int i : all) {
    use(i);
    co_await ss::yield();
  }
}
ss::future<> part_bad(const std::pair<std::string, int> &p) { // expect: async-reference-parameter
  const std::string &name = p.first;
  co_await ss::yield();
  co_await write(name);
}
ss::future<> iterator_bad(std::map<int, int> &all) { // expect: async-reference-parameter
  auto it = all.begin();
  co_await ss::yield();
  use(it->second);
}
concurrencpp::result<int> pointer_bad(const std::shared_ptr<int> &p) { // expect: async-reference-parameter
  co_await std::suspend_always();
  co_return *p;
}
concurrencpp::result<int> copied_pointer_ok(const std::shared_ptr<int> &p) {
  auto mine = p;
  co_await std::suspend_always();
  co_return *mine;
}
concurrencpp::result<int> pointee_ok(const std::shared_ptr<int> &p) {
  int &n = *p;
  co_await std::suspend_always();
  co_return n; // the pointer's own life is not asked
}
QCoro::Task<int> qt_ok(const QByteArray &data) {
  const int n = static_cast<int>(data.size());
  QTimer t;
  t.start(1);
  co_await t;
  co_return n;
}
QCoro::Task<int> qt_view_bad(QStringView s) { // expect: async-reference-parameter
  QTimer t;
  co_await t;
  co_return static_cast<int>(s.size());
}

// Lazy: the body begins when the task is awaited.
mini::task<int> lazy_bad(const std::string &s) { co_return static_cast<int>(s.size()); } // expect: async-reference-parameter
mini::task<int> rvalue_bad(std::string &&s) { // expect: async-reference-parameter
  std::string mine = std::move(s);
  co_await io();
  co_return static_cast<int>(mine.size());
}
template <class F> mini::task<int> forwarding_bad(F &&f) { co_await io(); co_return f(); } // expect: async-reference-parameter
template <class F> mini::task<int> by_value_ok(F f) { co_await io(); co_return f(); }
struct Get { int operator()() const; };
mini::task<int> given_on(Get &get) { return forwarding_bad(get); }
template <class F> mini::task<int> forwarding_ok(F &&f) { co_await io(); co_return f(); }
mini::task<int> callers(int n) {
  co_await forwarding_ok([n] { return n; });
  co_return co_await by_value_ok([n] { return n; });
}
mini::task<int> view_bad(std::string_view s) { co_await io(); co_return static_cast<int>(s.size()); } // expect: async-reference-parameter
mini::task<int> span_bad(std::span<int> s) { co_await io(); co_return s[0]; } // expect: async-reference-parameter
mini::task<int> wrapper_bad(std::reference_wrapper<int> r) { co_await io(); co_return r; } // expect: async-reference-parameter
mini::task<int> view_pointer_bad(const std::string_view *s) { co_await io(); co_return static_cast<int>(s->size()); } // expect: async-reference-parameter
mini::task<int> plain_pointer_ok(const int *p) { co_await io(); co_return *p; }
mini::task<void> unused_ok(const std::string &) { co_await io(); }
mini::task<void> never_named_ok([[maybe_unused]] const std::string &s) { co_await io(); }
folly::coro::Task<int> folly_bad(const std::string &s) { co_return static_cast<int>(s.size()); } // expect: async-reference-parameter
net::awaitable<void> session_bad(net::ip::tcp::socket &s) { s.close(); co_return; } // expect: async-reference-parameter
struct Store {
  mini::task<int> get_bad(const std::string &key) { co_await io(); co_return values[key]; } // expect: async-reference-parameter
  virtual mini::task<void> flush(const std::string &why) = 0;
  std::map<std::string, int> values;
};

// No coroutine.
mini::task<int> plain_ok(const std::string &s) { return lazy_bad(s); }
mini::task<int> overload_ok(std::string_view s) { return by_value_ok([n = s.size()] { return static_cast<int>(n); }); }

// What is made to outlive tasks.
net::awaitable<void> context_ok(net::io_context &io) { io.stop(); co_return; }
ss::future<> abort_ok(ss::abort_source &as) { co_await ss::yield(); as.request_abort(); }

// Lambdas.
ss::future<> lent_ok(std::vector<int> all) {
  co_await ss::do_with(std::move(all), [](std::vector<int> &mine) -> ss::future<> {
    co_await ss::yield();
    use(mine[0]);
  });
}
ss::future<> elements_ok(std::vector<std::string> all) {
  co_await ss::do_for_each(all, [](const std::string &s) -> ss::future<> {
    co_await ss::yield();
    co_await write(s);
  });
}
mini::task<int> made(mini::task<int> (*f)(const std::string &));
mini::task<void> lambda_bad() {
  co_await made([](const std::string &s) -> mini::task<int> { co_await io(); co_return static_cast<int>(s.size()); }); // expect: async-reference-parameter
}

// Whoever calls it is seen, and keeps what it gives.
mini::task<void> awaited_ok() {
  auto size = [](const std::string &s) -> mini::task<int> { co_await io(); co_return static_cast<int>(s.size()); };
  std::string s = "x";
  co_await size(s);
}
mini::task<void> kept_ok() {
  auto size = [](const std::string &s) -> mini::task<int> { co_await io(); co_return static_cast<int>(s.size()); };
  std::string s = "x";
  std::vector<mini::task<int>> all;
  all.push_back(size(s));
  for (auto &t : all)
    co_await t;
}
namespace {
mini::task<int> sized(const std::string &s) { co_await io(); co_return static_cast<int>(s.size()); }
mini::task<int> sized_on(const std::string &s) { return sized(s); }
} // namespace
mini::task<void> returned_ok() {
  std::string s = "x";
  co_await sized_on(s);
}
mini::task<void> one_of_two_bad(std::vector<mini::task<int>> &later) { // expect: async-reference-parameter
  auto size = [](const std::string &s) -> mini::task<int> { co_await io(); co_return static_cast<int>(s.size()); }; // expect: async-reference-parameter
  std::string s = "x";
  co_await size(s);
  later.push_back(size(s));
}

// What tasks meet at, and a member in all but name.
coro::task<void> event_ok(coro::event &e) { co_await e; }
class Gather {
  static mini::task<void> run_ok(Gather &self) { co_await io(); ++self.n_; }
  int n_ = 0;
};
