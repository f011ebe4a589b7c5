#include "dns.hpp"
#include <memory>
#include <netdb.h>
#include <stdexcept>

namespace echo {

asio::ip::address lookup(const std::string &host) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo *found = nullptr;
  if (int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found))
    throw std::runtime_error(host + ": " + ::gai_strerror(error));
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found,
                                                             ::freeaddrinfo);
  const auto *ipv4 = reinterpret_cast<const sockaddr_in *>(found->ai_addr);
  return asio::ip::address_v4(ntohl(ipv4->sin_addr.s_addr));
}

} // namespace echo
