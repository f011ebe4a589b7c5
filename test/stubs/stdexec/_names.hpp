// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <stdexec/execution.hpp>

namespace stdexec {
struct sync_wait_t {
  template <class S>
  int operator()(S&& s) const;
};
struct sync_wait_with_variant_t {
  template <class S>
  int operator()(S&& s) const;
};
namespace __sync_wait {
struct sync_wait_t {
  template <class S>
  int operator()(S&& s) const;
};
struct sync_wait_with_variant_t {
  template <class S>
  int operator()(S&& s) const;
};
}  // namespace __sync_wait
namespace __start_detached {
struct start_detached_t {
  template <class S>
  void operator()(S&& s) const;
};
}  // namespace __start_detached
inline constexpr __start_detached::start_detached_t start_detached{};
namespace __run_loop {
template <class Loop, class Env>
struct __basic_run_loop {
  void run() noexcept;
  void finish() noexcept;
};
}  // namespace __run_loop
struct run_loop {
  void run() noexcept;
  void finish() noexcept;
};
}  // namespace stdexec

namespace exec::__task {
template <class T, class Context>
class [[nodiscard]] basic_task {};
struct __reschedule_coroutine_on_t {
  template <class S>
  int operator()(S s) const;
};
}  // namespace exec::__task
namespace experimental::execution {
namespace __task {
template <class T, class Context>
class [[nodiscard]] basic_task {};
struct __reschedule_coroutine_on_t {
  template <class S>
  int operator()(S s) const;
};
}  // namespace __task
class static_thread_pool {};
}  // namespace experimental::execution
