// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <userver/_mock.hpp>

// What bounds work, and time.
namespace userver {
namespace engine {
class Deadline;
class CancellableSemaphore;
class SemaphoreLock {
 public:
  explicit SemaphoreLock(CancellableSemaphore& s);
};
namespace current_task {
void SetDeadline(Deadline d);
}  // namespace current_task
}  // namespace engine
namespace concurrent {
template <class T, class Policy>
class GenericQueue {
 public:
  static std::shared_ptr<GenericQueue> Create(std::size_t max_size = static_cast<std::size_t>(-1));
  void SetSoftMaxSize(std::size_t n);
};
}  // namespace concurrent
namespace clients::http {
class Response;
class Request {
 public:
  Request& get(std::string url);
  Request& timeout(std::chrono::milliseconds d);
  std::shared_ptr<Response> perform();
};
}  // namespace clients::http
}  // namespace userver

namespace userver {
namespace engine {
class Deadline {
 public:
  static Deadline FromDuration(std::chrono::milliseconds d);
  bool IsReached() const noexcept;
};
namespace current_task {
bool IsCancelRequested() noexcept;
}  // namespace current_task
namespace io {
class IoCancelled : public std::runtime_error {
 public:
  IoCancelled();
};
}  // namespace io
void SleepUntil(Deadline d);
void InterruptibleSleepUntil(Deadline d);
class SharedMutex {
 public:
  void lock();
  void unlock();
  void lock_shared();
  void unlock_shared();
};
class SingleWaitingTaskMutex {
 public:
  void lock();
  void unlock();
};
class Semaphore {
 public:
  void lock_shared();
  void unlock_shared();
};
class CancellableSemaphore {
 public:
  void lock_shared();
  void unlock_shared();
};
class SingleConsumerEvent {
 public:
  bool WaitForEvent();
  bool WaitForEventFor(std::chrono::milliseconds d);
  bool WaitForEventUntil(Deadline d);
  bool IsReady() const noexcept;
};
class SingleUseEvent {
 public:
  void Wait();
  int WaitUntil(Deadline d);
  void WaitNonCancellable() noexcept;
  bool IsReady() const noexcept;
};
template <class T>
class SharedTaskWithResult : public TaskBase {
 public:
  const T& Get() const&;
};
template <class T>
class Future {
 public:
  T get();
  int wait() const;
  int wait_for(std::chrono::milliseconds d) const;
  int wait_until(Deadline d) const;
};
template <class... T>
void WaitAllChecked(T&... tasks);
template <class D, class... T>
int WaitAllCheckedFor(const D& d, T&... tasks);
template <class... T>
int WaitAllCheckedUntil(Deadline d, T&... tasks);
template <class... T>
std::optional<std::size_t> WaitAny(T&... tasks);
template <class D, class... T>
std::optional<std::size_t> WaitAnyFor(const D& d, T&... tasks);
template <class... T>
std::optional<std::size_t> WaitAnyUntil(Deadline d, T&... tasks);
template <class... T>
int GetAll(T&... tasks);
template <class F>
auto SharedAsyncNoSpan(TaskProcessor& tp, F&& f) -> SharedTaskWithResult<std::invoke_result_t<F>>;
template <class F>
auto CriticalAsyncNoSpan(TaskProcessor& tp, F&& f) -> TaskWithResult<std::invoke_result_t<F>>;
template <class F>
auto SharedCriticalAsyncNoSpan(TaskProcessor& tp, F&& f) -> SharedTaskWithResult<std::invoke_result_t<F>>;
void RunStandalone(std::function<void()> payload);
namespace io {
class Socket {
 public:
  void Connect(int addr, Deadline d);
  Socket Accept(Deadline d);
  std::size_t RecvSome(void* buf, std::size_t len, Deadline d);
  std::size_t RecvAll(void* buf, std::size_t len, Deadline d);
  std::size_t SendAll(const void* buf, std::size_t len, Deadline d);
  bool WaitReadable(Deadline d);
  bool WaitWriteable(Deadline d);
};
}  // namespace io
}  // namespace engine
namespace utils {
template <class F>
auto SharedAsync(std::string name, F&& f) -> engine::SharedTaskWithResult<std::invoke_result_t<F>>;
template <class F>
auto CriticalAsync(std::string name, F&& f) -> engine::TaskWithResult<std::invoke_result_t<F>>;
template <class F>
auto SharedCriticalAsync(std::string name, F&& f) -> engine::SharedTaskWithResult<std::invoke_result_t<F>>;
template <class F>
auto AsyncBackground(std::string name, engine::TaskProcessor& tp, F&& f) -> engine::TaskWithResult<std::invoke_result_t<F>>;
class PeriodicTask {
 public:
  PeriodicTask(std::string name, int settings, std::function<void()> f);
  void Start(std::string name, int settings, std::function<void()> f);
};
}  // namespace utils
namespace concurrent {
class BackgroundTaskStorageCore {
 public:
  void Detach(engine::TaskWithResult<int>&& task);
};
template <class Queue>
class Producer {
 public:
  bool Push(int v);
};
template <class Queue>
class Consumer {
 public:
  bool Pop(int& v);
};
}  // namespace concurrent
namespace fs::blocking {
std::string ReadFileContents(const std::string& path);
bool FileExists(const std::string& path);
void CreateDirectories(std::string_view path);
void RewriteFileContents(const std::string& path, std::string_view contents);
void RewriteFileContentsFSync(const std::string& path, std::string_view contents);
void SyncDirectoryContents(const std::string& path);
void Rename(const std::string& source, const std::string& destination);
void RewriteFileContentsAtomically(const std::string& path, std::string_view contents, int perms);
void Chmod(const std::string& path, int perms);
bool RemoveSingleFile(const std::string& path);
class FileDescriptor {
 public:
  static FileDescriptor Open(const std::string& path, int flags);
  static FileDescriptor OpenDirectory(const std::string& path);
  std::size_t Read(char* buffer, std::size_t max);
  void Write(std::string_view contents);
  void FSync();
};
class CFile {
 public:
  void Open(const std::string& path, int flags);
  std::size_t Read(char* buffer, std::size_t max);
  void Write(std::string_view contents);
  void Flush();
};
class TempDirectory {
 public:
  static TempDirectory Create();
};
class TempFile {
 public:
  static TempFile Create();
};
}  // namespace fs::blocking
namespace server::handlers {
class HttpHandlerJsonBase : public HttpHandlerBase {
 public:
  virtual int HandleRequestJsonThrow(const http::HttpRequest& r, const int& json, request::RequestContext& c) const = 0;
};
}  // namespace server::handlers
namespace server::websocket {
class WebsocketHandlerBase {
 public:
  virtual void Handle(int& websocket, request::RequestContext& c) const = 0;
};
}  // namespace server::websocket
namespace cache {
class CacheUpdateTrait {
  virtual void Update(int type) = 0;
};
}  // namespace cache
}  // namespace userver
