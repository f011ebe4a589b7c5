// Mock of jbaldwin/libcoro. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <array>

namespace coro {

template <class T = void>
class [[nodiscard]] task {
 public:
  using promise_type = mock_detail::lazy_promise<task, T>;
  task(task&&) noexcept;
  task& operator=(task&&) noexcept;
  ~task();
  bool is_ready() const noexcept;
  mock_detail::awaiter<T> operator co_await() && noexcept;
  mock_detail::awaiter<T> operator co_await() const& noexcept;
};

template <class T>
T sync_wait(task<T> t);
template <class T>
task<void> when_all(std::vector<task<T>> ts);

class thread_pool {
 public:
  struct options {
    std::uint32_t thread_count = 1;
  };
  static std::unique_ptr<thread_pool> make_unique(options o);
  ~thread_pool();
  mock_detail::awaiter<void> schedule();
  template <class T>
  task<T> schedule(task<T> t);
  bool spawn(task<void>&& t);  // detached, cannot be awaited later
  bool spawn_detached(task<void>&& t);
  task<void> spawn_joinable(task<void>&& t);
  mock_detail::awaiter<void> yield();
  void shutdown();
};

class io_scheduler {
 public:
  static std::shared_ptr<io_scheduler> make_shared();
  mock_detail::awaiter<void> schedule();
  task<void> yield_for(std::chrono::milliseconds d);
  bool spawn(task<void>&& t);
  std::size_t process_events(std::chrono::milliseconds timeout = std::chrono::milliseconds{0});
  void shutdown();
};

class scoped_lock {
 public:
  scoped_lock(scoped_lock&&) noexcept;
  ~scoped_lock();
};
class mutex {
 public:
  mock_detail::awaiter<scoped_lock> scoped_lock();
  bool try_lock();
  void unlock();
};

// Unbounded queue.
template <class T>
class queue {
 public:
  task<void> push(T v);
  mock_detail::awaiter<std::optional<T>> pop();
  std::optional<T> try_pop();
  std::size_t size() const;
  task<void> shutdown();
};
// Bounded by N; produce() suspends while full.
template <class T, std::size_t N>
class ring_buffer {
 public:
  mock_detail::awaiter<bool> produce(T v);
  mock_detail::awaiter<std::optional<T>> consume();
};

// Max at most are let in.
template <std::ptrdiff_t Max>
class semaphore {
 public:
  explicit semaphore(std::ptrdiff_t initial);
  task<bool> acquire();
  bool try_acquire();
  task<void> release();
};
class task_group {
 public:
  bool start(task<void>&& t);
  mock_detail::awaiter<> operator co_await() const noexcept;
};
template <class... T>
task<int> when_any(task<T>... ts);

class event {
 public:
  void set() noexcept;
  bool is_set() const noexcept;
  mock_detail::awaiter<void> operator co_await() const noexcept;
};

namespace net {
enum class poll_status { event, timeout, error, closed };
class connection {
 public:
  task<poll_status> poll_read(std::chrono::milliseconds timeout);
  std::string recv();
};
}  // namespace net

}  // namespace coro
