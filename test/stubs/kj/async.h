// Mock of capnproto's kj async layer. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>

namespace kj {
template <class T = void>
class [[nodiscard]] Promise {
 public:
  using promise_type = mock_detail::eager_promise<Promise, T>;
  Promise(Promise&&) noexcept;
  ~Promise();
  T wait(class WaitScope& scope);
  bool poll(class WaitScope& scope);
  template <class F>
  auto then(F&& f) -> Promise<> { return made(); }
  static Promise<> made();
  template <class F>
  Promise catch_(F&& f);
  template <class F>
  Promise eagerlyEvaluate(F&& f);
  template <class F>
  void detach(F&& f) {}
  Promise exclusiveJoin(Promise&& other);
  mock_detail::awaiter<T> operator co_await() noexcept;
};
// Compares std::uncaught_exceptions() at construction and destruction, so it
// must live and die on the same thread without a suspension in between.
class UnwindDetector {
 public:
  UnwindDetector();
  bool isUnwinding() const;
};
// Mutex-protected value.
template <class T>
class MutexGuarded {
 public:
  class Locked {
   public:
    Locked(Locked&&) noexcept;
    ~Locked();
    T* operator->();
    void release();
    template <class C>
    void wait(C&& condition);
  };
  Locked lockExclusive() const;
  Locked lockShared() const;
  std::optional<Locked> lockExclusiveWithTimeout(std::chrono::nanoseconds d) const;
  std::optional<Locked> lockSharedWithTimeout(std::chrono::nanoseconds d) const;
  template <class C, class F>
  int when(C&& condition, F&& f) const;
};
}  // namespace kj
