// Waiting synchronously, and waits that do not wait.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <chrono>
#include <future>
#include <mini/task.hpp>
namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<int> child();

asio::awaitable<int> use_future_bad() {
  auto ex = co_await asio::this_coro::executor;
  co_return asio::co_spawn(ex, child(), asio::use_future).get(); // expect: async-sync-wait
}
mini::task<int> get_bad(std::future<int> f) {
  co_await mini::yield();
  co_return f.get(); // expect: async-sync-wait
}
mini::task<int> proved_ok(std::shared_future<int> f) {
  int r = 0;
  if (f.wait_for(0s) == std::future_status::ready)
    r = f.get();
  co_await mini::yield();
  co_return r;
}
mini::task<int> proved_early_out_ok(std::shared_future<int> f) {
  co_await mini::yield();
  if (f.wait_for(0s) != std::future_status::ready)
    co_return 0;
  co_return f.get();
}
mini::task<int> wrong_branch_bad(std::shared_future<int> f) {
  int r = 0;
  if (f.wait_for(0s) != std::future_status::ready)
    r = f.get(); // expect: async-sync-wait
  co_await mini::yield();
  co_return r;
}
mini::task<int> other_future_bad(std::shared_future<int> f,
                                 std::shared_future<int> g) {
  int r = 0;
  if (f.wait_for(0s) == std::future_status::ready)
    r = g.get(); // expect: async-sync-wait
  co_await mini::yield();
  co_return r;
}
static int wait_helper(std::future<int> &f) { return f.get(); }
mini::task<int> helper_bad(std::future<int> &f) {
  int n = wait_helper(f); // expect: async-sync-wait
  co_await mini::yield();
  co_return n;
}
void handler_bad(asio::io_context &io, std::shared_future<int> f) {
  asio::post(io, [f] { f.wait(); }); // expect: async-sync-wait
}
void pool_ok(asio::thread_pool &pool, std::shared_future<int> f) {
  asio::post(pool, [f] { f.wait(); });
}
int main() {
  std::promise<int> p;
  return p.get_future().get();
}
