// Bugs that projects had, each before and after it was mended.
// clang-format off: a mark belongs to its line
#include <cppcoro/task.hpp>
#include <mutex>
#include <utility>

// FISCO-BCOS#5504: two locks of a scheduler over the awaits of a block.
namespace fisco_bcos_5504 {
struct Block { int number = 0; };
cppcoro::task<void> run(Block);
cppcoro::task<void> store(Block);
class Scheduler {
  std::mutex executing_, committing_;
  Block last_;

public:
  cppcoro::task<bool> execute_bad(Block block) {
    std::unique_lock<std::mutex> lock(executing_, std::try_to_lock); // expect: async-lock-across-suspension
    if (!lock.owns_lock())
      co_return false;
    co_await run(block);
    std::unique_lock<std::mutex> commit(committing_); // expect: async-lock-across-suspension
    last_ = block;
    co_await store(last_);
    co_return true;
  }
  cppcoro::task<bool> execute_ok(Block block) {
    {
      std::unique_lock<std::mutex> lock(executing_, std::try_to_lock);
      if (!lock.owns_lock())
        co_return false;
      last_ = block;
    }
    co_await run(block);
    co_await store(block);
    co_return true;
  }
};
} // namespace fisco_bcos_5504
