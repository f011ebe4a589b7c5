// Mock of mongocxx. Declarations only.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace mongocxx {
struct document {};
struct result {
  explicit operator bool() const;
};
#include <mongocxx/_body.hpp>
namespace v_noabi {
#include <mongocxx/_body.hpp>
}  // namespace v_noabi
}  // namespace mongocxx
