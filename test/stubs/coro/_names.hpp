// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <coro/coro.hpp>
#include <cstddef>
#include <cstdint>

namespace coro {
template <class T>
class generator {};
template <class Executor>
class shared_mutex {
 public:
  task<void> lock();
  bool try_lock();
};
class latch {
 public:
  explicit latch(std::int64_t count) noexcept;
  void count_down(std::int64_t n = 1) noexcept;
};
class condition_variable {};
class scheduler {
 public:
  static std::unique_ptr<scheduler> make_unique();
  std::size_t process_events(std::chrono::milliseconds timeout = std::chrono::milliseconds{0});
  mock_detail::awaiter<void> schedule();
  template <class T>
  task<T> schedule(task<T> t);
  bool spawn_detached(task<void>&& t);
  task<void> spawn_joinable(task<void>&& t);
  mock_detail::awaiter<void> yield();
  task<void> yield_for(std::chrono::milliseconds d);
  void shutdown();
};
}  // namespace coro
