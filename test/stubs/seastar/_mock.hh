// Mock of the parts of scylladb/seastar that the corpus uses. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <ranges>
#include <unordered_map>

namespace seastar {

template <class T = void>
class future;

namespace internal {
template <class T>
struct futurize {
  using type = future<T>;
};
template <class T>
struct futurize<future<T>> {
  using type = future<T>;
};
template <class F, class T>
struct then_result {
  using type = typename futurize<std::invoke_result_t<F, T>>::type;
};
template <class F>
struct then_result<F, void> {
  using type = typename futurize<std::invoke_result_t<F>>::type;
};
}  // namespace internal
template <class T>
using futurize_t = typename internal::futurize<T>::type;

// Eager future / coroutine return type. All continuations of a shard run on
// that shard's single reactor thread.
template <class T>
class [[nodiscard]] future {
 public:
  using promise_type = mock_detail::eager_promise<future, T>;
  future(future&&) noexcept;
  future& operator=(future&&) noexcept;
  ~future();
  T get();  // only legal inside seastar::thread, or when available()
  T get0();
  void wait() noexcept;
  template <class F>
  auto then_unpack(F&& f) -> future<>;
  template <class F>
  future handle_exception_type(F&& f);
  bool available() const noexcept;
  bool failed() const noexcept;
  void ignore_ready_future() noexcept;
  std::exception_ptr get_exception() noexcept;
  template <class F>
  auto then(F&& f) -> typename internal::then_result<F, T>::type {
    return mock_detail::make<typename internal::then_result<F, T>::type>();
  }
  template <class F>
  auto then_wrapped(F&& f) -> futurize_t<std::invoke_result_t<F, future>> {
    return mock_detail::make<futurize_t<std::invoke_result_t<F, future>>>();
  }
  template <class F>
  future<T> handle_exception(F&& f) {
    return mock_detail::make<future<T>>();
  }
  template <class F>
  future<T> finally(F&& f) {
    return mock_detail::make<future<T>>();
  }
  future<void> discard_result();
  mock_detail::awaiter<T> operator co_await() noexcept;
};

template <class T = void, class... A>
future<T> make_ready_future(A&&... a);

struct abort_requested_exception : std::exception {};
struct sleep_aborted : abort_requested_exception {};
struct gate_closed_exception : std::exception {};
struct broken_condition_variable : std::exception {};
struct timed_out_error : std::exception {};

class abort_source {
 public:
  bool abort_requested() const noexcept;
  void request_abort() noexcept;
  void check() const;  // throws abort_requested_exception
};

class gate {
 public:
  class holder {
   public:
    holder(holder&&) noexcept;
    ~holder();
  };
  holder hold();
  std::optional<holder> try_hold() noexcept;
  void enter();
  bool try_enter() noexcept;
  void leave() noexcept;
  void check() const;  // throws gate_closed_exception
  bool is_closed() const noexcept;
  future<> close();
};
template <class F>
auto with_gate(gate& g, F&& f) -> futurize_t<std::invoke_result_t<F>> {
  g.check();
  return std::forward<F>(f)();  // the real one also holds the gate until the future resolves
}

struct lowres_clock {
  using duration = std::chrono::milliseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<lowres_clock, duration>;
  static constexpr bool is_steady = true;
  static time_point now() noexcept;
};

future<> sleep(std::chrono::milliseconds d);
future<> sleep_abortable(std::chrono::milliseconds d);
future<> sleep_abortable(std::chrono::milliseconds d, abort_source& as);
template <class T>
future<T> with_timeout(lowres_clock::time_point tp, future<T> f);
future<> yield();

class semaphore_units {
 public:
  semaphore_units(semaphore_units&&) noexcept;
  ~semaphore_units();
  void return_all();
};
class semaphore {
 public:
  explicit semaphore(std::size_t n);
  std::size_t waiters() const noexcept;
  future<> wait(std::size_t n = 1);
  bool try_wait(std::size_t n = 1);
  void signal(std::size_t n = 1);
};
future<semaphore_units> get_units(semaphore& s, std::size_t n);

template <class T>
class queue {
 public:
  explicit queue(std::size_t max);
  bool push(T&& v);  // false when full
  future<> push_eventually(T&& v);
  future<T> pop_eventually();
  T pop();
  void set_max_size(std::size_t max) noexcept;
  std::size_t size() const noexcept;
  bool full() const noexcept;
  bool empty() const noexcept;
};

class condition_variable {
 public:
  future<> wait();
  template <class P>
  future<> wait(P&& pred) {
    return mock_detail::make<future<>>();
  }
  template <class P>
  mock_detail::awaiter<void> when(P&& pred);
  void signal() noexcept;
  void broadcast() noexcept;
};

// Runs f in a stackful seastar::thread, where future::get() may wait.
template <class F>
auto async(F&& f) -> futurize_t<std::invoke_result_t<F>> {
  return mock_detail::make<futurize_t<std::invoke_result_t<F>>>();
}
struct thread {
  thread() = default;
  template <class F>
  explicit thread(F f) {}
  future<> join();
  static void yield();
  static void maybe_yield();
};
bool need_preempt() noexcept;

template <class R, class F>
future<> parallel_for_each(R&& r, F&& f) {
  return mock_detail::make<future<>>();
}
template <class R, class F>
future<> max_concurrent_for_each(R&& r, std::size_t n, F&& f) {
  return mock_detail::make<future<>>();
}
template <class R, class F>
future<> do_for_each(R&& r, F&& f) {
  return mock_detail::make<future<>>();
}

namespace coroutine {
// Gives the future itself, when it is ready.
template <class T>
struct as_future {
  explicit as_future(future<T>&& f) noexcept;
  mock_detail::awaiter<future<T>> operator co_await() noexcept;
};
template <class T>
struct as_future_without_preemption_check {
  explicit as_future_without_preemption_check(future<T>&& f) noexcept;
  mock_detail::awaiter<future<T>> operator co_await() noexcept;
};
struct maybe_yield {
  mock_detail::awaiter<void> operator co_await() const noexcept;
};
// Safe for lambda coroutines: keeps the callable until it resolves.
template <class F>
struct parallel_for_each {
  template <class R>
  parallel_for_each(R&& r, F f) {}
  mock_detail::awaiter<void> operator co_await() const noexcept { return {}; }
};
template <class R, class F>
parallel_for_each(R&&, F) -> parallel_for_each<F>;
// Keeps the callable's captures alive until the end of the full expression
// that co_awaits the result.
template <class F>
struct lambda {
  F* func;
  explicit lambda(F&& f) : func(&f) {}
  template <class... A>
  auto operator()(A&&... a) const -> std::invoke_result_t<F, A...> {
    return std::invoke(*func, std::forward<A>(a)...);
  }
};
template <class F>
lambda(F&&) -> lambda<F>;
}  // namespace coroutine

template <class Service>
class sharded {
 public:
  Service& local();
  template <class F>
  future<> invoke_on_others(F&& f);
  template <class M>
  auto map(M mapper) -> future<>;
  template <class R, class F>
  auto map_reduce(R&& r, F&& f) -> future<>;
  template <class F>
  future<> invoke_on_all(F&& f) {
    return mock_detail::make<future<>>();
  }
  template <class F>
  auto invoke_on(unsigned shard, F&& f) -> futurize_t<std::invoke_result_t<F, Service&>> {
    return mock_detail::make<futurize_t<std::invoke_result_t<F, Service&>>>();
  }
};

using sstring = std::string;
template <class T>
class lw_shared_ptr {
 public:
  lw_shared_ptr() noexcept;
  lw_shared_ptr(std::nullptr_t) noexcept;
  lw_shared_ptr(const lw_shared_ptr& x) noexcept;
  lw_shared_ptr(lw_shared_ptr&& x) noexcept;
  ~lw_shared_ptr();
  lw_shared_ptr& operator=(const lw_shared_ptr& x) noexcept;
  T& operator*() const noexcept;
  T* operator->() const noexcept;
  T* get() const noexcept;
  explicit operator bool() const noexcept;
};
template <class T, class... A>
lw_shared_ptr<T> make_lw_shared(A&&... a);
template <class T>
class shared_ptr {
 public:
  shared_ptr() noexcept;
  shared_ptr(std::nullptr_t) noexcept;
  shared_ptr(const shared_ptr& x) noexcept;
  shared_ptr(shared_ptr&& x) noexcept;
  ~shared_ptr();
  shared_ptr& operator=(const shared_ptr& x) noexcept;
  T& operator*() const noexcept;
  T* operator->() const noexcept;
  T* get() const noexcept;
  explicit operator bool() const noexcept;
};
template <class T, class... A>
shared_ptr<T> make_shared(A&&... a);
template <class PtrType>
class foreign_ptr {
 public:
  foreign_ptr(PtrType value) noexcept;
};
template <class T>
class enable_lw_shared_from_this {
 public:
  lw_shared_ptr<T> shared_from_this();
};
template <class T>
class enable_shared_from_this {
 public:
  shared_ptr<T> shared_from_this();
};

struct logger {
  explicit logger(const char* name);
  template <class... A>
  void info(const char* fmt, A&&... a);
  template <class... A>
  void warn(const char* fmt, A&&... a);
  template <class... A>
  void debug(const char* fmt, A&&... a);
};

struct this_shard {
  static unsigned id();
};

}  // namespace seastar
namespace ss = seastar;
