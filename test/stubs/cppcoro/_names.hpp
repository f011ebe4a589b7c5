// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <cppcoro/_mock.hpp>

// What bounds work, and time.
namespace cppcoro {
template <class T>
task<void> when_all_ready(std::vector<task<T>> ts);
}  // namespace cppcoro

namespace cppcoro {
template <class T = void>
class [[nodiscard]] shared_task {
 public:
  bool is_ready() const noexcept;
};
template <class T>
class [[nodiscard]] recursive_generator {};
class read_only_file {
 public:
  static read_only_file open(io_service& io, const std::string& path);
};
class write_only_file {
 public:
  static write_only_file open(io_service& io, const std::string& path);
};
class read_write_file {
 public:
  static read_write_file open(io_service& io, const std::string& path);
};
class inline_scheduler {
 public:
  std::suspend_never schedule() const noexcept;
};
template <class Scheduler, class Awaitable>
auto schedule_on(Scheduler& scheduler, Awaitable awaitable) -> task<>;
template <class Scheduler, class Awaitable>
auto resume_on(Scheduler& scheduler, Awaitable awaitable) -> task<>;

class async_scope {
 public:
  ~async_scope();
  template <class A>
  void spawn(A&& awaitable);
  mock_detail::awaiter<> join() noexcept;
};
class async_manual_reset_event {
 public:
  bool is_set() const noexcept;
  void set() noexcept;
  void reset() noexcept;
  mock_detail::awaiter<> operator co_await() const noexcept;
};
class single_consumer_event {
 public:
  bool is_set() const noexcept;
  void set();
  void reset() noexcept;
  mock_detail::awaiter<> operator co_await() const noexcept;
};
template <class Sequence = std::size_t>
class single_producer_sequencer {
 public:
  template <class S>
  mock_detail::awaiter<Sequence> claim_one(S& scheduler) noexcept;
  template <class S>
  mock_detail::awaiter<Sequence> claim_up_to(std::size_t count, S& scheduler) noexcept;
};
template <class Sequence = std::size_t>
class multi_producer_sequencer {
 public:
  template <class S>
  mock_detail::awaiter<Sequence> claim_one(S& scheduler) noexcept;
  template <class S>
  mock_detail::awaiter<Sequence> claim_up_to(std::size_t count, S& scheduler) noexcept;
};
}  // namespace cppcoro

// What tasks meet at.
namespace cppcoro {
class async_auto_reset_event {};
class async_latch {};
}  // namespace cppcoro
