#include "metrics.hpp"
#include <fcntl.h>
#include <unistd.h>

namespace echo {

static std::string
format(const std::map<std::string, std::uint64_t> &counters) {
  std::string text;
  for (const auto &[name, value] : counters)
    text += name + ' ' + std::to_string(value) + '\n';
  return text;
}

static void writeFile(const std::string &path, const std::string &text) {
  int descriptor =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return;
  if (::write(descriptor, text.data(), text.size()) >= 0)
    ::fsync(descriptor);
  ::close(descriptor);
}

void Metrics::count(const std::string &what) {
  std::lock_guard lock(mutex_);
  ++counters_[what];
}

// Whoever counts something waits for the disk.
void Metrics::dump(const std::string &path) {
  std::lock_guard lock(mutex_);
  // expect-next-line: async-blocking-under-lock
  writeFile(path, format(counters_));
}

// Only the copy is made under the lock.
void Metrics::dumpBriefly(const std::string &path) {
  std::string text;
  {
    std::lock_guard lock(mutex_);
    text = format(counters_);
  }
  writeFile(path, text);
}

} // namespace echo
