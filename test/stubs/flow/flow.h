// Mock of the C++20 coroutine side of apple/foundationdb's flow. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>

struct Void {};
class Error {
 public:
  int code() const;
};
inline constexpr int error_code_actor_cancelled = 1101;

// Dropping the last reference to a Future cancels the actor behind it.
template <class T>
class Future {
 public:
  using promise_type = mock_detail::eager_promise<Future, T>;
  Future(const Future&);
  ~Future();
  bool isReady() const;
  const T& get() const;
  void cancel();
  // await_resume refers into the state owned by the Future.
  mock_detail::awaiter<const T&> operator co_await() const;
};
template <class T>
class AsyncResult {
 public:
  using promise_type = mock_detail::eager_promise<AsyncResult, T>;
  AsyncResult(AsyncResult&&) noexcept;
  ~AsyncResult();
  mock_detail::awaiter<T> operator co_await() &&;
};
template <class T>
class Promise final {
 public:
  void send(T value) const;
  void sendError(const Error& error) const;
  Future<T> getFuture() const;
};
// Nothing bounds what was sent and not yet taken.
template <class T>
class FutureStream {
 public:
  bool isReady() const;
  T pop();
  mock_detail::awaiter<T> operator co_await() const;
};
template <class T>
class PromiseStream {
 public:
  void send(T value) const;
  FutureStream<T> getFuture() const;
};
Future<Void> delay(double seconds);
Future<Void> delayUntil(double time);
Future<Void> delayJittered(double seconds);
Future<Void> yield();
void threadSleep(double seconds);
void waitThread(void* thread);
class INetwork {
 public:
  virtual void run() = 0;
};
class ThreadSingleAssignmentVarBase {
 public:
  void blockUntilReady();
  void blockUntilReadyCheckOnMainThread();
};
template <class T>
class ThreadFuture {
 public:
  bool isReady();
  T getBlocking();
  void blockUntilReady();
  void blockUntilReadyCheckOnMainThread();
};
template <class F>
void onMainThreadVoid(F f);
template <class F>
auto onMainThread(F f) -> ThreadFuture<int>;
