// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <winrt/base.h>

namespace winrt {
template <class T>
struct com_ptr {
  com_ptr();
  T* operator->() const noexcept;
};
template <class T>
struct weak_ref {
  com_ptr<T> get() const noexcept;
};
// The base of implementations: counted references own them.
template <class D, class... I>
struct implements {
  com_ptr<D> get_strong() noexcept;
  weak_ref<D> get_weak() noexcept;
};
struct slim_mutex {
  void lock() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
  void lock_shared() noexcept;
  bool try_lock_shared() noexcept;
  void unlock_shared() noexcept;
};
struct slim_lock_guard {
  explicit slim_lock_guard(slim_mutex& m) noexcept;
  ~slim_lock_guard() noexcept;
};
struct slim_shared_lock_guard {
  explicit slim_shared_lock_guard(slim_mutex& m) noexcept;
  ~slim_shared_lock_guard() noexcept;
};
mock_detail::awaiter<bool> resume_on_signal(void* handle);
struct hresult_error {
  int code() const noexcept;
};
struct hresult_canceled : hresult_error {};
namespace impl {
template <class Promise>
struct cancellation_token {
  bool operator()() const noexcept;
};
template <class D>
struct consume_Windows_Foundation_IAsyncAction {
  int get() const;
  int wait_for(std::chrono::nanoseconds timeout) const;
};
template <class D, class P>
struct consume_Windows_Foundation_IAsyncActionWithProgress {
  int get() const;
  int wait_for(std::chrono::nanoseconds timeout) const;
};
template <class D, class R>
struct consume_Windows_Foundation_IAsyncOperation {
  int get() const;
  int wait_for(std::chrono::nanoseconds timeout) const;
};
template <class D, class R, class P>
struct consume_Windows_Foundation_IAsyncOperationWithProgress {
  int get() const;
  int wait_for(std::chrono::nanoseconds timeout) const;
};
template <class D>
struct consume_Windows_System_IDispatcherQueue {
  template <class F>
  int TryEnqueue(F const& callback) const;
};
template <class D>
struct consume_Windows_UI_Core_ICoreDispatcher {
  template <class F>
  int RunAsync(int priority, F const& callback) const;
};
template <class D>
struct consume_Windows_UI_Core_ICoreDispatcher2 {
  template <class F>
  int TryRunAsync(int priority, F const& callback) const;
};
template <class D>
struct consume_Windows_System_Threading_IThreadPoolStatics {
  template <class F>
  int RunAsync(F const& callback) const;
};
}  // namespace impl
namespace Windows::Foundation {
struct IAsyncAction {};
template <class P>
struct IAsyncActionWithProgress {};
template <class R>
struct IAsyncOperation {};
template <class R, class P>
struct IAsyncOperationWithProgress {};
}  // namespace Windows::Foundation
}  // namespace winrt
