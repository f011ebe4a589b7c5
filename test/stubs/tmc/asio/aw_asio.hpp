// Mock of TooManyCooks over Asio: the completion token. Declarations only.
#pragma once
#include <asio/async_result.hpp>
#include <tmc/_mock.hpp>

namespace tmc {
struct aw_asio_t {};
constexpr aw_asio_t aw_asio{};
template <class... Results>
class [[nodiscard]] aw_asio_base : public mock_detail::awaiter<std::tuple<Results...>> {
 public:
  template <class E>
  aw_asio_base& resume_on(E&& executor) &;
};
}  // namespace tmc

namespace asio {
template <class... Results>
struct async_result<tmc::aw_asio_t, void(Results...)> {
  using return_type = tmc::aw_asio_base<std::decay_t<Results>...>;
  template <class Init, class... Args>
  static return_type initiate(Init&& init, tmc::aw_asio_t token, Args&&... args) {
    return mock_detail::make<return_type>();
  }
};
}  // namespace asio
