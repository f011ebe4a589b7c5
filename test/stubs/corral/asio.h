// Mock of corral over Boost.Asio. Declarations only.
#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/io_context.hpp>
#include <corral/_mock.h>

namespace corral {
namespace detail {
template <bool ThrowOnError>
struct asio_awaitable_t {};
// One result is given as it is, several as a tuple.
template <class... Ret>
struct results {
  using type = std::tuple<Ret...>;
};
template <class Ret>
struct results<Ret> {
  using type = Ret;
};
template <>
struct results<> {
  using type = void;
};
template <class T>
class AsioTimer {
 public:
  mock_detail::awaiter<> operator co_await();
};
}  // namespace detail
inline constexpr detail::asio_awaitable_t<true> asio_awaitable;
inline constexpr detail::asio_awaitable_t<false> asio_nothrow_awaitable;
template <class R, class P>
detail::AsioTimer<int> sleepFor(boost::asio::io_context& io, std::chrono::duration<R, P> delay);
}  // namespace corral

namespace boost::asio {
template <bool ThrowOnError, class X, class... Ret>
class async_result<::corral::detail::asio_awaitable_t<ThrowOnError>, X(boost::system::error_code, Ret...)> {
 public:
  using return_type = ::corral::detail::AwaiterMaker<typename ::corral::detail::results<Ret...>::type>;
  template <class Init, class... Args>
  static return_type initiate(Init&& init, ::corral::detail::asio_awaitable_t<ThrowOnError> token, Args... args) {
    return mock_detail::make<return_type>();
  }
};
}  // namespace boost::asio
