// Mock of TooManyCooks. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>
#include <future>
#include <ranges>
#include <variant>

namespace tmc {

class ex_any {
 public:
  template <class E>
  ex_any(E* executor);
};

template <class T = void>
struct [[nodiscard]] task {
  using promise_type = mock_detail::lazy_promise<task, T>;
  task() noexcept;
  task(task&&) noexcept;
  task& operator=(task&&) noexcept;
  ~task();
  template <class E>
  task& resume_on(E&& executor) & noexcept;
  template <class E>
  task&& resume_on(E&& executor) && noexcept;
  mock_detail::awaiter<T> operator co_await() && noexcept;
};

namespace detail {
template <class Derived>
class run_on_mixin {
 public:
  template <class E>
  Derived& run_on(E&& executor) &;
  template <class E>
  Derived&& run_on(E&& executor) &&;
};
template <class Derived>
class resume_on_mixin {
 public:
  template <class E>
  Derived& resume_on(E&& executor) &;
  template <class E>
  Derived&& resume_on(E&& executor) &&;
};
template <class Derived>
class with_priority_mixin {
 public:
  Derived& with_priority(std::size_t priority) &;
  Derived&& with_priority(std::size_t priority) &&;
};
template <class Derived>
class customized : public run_on_mixin<Derived>, public resume_on_mixin<Derived>, public with_priority_mixin<Derived> {};

// What may be awaited as an rvalue only.
template <class Base>
class rvalue_only_awaitable : public Base {
 public:
  Base&& operator co_await() && noexcept;
};
template <class A>
struct value_of {
  using type = mock_detail::await_value_t<A>;
};
template <class A>
using value_t = typename value_of<std::remove_cvref_t<A>>::type;
}  // namespace detail

// Started: it runs beside whoever holds this, who must await it.
template <class T>
class aw_spawn_fork_impl : public mock_detail::awaiter<T> {};
template <class T>
using aw_spawn_fork = detail::rvalue_only_awaitable<aw_spawn_fork_impl<T>>;

template <class A, class T = detail::value_t<A>>
class [[nodiscard]] aw_spawn : public detail::customized<aw_spawn<A, T>> {
 public:
  aw_spawn(aw_spawn&&);
  mock_detail::awaiter<T> operator co_await() && noexcept;
  void detach();
  [[nodiscard]] aw_spawn_fork<T> fork() &&;
};
template <class A>
aw_spawn<std::remove_cvref_t<A>> spawn(A&& awaitable);

// Never suspends: gives what was started.
template <class A>
class aw_fork_clang : public mock_detail::ready_awaiter<aw_spawn_fork<detail::value_t<A>>> {};
template <class A>
[[nodiscard]] aw_fork_clang<std::remove_cvref_t<A>> fork_clang(A&& awaitable);

template <class T>
class [[nodiscard]] aw_spawn_func : public detail::customized<aw_spawn_func<T>> {
 public:
  mock_detail::awaiter<T> operator co_await() && noexcept;
  void detach();
  [[nodiscard]] aw_spawn_fork<T> fork() &&;
};
template <class F, class... Args>
auto spawn_func(F&& func, Args&&... args) -> aw_spawn_func<std::invoke_result_t<F, Args...>> {
  return mock_detail::make<aw_spawn_func<std::invoke_result_t<F, Args...>>>();
}

template <class T, std::size_t Count>
class [[nodiscard]] aw_spawn_many : public detail::customized<aw_spawn_many<T, Count>> {
 public:
  mock_detail::awaiter<std::conditional_t<std::is_void_v<T>, void, std::vector<std::conditional_t<std::is_void_v<T>, int, T>>>> operator co_await() && noexcept;
  void detach();
  [[nodiscard]] aw_spawn_fork<void> fork() &&;
};
template <std::size_t Count = 0, class R, class A = std::ranges::range_value_t<std::remove_cvref_t<R>>>
aw_spawn_many<detail::value_t<A>, Count> spawn_many(R&& range);
template <std::size_t Count = 0, class It>
aw_spawn_many<detail::value_t<std::iter_value_t<std::remove_cvref_t<It>>>, Count> spawn_many(It&& begin, std::size_t count);
template <std::size_t Count = 0, class It>
aw_spawn_many<detail::value_t<std::iter_value_t<std::remove_cvref_t<It>>>, Count> spawn_many(It&& begin, It&& end);
template <std::size_t Count = 0, class It>
aw_spawn_many<detail::value_t<std::iter_value_t<std::remove_cvref_t<It>>>, Count> spawn_many(It&& begin, It&& end, std::size_t most);
template <std::size_t Count = 0, class R>
aw_spawn_many<void, Count> spawn_func_many(R&& range);

template <class... A>
class [[nodiscard]] aw_spawn_tuple : public detail::customized<aw_spawn_tuple<A...>> {
 public:
  mock_detail::awaiter<std::tuple<std::conditional_t<std::is_void_v<detail::value_t<A>>, std::monostate, detail::value_t<A>>...>> operator co_await() && noexcept;
  void detach();
  [[nodiscard]] aw_spawn_fork<void> fork() &&;
};
template <class... A>
aw_spawn_tuple<std::remove_cvref_t<A>...> spawn_tuple(A&&... awaitables);

// Collects tasks, and starts them when it is awaited.
template <std::size_t Max, class A>
class [[nodiscard]] aw_spawn_group : public detail::customized<aw_spawn_group<Max, A>> {
 public:
  class aw_spawn_group_add_clang : public mock_detail::ready_awaiter<> {};
  void add(A&& awaitable);
  [[nodiscard]] aw_spawn_group_add_clang add_clang(A&& awaitable);
  mock_detail::awaiter<> operator co_await() && noexcept;
  [[nodiscard]] aw_spawn_fork<void> fork() && noexcept;
  void reset() noexcept;
};
template <std::size_t Max = 0, class A = tmc::task<void>>
aw_spawn_group<Max, std::remove_cvref_t<A>> spawn_group();
template <std::size_t Max = 0, class A>
aw_spawn_group<Max, std::remove_cvref_t<A>> spawn_group(A&& awaitable);

// Starts tasks at once, and waits for all of them when it is awaited.
template <std::size_t Max, class T>
class [[nodiscard]] aw_fork_group {
 public:
  class aw_fork_group_fork_clang : public mock_detail::ready_awaiter<> {};
  template <class A, class E = ex_any*>
  void fork(A&& awaitable, E&& executor = {}, std::size_t priority = 0);
  template <class A>
  [[nodiscard]] aw_fork_group_fork_clang fork_clang(A&& awaitable);
  mock_detail::awaiter<> operator co_await() && noexcept;
  void reset() noexcept;
};
template <std::size_t Max = 0, class T = void>
aw_fork_group<Max, T> fork_group();
template <std::size_t Max = 0, class A, class T = detail::value_t<A>>
aw_fork_group<Max, T> fork_group(A&& awaitable);

template <class A>
task<detail::value_t<A>> as_task(A awaitable);

// Executors.
class ex_cpu {
 public:
  ex_cpu();
  ~ex_cpu();
  ex_cpu& set_thread_count(std::size_t count);
  ex_cpu& set_priority_count(std::size_t count);
  void init();
  void teardown();
  ex_any* type_erased();
};
class ex_cpu_st {
 public:
  ex_cpu_st();
  ~ex_cpu_st();
  void init();
  void teardown();
  ex_any* type_erased();
};
class ex_manual_st {
 public:
  ex_manual_st();
  ~ex_manual_st();
  void init();
  void teardown();
  bool run_one();
  std::size_t run_all();
  std::size_t run_n(std::size_t most);
  bool empty();
  ex_any* type_erased();
};
class ex_braid {
 public:
  ex_braid();
  ex_braid(ex_any* parent);
  template <class E>
  ex_braid(E& parent);
  ~ex_braid();
};
constexpr ex_cpu& cpu_executor();
int async_main(task<int>&& main);

template <class E, class W>
void post(E&& executor, W&& work, std::size_t priority = 0, std::size_t thread = 0) {}
template <class E, class T>
std::future<T> post_waitable(E&& executor, task<T>&& work, std::size_t priority = 0);
template <class E, class F>
auto post_waitable(E&& executor, F&& work, std::size_t priority = 0) -> std::future<std::invoke_result_t<F>> {
  return mock_detail::make<std::future<std::invoke_result_t<F>>>();
}
template <class E, class R>
void post_bulk(E&& executor, R&& range, std::size_t priority = 0);
template <class E, class It>
void post_bulk(E&& executor, It&& begin, std::size_t count, std::size_t priority = 0);
template <class E, class R>
std::future<void> post_bulk_waitable(E&& executor, R&& range, std::size_t priority = 0);

// Where and when a task goes on.
class [[nodiscard]] aw_resume_on : public detail::with_priority_mixin<aw_resume_on>, public mock_detail::awaiter<> {};
template <class E>
aw_resume_on resume_on(E&& executor);
aw_resume_on change_priority(std::size_t priority);
template <class E>
class aw_ex_scope_exit : public mock_detail::awaiter<> {
 public:
  aw_ex_scope_exit&& exit();
};
template <class E>
class [[nodiscard]] aw_ex_scope_enter : public mock_detail::awaiter<aw_ex_scope_exit<E>> {};
template <class E>
aw_ex_scope_enter<std::remove_cvref_t<E>> enter(E& executor);
class [[nodiscard]] aw_yield : public mock_detail::awaiter<> {};
constexpr aw_yield yield();
class [[nodiscard]] aw_yield_if_requested : public mock_detail::awaiter<> {};
constexpr aw_yield_if_requested yield_if_requested();
class [[nodiscard]] aw_yield_counter_dynamic : public mock_detail::awaiter<> {};
aw_yield_counter_dynamic check_yield_counter_dynamic(std::size_t turns);
class [[nodiscard]] aw_reschedule : public mock_detail::awaiter<> {};
constexpr aw_reschedule reschedule();
bool yield_requested();
std::size_t current_priority() noexcept;
ex_any* current_executor() noexcept;
std::size_t current_thread_index() noexcept;

// Locks and events.
class [[nodiscard]] mutex_scope {
 public:
  mutex_scope(mutex_scope&&) noexcept;
  ~mutex_scope();
};
class mutex {
 public:
  mutex() noexcept;
  bool is_locked() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
  mock_detail::awaiter<> co_unlock() noexcept;
  mock_detail::awaiter<mutex_scope> lock_scope() noexcept;
  mock_detail::awaiter<> operator co_await() noexcept;
};
class [[nodiscard]] rw_lock_read_scope {
 public:
  ~rw_lock_read_scope();
};
class [[nodiscard]] rw_lock_write_scope {
 public:
  ~rw_lock_write_scope();
};
class rw_lock {
 public:
  bool try_lock_read() noexcept;
  bool try_lock_write() noexcept;
  mock_detail::awaiter<> lock_read() noexcept;
  mock_detail::awaiter<> lock_write() noexcept;
  mock_detail::awaiter<rw_lock_read_scope> lock_read_scope() noexcept;
  mock_detail::awaiter<rw_lock_write_scope> lock_write_scope() noexcept;
  void unlock_read() noexcept;
  void unlock_write() noexcept;
};
class [[nodiscard]] semaphore_scope {
 public:
  semaphore_scope(semaphore_scope&&) noexcept;
  ~semaphore_scope();
};
class semaphore {
 public:
  semaphore(std::uint32_t count) noexcept;
  std::size_t count() noexcept;
  bool try_acquire() noexcept;
  void release(std::size_t count = 1) noexcept;
  mock_detail::awaiter<semaphore_scope> acquire_scope() noexcept;
  mock_detail::awaiter<> operator co_await() noexcept;
};
class auto_reset_event {
 public:
  bool is_set() noexcept;
  void set() noexcept;
  void reset() noexcept;
  mock_detail::awaiter<> operator co_await() noexcept;
};
class manual_reset_event {
 public:
  bool is_set() noexcept;
  std::size_t set() noexcept;
  void reset() noexcept;
  mock_detail::awaiter<> operator co_await() noexcept;
};
class latch {
 public:
  latch(std::size_t count) noexcept;
  bool is_ready() noexcept;
  bool count_down() noexcept;
  mock_detail::awaiter<> operator co_await() noexcept;
};
class barrier {
 public:
  barrier(std::size_t count) noexcept;
  mock_detail::awaiter<> operator co_await() noexcept;
};
template <class T>
class atomic_condvar {
 public:
  atomic_condvar(T value) noexcept;
  mock_detail::awaiter<> await(T expected) noexcept;
  void notify_one();
  void notify_all();
};

// Nothing bounds a channel; a queue that is called bounded is.
template <class T>
class chan_tok {
 public:
  chan_tok(const chan_tok&) noexcept;
  template <class... Args>
  bool post(Args&&... args) noexcept;
  template <class... Args>
  [[nodiscard]] mock_detail::awaiter<bool> push(Args&&... args) noexcept;
  template <class R>
  bool post_bulk(R&& range);
  [[nodiscard]] mock_detail::awaiter<std::optional<T>> pull() noexcept;
  [[nodiscard]] mock_detail::awaiter<std::optional<T>> pull_zc() noexcept;
  std::variant<T, std::monostate, std::monostate> try_pull() noexcept;
  chan_tok new_token() noexcept;
  void close() noexcept;
  task<void> drain() noexcept;
  void drain_wait() noexcept;
};
template <class T>
chan_tok<T> make_channel() noexcept;

template <class T>
class qu_mpsc_unbounded {
 public:
  template <class... Args>
  bool post(Args&&... args) noexcept;
  template <class R>
  bool post_bulk(R&& range) noexcept;
  [[nodiscard]] mock_detail::awaiter<std::optional<T>> pull() noexcept;
  std::optional<T> try_pull() noexcept;
  void close() noexcept;
  bool empty();
};
template <class T>
class qu_spsc_unbounded {
 public:
  template <class... Args>
  bool post(Args&&... args) noexcept;
  template <class R>
  bool post_bulk(R&& range) noexcept;
  [[nodiscard]] mock_detail::awaiter<std::optional<T>> pull() noexcept;
  std::optional<T> try_pull() noexcept;
  void close() noexcept;
  bool empty();
};
template <class T>
class qu_mpsc_bounded {
 public:
  explicit qu_mpsc_bounded(std::size_t capacity) noexcept;
  template <class... Args>
  [[nodiscard]] mock_detail::awaiter<bool> push(Args&&... args) noexcept;
  [[nodiscard]] mock_detail::awaiter<std::optional<T>> pull() noexcept;
  std::optional<T> try_pull() noexcept;
  void close() noexcept;
  bool empty();
};
template <class T>
class qu_spsc_bounded {
 public:
  explicit qu_spsc_bounded(std::size_t capacity) noexcept;
  template <class... Args>
  [[nodiscard]] mock_detail::awaiter<bool> push(Args&&... args) noexcept;
  template <class... Args>
  bool try_push(Args&&... args) noexcept;
  [[nodiscard]] mock_detail::awaiter<std::optional<T>> pull() noexcept;
  std::optional<T> try_pull() noexcept;
  void close() noexcept;
  bool empty();
};

// The first of several, and how the others are cancelled.
template <class A, class C>
class cancellable {
 public:
  template <class Aw, class Cn>
  cancellable(Aw&& awaitable, Cn&& canceller) {}
};
template <class A, class C>
cancellable(A&&, C&&) -> cancellable<std::remove_cvref_t<A>, std::decay_t<C>>;
template <class... P>
task<std::variant<std::monostate, int>> select(P... pairs) {
  return mock_detail::make<task<std::variant<std::monostate, int>>>();
}
template <class... T>
class mux_tuple {
 public:
  template <class... A>
  mux_tuple(A&&... awaitables);
  std::size_t poll() noexcept;
  mock_detail::awaiter<std::size_t> operator co_await() & noexcept;
};
template <class T, std::size_t Count = 63>
class mux_many {
 public:
  template <class R>
  mux_many(R&& range);
  std::size_t poll() noexcept;
  mock_detail::awaiter<std::size_t> operator co_await() & noexcept;
};

}  // namespace tmc
