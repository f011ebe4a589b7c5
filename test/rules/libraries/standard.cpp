// The standard library: what `bind` and its like return, streams, file names.
// clang-format off: a mark belongs to its line
#include <absl/cleanup/cleanup.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <mini/task.hpp>
#include <sstream>
#include <thread>
#include <vector>

namespace fs = std::filesystem;

static bool nap() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return true;
}
struct Sleeper {
  void run() { nap(); }
};

mini::task<void> wrapped_bad(Sleeper &s) {
  auto bound = std::bind(nap);
  bound(); // expect: async-blocking-call
  std::bind<void>(nap)(); // expect: async-blocking-call
  auto front = std::bind_front(nap);
  front(); // expect: async-blocking-call
  auto member = std::mem_fn(&Sleeper::run);
  member(s); // expect: async-blocking-call
  auto negated = std::not_fn(nap);
  negated(); // expect: async-blocking-call
  std::function<void()> function = std::bind(nap);
  function(); // expect: async-blocking-call
  co_return;
}

mini::task<void> wrapped_ok() {
  auto bound = std::bind(nap);
  std::thread(bound).detach();
  std::function<void()> function = std::bind(nap);
  std::thread(std::move(function)).detach();
  co_return;
}

mini::task<void> stream_bad(std::ifstream &in, std::ofstream &out) {
  std::vector<int> numbers(std::istream_iterator<int>(in), std::istream_iterator<int>{}); // expect: async-blocking-call
  in.seekg(0); // expect: async-blocking-call
  out.seekp(0); // expect: async-blocking-call
  co_return;
}

mini::task<void> stream_ok(std::istringstream &in, std::ostringstream &out) {
  std::vector<int> numbers(std::istream_iterator<int>(in), std::istream_iterator<int>{});
  in.seekg(0);
  out.seekp(0);
  co_return;
}

mini::task<void> names_bad(const fs::path &p) {
  fs::directory_entry e(p); // expect: async-blocking-call
  auto a = fs::absolute(p); // expect: async-blocking-call
  auto c = fs::current_path(); // expect: async-blocking-call
  auto t = fs::temp_directory_path(); // expect: async-blocking-call
  co_return;
}

mini::task<void> names_ok(const fs::directory_entry &e) {
  fs::directory_entry copy(e), none;
  auto name = copy.path().lexically_normal();
  co_return;
}

mini::task<void> guard_bad() {
  auto g = absl::MakeCleanup([] { nap(); }); // missed: async-blocking-call
  co_return;
}
