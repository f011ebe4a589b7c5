// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <kj/async.h>

// What bounds work, and time.
namespace kj {
template <class T>
Promise<void> joinPromises(std::vector<Promise<T>>&& ps);
template <class T>
Promise<void> joinPromisesFailFast(std::vector<Promise<T>>&& ps);
template <class T>
class ProducerConsumerQueue {
 public:
  void push(T v);
  Promise<T> pop();
};
class Timer {
 public:
  virtual Promise<void> afterDelay(std::chrono::nanoseconds delay) = 0;
  virtual Promise<void> atTime(std::chrono::steady_clock::time_point time) = 0;
  template <class T>
  Promise<T> timeoutAfter(int delay, Promise<T>&& p);
  template <class T>
  Promise<T> timeoutAt(int time, Promise<T>&& p);
};
class AsyncIoStream;
class NetworkAddress {
 public:
  Promise<AsyncIoStream*> connect();
};
class Network {
 public:
  Promise<NetworkAddress*> parseAddress(const char* addr, unsigned port = 0);
};
}  // namespace kj

namespace kj {
template <class T>
class Locked {
 public:
  ~Locked();
  T* operator->();
  void release();
  template <class C>
  void wait(C&& condition);
};
class EventLoop {
 public:
  void run(unsigned maxTurnCount = -1);
};
class WaitScope {
 public:
  explicit WaitScope(EventLoop& loop);
  unsigned poll(unsigned maxTurnCount = -1);
};
class Executor {
 public:
  template <class F>
  auto executeAsync(F&& f) const -> Promise<>;
  template <class F>
  int executeSync(F&& f) const;
};
template <class F>
auto evalLater(F&& f) -> Promise<> {
  return mock_detail::make<Promise<>>();
}
template <class F>
auto evalLast(F&& f) -> Promise<> {
  return mock_detail::make<Promise<>>();
}
template <class F>
auto evalNow(F&& f) -> Promise<> {
  return mock_detail::make<Promise<>>();
}
template <class F>
auto startFiber(std::size_t stackSize, F&& f) -> Promise<>;
class FiberPool {
 public:
  template <class F>
  auto startFiber(F&& f) const -> Promise<>;
};
class Exception {};
class TaskSet {
 public:
  class ErrorHandler {
   public:
    virtual void taskFailed(Exception&& e) = 0;
  };
  explicit TaskSet(ErrorHandler& handler);
  ~TaskSet();
  void add(Promise<void>&& p);
  Promise<void> onEmpty();
  void clear();
};
// Its promises end with it.
class Canceler {
 public:
  Canceler();
  ~Canceler();
  template <class T>
  Promise<T> wrap(Promise<T> p);
  void cancel(const char* why);
};
// Keeps the closure until the coroutine that its call makes has ended.
template <class F>
F coCapture(F&& f) {
  return mock_detail::make<F>();
}
Promise<void> yield();
template <class T>
class Own {
 public:
  Own(Own&&) noexcept;
  ~Own();
  T* operator->() const;
  T& operator*() const;
};
template <class T>
class Rc {
 public:
  Rc(Rc&&) noexcept;
  T* operator->() const;
  Rc addRef();
};
template <class T>
class Arc {
 public:
  Arc(Arc&&) noexcept;
  T* operator->() const;
  Arc addRef() const;
};
class Refcounted {};
class AtomicRefcounted {};
template <class Self>
class EnableAddRefToThis : public Refcounted {
 public:
  Rc<Self> addRefToThis() const;
};
template <class T>
Own<T> addRef(T& object);
template <class T>
Own<T> atomicAddRef(T& object);
class Thread {
 public:
  explicit Thread(std::function<void()> f);
  ~Thread();
};
}  // namespace kj
