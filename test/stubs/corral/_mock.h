// Mock of corral. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <compare>

namespace corral {

namespace detail {
template <class T>
concept range = requires(T t) { t.begin(); };
template <class T>
concept awaiter_of = requires(T t) { t.await_resume(); };
template <class A>
struct value_of {
  using type = mock_detail::await_value_t<A>;
};
template <awaiter_of A>
struct value_of<A> {
  using type = decltype(std::declval<A>().await_resume());
};
// Clang before 21 looks at a result before it looks at what a function requires.
template <range A>
struct value_of<A> {
  using type = int;
};
// What a callable that gives an awaitable gives when it is awaited.
template <class F>
  requires std::invocable<F>
struct value_of<F> : value_of<std::invoke_result_t<F>> {};
template <class A>
using value_t = typename value_of<std::remove_cvref_t<A>>::type;
template <class T>
using not_void = std::conditional_t<std::is_void_v<T>, int, T>;

// What most functions give: it is awaited where it is made.
template <class T>
class [[nodiscard]] AwaiterMaker {
 public:
  mock_detail::awaiter<T> operator co_await() &&;
};
template <class T>
struct CoAwaitFactory {
  T operator co_await() const noexcept;
};
template <class Task, class T>
struct Promise : mock_detail::lazy_promise<Task, T> {
  // Macros begin blocks with `co_yield`, which waits as `co_await` does.
  template <class A>
  mock_detail::awaiter<> yield_value(A&& block) {
    return {};
  }
};
struct NurseryBodyRetval {};
class TaskStartedTag {};
}  // namespace detail

class Executor {};

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<Task, T>;
  Task();
  Task(Task&&) noexcept;
  Task& operator=(Task&&) noexcept;
  bool valid() const;
  mock_detail::awaiter<T> operator co_await() noexcept;
};

// Starting and running.
template <class EventLoop, class A>
auto run(EventLoop& loop, A&& awaitable) -> detail::value_t<A> {
  return mock_detail::make<detail::value_t<A>>();
}

namespace detail {
struct JoinTag {};
struct CancelTag {};
// What is there already: awaiting it never suspends.
template <class T>
class ReadyAwaiter : public mock_detail::ready_awaiter<T> {};
}  // namespace detail
inline constexpr detail::JoinTag join;
inline constexpr detail::CancelTag cancel;

template <class Ret = void>
class TaskStarted {
 public:
  TaskStarted();
  TaskStarted(detail::TaskStartedTag);
  TaskStarted(TaskStarted&&);
  template <class... R>
  void operator()(R... result);
};

namespace detail {
class NurseryBase {
 protected:
  void cancel();
};
struct DefaultErrorPolicy {};
template <class Ret>
class NurseryStartAwaiter {
 public:
  class Maker : public AwaiterMaker<Ret> {};
};
}  // namespace detail

template <class Policy>
class BasicNursery : public detail::NurseryBase {
 public:
  struct Factory {
    template <class F>
    detail::AwaiterMaker<void> operator%(F&& body) {
      return mock_detail::make<detail::AwaiterMaker<void>>();
    }
  };
  unsigned taskCount() const noexcept;
  template <class F, class... Args>
    requires std::invocable<F, Args...>
  void start(F callable, Args... args) {}
  template <class Ret = void, class F, class... Args>
    requires std::invocable<F, Args..., detail::TaskStartedTag>
  typename detail::NurseryStartAwaiter<Ret>::Maker start(F callable, Args... args) {
    return mock_detail::make<typename detail::NurseryStartAwaiter<Ret>::Maker>();
  }
  void cancel();
  Executor* executor() const noexcept;
};
using Nursery = BasicNursery<detail::DefaultErrorPolicy>;

// How a nursery's body ends.
template <>
class [[nodiscard]] Task<detail::NurseryBodyRetval> {
 public:
  struct promise_type : detail::Promise<Task, detail::NurseryBodyRetval> {
    void return_value(detail::JoinTag);
    void return_value(detail::CancelTag);
  };
  mock_detail::awaiter<> operator co_await() noexcept;
};

template <class Policy>
class BasicUnsafeNursery final : public BasicNursery<Policy> {
 public:
  template <class EventLoop>
  explicit BasicUnsafeNursery(EventLoop&& loop);
  ~BasicUnsafeNursery();
  bool empty() const noexcept;
  void close();
  template <class F>
  void asyncClose(F continuation) {}
  detail::AwaiterMaker<void> join();
};
using UnsafeNursery = BasicUnsafeNursery<detail::DefaultErrorPolicy>;

// Combinations.
template <class... A>
  requires(!detail::range<A> && ...)
