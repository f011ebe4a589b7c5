//===- detekt-sleep-instead-of-delay.cpp - Peer cases --------------------===//
//
// detekt's SleepInsteadOfDelay: one call, and every way in which its place can
// or cannot be part of a coroutine. Kotlin's inline functions run their lambda
// in place, as std's algorithms and templates do here; a lambda given to
// something unknown has an unknown context.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <boost/asio.hpp>
#include <functional>
#include <mini/task.hpp>
#include <mutex>
#include <thread>
#include <unistd.h>
#include <vector>

namespace net = boost::asio;
using namespace std::chrono_literals;

mini::task<> delay_ok() { co_await mini::sleep_for(1s); }
mini::task<> sleep_bad() {
  std::this_thread::sleep_for(1s); // expect: async-blocking-call
  co_return;
}
mini::task<> other_overload_bad() {
  // expect-next-line: async-blocking-call
  std::this_thread::sleep_for(std::chrono::duration<double>(1.5));
  co_return;
}

// CoroutineScope.launch, async
void launch_bad(net::io_context &Io) {
  net::co_spawn(
      Io,
      []() -> net::awaitable<void> {
        ::sleep(1); // expect: async-blocking-call
        co_return;
      },
      net::detached);
}
void launch_with_result_bad(net::io_context &Io) {
  auto F = net::co_spawn(
      Io,
      []() -> net::awaitable<int> {
        ::sleep(1); // expect: async-blocking-call
        co_return 1;
      },
      net::use_future);
}
void launch_named_coroutine_bad(net::io_context &Io) {
  struct Local {
    static net::awaitable<void> run() {
      ::sleep(1); // expect: async-blocking-call
      co_return;
    }
  };
  net::co_spawn(Io, Local::run(), net::detached);
}

// A function of which only the declaration is known takes the lambda.
void unknown(std::function<void()> Lambda);
mini::task<> lambda_to_unknown_ok() {
  unknown([] { ::sleep(1); });
  co_return;
}
// Its body is known, and calls it in place; detekt cannot tell.
template <class F> void in_place(F Lambda) { Lambda(); }
mini::task<> lambda_to_template_bad() {
  in_place([] { ::sleep(1); }); // expect: async-blocking-call
  co_return;
}
std::vector<std::function<void()>> Stored;
template <class F> void stores(F Lambda) {
  Stored.push_back(std::move(Lambda));
}
mini::task<> lambda_to_storing_template_ok() {
  stores([] { ::sleep(1); });
  co_return;
}

// A custom function that takes a coroutine.
template <class F> mini::task<> suspend_block(F Lambda) { co_await Lambda(); }
void coroutine_lambda_to_template_bad() {
  // expect-next-line: async-discarded-task
  (void)suspend_block([]() -> mini::task<> {
    ::sleep(1); // expect: async-blocking-call
    co_return;
  });
}
void coroutine_lambda_in_parentheses_bad() {
  // expect-next-line: async-discarded-task
  (void)suspend_block(([]() -> mini::task<> {
    ::sleep(1); // expect: async-blocking-call
    co_return;
  }));
}
void coroutine_lambda_variable_bad() {
  auto Lambda = []() -> mini::task<> {
    ::sleep(1); // expect: async-blocking-call
    co_return;
  };
  // expect-next-line: async-discarded-task
  (void)suspend_block(Lambda);
}

// Callable references
mini::task<> reference_kept_ok() {
  auto *Temp = &::sleep;
  (void)Temp;
  co_return;
}
mini::task<> reference_as_argument_bad(std::vector<unsigned> V) {
  std::for_each(V.begin(), V.end(), &::sleep); // expect: async-blocking-call
  co_return;
}

