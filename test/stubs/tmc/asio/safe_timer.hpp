// Mock of TooManyCooks over Asio: a timer for several threads. Declarations only.
#pragma once
#include <asio/steady_timer.hpp>
#include <tmc/_mock.hpp>

namespace tmc {
class asio_safe_timer {
 public:
  explicit asio_safe_timer(::asio::steady_timer timer);
  task<std::tuple<::asio::error_code>> async_wait();
  task<std::tuple<::asio::error_code>> async_wait_for(::asio::steady_timer::duration expiry);
  task<std::tuple<::asio::error_code>> async_wait_until(::asio::steady_timer::time_point expiry);
  task<std::size_t> cancel();
  task<std::size_t> expires_after(::asio::steady_timer::duration expiry);
};
}  // namespace tmc
