// Names to addresses.
#pragma once
#include <asio.hpp>
#include <string>

namespace echo {

/// The first address of \p host; throws if it has none.
asio::ip::address lookup(const std::string &host);

} // namespace echo
