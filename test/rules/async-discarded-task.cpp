// Tasks that are made and thrown away.
// clang-format off: a mark belongs to its line
#include <algorithm>
#include <boost/asio.hpp>
#include <concurrencpp/concurrencpp.h>
#include <drogon/drogon.h>
#include <functional>
#include <memory>
#include <mini/task.hpp>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>
#include <winrt/base.h>
namespace net = boost::asio;

mini::task<void> save(std::string);
mini::task<int> count();

//--- The statement and its kin -------------------------------------------------

mini::task<void> statement_bad(std::string s) {
  save(s); // expect: async-discarded-task
  (void)save(s); // expect: async-discarded-task
  static_cast<void>(save(s)); // expect: async-discarded-task
  std::ignore = save(s); // expect: async-discarded-task
  count(), save(s); // expect: async-discarded-task
  s.empty() ? save("a") : save("b"); // expect: async-discarded-task
  if (s.empty()) save(s); // expect: async-discarded-task
  for (; s.empty(); save(s)) {} // expect: async-discarded-task
  co_await save(s);
}
void in_a_plain_function_bad() {
  save("a"); // expect: async-discarded-task
}
mini::task<void> local_bad() {
  auto t = save("a"); // expect: async-discarded-task
  [[maybe_unused]] auto u = save("b"); // expect: async-discarded-task
  auto v = save("c"); // expect: async-discarded-task
  (void)v;
  co_await save("d");
}
mini::task<void> combinator_bad() {
  mini::when_all(save("a"), save("b")); // expect: async-discarded-task
  co_await save("c");
}
void immediately_invoked_bad() {
  [](std::string s) -> mini::task<void> { co_await save(s); }("a"); // expect: async-discarded-task
}

//--- What awaits it is not called ----------------------------------------------

mini::task<void> awaiters_bad(mini::event &e) {
  e.wait(); // expect: async-discarded-task
  mini::sleep_for(std::chrono::seconds(1)); // expect: async-discarded-task
  co_await mini::sleep_for(std::chrono::seconds(1));
}
mini::task<int> locks_bad(mini::async_mutex &m, mini::async_semaphore &s) {
  m.lock(); // expect: async-discarded-task
  auto guard = m.lock(); // expect: async-discarded-task
  s.acquire(); // expect: async-discarded-task
  co_return 1;
}
mini::task<int> locks_ok(mini::async_mutex &m, mini::async_semaphore &s) {
  auto guard = co_await m.lock();
  co_await s.acquire();
  s.release();
  co_return 1;
}

//--- Kept where nobody looks ---------------------------------------------------

mini::task<void> container_bad(std::vector<std::string> names) {
  std::vector<mini::task<void>> all;
  all.reserve(names.size());
  for (auto &n : names)
    all.push_back(save(n)); // expect: async-discarded-task
  co_await save("last");
}
void container_in_a_plain_function_bad() {
  std::vector<mini::task<void>> all;
  all.push_back(save("a")); // expect: async-discarded-task
}
mini::task<void> pointer_bad() {
  auto kept = std::make_unique<mini::task<int>>(count()); // expect: async-discarded-task
  co_await save("a");
}
mini::task<void> container_ok(std::vector<std::string> names) {
  std::vector<mini::task<void>> all;
  for (auto &n : names)
    all.push_back(save(n));
  co_await mini::when_all(std::move(all));
}
mini::task<void> container_in_order_ok() {
  std::vector<mini::task<void>> all;
  all.push_back(save("a"));
  for (auto &t : all)
    co_await t;
}
std::vector<mini::task<void>> container_returned_ok() {
  std::vector<mini::task<void>> all;
  all.push_back(save("a"));
  return all;
}
void container_of_the_caller_ok(std::vector<mini::task<void>> &all) {
  all.push_back(save("a"));
}

//--- The callable's task -------------------------------------------------------

mini::task<void> notify(int);

