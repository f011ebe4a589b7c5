// Declarations of the real library that the models speak of.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

namespace async_simple {
enum SignalType : unsigned long { None = 0, Terminate = 1, All = ~0UL };
class SignalException : public std::runtime_error {
 public:
  explicit SignalException(SignalType signal, std::string msg = "");
  SignalType value() const;
};
class Slot;
class Signal {
 public:
  SignalType emit(SignalType state) noexcept;
  SignalType state() const noexcept;
  static std::shared_ptr<Signal> create();
};
class Slot {
 public:
  explicit Slot(Signal* signal, SignalType filter = SignalType::All);
  bool canceled() const noexcept;
  bool hasTriggered(SignalType type) const noexcept;
};
}  // namespace async_simple
