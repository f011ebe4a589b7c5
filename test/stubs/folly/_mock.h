// Mock of the parts of facebook/folly that the corpus uses. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <mutex>
#include <shared_mutex>

namespace folly {

struct Unit {};
struct OperationCancelled : std::exception {};

class CancellationToken {
 public:
  bool isCancellationRequested() const noexcept;
  bool canBeCancelled() const noexcept;
};
class CancellationSource {
 public:
  CancellationToken getToken() const;
  bool isCancellationRequested() const noexcept;
  bool requestCancellation() const noexcept;
};

class Executor {
 public:
  virtual ~Executor();
  virtual void add(std::function<void()> f) = 0;
  template <class E = Executor>
  class KeepAlive {
   public:
    KeepAlive();
    KeepAlive(E*);
    E* get() const;
    E* operator->() const;
  };
};
class CPUThreadPoolExecutor : public Executor {
 public:
  explicit CPUThreadPoolExecutor(std::size_t n);
  ~CPUThreadPoolExecutor();
  void add(std::function<void()> f) override;
};
class IOThreadPoolExecutor : public Executor {
 public:
  explicit IOThreadPoolExecutor(std::size_t n);
  ~IOThreadPoolExecutor();
  class EventBase* getEventBase();
  void add(std::function<void()> f) override;
};
Executor::KeepAlive<> getGlobalCPUExecutor();
Executor::KeepAlive<> getGlobalIOExecutor();

template <class T>
class Try {
 public:
  bool hasValue() const;
  bool hasException() const;
  T& value();
  void throwUnlessValue() const;
};
template <>
class Try<void> {
 public:
  bool hasValue() const;
  bool hasException() const;
  void value() const;
  void throwUnlessValue() const;
};

template <class T>
class [[nodiscard]] SemiFuture {
 public:
  SemiFuture(SemiFuture&&) noexcept;
  T get() &&;
  SemiFuture&& wait() &&;
  Try<T> getTry() &&;
  template <class F>
  auto defer(F&& f) && -> SemiFuture<std::invoke_result_t<F, Try<T>>>;
  template <class F>
  auto deferValue(F&& f) && -> SemiFuture<std::invoke_result_t<F, T>>;
  template <class F>
  SemiFuture<T> deferError(F&& f) &&;
  template <class F>
  SemiFuture<T> deferEnsure(F&& f) &&;
  bool isReady() const;
  SemiFuture<T> within(std::chrono::milliseconds d) &&;
  mock_detail::awaiter<T> operator co_await() && noexcept;
};
template <class T>
class [[nodiscard]] Future {
 public:
  Future(Future&&) noexcept;
  T get() &&;
  Future& wait() &;
  Try<T> getTry() &&;
  T getVia(Executor* e) &&;
  Try<T> getTryVia(Executor* e) &&;
  Future& waitVia(Executor* e) &;
  template <class F>
  auto thenValue(F&& f) && -> Future<std::invoke_result_t<F, T>>;
  template <class F>
  auto thenValueInline(F&& f) && -> Future<std::invoke_result_t<F, T>>;
  template <class F>
  auto thenTry(F&& f) && -> Future<std::invoke_result_t<F, Try<T>>>;
  template <class F>
  auto thenTryInline(F&& f) && -> Future<std::invoke_result_t<F, Try<T>>>;
  template <class F>
  Future<T> thenError(F&& f) &&;
  template <class F>
  Future<T> thenErrorInline(F&& f) &&;
  template <class F>
  Future<T> ensure(F&& f) &&;
  Future<T> via(Executor::KeepAlive<> ex) &&;
  bool isReady() const;
  SemiFuture<T> semi() &&;
  Future<T> within(std::chrono::milliseconds d) &&;
  mock_detail::awaiter<T> operator co_await() && noexcept;
};

template <class T, class M = std::shared_mutex>
class Synchronized {
 public:
  template <class Data>
  class LockedPtr {
   public:
    LockedPtr(LockedPtr&&) noexcept;
    ~LockedPtr();
    Data* operator->() const;
    Data& operator*() const;
    void unlock();
    explicit operator bool() const;
  };
  Synchronized();
  explicit Synchronized(T v);
  LockedPtr<T> wlock();
  LockedPtr<const T> rlock() const;
  LockedPtr<T> lock();
  T copy() const;
  template <class F>
  auto withWLock(F&& f) -> std::invoke_result_t<F, T&> {
    return std::forward<F>(f)(mock_detail::make<T&>());
  }
  template <class F>
  auto withRLock(F&& f) const -> std::invoke_result_t<F, const T&> {
    return std::forward<F>(f)(mock_detail::make<const T&>());
  }
};

namespace coro {

template <class T>
class TaskWithExecutor;

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = mock_detail::lazy_promise<Task, T>;
  Task(Task&&) noexcept;
  Task& operator=(Task&&) noexcept;
  ~Task();
  mock_detail::awaiter<T> operator co_await() && noexcept;
  TaskWithExecutor<T> scheduleOn(Executor::KeepAlive<> ex) &&;
  SemiFuture<T> semi() &&;
};

template <class T>
class [[nodiscard]] TaskWithExecutor {
 public:
  TaskWithExecutor(TaskWithExecutor&&) noexcept;
  SemiFuture<T> start() &&;
  template <class F>
  void start(F&& tryCallback, CancellationToken token = {}) && {}
  mock_detail::awaiter<T> operator co_await() && noexcept;
};

template <class T>
TaskWithExecutor<T> co_withExecutor(Executor::KeepAlive<> ex, Task<T> t);

template <class T>
T blockingWait(Task<T> t);
template <class T>
T blockingWait(TaskWithExecutor<T> t);

// Throws OperationCancelled when the current cancellation token fires.
Task<void> sleep(std::chrono::microseconds d);
template <class T>
Task<T> timeout(Task<T> t, std::chrono::microseconds d);
template <class T>
Task<T> co_withCancellation(CancellationToken tok, Task<T> t);
template <class T>
mock_detail::awaiter<Try<T>> co_awaitTry(Task<T> t);

struct co_current_executor_t {
  mock_detail::ready_awaiter<Executor*> operator co_await() const noexcept;
};
struct co_current_cancellation_token_t {
  mock_detail::ready_awaiter<CancellationToken> operator co_await() const noexcept;
};
// Goes on at once, or ends the coroutine.
struct co_safe_point_t {
  mock_detail::awaiter<void> operator co_await() const noexcept;
};
namespace detail {
struct co_reschedule_on_current_executor_ {
  mock_detail::awaiter<void> operator co_await() const noexcept;
};
}  // namespace detail
using co_reschedule_on_current_executor_t = detail::co_reschedule_on_current_executor_;
inline constexpr co_current_executor_t co_current_executor{};
inline constexpr co_current_cancellation_token_t co_current_cancellation_token{};
inline constexpr co_safe_point_t co_safe_point{};
inline constexpr co_reschedule_on_current_executor_t co_reschedule_on_current_executor{};

// Asynchronous mutex: holding its std::unique_lock across co_await is the point.
class Mutex {
 public:
  bool try_lock() noexcept;
  mock_detail::awaiter<std::unique_lock<Mutex>> co_scoped_lock() noexcept;
  mock_detail::awaiter<void> co_lock() noexcept;
  void unlock() noexcept;
};

template <class T, bool SingleProducer = false, bool SingleConsumer = false>
class UnboundedQueue {
 public:
  template <class U>
  void enqueue(U&& v);
  Task<T> dequeue();
  Task<T> co_try_dequeue_for(std::chrono::milliseconds timeout);
  std::size_t size() const;
  bool empty() const;
};
template <class T, bool SingleProducer = false, bool SingleConsumer = false>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::uint32_t capacity);
  template <class U>
  Task<void> enqueue(U&& v);
  template <class U>
  bool try_enqueue(U&& v);
  Task<T> dequeue();
  Task<T> co_try_dequeue_for(std::chrono::milliseconds timeout);  // throws OperationCancelled
  std::size_t size() const;
};

