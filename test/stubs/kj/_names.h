// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <kj/async.h>

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
};
class Thread {
 public:
  explicit Thread(std::function<void()> f);
  ~Thread();
};
}  // namespace kj
