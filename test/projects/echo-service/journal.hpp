// What happened, on disk before anyone is told.
#pragma once
#include <string>

namespace echo {

class Journal {
public:
  explicit Journal(const std::string &path);
  ~Journal();
  Journal(const Journal &) = delete;
  Journal &operator=(const Journal &) = delete;

  /// Collects the lines of one entry; on disk when it dies.
  class Entry {
  public:
    explicit Entry(Journal &journal) : journal_(journal) {}
    ~Entry();
    Entry(const Entry &) = delete;
    Entry &operator=(const Entry &) = delete;

    Entry &operator<<(const std::string &text) {
      text_ += text;
      return *this;
    }

  private:
    Journal &journal_;
    std::string text_;
  };

private:
  int descriptor_;
};

} // namespace echo
