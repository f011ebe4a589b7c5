// What `async-tidy self-test` analyses: for each rule, code that it must speak
// of. It includes nothing, so it can be read on every machine.

extern "C" unsigned sleep(unsigned);

namespace std {
using size_t = decltype(sizeof 0);
template <class R, class...> struct coroutine_traits {
  using promise_type = typename R::promise_type;
};
template <class P = void> struct coroutine_handle {
  static coroutine_handle from_address(void *) noexcept;
  operator coroutine_handle<>() const noexcept;
};
template <> struct coroutine_handle<void> {
  static coroutine_handle from_address(void *) noexcept;
};
struct suspend_always {
  bool await_ready() noexcept;
  void await_suspend(coroutine_handle<>) noexcept;
  void await_resume() noexcept;
};
class mutex {
public:
  void lock();
  void unlock();
};
template <class M> class lock_guard {
public:
  explicit lock_guard(M &);
  ~lock_guard();
};
template <class T> class future {
public:
  T get();
};
template <class T> class atomic {
public:
  T load() const;
};
template <class T> class vector {
public:
  T *begin();
  T *end();
  void push_back(const T &);
  T &front();
  void clear();
  T &operator[](size_t);
};
template <class T> class deque {
public:
  void push_back(const T &);
  void pop_front();
  T &front();
  bool empty() const;
};
class stop_token {
public:
  bool stop_requested() const;
};
class exception {};
} // namespace std

