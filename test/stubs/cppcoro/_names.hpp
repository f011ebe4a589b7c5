// Names of the real library that the models speak of and the mock lacks.
#pragma once
#include <cppcoro/_mock.hpp>

namespace cppcoro {
template <class T = void>
class [[nodiscard]] shared_task {
 public:
  bool is_ready() const noexcept;
};
template <class T>
class [[nodiscard]] recursive_generator {};
class inline_scheduler {
 public:
  std::suspend_never schedule() const noexcept;
};
template <class Scheduler, class Awaitable>
auto schedule_on(Scheduler& scheduler, Awaitable awaitable) -> task<>;
template <class Scheduler, class Awaitable>
auto resume_on(Scheduler& scheduler, Awaitable awaitable) -> task<>;
}  // namespace cppcoro
