// What enters a blocking call, and what does not.
// clang-format off: a mark belongs to its line
#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <mini/task.hpp>
#include <mutex>
#include <optional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>
using namespace std::chrono_literals;

void wait_a_little() { usleep(10); }
void helper() { wait_a_little(); }

mini::task<void> direct_bad() {
  ::sleep(1); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> through_helpers_bad() {
  helper(); // expect: async-blocking-call
  co_await mini::yield();
}
void plain_function_ok() { ::sleep(1); }
// Creating a coroutine does not run it on this one's account.
mini::task<void> starts_another_ok() { co_await direct_bad(); }

// A lambda blocks whoever calls it, not whoever holds it.
mini::task<void> holds_lambda_ok() {
  auto later = [] { ::sleep(1); };
  (void)later;
  co_await mini::yield();
}
mini::task<void> calls_lambda_bad() {
  auto now = [] { ::sleep(1); };
  now(); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> thread_body_ok() {
  std::thread([] { ::sleep(1); }).detach();
  co_await mini::yield();
}

// Every way of entering a function.
struct Entered {
  Entered() = default;
  explicit Entered(int) { helper(); }
  ~Entered() {}
  operator bool() const {
    helper();
    return true;
  }
  void operator()() const { helper(); }
  Entered &operator+=(int) {
    helper();
    return *this;
  }
  static void make() { helper(); }
  int member = 0;
};
struct Closes {
  ~Closes() { helper(); }
};
struct HasCloses { // its destructor is written by nobody
  Closes part;
};
struct Initialised {
  int value = (helper(), 1);
  Initialised() {}
};
int costly() {
  helper();
  return 1;
}
void with_default(int = costly()) {}

mini::task<void> constructor_bad() {
  Entered e(1); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> destructor_bad() {
  Closes c; // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> implicit_destructor_bad() {
  HasCloses c; // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> temporary_bad() {
  Closes(); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> delete_bad(Closes *c) {
  delete c; // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> conversion_bad(Entered &e) {
  if (e) // expect: async-blocking-call
    co_await mini::yield();
}
mini::task<void> call_operator_bad(Entered &e) {
  e(); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> operator_bad(Entered &e) {
  e += 1; // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> static_member_bad() {
  Entered::make(); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> member_initialiser_bad() {
  Initialised i; // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> default_argument_bad() {
  with_default(); // expect: async-blocking-call
  with_default(2);
  co_await mini::yield();
}

struct Range {
  int *begin() {
    helper();
    return nullptr;
  }
  int *end() { return nullptr; }
};
mini::task<void> range_for_bad(Range &r) {
  for (int i : r) // expect: async-blocking-call
    (void)i;
  co_await mini::yield();
}

// Callables that the callee calls.
template <class F> void apply_now(F f) { f(); }
void apply_erased(const std::function<void()> &f) { f(); }
struct Registry {
  void add(std::function<void()> f);
};
mini::task<void> passed_and_called_bad() {
  apply_now([] { ::sleep(1); }); // expect: async-blocking-call
  apply_erased([] { ::sleep(1); }); // expect: async-blocking-call
  apply_now(helper); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> passed_and_kept_ok(Registry &r) {
  r.add([] { ::sleep(1); });
  co_await mini::yield();
}
mini::task<void> once_bad(std::once_flag &once) {
  std::call_once(once, [] { ::sleep(1); }); // expect: async-blocking-call
  co_await mini::yield();
}

// Templates are judged as they are used.
template <bool Wait> void maybe() {
  if constexpr (Wait)
    ::sleep(1);
}
mini::task<void> instance_ok() {
  maybe<false>();
  co_await mini::yield();
}
mini::task<void> instance_bad() {
  maybe<true>(); // expect: async-blocking-call
  co_await mini::yield();
}

// Recursion ends.
void even(int n);
void odd(int n) {
  if (n)
    even(n - 1);
}
void even(int n) {
  if (n)
    odd(n - 1);
  else
    helper();
}
mini::task<void> recursive_bad() {
  even(4); // expect: async-blocking-call
  co_await mini::yield();
}

// Arguments that make it return at once.
mini::task<void> nonblocking_arguments_ok(int fd, char *b) {
  ::recv(fd, b, 1, MSG_DONTWAIT);
  ::recv(fd, b, 1, MSG_PEEK | MSG_DONTWAIT);
  constexpr int flags = MSG_DONTWAIT;
  ::recv(fd, b, 1, flags);
  co_await mini::yield();
}
mini::task<void> blocking_arguments_bad(int fd, char *b) {
  ::recv(fd, b, 1, MSG_PEEK); // expect: async-blocking-call
  co_await mini::yield();
}

// Dead and unevaluated code.
mini::task<void> dead_code_ok() {
  if (false)
    ::sleep(1);
  (void)sizeof(::sleep(1));
  co_await mini::yield();
}
mini::task<void> handler_bad() {
  try {
    co_await mini::yield();
  } catch (const std::exception &) {
    ::sleep(1); // expect: async-blocking-call
  }
}

mini::task<void> through_pointer_missed(void (*f)()) {
  f(); // limit: who calls with what is not followed
  co_await mini::yield();
}

// What an owner destroys, and owners that hold nothing.
struct Journal {
  int fd;
  ~Journal() { ::fsync(fd); }
};
struct Pool {
  template <class F> void post(F &&) {}
};
void adopt(std::unique_ptr<Journal>);
mini::task<void> owners_bad(bool move) {
  auto p = std::make_unique<Journal>(); // expect: async-blocking-call
  if (move)
    adopt(std::move(p));
  std::optional<Journal> o; // expect: async-blocking-call
  o.emplace();
  std::vector<Journal> v; // expect: async-blocking-call
  auto fill = [&v] { v.emplace_back(); };
  fill();
  co_await mini::yield();
}
mini::task<void> replaced_bad() {
  auto p = std::make_unique<Journal>();
  p = std::make_unique<Journal>(); // expect: async-blocking-call
  p = nullptr;                     // expect: async-blocking-call
  auto q = std::make_unique<Journal>();
  q.reset(); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> moved_ok(std::vector<std::unique_ptr<Journal>> &all, Pool &pool) {
  auto p = std::make_unique<Journal>();
  adopt(std::move(p));
  all.push_back(std::make_unique<Journal>());
  auto q = std::make_unique<Journal>();
  pool.post([q = std::move(q)] {});
  auto r = std::make_unique<Journal>();
  (void)r.release();
  co_await mini::yield();
}
mini::task<std::unique_ptr<Journal>> returned_ok() {
  auto p = std::make_unique<Journal>();
  co_return p;
}
mini::task<void> never_filled_ok() {
  std::optional<Journal> o;
  std::vector<Journal> v;
  co_await mini::yield();
}
struct Holder {
  std::unique_ptr<Journal> journal;
  mini::task<void> first_ok() {
    journal = std::make_unique<Journal>();
    co_await mini::yield();
  }
};
mini::task<void> thread_bad() {
  std::jthread t([] {}); // expect: async-blocking-call
  co_await mini::yield();
}
mini::task<void> thread_elsewhere_ok(std::vector<std::jthread> &all) {
  std::jthread t([] {});
  t.detach();
  all.push_back(std::jthread([] {}));
  co_await mini::yield();
}
mini::task<void> answered_ok(PGconn *c) {
  if (PQisBusy(c) == 0)
    PQgetResult(c);
  co_await mini::yield();
}
mini::task<void> unanswered_bad(PGconn *c) {
  PQgetResult(c); // expect: async-blocking-call
  co_await mini::yield();
}

// A thread that another one has taken the place of has ended; what lost a race was never used.
class Lazily {
public:
  mini::task<void> restart_ok() {
    restart();
    co_return;
  }
  mini::task<void> restart_by_helper_ok() {
    std::thread old = renew();
    if (old.joinable())
      old.join();
    co_return;
  }
  mini::task<void> stop_bad() {
    std::thread old = std::move(thread_);
    old.join(); // expect: async-blocking-call
    co_return;
  }
  mini::task<Lazily *> race_ok() {
    co_return started();
  }

private:
  struct Worker {
    std::thread thread;
    ~Worker() { thread.join(); }
  };
  void restart() {
    auto old = std::move(thread_);
    thread_ = std::thread([] {});
    if (old.joinable())
      old.join();
  }
  std::thread renew() {
    auto old = std::move(thread_);
    thread_ = std::thread([] {});
    return old;
  }
  Lazily *started() {
    Worker *there = worker_.load();
    if (!there) {
      auto made = std::make_unique<Worker>();
      if (worker_.compare_exchange_strong(there, made.get()))
        made.release();
    }
    return this;
  }
  std::thread thread_;
  std::atomic<Worker *> worker_{nullptr};
};