namespace boost::asio {
template <class T> class awaitable {
public:
  struct promise_type {
    awaitable get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
    template <class A> A await_transform(A);
  };
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
struct use_awaitable_t {};
inline constexpr use_awaitable_t use_awaitable;
struct detached_t {};
inline constexpr detached_t detached;
class io_context {
public:
  void run();
};
template <class C, class A, class T> void co_spawn(C &, A &&, T) {}
template <class C, class F> void post(C &, F) {}
struct mutable_buffer {};
template <class T> mutable_buffer buffer(T &);
struct tcp {};
template <class P> class basic_stream_socket {
public:
  template <class B, class T> awaitable<int> async_read_some(B, T);
};
template <class S, class B, class T> void async_write(S &, B, T) {}
} // namespace boost::asio

namespace cppcoro {
template <class T> class task {
public:
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_value(T);
  };
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
class async_mutex_lock {
public:
  ~async_mutex_lock();
};
class async_mutex_scoped_lock_operation {
public:
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  async_mutex_lock await_resume();
};
class async_mutex {
public:
  async_mutex_scoped_lock_operation scoped_lock_async();
};
} // namespace cppcoro

namespace folly::coro {
template <class T> class Task {
public:
  struct promise_type {
    Task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
};
} // namespace folly::coro

namespace asio = boost::asio;
using task = asio::awaitable<void>;

task tick();
asio::basic_stream_socket<asio::tcp> peer;

// A library that nobody models.
class job {
public:
  struct promise_type {
    job get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume();
};
job step(std::stop_token = {});
asio::io_context loop;
std::mutex guard;
std::vector<int> list;
std::deque<int> queue;
std::atomic<bool> ready;
std::future<int> answer;

namespace blocking_call {
task body() {
  sleep(1);
  co_await tick();
}
} // namespace blocking_call

namespace sync_wait {
task body() {
  answer.get();
  co_await tick();
}
} // namespace sync_wait

namespace nested_event_loop {
task body() {
  loop.run();
  co_await tick();
}
} // namespace nested_event_loop

namespace busy_wait {
task body() {
  while (!ready.load())
    ;
  co_await tick();
}
} // namespace busy_wait

namespace lock_across_suspension {
task body() {
  std::lock_guard<std::mutex> lock(guard);
  co_await tick();
}
} // namespace lock_across_suspension

namespace blocking_under_lock {
void body() {
  std::lock_guard<std::mutex> lock(guard);
  sleep(1);
}
} // namespace blocking_under_lock

namespace dangling_across_suspension {
task body() {
  int &first = list.front();
  co_await tick();
  first = 1;
}
void other() { list.clear(); }
} // namespace dangling_across_suspension

namespace thread_state_across_suspension {
thread_local int state;
folly::coro::Task<void> body() {
  int &mine = state;
  co_await std::suspend_always{};
  mine = 1;
}
} // namespace thread_state_across_suspension

namespace capturing_lambda {
void body(int n) {
  asio::co_spawn(
      loop,
      [n]() -> task {
        co_await tick();
        (void)(n + 1);
      }(),
      asio::detached);
}
} // namespace capturing_lambda

namespace dangling_argument {
task use(const int &n) {
  co_await tick();
  (void)(n + 1);
}
void body() {
  int n = 1;
  asio::co_spawn(loop, use(n), asio::detached);
}
} // namespace dangling_argument

namespace reference_parameter {
task body(const int &n) {
  co_await tick();
  (void)(n + 1);
}
} // namespace reference_parameter

namespace discarded_task {
task body() {
  tick();
  co_await tick();
}
} // namespace discarded_task

namespace detached_task {
void body() { asio::co_spawn(loop, tick(), asio::detached); }
} // namespace detached_task

namespace uncancellable_loop {
job body() {
  for (;;)
    co_await step();
}
} // namespace uncancellable_loop

namespace task_without_suspension {
task body() { co_return; }
} // namespace task_without_suspension

namespace large_frame {
void fill(char *);
task body() {
  char buffer[65536];
  co_await tick();
  fill(buffer);
}
} // namespace large_frame

namespace await_in_loop {
task one(int);
task body(std::vector<int> all) {
  for (int each : all)
    co_await one(each);
}
} // namespace await_in_loop

namespace unbounded_queue {
class mailbox {
public:
  void put(int n) { box_.push_back(n); }
  task run() {
    for (;;) {
      while (!box_.empty())
        box_.pop_front();
      co_await tick();
    }
  }

private:
  std::deque<int> box_;
};
} // namespace unbounded_queue

namespace unyielding_loop {
struct model {
  double step();
};
task body(model m) {
  double error = 1;
  while (error > 1e-6)
    error = m.step();
  co_await tick();
}
} // namespace unyielding_loop

namespace local_outlived {
void body() {
  char data[128];
  asio::async_write(peer, asio::buffer(data), asio::detached);
}
} // namespace local_outlived

namespace missing_timeout {
task body() {
  char data[128];
  co_await peer.async_read_some(asio::buffer(data), asio::use_awaitable);
}
} // namespace missing_timeout

namespace cancellation_not_forwarded {
job body(std::stop_token token) {
  co_await step();
  token.stop_requested();
}
} // namespace cancellation_not_forwarded

namespace mutex_guard_across_suspension {
cppcoro::task<int> fetch(int);
class cache {
public:
  cppcoro::task<int> body(int key) {
    auto hold = co_await mutex_.scoped_lock_async();
    const int value = co_await fetch(key);
    value_ = value;
    co_return value;
  }

private:
  cppcoro::async_mutex mutex_;
  int value_ = 0;
};
} // namespace mutex_guard_across_suspension

namespace unbounded_spawn {
task accept();
task body() {
  for (;;) {
    co_await accept();
    asio::co_spawn(loop, tick(), asio::detached);
  }
}
} // namespace unbounded_spawn

namespace task_reused {
job body() {
  job once = step();
  co_await once;
  co_await once;
}
} // namespace task_reused

namespace retry_without_backoff {
task body() {
  for (;;) {
    try {
      co_await tick();
      co_return;
    } catch (const std::exception &) {
    }
  }
}
} // namespace retry_without_backoff

namespace lost_exception {
task fails() {
  co_await tick();
  throw std::exception();
}
void body() { asio::co_spawn(loop, fails(), asio::detached); }
} // namespace lost_exception

namespace callback_capture {
void body() {
  int n = 1;
  asio::post(loop, [&n] { n = 2; });
}
} // namespace callback_capture

namespace unused_suppression {
void body(); // NOLINT(async-no-such-rule)
} // namespace unused_suppression
