#include "journal.hpp"
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace echo {

Journal::Journal(const std::string &path)
    : descriptor_(::open(path.c_str(),
                         O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0)
    throw std::system_error(errno, std::generic_category(), path);
}

Journal::~Journal() { ::close(descriptor_); }

Journal::Entry::~Entry() {
  text_ += '\n';
  if (::write(journal_.descriptor_, text_.data(), text_.size()) >= 0)
    ::fsync(journal_.descriptor_);
}

} // namespace echo
