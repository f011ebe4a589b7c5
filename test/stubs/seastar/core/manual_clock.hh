#pragma once
#include <seastar/_names.hh>

namespace seastar {
class manual_clock {
 public:
  using rep = std::int64_t;
  using period = std::chrono::nanoseconds::period;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<manual_clock, duration>;
  static time_point now() noexcept;
  static void advance(duration d) noexcept;
};
}  // namespace seastar
