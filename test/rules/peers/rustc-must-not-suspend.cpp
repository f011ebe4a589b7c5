//===- rustc-must-not-suspend.cpp - Peer cases ---------------------------===//
//
// rustc's must_not_suspend marks types that may not live over an await, also
// inside a box, a tuple, an array or behind an interface. Here the type is a
// guard, known by what it does: its constructor locks and its destructor
// unlocks.
//
//===----------------------------------------------------------------------===//

#include <array>
#include <memory>
#include <mini/task.hpp>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

mini::task<> other();
std::mutex M;

class Umm {
public:
  explicit Umm(std::mutex &Mutex) : Mutex(&Mutex) { this->Mutex->lock(); }
  Umm(Umm &&Other) noexcept : Mutex(std::exchange(Other.Mutex, nullptr)) {}
  ~Umm() {
    if (Mutex)
      Mutex->unlock();
  }

private:
  std::mutex *Mutex;
};

struct Bar {
  Umm U{M};
};

Umm bar() { return Umm(M); }

mini::task<> direct_bad() {
  Umm Guard(M); // expect: async-lock-across-suspension
  co_await other();
}

mini::task<> from_function_bad() {
  auto Guard = bar(); // expect: async-lock-across-suspension
  co_await other();
}

mini::task<> held_by_nobody_ok() {
  bar();
  co_await other();
}

mini::task<> boxed_bad() {
  auto Guard = std::make_unique<Umm>(M); // expect: async-lock-across-suspension
  co_await other();
}

mini::task<> boxed_std_guard_bad() {
  // expect-next-line: async-lock-across-suspension
  auto Guard = std::make_unique<std::unique_lock<std::mutex>>(M);
  co_await other();
}

mini::task<> boxed_and_reset_ok() {
  auto Guard = std::make_unique<std::unique_lock<std::mutex>>(M);
  Guard.reset();
  co_await other();
}

mini::task<> optional_bad() {
  std::optional<std::unique_lock<std::mutex>> Guard;
  Guard.emplace(M); // expect: async-lock-across-suspension
  co_await other();
}

mini::task<> optional_empty_ok() {
  std::optional<std::unique_lock<std::mutex>> Guard;
  co_await other();
}

mini::task<> optional_reset_ok() {
  std::optional<std::unique_lock<std::mutex>> Guard(std::in_place, M);
  Guard.reset();
  co_await other();
}

mini::task<> tuple_bad() {
  std::tuple<int, std::unique_lock<std::mutex>> T(
      1, std::unique_lock(M)); // expect: async-lock-across-suspension
  co_await other();
}

mini::task<> array_bad() {
  std::array<std::unique_lock<std::mutex>, 1> A{
      std::unique_lock(M)}; // expect: async-lock-across-suspension
  co_await other();
}

mini::task<> member_of_local_bad() {
  Bar B; // expect: async-lock-across-suspension
  co_await other();
}

// The guard belongs to the object, not to this coroutine.
struct Holder {
  std::unique_lock<std::mutex> G;
  mini::task<> reference_to_member_ok() {
    auto &Ref = G;
    co_await other();
    (void)Ref;
  }
};

struct Interface {
  virtual ~Interface() = default;
};
struct Locks : Interface {
  std::lock_guard<std::mutex> G{M};
};
std::unique_ptr<Interface> hidden() { return std::make_unique<Locks>(); }

mini::task<> behind_an_interface_missed() {
  auto Guard = hidden(); // missed: async-lock-across-suspension
  co_await other();
}

// One lock, two awaits: reported once.
mini::task<> dedup_bad() {
  Umm Guard(M); // expect: async-lock-across-suspension
  co_await other();
  co_await other();
}

template <class T> mini::task<> generic_bad(std::mutex &Mutex) {
  T Guard(Mutex); // expect: async-lock-across-suspension
  co_await other();
}
template <class T> mini::task<> generic_ok(std::mutex &Mutex) {
  T Guard(&Mutex);
  co_await other();
}
void instantiates_bad() {
  // expect-next-line: async-discarded-task
  (void)generic_bad<Umm>(M);
  // expect-next-line: async-discarded-task
  (void)generic_ok<std::mutex *>(M);
}

mini::task<> dropped_before_await_ok() {
  std::mutex Local;
  std::optional<Umm> Lock(std::in_place, Local);
  Lock.reset();
  co_await other();
}

mini::task<> moved_to_another_guard_bad() {
  std::unique_lock L(M); // expect: async-lock-across-suspension
  auto Next = std::move(L);
  co_await other();
}

mini::task<> structured_binding_bad() {
  auto [Guard, N] =
      std::pair(std::unique_lock(M), 1); // expect: async-lock-across-suspension
  co_await other();
}
