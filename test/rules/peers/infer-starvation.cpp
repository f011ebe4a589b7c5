//===- infer-starvation.cpp - Peer cases ---------------------------------===//
//
// The facts of Infer's java/starvation tests: what may not be called on the
// UI thread (here: on an async path), through which calls, and which calls do
// not count. Android's binder transaction is a DNS look-up here. A lock taken
// on the UI thread is a tier that is off by default for us.
//
//===----------------------------------------------------------------------===//

#include <boost/asio.hpp>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <future>
#include <latch>
#include <mini/task.hpp>
#include <mutex>
#include <netdb.h>
#include <regex>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#define BLOCKING [[clang::annotate("async-tidy: blocking")]]
#define NONBLOCKING [[clang::annotate("async-tidy: nonblocking")]]

namespace net = boost::asio;
using namespace std::chrono_literals;

// "Binder": a call that goes to another process.
int transact() {
  addrinfo *Result = nullptr;
  return ::getaddrinfo("peer", "80", nullptr, &Result);
}

// AsyncTaskGet.java, FutureGet.java
struct FutureGet {
  std::future<int> Future;
  std::shared_future<int> Shared;
  std::mutex Lock;

  mini::task<int> get_bad() {
    co_return Future.get(); // expect: async-sync-wait
  }
  mini::task<> wait_bad() {
    Future.wait(); // expect: async-sync-wait
    co_return;
  }
  mini::task<int> shared_get_bad() {
    co_return Shared.get(); // expect: async-sync-wait
  }
  // A lock that is taken elsewhere around get(): the short-lock tier.
  mini::task<> takes_the_lock_ok() {
    std::lock_guard L(Lock);
    co_return;
  }
  int get_on_other_thread_ok() { return Future.get(); }

  mini::task<> wait_one_day_bad() {
    Future.wait_for(24h); // expect: async-sync-wait
    co_return;
  }
  mini::task<> wait_one_hour_bad() {
    Future.wait_for(1h); // expect: async-sync-wait
    co_return;
  }
  // Infer lets short timeouts be; a reactor's thread is lost all the same.
  mini::task<> wait_one_second_bad() {
    Future.wait_for(1s); // expect: async-sync-wait
    co_return;
  }
  mini::task<> wait_1000_nanoseconds_bad() {
    Future.wait_for(1000ns); // expect: async-sync-wait
    co_return;
  }
  mini::task<> wait_until_bad() {
    // expect-next-line: async-sync-wait
    Future.wait_until(std::chrono::steady_clock::now() + 1s);
    co_return;
  }
  mini::task<bool> poll_ok() {
    co_return Future.wait_for(0s) == std::future_status::ready;
  }
  mini::task<int> get_if_done_ok() {
    if (Future.wait_for(0s) == std::future_status::ready)
      co_return Future.get();
    co_return 0;
  }
  mini::task<int> get_if_done_early_return_ok() {
    if (Future.wait_for(0s) != std::future_status::ready)
      co_return 0;
    co_return Future.get();
  }
  mini::task<int> other_future_done_bad(std::future<int> Other) {
    if (Other.wait_for(0s) == std::future_status::ready)
      co_return Future.get(); // expect: async-sync-wait
    co_return 0;
  }
  mini::task<bool> valid_ok() { co_return Future.valid(); }
};