auto anyOf(A&&... awaitables) -> detail::AwaiterMaker<std::tuple<std::optional<detail::not_void<detail::value_t<A>>>...>> {
  return mock_detail::make<detail::AwaiterMaker<std::tuple<std::optional<detail::not_void<detail::value_t<A>>>...>>>();
}
template <class R>
  requires detail::range<R>
auto anyOf(R&& range) -> detail::AwaiterMaker<std::vector<int>> {
  return mock_detail::make<detail::AwaiterMaker<std::vector<int>>>();
}
template <class... A>
  requires(!detail::range<A> && ...)
auto allOf(A&&... awaitables) -> detail::AwaiterMaker<std::tuple<detail::not_void<detail::value_t<A>>...>> {
  return mock_detail::make<detail::AwaiterMaker<std::tuple<detail::not_void<detail::value_t<A>>...>>>();
}
template <class R>
  requires detail::range<R>
auto allOf(R&& range) -> detail::AwaiterMaker<std::vector<int>> {
  return mock_detail::make<detail::AwaiterMaker<std::vector<int>>>();
}
template <class... A>
  requires(!detail::range<A> && ...)
auto mostOf(A&&... awaitables) -> detail::AwaiterMaker<std::tuple<std::optional<detail::not_void<detail::value_t<A>>>...>> {
  return mock_detail::make<detail::AwaiterMaker<std::tuple<std::optional<detail::not_void<detail::value_t<A>>>...>>>();
}
template <class R>
  requires detail::range<R>
auto mostOf(R&& range) -> detail::AwaiterMaker<std::vector<int>> {
  return mock_detail::make<detail::AwaiterMaker<std::vector<int>>>();
}

namespace detail {
template <class Try>
class TryBlockBuilder {
 public:
  template <class C>
  TryBlockBuilder catch_(C&& handler) && {
    return mock_detail::make<TryBlockBuilder>();
  }
  template <class F>
  AwaiterMaker<void> finally(F&& clean) && {
    return mock_detail::make<AwaiterMaker<void>>();
  }
  mock_detail::awaiter<> operator co_await() &&;
};
// What the macros are made of.
struct TryBlockMacroFactory {
  template <class Catch, class Try>
  struct Builder {
    template <class C>
    Builder operator/(C&& handler) {
      return mock_detail::make<Builder>();
    }
    template <class F>
    AwaiterMaker<void> operator%(F&& clean) {
      return mock_detail::make<AwaiterMaker<void>>();
    }
  };
  template <class Try>
  Builder<int, Try> operator%(Try&& body) {
    return mock_detail::make<Builder<int, Try>>();
  }
};
template <class F>
class SequenceBuilder {};
template <class First, class F>
AwaiterMaker<void> operator|(First&& first, SequenceBuilder<F>&& next) {
  return mock_detail::make<AwaiterMaker<void>>();
}
}  // namespace detail
template <class Try>
detail::TryBlockBuilder<Try> try_(Try&& body) {
  return mock_detail::make<detail::TryBlockBuilder<Try>>();
}
template <class F>
detail::SequenceBuilder<F> then(F&& next) {
  return mock_detail::make<detail::SequenceBuilder<F>>();
}
template <class First, class Then>
detail::AwaiterMaker<void> with(First&& first, Then&& then) {
  return mock_detail::make<detail::AwaiterMaker<void>>();
}

template <class A>
auto noncancellable(A awaitable) -> detail::AwaiterMaker<detail::value_t<A>> {
  return mock_detail::make<detail::AwaiterMaker<detail::value_t<A>>>();
}
template <class A>
auto disposable(A awaitable) -> detail::AwaiterMaker<detail::value_t<A>> {
  return mock_detail::make<detail::AwaiterMaker<detail::value_t<A>>>();
}
template <class A>
auto untilCancelledAnd(A&& awaitable) -> detail::AwaiterMaker<void> {
  return mock_detail::make<detail::AwaiterMaker<void>>();
}
template <class F>
detail::AwaiterMaker<void> yieldToRun(F callable) {
  return mock_detail::make<detail::AwaiterMaker<void>>();
}
class Yield : public mock_detail::awaiter<> {};
inline constexpr detail::CoAwaitFactory<Yield> yield;
class SuspendForever : public mock_detail::awaiter<> {};
inline constexpr detail::CoAwaitFactory<SuspendForever> suspendForever;
detail::ReadyAwaiter<void> noop();
template <class T>
detail::ReadyAwaiter<T> just(T value);

// Bridges to callbacks: the awaited operation is over when the callback is called.
template <class... Ts>
class CBPortal : public mock_detail::awaiter<> {
 public:
  CBPortal();
};
template <class Initiate>
detail::AwaiterMaker<void> untilCBCalled(Initiate&& initiate) {
  return mock_detail::make<detail::AwaiterMaker<void>>();
}
template <class Initiate, class Cancel>
detail::AwaiterMaker<void> untilCBCalled(Initiate&& initiate, Cancel&& cancel) {
  return mock_detail::make<detail::AwaiterMaker<void>>();
}

