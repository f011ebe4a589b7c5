// Mock of lewissbaker/cppcoro. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>

namespace cppcoro {

template <class T = void>
class [[nodiscard]] task {
 public:
  using promise_type = mock_detail::lazy_promise<task, T>;
  task(task&&) noexcept;
  task& operator=(task&&) noexcept;
  ~task();
  bool is_ready() const noexcept;
  mock_detail::awaiter<T> operator co_await() && noexcept;
  mock_detail::awaiter<T> operator co_await() & noexcept;
};

template <class T>
T sync_wait(task<T> t);
template <class T>
task<void> when_all(std::vector<task<T>> ts);

// Synchronous generator: runs on the thread of whoever pulls the next value.
template <class T>
class [[nodiscard]] generator {
 public:
  struct promise_type {
    generator get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(const T& v) noexcept;
    void unhandled_exception();
    void return_void();
    template <class U>
    std::suspend_never await_transform(U&&) = delete;
  };
  struct iterator {
    using iterator_category = std::input_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = T;
    using reference = const T&;
    using pointer = const T*;
    reference operator*() const;
    iterator& operator++();
    void operator++(int);
    friend bool operator==(const iterator&, std::default_sentinel_t);
  };
  generator(generator&&) noexcept;
  ~generator();
  iterator begin();
  std::default_sentinel_t end() noexcept;
};

template <class T>
class [[nodiscard]] async_generator {
 public:
  struct promise_type {
    async_generator get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    mock_detail::awaiter<void> yield_value(T v) noexcept;
    void unhandled_exception();
    void return_void();
  };
  mock_detail::awaiter<std::optional<T>> next();
};

class async_mutex_lock {
 public:
  async_mutex_lock(async_mutex_lock&&) noexcept;
  ~async_mutex_lock();
};
class async_mutex {
 public:
  bool try_lock() noexcept;
  mock_detail::awaiter<void> lock_async() noexcept;
  mock_detail::awaiter<async_mutex_lock> scoped_lock_async() noexcept;
  void unlock();
};

struct operation_cancelled : std::exception {};
class cancellation_token {
 public:
  bool can_be_cancelled() const noexcept;
  bool is_cancellation_requested() const noexcept;
  void throw_if_cancellation_requested() const;
};
class cancellation_source {
 public:
  cancellation_token token() const noexcept;
  bool is_cancellation_requested() const noexcept;
  void request_cancellation();
};

class static_thread_pool {
 public:
  explicit static_thread_pool(std::uint32_t n);
  ~static_thread_pool();
  mock_detail::awaiter<void> schedule() noexcept;
};
class io_service {
 public:
  mock_detail::awaiter<void> schedule() noexcept;
  mock_detail::awaiter<void> schedule_after(std::chrono::nanoseconds d, cancellation_token ct = {});
  std::uint64_t process_events();
  std::uint64_t process_pending_events();
  std::uint64_t process_one_event();
  std::uint64_t process_one_pending_event();
};

}  // namespace cppcoro
