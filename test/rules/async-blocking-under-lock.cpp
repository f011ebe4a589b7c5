// level: strict
// Slow calls under a lock.
// clang-format off: a mark belongs to its line
#include <absl/synchronization/mutex.h>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>
using namespace std::chrono_literals;

std::mutex m;
std::condition_variable cv;
bool open_;

void sleep_bad() {
  std::lock_guard g(m);
  std::this_thread::sleep_for(1s); // expect: async-blocking-under-lock
}
static void slow() { std::this_thread::sleep_for(1s); }
void helper_bad() {
  std::lock_guard g(m);
  slow(); // expect: async-blocking-under-lock
}
void condition_ok() {
  std::unique_lock g(m);
  cv.wait(g, [] { return open_; });
}
void unlocked_ok() {
  std::unique_lock g(m);
  g.unlock();
  slow();
}
void manual_bad() {
  m.lock();
  slow(); // expect: async-blocking-under-lock
  m.unlock();
  slow();
}

// A mutex that waits itself is given back meanwhile.
absl::Mutex am;
void await_ok() {
  absl::MutexLock l(&am);
  am.Await(absl::Condition(&open_));
}
void await_under_another_bad() {
  std::lock_guard g(m);
  absl::MutexLock l(&am);
  am.Await(absl::Condition(&open_)); // expect: async-blocking-under-lock
}