// Between tasks of one loop.
class Event {
 public:
  void trigger();
  bool triggered() const noexcept;
  detail::AwaiterMaker<void> get();
  mock_detail::awaiter<> operator co_await();
};
class ParkingLot {
 public:
  bool empty() const noexcept;
  detail::AwaiterMaker<void> park();
  void unparkOne();
  void unparkAll();
};
class Semaphore {
 public:
  class [[nodiscard]] Lock {
   public:
    Lock();
    Lock(Lock&&) noexcept;
    Lock& operator=(Lock) noexcept;
    ~Lock();
  };
  explicit Semaphore(std::size_t initial = 1);
  std::size_t value() const noexcept;
  [[nodiscard]] detail::AwaiterMaker<void> acquire();
  bool tryAcquire() noexcept;
  void release();
  [[nodiscard]] detail::AwaiterMaker<Lock> lock();
};
template <class T>
class Value {
 public:
  Value();
  explicit Value(T value);
  const T& get() const noexcept;
  void set(T value);
  template <class F>
  detail::AwaiterMaker<T> untilMatches(F&& predicate) {
    return mock_detail::make<detail::AwaiterMaker<T>>();
  }
  detail::AwaiterMaker<T> untilEquals(T expected);
  detail::AwaiterMaker<std::pair<T, T>> untilChanged();
};
template <class A>
class Shared {
 public:
  Shared(A&& awaitable);
  bool closed() const noexcept;
  mock_detail::awaiter<detail::value_t<A>> operator co_await();
};
namespace detail::channel {
template <class T>
class ReadHalf {
 public:
  [[nodiscard]] AwaiterMaker<std::optional<T>> receive();
  std::optional<T> tryReceive();
  std::size_t size() const noexcept;
  bool empty() const noexcept;
  bool closed() const noexcept;
};
template <class T>
class WriteHalf {
 public:
  template <class U>
  [[nodiscard]] AwaiterMaker<bool> send(U&& value);
  template <class U>
  bool trySend(U&& value);
  void close();
  std::size_t space() const noexcept;
  bool full() const noexcept;
  bool closed() const noexcept;
};
}  // namespace detail::channel
// Without a size nothing bounds it.
template <class T>
struct Channel : public detail::channel::ReadHalf<T>, public detail::channel::WriteHalf<T> {
  Channel();
  explicit Channel(std::size_t maxSize);
  ~Channel();
  std::size_t size() const noexcept;
  bool empty() const noexcept;
  std::size_t space() const noexcept;
  bool full() const noexcept;
  bool closed() const noexcept;
  void close();
  [[nodiscard]] detail::AwaiterMaker<std::optional<T>> receive();
  std::optional<T> tryReceive();
  template <class U>
  [[nodiscard]] detail::AwaiterMaker<bool> send(U&& value);
  template <class U>
  bool trySend(U&& value);
};

class ThreadPool {
 public:
  class CancelToken {
   public:
    explicit operator bool() noexcept;
    bool peek() const noexcept;
    void consume() noexcept;
  };
  template <class EventLoop>
  ThreadPool(EventLoop& loop, unsigned threads);
  ~ThreadPool();
  template <class F, class... Args>
    requires std::invocable<F, Args...>
  auto run(F&& work, Args&&... args) -> detail::AwaiterMaker<std::invoke_result_t<F, Args...>> {
    return mock_detail::make<detail::AwaiterMaker<std::invoke_result_t<F, Args...>>>();
  }
  template <class F, class... Args>
    requires std::invocable<F, Args..., ThreadPool::CancelToken>
  auto run(F&& work, Args&&... args) -> detail::AwaiterMaker<std::invoke_result_t<F, Args..., ThreadPool::CancelToken>> {
    return mock_detail::make<detail::AwaiterMaker<std::invoke_result_t<F, Args..., ThreadPool::CancelToken>>>();
  }
};

}  // namespace corral

#define CORRAL_WITH_NURSERY(argname)                                                               \
  co_yield ::corral::BasicNursery<::corral::detail::DefaultErrorPolicy>::Factory{} %               \
      [&](::corral::BasicNursery<::corral::detail::DefaultErrorPolicy> & argname)                  \
          ->::corral::Task<::corral::detail::NurseryBodyRetval>
#define CORRAL_TRY co_yield ::corral::detail::TryBlockMacroFactory{} % [&]()->::corral::Task<void>
#define CORRAL_FINALLY % [&]()->::corral::Task<void>
#define CORRAL_CATCH(arg) / [&](arg)->::corral::Task<void>
