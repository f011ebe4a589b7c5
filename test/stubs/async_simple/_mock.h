// Mock of alibaba/async_simple. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <mutex>

namespace async_simple {
class Executor;
template <class T>
class Try {
 public:
  bool hasError() const;
  T& value();
  std::exception_ptr getException() const;
};
template <>
class Try<void> {
 public:
  bool hasError() const;
  void value();
  std::exception_ptr getException() const;
};
namespace coro {
template <class T>
class RescheduleLazy;
template <class T = void>
class [[nodiscard]] Lazy {
 public:
  using promise_type = mock_detail::lazy_promise<Lazy, T>;
  Lazy(Lazy&&) noexcept;
  ~Lazy();
  // Starts the coroutine; the callback receives Try<T>&&.
  template <class F>
    requires std::invocable<F, Try<T>&&>
  void start(F&& callback) {}
  RescheduleLazy<T> via(Executor* ex) &&;
  Lazy<T> setEx(Executor* ex) &&;
  mock_detail::awaiter<T> operator co_await() noexcept;
};
template <class T>
class [[nodiscard]] RescheduleLazy {
 public:
  template <class F>
    requires std::invocable<F, Try<T>&&>
  void start(F&& callback) {}
  void detach();
  mock_detail::awaiter<T> operator co_await() noexcept;
};
// Blocks the current thread; only for tests and main().
template <class T>
T syncAwait(Lazy<T>&& l);
Lazy<void> sleep(std::chrono::milliseconds d);

class Mutex {
 public:
  bool tryLock() noexcept;
  mock_detail::awaiter<void> coLock() noexcept;
  mock_detail::awaiter<std::unique_lock<Mutex>> coScopedLock() noexcept;
  void unlock() noexcept;
  void lock();  // blocking, for std::unique_lock's sake
};
}  // namespace coro
}  // namespace async_simple
