// Declarations of the real library that the models speak of.
#pragma once
#include <detail/coro_mock.hpp>

namespace unifex {
namespace _sync_wait_cpo {
struct _fn {
  template <class Sender>
  int operator()(Sender&& s) const;
};
}  // namespace _sync_wait_cpo
namespace _sync_wait_r_cpo {
template <class Result>
struct _fn {
  template <class Sender>
  int operator()(Sender&& s) const;
};
}  // namespace _sync_wait_r_cpo
inline constexpr _sync_wait_cpo::_fn sync_wait{};
namespace _manual_event_loop {
class context {
 public:
  void run();
  void stop();
};
}  // namespace _manual_event_loop
using manual_event_loop = _manual_event_loop::context;
namespace _task {
template <class T>
struct _task {
  struct [[nodiscard]] type {
    using promise_type = mock_detail::lazy_promise<type, T>;
    mock_detail::awaiter<T> operator co_await() && noexcept;
  };
};
}  // namespace _task
template <class T>
using task = typename _task::_task<T>::type;
class async_mutex {
 public:
  bool try_lock() noexcept;
  mock_detail::awaiter<void> async_lock() noexcept;
  void unlock() noexcept;
};
namespace _static_thread_pool {
class context {
 public:
  context();
  ~context();
};
}  // namespace _static_thread_pool
using static_thread_pool = _static_thread_pool::context;
namespace _single_thread {
class context {
 public:
  context();
  ~context();
};
}  // namespace _single_thread
using single_thread_context = _single_thread::context;
class inplace_stop_token {
 public:
  bool stop_requested() const noexcept;
};
class inplace_stop_source {
 public:
  inplace_stop_token get_token() noexcept;
  bool request_stop() noexcept;
  bool stop_requested() const noexcept;
};
}  // namespace unifex
