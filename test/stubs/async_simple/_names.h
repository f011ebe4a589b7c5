// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <async_simple/_mock.h>

// What bounds work, and time.
namespace async_simple::coro {
template <class T>
Lazy<std::vector<T>> collectAll(std::vector<Lazy<T>>&& ts);
template <class T>
Lazy<std::vector<T>> collectAllPara(std::vector<Lazy<T>>&& ts);
template <std::size_t Max>
class CountingSemaphore {
 public:
  explicit CountingSemaphore(std::size_t n);
  Lazy<void> acquire();
  Lazy<void> release();
};
}  // namespace async_simple::coro

namespace async_simple {
class Executor {
 public:
  using Func = std::function<void()>;
  virtual ~Executor();
  virtual bool schedule(Func func) = 0;
};
template <class T>
class [[nodiscard]] Future {
 public:
  T get() &&;
  void wait();
  bool hasResult() const;
  template <class F>
  int thenTry(F&& f) &&;
  template <class F>
  int thenValue(F&& f) &&;
};
// Asks the promise, which answers at once.
struct CurrentExecutor {
  mock_detail::ready_awaiter<Executor*> operator co_await() const;
};
namespace util {
class Condition {
 public:
  void acquire();
  void release();
};
template <class T>
class Queue {
 public:
  void push(T&& t);
  bool pop(T& t);
  bool try_pop(T& t);
};
}  // namespace util
namespace coro {
struct CurrentSlot {
  mock_detail::ready_awaiter<void*> operator co_await() const;
};
struct ForbidSignal {
  mock_detail::ready_awaiter<void> operator co_await() const;
};
}  // namespace coro
namespace executors {
class SimpleExecutor : public Executor {
 public:
  bool schedule(Func func) override;
  void sync();
};
}  // namespace executors
namespace coro {
template <class T>
class Generator {};
class SharedMutex {
 public:
  mock_detail::awaiter<void> coLock() noexcept;
  void unlock() noexcept;
};
class SpinLock {
 public:
  mock_detail::awaiter<void> coLock() noexcept;
  void lock() noexcept;
  void unlock() noexcept;
};
mock_detail::awaiter<void> dispatch(Executor* ex);
}  // namespace coro
namespace uthread {
class Latch {
 public:
  explicit Latch(std::size_t count);
  void downCount(std::size_t n = 1);
  void await(Executor* ex);
};
template <class T>
T await(Future<T>&& f);
template <class F>
void async(F&& f, Executor* ex);
class Uthread {
 public:
  template <class F>
  Uthread(int attr, F&& f);
};
}  // namespace uthread
namespace coro {
struct Yield {
  mock_detail::awaiter<void> operator co_await() const;
};
}  // namespace coro
}  // namespace async_simple