// Countdwn.java
struct Countdown {
  std::latch Latch{1};
  mini::task<> wait_bad() {
    Latch.wait(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> arrive_and_wait_bad() {
    Latch.arrive_and_wait(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> count_down_ok() {
    Latch.count_down();
    co_return;
  }
  mini::task<bool> try_wait_ok() { co_return Latch.try_wait(); }
  void wait_on_any_thread_ok() { Latch.wait(); }
};

// ObjWait.java
struct ObjectWait {
  std::mutex M;
  std::condition_variable Cv;
  bool Ready = false;
  mini::task<> wait_bad() {
    std::unique_lock L(M);
    Cv.wait(L); // expect: async-blocking-call
    co_return;
  }
  mini::task<> wait_with_predicate_bad() {
    std::unique_lock L(M);
    Cv.wait(L, [this] { return Ready; }); // expect: async-blocking-call
    co_return;
  }
  mini::task<> wait_for_bad() {
    std::unique_lock L(M);
    Cv.wait_for(L, 5001ms); // expect: async-blocking-call
    co_return;
  }
  mini::task<> wait_until_bad() {
    std::unique_lock L(M);
    // expect-next-line: async-blocking-call
    Cv.wait_until(L, std::chrono::steady_clock::now() + 4s);
    co_return;
  }
  mini::task<> notify_ok() {
    Cv.notify_one();
    co_return;
  }
  void wait_on_any_thread_ok() {
    std::unique_lock L(M);
    Cv.wait(L);
  }
};

// Binders.java
struct Binders {
  int do_transact() { return transact(); }
  int one_way() { return 0; }
  mini::task<> direct_bad() {
    addrinfo *R = nullptr;
    ::getaddrinfo("peer", "80", nullptr, &R); // expect: async-blocking-call
    co_return;
  }
  mini::task<> through_member_bad() {
    do_transact(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> through_member_and_function_bad() {
    through(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> one_way_ok() {
    one_way();
    co_return;
  }
  int plain_ok() { return transact(); }
  int plain_through_member_ok() { return do_transact(); }
  mini::task<> other_look_ups_bad(sockaddr *A, socklen_t N) {
    char Host[64];
    // expect-next-line: async-blocking-call
    ::getnameinfo(A, N, Host, sizeof Host, nullptr, 0, 0);
    ::gethostbyname("peer"); // expect: async-blocking-call
    co_return;
  }

private:
  void through() { do_transact(); }
};

// IndirectBlock.java, Interproc.java, Interclass.java, InnerClass.java
struct Remote {
  void transact_in_other_class() { Binders().do_transact(); }
  struct Inner {
    Remote &Outer;
    void call() { Outer.transact_in_other_class(); }
  };
};
mini::task<> through_other_class_bad(Remote &R) {
  R.transact_in_other_class(); // expect: async-blocking-call
  co_return;
}
mini::task<> through_inner_class_bad(Remote &R) {
  Remote::Inner{R}.call(); // expect: async-blocking-call
  co_return;
}

// JavaIO.java, StrictModeViolation.java
struct FileIo {
  std::ifstream Reader;
  std::ofstream Writer;
  std::string read_line() {
    std::string Line;
    std::getline(Reader, Line);
    return Line;
  }
  // Infer's known false negative.
  mini::task<> through_reader_bad() {
    read_line(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> cheap_members_ok() {
    (void)Reader.good();
    (void)Writer.is_open();
    Writer.setstate(std::ios::failbit);
    co_return;
  }
  mini::task<> open_bad() {
    Reader.open("bla"); // expect: async-blocking-call
    co_return;
  }
  mini::task<> stat_bad() {
    struct stat S;
    ::stat("bla", &S); // expect: async-blocking-call
    co_return;
  }
  mini::task<> unlink_bad() {
    ::unlink("bla"); // expect: async-blocking-call
    co_return;
  }
  mini::task<> mkdir_bad() {
    ::mkdir("bla", 0700); // expect: async-blocking-call
    co_return;
  }
  mini::task<> rename_bad() {
    ::rename("bla", "blub"); // expect: async-blocking-call
    co_return;
  }
};

// MainThreadTest.java, MyActivity.java, ServiceOnUIThread.java: methods that
// the framework calls on its thread are what a loop runs here.
struct Activity {
  net::io_context &Io;
  net::steady_timer Timer{Io};
  void on_resume() { transact(); }
  void on_timer_bad() {
    Timer.async_wait([this](boost::system::error_code) {
      on_resume(); // expect: async-blocking-call
    });
  }
  void on_post_bad() {
    net::post(Io, [] {
      transact(); // expect: async-blocking-call
    });
  }
  void direct_ok() { on_resume(); }
};

// NonBlk.java
BLOCKING int fetch();
NONBLOCKING int peek();
NONBLOCKING int peek_anyhow() { return transact(); }
mini::task<int> annotated_blocking_bad() {
  co_return fetch(); // expect: async-blocking-call
}
mini::task<int> annotated_nonblocking_ok() { co_return peek(); }
mini::task<int> annotated_nonblocking_with_body_ok() {
  co_return peek_anyhow();
}
int through_nonblocking() { return peek_anyhow(); }
mini::task<int> through_annotated_nonblocking_ok() {
  co_return through_nonblocking();
}

// PubPriv.java: reported at the async body that calls, not once more above.
struct PubPriv {
  mini::task<> transact_bad() {
    do_transact(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> also_ok() { co_await transact_bad(); }
  mini::task<> chain_ok() { co_await also_ok(); }

private:
  void do_transact() { transact(); }
};

// Regexp.java: a costly computation is not a blocking call.
mini::task<> regular_expression_ok() {
  (void)std::regex_match("a text", std::regex("a regexp"));
  co_return;
}

// SkipAnalysis.java, SuppLint.java
mini::task<> suppressed_here_ok() {
  transact(); // NOLINT(async-blocking-call)
  co_return;
}
mini::task<> suppressed_by_next_line_ok() {
  // NOLINTNEXTLINE(async-blocking-call)
  transact();
  co_return;
}
// NOLINTBEGIN(async-blocking-call)
mini::task<> suppressed_by_range_ok() {
  transact();
  co_return;
}
// NOLINTEND(async-blocking-call)
mini::task<> other_name_suppressed_bad() {
  transact(); /* NOLINT(some-other-check) */ // expect: async-blocking-call
  co_return;
}

// ThreadCalls.java
struct ThreadCalls {
  void sleep_on_any_thread_ok() { std::this_thread::sleep_for(60ms); }
  mini::task<> sleep_bad() {
    std::this_thread::sleep_for(60ms); // expect: async-blocking-call
    co_return;
  }
  mini::task<> sleep_until_bad() {
    // expect-next-line: async-blocking-call
    std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1s);
    co_return;
  }
  mini::task<> sleep_through_call_bad() {
    sleep_on_any_thread_ok(); // expect: async-blocking-call
    co_return;
  }
  void join_on_any_thread_ok(std::thread &T) { T.join(); }
  mini::task<> join_bad(std::thread T) {
    T.join(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> join_through_call_bad(std::thread T) {
    join_on_any_thread_ok(T); // expect: async-blocking-call
    co_return;
  }
  mini::task<> detach_ok(std::thread T) {
    T.detach();
    co_return;
  }
};

// ThreadSensitivity.java, LazyInit.java: which branch runs is not known, and a
// first time is a time.
mini::task<> in_one_branch_bad(bool B) {
  if (B)
    transact(); // expect: async-blocking-call
  co_return;
}
mini::task<> lazy_initialisation_bad(int *Cached) {
  if (!*Cached)
    *Cached = transact(); // expect: async-blocking-call
  co_return;
}
mini::task<> static_initialisation_bad() {
  static int Cached = transact(); // expect: async-blocking-call
  (void)Cached;
  co_return;
}
mini::task<> constant_false_branch_ok() {
  if constexpr (sizeof(int) == 1)
    transact();
  co_return;
}

// Workers.java, ModeledExecutors.java, DirectStarvation.java,
// UnknownThread.java: where a piece of work runs.
struct Workers {
  net::io_context Io;
  net::thread_pool Pool{2};
  net::strand<net::io_context::executor_type> Strand{Io.get_executor()};

  void to_the_pool_ok() {
    net::post(Pool, [] { transact(); });
  }
  void to_a_thread_ok() {
    std::thread([] { transact(); }).detach();
  }
  void to_std_async_ok() {
    (void)std::async(std::launch::async, [] { return transact(); });
  }
  void to_the_loop_bad() {
    net::post(Io, [] {
      transact(); // expect: async-blocking-call
    });
  }
  void dispatched_to_the_loop_bad() {
    net::dispatch(Io, [] {
      transact(); // expect: async-blocking-call
    });
  }
  void deferred_to_the_loop_bad() {
    net::defer(Io, [] {
      transact(); // expect: async-blocking-call
    });
  }
  void to_a_strand_bad() {
    net::post(Strand, [] {
      transact(); // expect: async-blocking-call
    });
  }
  void delayed_to_the_loop_bad() {
    auto Timer = std::make_shared<net::steady_timer>(Io, 1s);
    Timer->async_wait([Timer](boost::system::error_code) {
      transact(); // expect: async-blocking-call
    });
  }
  void to_an_unknown_executor_ok(net::any_io_executor Ex) {
    auto Work = [Ex] { transact(); };
    (void)Work;
  }
  // The work is made in one place and posted in another
  // (ConstructedAttributes).
  void through_a_variable_bad() {
    auto Bad = [] {
      transact(); // expect: async-blocking-call
    };
    net::post(Io, Bad);
  }
  void through_a_variable_to_the_pool_ok() {
    auto Fine = [] { transact(); };
    net::post(Pool, Fine);
  }
  void nothing_to_the_loop_ok() {
    net::post(Io, [] {});
  }
  // WorkerThread wins: the coroutine only waits for what the pool does.
  net::awaitable<void> on_the_pool_from_coroutine_ok() {
    net::post(Pool, [] { transact(); });
    co_return;
  }
};

// ForUiThread.java, StaticInitAttributes.java, ImplicitConstructor.java: the
// function object is a class, a function, a bound member.
void posts_function_object_bad(net::io_context &Io) {
  struct Runnable {
    void operator()() const {
      transact(); // expect: async-blocking-call
    }
  };
  net::post(Io, Runnable{});
}
void posts_function_object_to_pool_ok(net::thread_pool &Pool) {
  struct Runnable {
    void operator()() const { transact(); }
  };
  net::post(Pool, Runnable{});
}

void posted_function_bad() {
  transact(); // expect: async-blocking-call
}
void posts_free_function_ok(net::io_context &Io) {
  net::post(Io, &posted_function_bad);
}

struct Session : std::enable_shared_from_this<Session> {
  void bound_member_bad(boost::system::error_code) {
    transact(); // expect: async-blocking-call
  }
  void binds_member_ok(net::steady_timer &T) {
    T.async_wait(std::bind(&Session::bound_member_bad, shared_from_this(),
                           std::placeholders::_1));
  }
};
