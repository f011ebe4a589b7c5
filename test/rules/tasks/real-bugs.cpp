// Bugs that projects had, each before and after it was mended.
// clang-format off: a mark belongs to its line
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>

// redpanda#26949: units that are still in their future when work goes on.
namespace redpanda_26949 {
ss::future<> replay();
class Machine {
  ss::semaphore apply_{1};

public:
  ss::future<ss::semaphore_units> lock_apply() { return ss::get_units(apply_, 1); }
};
Machine machine;
ss::future<> start_bad() {
  auto units = machine.lock_apply(); // expect: async-discarded-task
  co_await replay();
}
ss::future<> start_ok() {
  auto units = co_await machine.lock_apply();
  co_await replay();
}
} // namespace redpanda_26949
