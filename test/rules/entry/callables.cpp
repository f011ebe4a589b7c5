// Functions that are entered without being named at the call: through pointers,
// by algorithms, by what makes objects.
// clang-format off: a mark belongs to its line
#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>
#include <mini/task.hpp>
#include <optional>
#include <thread>
#include <unistd.h>
#include <variant>
#include <vector>

template <class... T> struct overloaded : T... { using T::operator()...; };
template <class... T> overloaded(T...) -> overloaded<T...>;
struct Disk { void flush() { ::fsync(3); } };
struct Memory { void flush() {} };
struct Flusher {
  void operator()(Disk &d) const { d.flush(); }
  void operator()(Memory &m) const { m.flush(); }
};
static int slow() { ::sleep(1); return 1; }
struct Settings { int x = slow(); };

mini::task<void> library_function_bad(std::vector<int> fds, std::vector<std::thread> ts) {
  auto sync = &::fsync;
  sync(3); // expect: async-blocking-call
  std::for_each(fds.begin(), fds.end(), ::fsync); // expect: async-blocking-call
  std::invoke(::sleep, 1); // expect: async-blocking-call
  std::for_each(ts.begin(), ts.end(), std::mem_fn(&std::thread::join)); // expect: async-blocking-call
  std::function<int(int)> kept = ::fsync;
  kept(1); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> only_named_ok() {
  auto sync = &::fsync;
  std::function<int(int)> kept = ::fsync;
  (void)sync;
  co_await mini::yield();
}
mini::task<void> overloads_bad(std::variant<Disk, Memory> v) {
  std::visit(overloaded{[](Disk &d) { d.flush(); }, [](Memory &) {}}, v); // expect: async-blocking-call
  std::visit(Flusher{}, v); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> overloads_ok(std::variant<int, Memory> v) {
  std::visit(overloaded{[](int) {}, [](Memory &m) { m.flush(); }}, v);
  co_await mini::yield();
}
mini::task<void> library_type_bad(std::string p) {
  auto a = std::make_unique<std::ifstream>(p); // expect: async-blocking-call
  std::optional<std::ofstream> b;
  b.emplace(p); // expect: async-blocking-call
  std::vector<std::ifstream> v;
  v.emplace_back(p); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> library_type_ok() {
  auto closed = std::make_unique<std::ifstream>();
  co_await mini::yield();
}
mini::task<int> aggregate_bad() {
  Settings s{}; // expect: async-blocking-call
  co_await mini::yield();
  co_return s.x;
}