class Baton {
 public:
  bool ready() const noexcept;
  void post() noexcept;
  mock_detail::awaiter<void> operator co_await() const noexcept;
};

// Every added task must be joined before the scope is destroyed.
class AsyncScope {
 public:
  void add(TaskWithExecutor<void>&& t);
  Task<void> joinAsync();
};
class CancellableAsyncScope {
 public:
  void add(TaskWithExecutor<void>&& t);
  Task<void> cancelAndJoinAsync();
};

template <class... Ts>
Task<std::tuple<Try<Ts>...>> collectAllTry(Task<Ts>... ts);
template <class T>
Task<void> collectAllRange(std::vector<Task<T>> ts);
template <class T>
Task<void> collectAllWindowed(std::vector<Task<T>> ts, std::size_t maxConcurrency);

// Keeps the callable alive for the whole life of the returned task.
template <class F, class... Args>
std::invoke_result_t<F, Args...> co_invoke(F f, Args... args) {
  return mock_detail::make<std::invoke_result_t<F, Args...>>();
}

template <class T>
class [[nodiscard]] AsyncGenerator {
 public:
  struct promise_type {
    AsyncGenerator get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(std::remove_reference_t<T> v);
    void unhandled_exception();
    void return_void();
  };
  mock_detail::awaiter<std::optional<std::remove_reference_t<T>>> next();
};

}  // namespace coro
}  // namespace folly