// Library functions that run the lambda in place: map, also
mini::task<> for_each_bad(std::vector<unsigned> V) {
  // expect-next-line: async-blocking-call
  std::for_each(V.begin(), V.end(), [](unsigned N) { ::sleep(N); });
  co_return;
}
mini::task<> transform_bad(std::vector<unsigned> V) {
  // expect-next-line: async-blocking-call
  std::transform(V.begin(), V.end(), V.begin(),
                 [](unsigned N) { return ::sleep(N); });
  co_return;
}
mini::task<> sort_bad(std::vector<unsigned> V) {
  // expect-next-line: async-blocking-call
  std::sort(V.begin(), V.end(), [](unsigned A, unsigned B) {
    ::sleep(1);
    return A < B;
  });
  co_return;
}
mini::task<> nested_algorithms_missed(std::vector<std::vector<unsigned>> V) {
  auto Inner = [](auto &Delays) {
    std::for_each(Delays.begin(), Delays.end(), [](unsigned N) { ::sleep(N); });
  };
  std::for_each(V.begin(), V.end(), Inner); // missed: async-blocking-call
  co_return;
}
mini::task<> thread_between_ok(std::vector<std::vector<unsigned>> V) {
  std::for_each(V.begin(), V.end(), [](auto &Delays) {
    std::thread([Delays] {
      std::for_each(Delays.begin(), Delays.end(),
                    [](unsigned N) { ::sleep(N); });
    }).detach();
  });
  co_return;
}
mini::task<> invoke_bad() {
  std::invoke([] { ::sleep(1); }); // expect: async-blocking-call
  co_return;
}
mini::task<> call_once_bad(std::once_flag &Flag) {
  std::call_once(Flag, [] { ::sleep(1); }); // expect: async-blocking-call
  co_return;
}
mini::task<> in_expression_bad() {
  (void)std::to_string(::sleep(1)).size(); // expect: async-blocking-call
  co_return;
}

// Coroutines within functions and lambdas, at any depth, and told once.
void coroutine_in_lambda_variable_bad() {
  auto Local = [] {
    auto Test = []() -> mini::task<> {
      ::sleep(1); // expect: async-blocking-call
      co_return;
    };
    (void)Test;
  };
  (void)Local;
}
void coroutine_in_nested_lambda_variables_bad() {
  auto Local = [] {
    auto Local2 = [] {
      auto Test = []() -> mini::task<> {
        ::sleep(1); // expect: async-blocking-call
        co_return;
      };
      (void)Test;
    };
    (void)Local2;
  };
  (void)Local;
}
mini::task<> coroutine_in_coroutine_bad() {
  co_await []() -> mini::task<> {
    ::sleep(1); // expect: async-blocking-call
    co_return;
  }();
}
mini::task<> spawned_in_coroutine_bad() {
  mini::spawn([]() -> mini::task<> {
    ::sleep(1); // expect: async-blocking-call
    co_return;
  }());
  co_return;
}
net::awaitable<void> spawned_twice_bad(net::io_context &Io) {
  net::co_spawn(
      Io,
      [&Io]() -> net::awaitable<void> {
        net::co_spawn(
            Io,
            []() -> net::awaitable<void> {
              ::sleep(1); // expect: async-blocking-call
              co_return;
            },
            net::detached);
        co_return;
      },
      net::detached);
  co_return;
}

// withContext(Dispatchers.IO): detekt tells; here the pool may block.
mini::task<> on_blocking_pool_ok(net::thread_pool &Pool) {
  net::post(Pool, [] { ::sleep(1); });
  co_return;
}

// Statements
mini::task<> switch_cases_bad(int N) {
  switch (N) {
  case 0:
    ::sleep(1); // expect: async-blocking-call
    break;
  default:
    ::sleep(2); // expect: async-blocking-call
  }
  co_return;
}
mini::task<> switch_subject_bad() {
  switch (unsigned A = ::sleep(1)) { // expect: async-blocking-call
  default:
    (void)A;
  }
  co_return;
}
mini::task<> for_loop_bad() {
  for (int I = 1; I <= 2; ++I)
    ::sleep(1); // expect: async-blocking-call
  co_return;
}

// #6176: a lambda that runs in place within a plain function.
class OhBoy {
public:
  void get_ok() {
    std::lock_guard L(Lock);
    in_place([] { ::usleep(500); });
  }

private:
  std::mutex Lock;
};
mini::task<> plain_inner_function_ok() {
  auto Inner = [] { in_place([] { ::sleep(1); }); };
  (void)Inner;
  co_return;
}

// Variables of coroutine and of plain function type.
auto global_coroutine_bad = []() -> mini::task<> {
  ::sleep(1); // expect: async-blocking-call
  co_return;
};
std::function<mini::task<>()> erased_coroutine_bad = []() -> mini::task<> {
  ::sleep(1); // expect: async-blocking-call
  co_return;
};
auto with_parameters_bad = [](int, int) -> mini::task<> {
  ::sleep(1); // expect: async-blocking-call
  co_return;
};
std::function<void()> global_plain_ok = [] { ::sleep(1); };
mini::task<> plain_lambda_in_coroutine_ok() {
  std::function<void()> Bar = [] { ::sleep(1); };
  (void)Bar;
  co_return;
}
void coroutine_lambda_in_plain_function_bad() {
  std::function<mini::task<>()> Bar = []() -> mini::task<> {
    ::sleep(1); // expect: async-blocking-call
    co_return;
  };
  (void)Bar;
}
