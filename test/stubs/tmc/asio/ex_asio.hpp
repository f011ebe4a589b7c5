// Mock of TooManyCooks over Asio: the executor. Declarations only.
#pragma once
#include <asio/io_context.hpp>
#include <tmc/_mock.hpp>

namespace tmc {
class ex_asio {
 public:
  ::asio::io_context ioc;
  ex_asio();
  ~ex_asio();
  void init();
  void teardown();
  operator ::asio::io_context&();
  ex_any* type_erased();
};
constexpr ex_asio& asio_executor();
}  // namespace tmc
