// Instances of templates are read as they are used, however Clang makes them,
// and each lambda makes another instance.
// clang-format off: a mark belongs to its line
#include <mini/task.hpp>
#include <unistd.h>

static void nap() { ::sleep(1); }
template <class F> auto timed(F &&f) { return f(); }
template <class F> decltype(auto) forwarded(F &&f) { return f(); }
template <class T> struct Repo { auto load() { ::sleep(1); return T{}; } };
template <class F> bool retry(int n, F &&op) {
  for (int i = 0; i < n; ++i)
    if (op())
      return true;
  return false;
}
template <class F> struct Guard { F f; ~Guard() { f(); } };

mini::task<int> deduced_bad() {
  timed([] { nap(); return 1; }); // expect: async-blocking-call
  forwarded([]() -> int { nap(); return 1; }); // expect: async-blocking-call
  Repo<int>{}.load(); // expect: async-blocking-call
  auto generic = [](auto) { nap(); };
  generic(5); // expect: async-blocking-call
  co_await mini::yield();
  co_return 1;
}
mini::task<int> two_lambdas_bad() {
  bool a = retry(3, [] { ::sleep(1); return true; }); // expect: async-blocking-call
  bool b = retry(3, [] { return true; });
  co_await mini::yield();
  co_return a + b;
}
mini::task<void> two_guards_bad() {
  Guard quiet{[] {}};
  Guard loud{[] { ::sleep(1); }}; // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<int> deduced_ok() {
  timed([] { return 1; });
  auto generic = [](auto) {};
  generic(5);
  co_await mini::yield();
  co_return 1;
}
