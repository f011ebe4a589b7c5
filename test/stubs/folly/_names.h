// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <folly/_mock.h>

// What bounds work, and time.
namespace folly {
template <class T, bool SP, bool SC, bool MayBlock>
class UnboundedQueue {
 public:
  void enqueue(T&& v);
  void dequeue(T& v);
  bool try_dequeue(T& v);
  std::size_t size() const noexcept;
};
template <class T>
SemiFuture<T> collectAll(std::vector<Future<T>> fs);
namespace coro {
template <class T>
Task<std::vector<Try<T>>> collectAllTryRange(std::vector<Task<T>> ts);
template <class... Ts>
Task<int> collectAny(Task<Ts>... ts);
}  // namespace coro
}  // namespace folly

namespace folly {
namespace detail {
template <class F, bool InvokeNoexcept>
class ScopeGuardImpl {
 public:
  explicit ScopeGuardImpl(F f);
  ScopeGuardImpl(ScopeGuardImpl&&) noexcept;
  ~ScopeGuardImpl();
  void dismiss() noexcept;
};
}  // namespace detail
template <class F>
[[nodiscard]] detail::ScopeGuardImpl<std::decay_t<F>, true> makeGuard(F&& f);

class EventBase;
class IOExecutor : public Executor {
 public:
  virtual EventBase* getEventBase() = 0;
};
class ThreadPoolExecutor : public Executor {
 public:
  void stop();
  void join();
};
class ThreadedExecutor : public Executor {};
class InlineExecutor : public Executor {};
class QueuedImmediateExecutor : public Executor {};
class ManualExecutor : public Executor {};
std::shared_ptr<Executor> getUnsafeMutableGlobalCPUExecutor();
std::shared_ptr<IOExecutor> getUnsafeMutableGlobalIOExecutor();
EventBase* getUnsafeMutableGlobalEventBase();

class TimeoutManager {
 public:
  using Func = std::function<void()>;
  void runAfterDelay(Func cob, std::uint32_t milliseconds);
};
class EventBase : public TimeoutManager, public Executor {
 public:
  class LoopCallback {
   public:
    virtual ~LoopCallback();
    virtual void runLoopCallback() noexcept = 0;
  };
  bool loop();
  bool loopOnce(int flags = 0);
  void loopForever();
  void terminateLoopSoon();
  void waitUntilRunning();
  void runInLoop(Func c, bool thisIteration = false);
  void runInEventBaseThread(Func fn) noexcept;
  void runInEventBaseThreadAlwaysEnqueue(Func fn) noexcept;
  void runInEventBaseThreadAndWait(Func fn) noexcept;
  void runImmediatelyOrRunInEventBaseThread(Func fn) noexcept;
  void runImmediatelyOrRunInEventBaseThreadAndWait(Func fn) noexcept;
  void add(Func fn) override;
  void scheduleAt(Func fn, const std::chrono::steady_clock::time_point& timeout);
};
class VirtualEventBase : public Executor {};
class AsyncTimeout {
 public:
  virtual void timeoutExpired() noexcept = 0;
};
template <class Duration>
class HHWheelTimerBase {
 public:
  class Callback {
   public:
    virtual void timeoutExpired() noexcept = 0;
  };
};
class EventHandler {
 public:
  virtual void handlerReady(std::uint16_t events) noexcept = 0;
};
class AsyncReader {
 public:
  class ReadCallback {
   public:
    virtual void readDataAvailable(std::size_t len) noexcept = 0;
    virtual void readEOF() noexcept = 0;
    virtual void readErr(const std::exception& e) noexcept = 0;
  };
};
class AsyncWriter {
 public:
  class WriteCallback {
   public:
    virtual void writeSuccess() noexcept = 0;
    virtual void writeErr(std::size_t written, const std::exception& e) noexcept = 0;
  };
};
class AsyncServerSocket {
 public:
  class AcceptCallback {
   public:
    virtual void connectionAccepted(int fd) noexcept = 0;
  };
};

namespace futures::detail {
template <class T>
class FutureBase {
 public:
  bool isReady() const;
  bool hasValue() const;
  bool hasException() const;
  std::optional<Try<T>> poll();
};
}  // namespace futures::detail
template <class F>
auto via(Executor::KeepAlive<> ex, F&& f) -> Future<std::invoke_result_t<F>>;
Future<Unit> via(Executor::KeepAlive<> ex);

template <bool MayBlock = true>
class Baton {
 public:
  void post() noexcept;
  bool ready() const noexcept;
  void wait() noexcept;
  bool try_wait() noexcept;
  template <class R, class P>
  bool try_wait_for(const std::chrono::duration<R, P>& timeout) noexcept;
  template <class C, class D>
  bool try_wait_until(const std::chrono::time_point<C, D>& deadline) noexcept;
  template <class R, class P>
  bool timed_wait(const std::chrono::duration<R, P>& timeout) noexcept;
};
template <bool MayBlock>
class SaturatingSemaphore {
 public:
  void post() noexcept;
  void wait() noexcept;
  bool try_wait() noexcept;
  template <class R, class P>
  bool try_wait_for(const std::chrono::duration<R, P>& timeout) noexcept;
  template <class C, class D>
  bool try_wait_until(const std::chrono::time_point<C, D>& deadline) noexcept;
};
class Latch {
 public:
  explicit Latch(std::ptrdiff_t expected);
  void count_down(std::ptrdiff_t n = 1) noexcept;
  bool try_wait() noexcept;
  template <class R, class P>
  bool try_wait_for(const std::chrono::duration<R, P>& timeout) noexcept;
  template <class C, class D>
  bool try_wait_until(const std::chrono::time_point<C, D>& deadline) noexcept;
  void wait() noexcept;
  void arrive_and_wait(std::ptrdiff_t n = 1) noexcept;
};
namespace detail {
template <class Handoff>
struct LifoSemBase {
  bool post();
  void wait();
  bool try_wait();
  template <class R, class P>
  bool try_wait_for(const std::chrono::duration<R, P>& timeout);
  template <class C, class D>
  bool try_wait_until(const std::chrono::time_point<C, D>& deadline);
};
}  // namespace detail

template <bool ReaderPriority>
class SharedMutexImpl {
 public:
  void lock();
  bool try_lock();
  template <class D>
  bool try_lock_for(const D& d);
  template <class D>
  bool try_lock_until(const D& d);
  void unlock();
  void lock_shared();
  bool try_lock_shared();
  template <class D>
  bool try_lock_shared_for(const D& d);
  template <class D>
  bool try_lock_shared_until(const D& d);
  void unlock_shared();
  void lock_upgrade();
  bool try_lock_upgrade();
  template <class D>
  bool try_lock_upgrade_for(const D& d);
  template <class D>
  bool try_lock_upgrade_until(const D& d);
  void unlock_upgrade();
};
using SharedMutex = SharedMutexImpl<false>;
struct MicroSpinLock {
  void lock() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
};
class RWSpinLock {
 public:
  void lock();
  bool try_lock();
  void unlock();
  void lock_shared();
  bool try_lock_shared();
  void unlock_shared();
  void lock_upgrade();
  bool try_lock_upgrade();
  void unlock_upgrade();
};
template <class SynchronizedType, class LockPolicy>
class LockedPtr {
 public:
  LockedPtr(LockedPtr&&) noexcept;
  ~LockedPtr();
  explicit operator bool() const;
  bool isNull() const;
  void unlock() noexcept;
};
template <class Subclass, int Level>
class SynchronizedBase {
 public:
  template <class F>
  int withLock(F&& f);
  template <class F>
  int withWLock(F&& f);
  template <class F>
  int withRLock(F&& f);
};

class ProcessReturnCode {};
class Subprocess {
 public:
  ProcessReturnCode poll();
  ProcessReturnCode wait();
  void waitChecked();
  ProcessReturnCode waitTimeout(std::chrono::milliseconds timeout);
  ProcessReturnCode waitOrTerminateOrKill(std::chrono::milliseconds wait, std::chrono::milliseconds term);
  ProcessReturnCode terminateOrKill(std::chrono::milliseconds timeout);
  std::pair<std::string, std::string> communicate(std::string_view input = {});
};
int openNoInt(const char* name, int flags, unsigned mode = 0666);
int fsyncNoInt(int fd);
int fdatasyncNoInt(int fd);
long readFull(int fd, void* buf, std::size_t count);
long preadFull(int fd, void* buf, std::size_t count, long offset);
long readvFull(int fd, void* iov, int count);
long preadvFull(int fd, void* iov, int count, long offset);
long writeFull(int fd, const void* buf, std::size_t count);
long pwriteFull(int fd, const void* buf, std::size_t count, long offset);
long writevFull(int fd, void* iov, int count);
long pwritevFull(int fd, void* iov, int count, long offset);
template <class Container>
bool readFile(const char* file_name, Container& out, std::size_t num_bytes = -1);
template <class Container>
bool writeFile(const Container& data, const char* filename, int flags = 0, unsigned mode = 0666);
void writeFileAtomic(std::string_view filename, std::string_view data);
int writeFileAtomicNoThrow(std::string_view filename, std::string_view data);

namespace coro {
namespace detail {
struct co_current_executor_ {};
struct co_current_cancellation_token_ {};
namespace adl {
struct WithExecutorFunction {
  template <class Awaitable>
  int operator()(Executor::KeepAlive<> ex, Awaitable a) const;
};
}  // namespace adl
}  // namespace detail
struct blocking_wait_fn {
  template <class Awaitable>
  int operator()(Awaitable&& a) const;
};
struct co_invoke_fn {
  template <class F, class... A>
  constexpr int operator()(F&& f, A&&... a) const;
};
class SharedMutexFair {
 public:
  bool try_lock() noexcept;
  void unlock() noexcept;
};
template <class T>
class Generator {
 public:
  class promise_type;
};
}  // namespace coro

namespace fibers {
class Baton {
 public:
  void post();
  void wait();
  bool try_wait();
  template <class D>
  bool try_wait_for(const D& timeout);
  template <class D>
  bool try_wait_until(const D& deadline);
  template <class D>
  bool timed_wait(const D& timeout);
};
class Semaphore {
 public:
  void wait();
  coro::Task<void> co_wait();
  void signal();
};
class TimedMutex {
 public:
  void lock();
  bool try_lock();
  coro::Task<void> co_lock();
  void unlock();
};
template <bool ReaderPriority, class BatonType>
class TimedRWMutexImpl {};
class FiberManager {
 public:
  template <class F>
  void addTask(F&& f) {}
  template <class F>
  void addTaskEager(F&& f);
  template <class F, class G>
  void addTaskFinally(F&& f, G&& g);
  template <class F>
  int addTaskFuture(F&& f);
  template <class F>
  int addTaskEagerFuture(F&& f);
  template <class F>
  void addTaskRemote(F&& f);
  template <class F>
  int addTaskRemoteFuture(F&& f);
};
template <class F>
void addTask(F&& f);
template <class F>
void addTaskEager(F&& f);
template <class F, class G>
void addTaskFinally(F&& f, G&& g);
template <class F>
int await(F&& f);
void yield();
}  // namespace fibers
}  // namespace folly

namespace folly {
class EventBase;
class ScopedEventBaseThread {
 public:
  EventBase* getEventBase() const;
};
}  // namespace folly