void callables_bad(std::vector<int> ids, net::io_context &io) {
  std::for_each(ids.begin(), ids.end(), [](int id) { return notify(id); }); // expect: async-discarded-task
  std::for_each(ids.begin(), ids.end(), notify); // expect: async-discarded-task
  std::function<void(int)> cb = [](int id) { return notify(id); }; // expect: async-discarded-task
  std::thread([]() -> mini::task<void> { co_await notify(1); }).join(); // expect: async-discarded-task
  net::post(io, []() -> net::awaitable<void> { co_return; }); // expect: async-discarded-task
  net::steady_timer t(io);
  t.async_wait([](boost::system::error_code) -> net::awaitable<void> { co_return; }); // expect: async-local-outlived, async-discarded-task
  cb(1);
}
void takes(std::function<void()>);
void converted_for_a_parameter_bad() {
  takes([]() -> mini::task<void> { co_await notify(1); }); // expect: async-discarded-task
}
void callables_ok(std::vector<int> ids) {
  std::function<mini::task<void>(int)> cb = notify;
  std::vector<mini::task<void>> all;
  std::transform(ids.begin(), ids.end(), std::back_inserter(all), [](int id) { return notify(id); });
  std::function<void()> fire = []() -> winrt::fire_and_forget { co_return; };
  std::function<void()> copy = fire;
  mini::spawn(mini::when_all(std::move(all)));
  fire();
  mini::sync_wait(cb(1));
}

//--- Taken over ----------------------------------------------------------------

mini::task<void> parameter_bad(mini::task<int> t, int n) { // expect: async-discarded-task
  co_await save(std::to_string(n));
}
mini::task<int> parameter_ok(mini::task<int> t) { co_return co_await std::move(t); }
void sink_ok(mini::task<int>) {}

//--- Owners --------------------------------------------------------------------

mini::task<void> forwarded_ok() { return save("a"); }
mini::task<int> later_ok(bool b) {
  auto a = count();
  auto c = count();
  std::optional<mini::task<int>> d = count();
  int n = co_await std::move(a);
  if (b) n += co_await std::move(c);
  if (d) n += co_await std::move(*d);
  co_return n;
}
mini::task<int> moved_on_ok() {
  auto a = count();
  auto b = std::move(a);
  co_return co_await std::move(b);
}
struct holder {
  mini::task<int> t;
  std::optional<mini::task<int>> later;
  void keep_ok() { later = count(); }
};
mini::task<int> aggregate_ok() {
  auto a = count();
  holder h{std::move(a), {}};
  co_return co_await std::move(h.t);
}
mini::task<int> reference_ok() {
  auto a = count();
  auto &r = a;
  co_return co_await r;
}
mini::task<void> captured_ok() {
  auto a = count();
  auto f = [&a]() -> mini::task<int> { co_return co_await a; };
  co_await f();
}
mini::task<void> lambda_returns_ok() {
  auto make = [] { return count(); };
  co_await make();
}
int waited_ok() { return mini::sync_wait(count()); }

//--- Made to be thrown away ----------------------------------------------------

winrt::fire_and_forget on_click();
drogon::AsyncTask on_request();
concurrencpp::null_result on_timer();
struct own_fire_and_forget {
  struct promise_type {
    own_fire_and_forget get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
};
own_fire_and_forget on_signal();
void fire_and_forget_ok() {
  on_click();
  on_request();
  on_timer();
  on_signal();
}
struct numbers { // a generator of the user's
  struct promise_type {
    numbers get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(int);
    void unhandled_exception();
    void return_void();
  };
};
numbers some();
void generator_ok() { some(); }
void unevaluated_ok() { static_assert(sizeof(save("a")) != 0); }
struct plain_task { int id; };
plain_task todo();
void by_name_only_ok() { todo(); }

//--- Tests of what throws, and names that speak of locks ------------------------
template <class F> void assert_throws(F f) { f(); }
mini::task<void> refuses(int);
void made_to_throw_ok() {
  assert_throws([] { refuses(1); });
}
template <class F> void run_it(F f) { f(); }
void not_made_to_throw_bad() {
  run_it([] { refuses(1); }); // expect: async-discarded-task
}
