// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <drogon/drogon.h>

namespace trantor {
class EventLoopThread {
 public:
  void run();
  void wait();
};
class EventLoopThreadPool {
 public:
  void start();
  void wait();
};
class TaskQueue {
 public:
  virtual void runTaskInQueue(const std::function<void()>& f) = 0;
  void syncTaskInQueue(const std::function<void()>& f);
};
class ConcurrentTaskQueue : public TaskQueue {
 public:
  void runTaskInQueue(const std::function<void()>& f) override;
};
class SerialTaskQueue : public TaskQueue {
 public:
  void runTaskInQueue(const std::function<void()>& f) override;
  void waitAllTasksFinished();
};
}  // namespace trantor
namespace drogon {
class Mutex {
 public:
  mock_detail::awaiter<std::unique_ptr<int>> scoped_lock();
  bool try_lock() noexcept;
  void unlock() noexcept;
};
template <class F>
mock_detail::awaiter<void> queueInLoopCoro(trantor::EventLoop* loop, F f);
class HttpSimpleControllerBase {
 public:
  virtual void asyncHandleHttpRequest(const HttpRequestPtr& req, std::function<void(const HttpResponsePtr&)>&& f) = 0;
};
class HttpFilterBase {
 public:
  virtual void doFilter(const HttpRequestPtr& req, std::function<void(const HttpResponsePtr&)>&& f, std::function<void()>&& next) = 0;
};
class HttpMiddlewareBase {
 public:
  virtual void invoke(const HttpRequestPtr& req, std::function<void()>&& next, std::function<void(const HttpResponsePtr&)>&& f) = 0;
};
class WebSocketControllerBase {
 public:
  virtual void handleNewMessage(const std::shared_ptr<int>& c, std::string&& m, const int& type) = 0;
  virtual void handleNewConnection(const HttpRequestPtr& r, const std::shared_ptr<int>& c) = 0;
  virtual void handleConnectionClosed(const std::shared_ptr<int>& c) = 0;
};
namespace nosql {
class RedisClient {
 public:
  template <class F, class... A>
  int execCommandSync(F&& f, std::string_view command, A&&... a);
  void execCommandAsync(std::function<void(const int&)>&& f, std::function<void(const std::exception&)>&& e, std::string_view command, ...) noexcept;
  std::shared_ptr<RedisClient> newTransaction();
  void newTransactionAsync(const std::function<void(const std::shared_ptr<RedisClient>&)>& f);
};
}  // namespace nosql
}  // namespace drogon
