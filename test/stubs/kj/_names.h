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
class TaskSet {
 public:
  class ErrorHandler {
   public:
    virtual void taskFailed(std::exception&& e) = 0;
  };
  void add(Promise<void>&& p);
};
class Thread {
 public:
  explicit Thread(std::function<void()> f);
  ~Thread();
};
}  // namespace kj
