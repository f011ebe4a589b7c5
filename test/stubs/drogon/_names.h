// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <drogon/drogon.h>

namespace trantor {
class EventLoopThread {
 public:
  EventLoop* getLoop() const;
  void run();
  void wait();
};
class EventLoopThreadPool {
 public:
  void start();
  void wait();
};
class Channel {
 public:
  void setCloseCallback(const std::function<void()>& f);
  void setErrorCallback(const std::function<void()>& f);
  void setEventCallback(const std::function<void()>& f);
  void setReadCallback(const std::function<void()>& f);
  void setWriteCallback(const std::function<void()>& f);
};
class Resolver {
 public:
  virtual void resolve(const std::string& name, const std::function<void(const int&)>& f) = 0;
};
class MsgBuffer;
class TcpConnection;
using TcpConnectionPtr = std::shared_ptr<TcpConnection>;
class TcpConnection {
 public:
  virtual void setHighWaterMarkCallback(const std::function<void(const TcpConnectionPtr&, std::size_t)>& f, std::size_t mark) = 0;
  void setCloseCallback(const std::function<void(const TcpConnectionPtr&)>& f);
  void setConnectionCallback(const std::function<void(const TcpConnectionPtr&)>& f);
  void setRecvMsgCallback(const std::function<void(const TcpConnectionPtr&, MsgBuffer*)>& f);
  void setSSLErrorCallback(const std::function<void(int)>& f);
  void setWriteCompleteCallback(const std::function<void(const TcpConnectionPtr&)>& f);
};
class TcpClient {
 public:
  void setConnectionCallback(const std::function<void(const TcpConnectionPtr&)>& f);
  void setConnectionErrorCallback(const std::function<void()>& f);
  void setMessageCallback(const std::function<void(const TcpConnectionPtr&, MsgBuffer*)>& f);
  void setSSLErrorCallback(const std::function<void(int)>& f);
  void setWriteCompleteCallback(const std::function<void(const TcpConnectionPtr&)>& f);
};
class TcpServer {
 public:
  void setConnectionCallback(const std::function<void(const TcpConnectionPtr&)>& f);
  void setRecvMessageCallback(const std::function<void(const TcpConnectionPtr&, MsgBuffer*)>& f);
  void setWriteCompleteCallback(const std::function<void(const TcpConnectionPtr&)>& f);
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
template <class T, bool AutoCreation = true>
class HttpController {
 protected:
  template <class F>
  static void registerMethod(F&& f, const std::string& pattern, const std::vector<int>& constraints = {}, bool inPath = true, const std::string& name = "") {}
  template <class F>
  static void registerMethodViaRegex(F&& f, const std::string& pattern, const std::vector<int>& constraints = {}, const std::string& name = "") {}
};
class HttpFile {
 public:
  int save() const noexcept;
  int saveAs(const std::string& path) const noexcept;
};
class RequestStreamReader {
 public:
  static std::shared_ptr<RequestStreamReader> newReader(std::function<void(const char*, std::size_t)> data, std::function<void(std::exception_ptr)> finish);
  static std::shared_ptr<RequestStreamReader> newMultipartReader(const HttpRequestPtr& req, std::function<void(int)> header, std::function<void(const char*, std::size_t)> data, std::function<void(std::exception_ptr)> finish);
};
class WebSocketClient {
 public:
  virtual void setMessageHandler(const std::function<void(std::string&&, const std::shared_ptr<WebSocketClient>&, const int&)>& f) = 0;
  virtual void setConnectionClosedHandler(const std::function<void(const std::shared_ptr<WebSocketClient>&)>& f) = 0;
  virtual void connectToServer(const HttpRequestPtr& req, const std::function<void(ReqResult, const HttpResponsePtr&, const std::shared_ptr<WebSocketClient>&)>& f) = 0;
};
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
