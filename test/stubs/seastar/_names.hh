// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <seastar/_mock.hh>

// What bounds work, and time.
namespace seastar {
template <class T, class... Fs>
future<> when_all_succeed(T&& begin, Fs&&... rest);
template <class T, class... Fs>
future<> when_all(T&& begin, Fs&&... rest);
std::optional<semaphore_units> try_get_units(semaphore& s, std::size_t n);
template <class F>
auto with_semaphore(semaphore& s, std::size_t n, F&& f) -> futurize_t<std::invoke_result_t<F>>;
}  // namespace seastar

namespace seastar {
class app_template {
 public:
  int run(int ac, char** av, std::function<future<>()>&& f) noexcept;
  int run_deprecated(int ac, char** av, std::function<void()>&& f) noexcept;
};
class smp {
 public:
  template <class F>
  static auto submit_to(unsigned t, F&& f) -> future<>;
  template <class F>
  static future<> invoke_on_all(F&& f);
  template <class F>
  static future<> invoke_on_others(unsigned cpu, F f);
};
namespace alien {
class instance;
template <class F>
void run_on(instance& i, unsigned shard, F f);
template <class F>
int submit_to(instance& i, unsigned shard, F f);
}  // namespace alien
template <class F>
auto repeat(F&& f) -> future<>;
template <class F>
auto repeat_until_value(F f) -> future<>;
template <class S, class F>
future<> do_until(S stop, F f);
template <class F>
future<> keep_doing(F f);
template <class T, class F>
auto do_with(T&& v, F&& f) -> future<> {
  return mock_detail::make<future<>>();
}
template <class L, class F>
auto with_lock(L& lock, F&& f) -> future<>;
template <class L, class F>
auto with_shared(L& lock, F&& f) -> future<>;
template <class F>
auto with_semaphore(semaphore& s, std::size_t n, F&& f) -> future<>;
class scheduling_group {};
template <class F>
auto with_scheduling_group(scheduling_group sg, F f) -> future<>;
template <class F>
auto try_with_gate(gate& g, F&& f) noexcept -> future<>;
template <class F>
auto futurize_invoke(F&& f) -> future<> {
  return mock_detail::make<future<>>();
}
template <class It, class M, class R>
auto map_reduce(It b, It e, M&& m, R&& r) -> future<>;
template <class Clock = lowres_clock>
class timer {
 public:
  timer();
  explicit timer(std::function<void()>&& f);
  void set_callback(std::function<void()>&& f);
  void arm(typename Clock::duration delta) noexcept;
  bool cancel() noexcept;
};
class shared_mutex {
 public:
  future<> lock() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
};
template <class Clock>
class rwlock_for_read {
 public:
  future<> lock();
  void unlock();
};
template <class Clock>
class rwlock_for_write {
 public:
  future<> lock();
  void unlock();
};
template <class Clock>
class basic_rwlock : rwlock_for_read<Clock>, rwlock_for_write<Clock> {};
namespace util {
class spinlock {
 public:
  void lock() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
};
}  // namespace util
}  // namespace seastar
