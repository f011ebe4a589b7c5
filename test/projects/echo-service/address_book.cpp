#include "address_book.hpp"
#include "dns.hpp"

namespace echo {

asio::ip::address AddressBook::resolve(const std::string &host) const {
  auto alias = aliases_.find(host);
  const std::string &name = alias == aliases_.end() ? host : alias->second;
  asio::error_code error;
  asio::ip::address address = asio::ip::make_address(name, error);
  return error ? lookup(name) : address;
}

asio::ip::tcp::endpoint AddressBook::endpoint(const std::string &peer) const {
  auto colon = peer.rfind(':');
  if (colon == std::string::npos)
    return {resolve(peer), 7};
  auto port = static_cast<unsigned short>(std::stoi(peer.substr(colon + 1)));
  return {resolve(peer.substr(0, colon)), port};
}

} // namespace echo
