#pragma once
#include <folly/_mock.h>

namespace folly::coro {
template <class F>
std::invoke_result_t<F> retryN(std::uint32_t maxRetries, F func) {
  return mock_detail::make<std::invoke_result_t<F>>();
}
template <class F>
std::invoke_result_t<F> retryWithExponentialBackoff(std::uint32_t maxRetries, std::chrono::milliseconds minBackoff,
                                                    std::chrono::milliseconds maxBackoff, double relativeJitterStdDev,
                                                    F func) {
  return mock_detail::make<std::invoke_result_t<F>>();
}
}  // namespace folly::coro
