// Mock of userver-framework/userver (stackful coroutines). Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <mutex>

namespace userver {
namespace engine {

class TaskProcessor;
void SleepFor(std::chrono::milliseconds d);               // suspends the coroutine
void InterruptibleSleepFor(std::chrono::milliseconds d);  // returns early on cancel
void Yield();

// Coroutine-aware mutex; suspends the coroutine, may be held across suspension.
class TaskBase {
 public:
  void Wait() const;
  template <class D>
  void WaitFor(const D& d) const;
  template <class T>
  void WaitUntil(const T& t) const;
  void BlockingWait() const;
  void SyncCancel() noexcept;
  bool IsFinished() const;
};
class Mutex {
 public:
  void lock();
  void unlock();
  bool try_lock();
};
class ConditionVariable {
 public:
  template <class D, class P>
  bool WaitFor(std::unique_lock<Mutex>& lock, D d, P pred);
  template <class T, class P>
  bool WaitUntil(std::unique_lock<Mutex>& lock, T t, P pred);
  template <class P>
  bool Wait(std::unique_lock<Mutex>& lock, P pred) {
    return pred();
  }
};

struct WaitInterruptedException : std::exception {};
namespace current_task {
bool ShouldCancel();
void CancellationPoint();
TaskProcessor& GetTaskProcessor();
}  // namespace current_task

template <class T>
class [[nodiscard]] TaskWithResult : public TaskBase {
 public:
  TaskWithResult();
  TaskWithResult(TaskWithResult&&) noexcept;
  TaskWithResult& operator=(TaskWithResult&&) noexcept;
  ~TaskWithResult();  // cancels and joins
  T Get();            // suspends the current coroutine
  void RequestCancel();
  void Detach() &&;
};
template <class F>
auto AsyncNoSpan(TaskProcessor& tp, F&& f) -> TaskWithResult<std::invoke_result_t<F>> {
  return {};
}
}  // namespace engine

namespace utils {
template <class F>
auto Async(std::string name, F&& f) -> engine::TaskWithResult<std::invoke_result_t<F>> {
  return {};
}
template <class F>
auto Async(engine::TaskProcessor& tp, std::string name, F&& f) -> engine::TaskWithResult<std::invoke_result_t<F>> {
  return {};
}
}  // namespace utils

namespace concurrent {
template <class T>
class MpscQueue {
 public:
  static constexpr std::size_t kUnbounded = static_cast<std::size_t>(-1);
  class Producer {
   public:
    bool Push(T&& v);         // suspends while full
    bool PushNoblock(T&& v);  // false while full
  };
  class Consumer {
   public:
    bool Pop(T& v);
  };
  static std::shared_ptr<MpscQueue> Create(std::size_t max_size = kUnbounded);
  Producer GetProducer();
  Consumer GetConsumer();
};
// Cancels and joins everything it owns on destruction.
class BackgroundTaskStorage {
 public:
  template <class F>
  void AsyncDetach(std::string name, F&& f) {}
};
}  // namespace concurrent

namespace server {
namespace http {
class HttpRequest {
 public:
  const std::string& GetArg(std::string_view name) const;
};
}  // namespace http
namespace request {
class RequestContext {};
}  // namespace request
namespace handlers {
// HandleRequestThrow runs inside a coroutine on the main task processor.
class HttpHandlerBase {
 public:
  virtual ~HttpHandlerBase();
  virtual std::string HandleRequestThrow(const http::HttpRequest& r, request::RequestContext& c) const = 0;
};
}  // namespace handlers
}  // namespace server
}  // namespace userver
