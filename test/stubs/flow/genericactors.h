// Mock of flow's generic actors. Declarations only.
#pragma once
#include <flow/FastRef.h>
#include <flow/flow.h>

struct FlowLock : public ReferenceCounted<FlowLock> {
  struct Releaser {
    Releaser(FlowLock& lock, long amount = 1);
    ~Releaser();
    void release();
  };
  explicit FlowLock(long permits = 1);
  Future<Void> take(long amount = 1);
  void release(long amount = 1);
};
template <class T>
Future<T> timeoutError(Future<T> what, double seconds);
template <class T>
Future<T> timeout(Future<T> what, double seconds, T instead);
template <class T>
Future<T> uncancellable(Future<T> what);
template <class T>
Future<Void> waitForAll(const std::vector<Future<T>>& results);
namespace coro {
template <class T>
struct FutureErrorOr : mock_detail::awaiter<std::optional<T>> {};
template <class T>
FutureErrorOr<T> errorOr(Future<T> future);
}  // namespace coro
template <class T>
Future<std::optional<T>> errorOr(Future<T> what);
