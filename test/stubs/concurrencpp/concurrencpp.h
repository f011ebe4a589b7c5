// Mock of David-Haim/concurrencpp. Declarations only.
#pragma once
#include <detail/coro_mock.hpp>

namespace concurrencpp {

// Eager task.
enum class result_status { idle, value, exception };
template <class T>
class [[nodiscard]] result {
 public:
  using promise_type = mock_detail::eager_promise<result, T>;
  result(result&&) noexcept;
  result& operator=(result&&) noexcept;
  ~result();
  T get();
  void wait();
  result_status status() const;
  template <class R, class P>
  result_status wait_for(std::chrono::duration<R, P> d) const;
  template <class C, class D>
  result_status wait_until(std::chrono::time_point<C, D> t) const;
  mock_detail::awaiter<T> operator co_await();
  // Gives the result itself, when it is ready.
  mock_detail::awaiter<result> resolve();
};
template <class T>
class [[nodiscard]] lazy_result {
 public:
  using promise_type = mock_detail::lazy_promise<lazy_result, T>;
  lazy_result(lazy_result&&) noexcept;
  ~lazy_result();
  result<T> run();
  mock_detail::awaiter<T> operator co_await();
};
// Eager coroutine whose result nobody can observe.
struct null_result {
  struct promise_type {
    null_result get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception() noexcept;
    void return_void() noexcept;
  };
};

struct executor_tag {};
class executor {
 public:
  virtual ~executor();
  virtual void shutdown();
  std::string name;
  template <class F, class... A>
  void post(F&& f, A&&... a) {}
  template <class F, class... A>
  result<int> submit(F&& f, A&&... a) {
    return mock_detail::make<result<int>>();
  }
};
template <class E>
class derivable_executor : public executor {
 public:
  template <class F, class... A>
  void post(F&& f, A&&... a) {}
  template <class F, class... A>
  result<int> submit(F&& f, A&&... a) {
    return mock_detail::make<result<int>>();
  }
};
class thread_pool_executor : public executor {
 public:
  void shutdown() override;
};
class thread_executor : public executor {
 public:
  void shutdown() override;
};
class worker_thread_executor : public executor {
 public:
  void shutdown() override;
};
class inline_executor : public executor {};
class manual_executor : public executor {
 public:
  bool loop_once();
  bool loop_once_for(std::chrono::milliseconds d);
  template <class T>
  bool loop_once_until(T t);
  std::size_t loop(std::size_t max_count);
  std::size_t loop_for(std::size_t max_count, std::chrono::milliseconds d);
  template <class T>
  std::size_t loop_until(std::size_t max_count, T t);
  void wait_for_task();
  bool wait_for_task_for(std::chrono::milliseconds d);
  template <class T>
  bool wait_for_task_until(T t);
  void wait_for_tasks(std::size_t count);
  std::size_t wait_for_tasks_for(std::size_t count, std::chrono::milliseconds d);
  template <class T>
  std::size_t wait_for_tasks_until(std::size_t count, T t);
};
template <class T>
class shared_result {
 public:
  T& get();
  void wait();
  result_status status() const;
  template <class R, class P>
  result_status wait_for(std::chrono::duration<R, P> d);
  template <class C, class D>
  result_status wait_until(std::chrono::time_point<C, D> t);
  mock_detail::awaiter<T&> operator co_await();
  mock_detail::awaiter<shared_result> resolve();
};
template <class T>
class generator {};
class async_lock {
 public:
  lazy_result<bool> try_lock();
  void unlock();
};
class timer {};
class timer_queue {
 public:
  lazy_result<void> make_delay_object(std::chrono::milliseconds due, std::shared_ptr<executor> where);
  void shutdown();
  template <class F, class... A>
  timer make_timer(std::chrono::milliseconds due, std::chrono::milliseconds frequency, std::shared_ptr<executor> ex, F&& f, A&&... a);
  template <class F, class... A>
  timer make_one_shot_timer(std::chrono::milliseconds due, std::shared_ptr<executor> ex, F&& f, A&&... a);
};

class runtime {
 public:
  ~runtime();
  std::shared_ptr<thread_pool_executor> thread_pool_executor() const;
  // For tasks that are allowed to block.
  std::shared_ptr<concurrencpp::thread_pool_executor> background_executor() const;
  std::shared_ptr<concurrencpp::inline_executor> inline_executor() const;
  std::shared_ptr<thread_executor> thread_executor() const;
};
template <class E>
mock_detail::awaiter<void> resume_on(std::shared_ptr<E> ex);
template <class It>
result<std::vector<typename std::iterator_traits<It>::value_type>> when_all(It b, It e);
template <class Sequence>
struct when_any_result {
  std::size_t index;
  Sequence results;
};
template <class It>
result<when_any_result<std::vector<typename std::iterator_traits<It>::value_type>>> when_any(It b, It e);

}  // namespace concurrencpp
