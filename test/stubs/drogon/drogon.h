// Mock of drogonframework/drogon. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>

namespace trantor {
class EventLoop {
 public:
  static EventLoop* getEventLoopOfCurrentThread();
  void queueInLoop(std::function<void()> f);
  void runInLoop(std::function<void()> f);
  std::uint64_t runAt(std::chrono::system_clock::time_point t, std::function<void()> f);
  std::uint64_t runEvery(double interval, std::function<void()> f);
  void runOnQuit(std::function<void()> f);
  void loop();
  void quit();
  std::uint64_t runAfter(double delay, std::function<void()> f);
};
}  // namespace trantor

namespace drogon {

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = mock_detail::lazy_promise<Task, T>;
  Task(Task&&) noexcept;
  ~Task();
  mock_detail::awaiter<T> operator co_await() const noexcept;
};
// Fire-and-forget coroutine, meant to be discarded.
struct AsyncTask {
  struct promise_type {
    AsyncTask get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception();
    void return_void() noexcept;
  };
};
// Copies the callable into its own frame before running it.
template <class F>
void async_run(F&& f) {}
template <class T>
T sync_wait(Task<T>&& t);
mock_detail::awaiter<void> sleepCoro(trantor::EventLoop* loop, double seconds);
mock_detail::awaiter<void> switchThreadCoro(trantor::EventLoop* loop);

class HttpRequest {
 public:
  static std::shared_ptr<HttpRequest> newHttpRequest();
  std::string_view body() const;
  std::string_view getBody() const;
  virtual const char* bodyData() const = 0;
  virtual const std::string& getParameter(const std::string& key) const = 0;
  virtual const std::unordered_map<std::string, std::string>& parameters() const = 0;
  const std::unordered_map<std::string, std::string>& getParameters() const;
  template <class T>
  std::optional<T> getOptionalParameter(const std::string& key);
};
class HttpResponse {
 public:
  static std::shared_ptr<HttpResponse> newHttpResponse();
  static std::shared_ptr<HttpResponse> newStreamResponse(const std::function<std::size_t(char*, std::size_t)>& callback);
  static std::shared_ptr<HttpResponse> newAsyncStreamResponse(const std::function<void(std::unique_ptr<int>)>& callback);
};
using HttpRequestPtr = std::shared_ptr<HttpRequest>;
using HttpResponsePtr = std::shared_ptr<HttpResponse>;
enum class ReqResult { Ok, Timeout };

class HttpClient {
 public:
  static std::shared_ptr<HttpClient> newHttpClient(std::string host);
  // Synchronous: blocks the calling thread.
  std::pair<ReqResult, HttpResponsePtr> sendRequest(const HttpRequestPtr& r, double timeout = 0);
  // timeout == 0 means "no timeout".
  void sendRequest(const HttpRequestPtr& r, const std::function<void(ReqResult, const HttpResponsePtr&)>& callback, double timeout = 0);
  mock_detail::awaiter<HttpResponsePtr> sendRequestCoro(HttpRequestPtr r, double timeout = 0);
};

namespace orm {
class Result {
 public:
  std::size_t size() const;
};
class DbClient {
 public:
  template <class... A>
  Result execSqlSync(std::string sql, A&&... a);  // blocks
  template <class F, class E, class... A>
  void execSqlAsync(const std::string& sql, F&& f, E&& e, A&&... a) {}
  std::shared_ptr<DbClient> newTransaction(const std::function<void(bool)>& commit = {});
  void newTransactionAsync(const std::function<void(std::shared_ptr<DbClient>)>& f);
  template <class... A>
  mock_detail::awaiter<Result> execSqlCoro(std::string sql, A&&... a);
};
using DbClientPtr = std::shared_ptr<DbClient>;
template <class T>
class Mapper {
 public:
  explicit Mapper(DbClientPtr c);
  T findByPrimaryKey(std::string key);  // blocks
  void findByPrimaryKey(std::string key, const std::function<void(T)>& f, const std::function<void(const std::exception&)>& e);
  std::vector<T> findAll();
  T findOne(const std::string& criteria);
  std::vector<T> findBy(const std::string& criteria);
  std::size_t count(const std::string& criteria = {});
  void insert(T& obj);
  std::size_t update(const T& obj);
  std::size_t updateBy(const std::vector<std::string>& columns, const std::string& criteria);
  std::size_t deleteOne(const T& obj);
  std::size_t deleteBy(const std::string& criteria);
  std::size_t deleteByPrimaryKey(const std::string& key);
};
template <class T>
class CoroMapper {
 public:
  explicit CoroMapper(DbClientPtr c);
  mock_detail::awaiter<T> findByPrimaryKey(std::string key);
};
}  // namespace orm

class HttpAppFramework {
 public:
  orm::DbClientPtr getDbClient(std::string name = "default");
  trantor::EventLoop* getLoop();
  template <class F>
  HttpAppFramework& registerHandler(const std::string& path, F&& f);
  template <class F>
  HttpAppFramework& registerHandlerViaRegex(const std::string& path, F&& f);
  HttpAppFramework& registerBeginningAdvice(const std::function<void()>& f);
  HttpAppFramework& registerSyncAdvice(const std::function<HttpResponsePtr(const HttpRequestPtr&)>& f);
  HttpAppFramework& registerPreRoutingAdvice(const std::function<void(const HttpRequestPtr&)>& f);
  HttpAppFramework& registerPostRoutingAdvice(const std::function<void(const HttpRequestPtr&)>& f);
  HttpAppFramework& registerPreHandlingAdvice(const std::function<void(const HttpRequestPtr&)>& f);
  HttpAppFramework& registerPostHandlingAdvice(const std::function<void(const HttpRequestPtr&, const HttpResponsePtr&)>& f);
  HttpAppFramework& registerPreSendingAdvice(const std::function<void(const HttpRequestPtr&, const HttpResponsePtr&)>& f);
  void forward(const HttpRequestPtr& req, std::function<void(const HttpResponsePtr&)>&& f);
  void run();
};
HttpAppFramework& app();

}  // namespace drogon
