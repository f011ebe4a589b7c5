// Where the upstreams are: by number, by name, or as an alias of either.
#pragma once
#include <asio.hpp>
#include <map>
#include <string>

namespace echo {

class AddressBook {
public:
  void alias(std::string name, std::string target) {
    aliases_.insert_or_assign(std::move(name), std::move(target));
  }
  /// The endpoint of `host:port`.
  asio::ip::tcp::endpoint endpoint(const std::string &peer) const;

private:
  asio::ip::address resolve(const std::string &host) const;
  std::map<std::string, std::string> aliases_;
};

} // namespace echo
