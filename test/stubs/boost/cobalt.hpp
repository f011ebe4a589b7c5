// Mock of boostorg/cobalt (Boost >= 1.84). Declarations only.
#pragma once
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <detail/coro_mock.hpp>

namespace boost::cobalt {
enum class cancellation_type { none, terminal, partial, total, all };
namespace this_coro {
struct cancelled_t {
  mock_detail::ready_awaiter<bool> operator co_await() const noexcept;
};
inline constexpr cancelled_t cancelled{};
struct reset_cancellation_source_t {
  mock_detail::ready_awaiter<> operator co_await() const noexcept;
};
}  // namespace this_coro

// Eager; destroying it un-awaited cancels it.
template <class T = void>
class [[nodiscard]] promise {
 public:
  using promise_type = mock_detail::eager_promise<promise, T>;
  promise(promise&&) noexcept;
  ~promise();
  void cancel(cancellation_type ct = cancellation_type::all);
  bool ready() const;
  void detach();
  void operator+() &&;
  mock_detail::awaiter<T> operator co_await() noexcept;
};
// Lazy.
template <class T = void>
class [[nodiscard]] task {
 public:
  using promise_type = mock_detail::lazy_promise<task, T>;
  task(task&&) noexcept;
  ~task();
  mock_detail::awaiter<T> operator co_await() && noexcept;
};
struct detached {
  struct promise_type {
    detached get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception() noexcept;
    void return_void() noexcept;
  };
};
// Owns promises; cancels / awaits them.
template <class T>
T run(task<T> t);
template <class Executor, class T, class Token>
auto spawn(Executor ex, task<T>&& t, Token&& token);
class thread {
 public:
  void join();
  void detach();
};
template <class Yield, class Push = void>
class [[nodiscard]] generator {
 public:
  bool ready() const;
  mock_detail::awaiter<Yield> operator co_await() noexcept;
};
template <class T>
class channel {
 public:
  mock_detail::awaiter<T> read();
  mock_detail::awaiter<void> write(T t);
};
class wait_group {
 public:
  void push_back(promise<void> p);
  promise<void> wait();
  std::size_t size() const;
};
template <class... P>
mock_detail::awaiter<int> race(P&&... p);
template <class... P>
mock_detail::awaiter<int> left_race(P&&... p);
template <class R>
mock_detail::awaiter<int> join(R&& r);
template <class R>
mock_detail::awaiter<int> gather(R&& r);
mock_detail::awaiter<void> sleep_for(std::chrono::milliseconds d);  // cancellable
// What is awaited gives its error instead of throwing it.
template <class Awaitable>
struct as_tuple_t {
  mock_detail::awaiter<std::tuple<int>> operator co_await();
};
template <class Awaitable>
struct as_result_t {
  mock_detail::awaiter<int> operator co_await();
};
template <class Awaitable>
as_tuple_t<Awaitable> as_tuple(Awaitable&& a);
template <class Awaitable>
as_result_t<Awaitable> as_result(Awaitable&& a);
}  // namespace boost::cobalt
