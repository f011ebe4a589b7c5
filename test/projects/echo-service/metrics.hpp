// Counters that every thread may change.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace echo {

class Metrics {
public:
  void count(const std::string &what);
  /// Writes all counters to \p path.
  void dump(const std::string &path);
  void dumpBriefly(const std::string &path);

private:
  std::mutex mutex_;
  std::map<std::string, std::uint64_t> counters_;
};

} // namespace echo
