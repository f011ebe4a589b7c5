// Callbacks that frameworks are given, and awaits that never suspend.
// clang-format off: a mark belongs to its line
#include <async_simple/Executor.h>
#include <async_simple/coro/Lazy.h>
#include <coroutine>
#include <drogon/HttpController.h>
#include <drogon/RequestStream.h>
#include <drogon/WebSocketClient.h>
#include <folly/coro/Task.h>
#include <mutex>
#include <thread>
#include <trantor/net/Channel.h>
#include <trantor/net/EventLoopThread.h>
#include <trantor/net/Resolver.h>
#include <trantor/net/TcpClient.h>
#include <trantor/net/TcpServer.h>
#include <winrt/base.h>

using namespace drogon;

static void nap() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

class Pages : public HttpController<Pages> {
public:
  static void initPathRouting() {
    registerMethod(&Pages::index, "/", {}, true, "");
    registerMethodViaRegex(&Pages::other, "/x", {}, "");
  }
  void index(const HttpRequestPtr &, std::function<void(const HttpResponsePtr &)> &&) {
    nap(); // expect: async-blocking-call
  }
  void other(const HttpRequestPtr &, std::function<void(const HttpResponsePtr &)> &&) {
    nap(); // expect: async-blocking-call
  }
  void tool() { nap(); }
};

void server_bad(trantor::TcpServer &s, trantor::TcpClient &c, trantor::Channel &events, trantor::Resolver &r, WebSocketClient &w) {
  s.setRecvMessageCallback([](const trantor::TcpConnectionPtr &, trantor::MsgBuffer *) { nap(); }); // expect: async-blocking-call
  s.setConnectionCallback([](const trantor::TcpConnectionPtr &peer) {
    peer->setCloseCallback([](const trantor::TcpConnectionPtr &) { nap(); }); // expect: async-blocking-call
  });
  c.setMessageCallback([](const trantor::TcpConnectionPtr &, trantor::MsgBuffer *) { nap(); }); // expect: async-blocking-call
  events.setReadCallback([] { nap(); }); // expect: async-blocking-call
  r.resolve("a", [](const int &) { nap(); }); // expect: async-blocking-call
  w.setMessageHandler([](std::string &&, const std::shared_ptr<WebSocketClient> &, const int &) { nap(); }); // expect: async-blocking-call
  HttpResponse::newAsyncStreamResponse([](std::unique_ptr<int>) { nap(); }); // expect: async-blocking-call
  RequestStreamReader::newReader([](const char *, std::size_t) { nap(); }, [](std::exception_ptr) {}); // expect: async-blocking-call
}

void own_loop_ok(trantor::EventLoopThread &t) {
  t.getLoop()->runInLoop([] { nap(); });
  auto *loop = t.getLoop();
  loop->queueInLoop([] { nap(); });
}

void loop_bad(trantor::EventLoop *loop) {
  loop->runInLoop([] { nap(); }); // expect: async-blocking-call
}

static std::mutex m;

winrt::IAsyncAction token_ok() {
  std::lock_guard g(m);
  auto cancelled = co_await winrt::get_cancellation_token();
  auto progress = co_await winrt::get_progress_token();
}

folly::coro::Task<void> safe_point_ok() {
  std::lock_guard g(m);
  co_await folly::coro::co_safe_point;
  co_return;
}

async_simple::coro::Lazy<> executor_ok() {
  std::lock_guard g(m);
  co_await async_simple::CurrentExecutor{};
  co_return;
}

winrt::IAsyncAction token_bad() {
  std::lock_guard g(m); // expect: async-lock-across-suspension
  co_await winrt::resume_background();
}
