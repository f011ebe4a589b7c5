// References, pointers, iterators and views into what others change.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <deque>
#include <flow/flow.h>
#include <map>
#include <memory>
#include <mini/task.hpp>
#include <seastar/core/coroutine.hh>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
namespace net = boost::asio;

mini::task<void> flush();
void parse(std::string_view);
void touch(int);

class Pages {
public:
  void on_data(std::string s) { text_ += s; }
  void add(int v) { pages_.push_back(v); }
  void drop(const std::string &name) { names_.erase(name); }

  mini::task<void> view_bad() {
    std::string_view head = std::string_view(text_).substr(0, 16);
    co_await flush();
    parse(head); // expect: async-dangling-across-suspension
  }
  mini::task<void> copy_ok() {
    std::string head(text_, 0, 16);
    co_await flush();
    parse(head);
  }
  mini::task<void> used_before_ok() {
    std::string_view head = text_;
    parse(head);
    co_await flush();
  }
  mini::task<int> reference_bad(std::size_t i) {
    int &page = pages_[i];
    co_await flush();
    co_return ++page; // expect: async-dangling-across-suspension
  }
  mini::task<int> front_bad() {
    auto &page = pages_.front();
    co_await flush();
    co_return page; // expect: async-dangling-across-suspension
  }
  mini::task<int> pointer_bad(std::size_t i) {
    int *page = &pages_[i];
    co_await flush();
    co_return *page; // expect: async-dangling-across-suspension
  }
  mini::task<int> again_ok(std::size_t i) {
    int &page = pages_[i];
    touch(page);
    co_await flush();
    co_return ++pages_[i];
  }
  mini::task<int> iterator_bad(std::string name) {
    auto it = names_.find(name);
    co_await flush();
    co_return it->second; // expect: async-dangling-across-suspension
  }
  mini::task<int> found_again_ok(std::string name) {
    auto it = names_.find(name);
    touch(it->second);
    co_await flush();
    it = names_.find(name);
    co_return it->second;
  }
  mini::task<void> range_bad() {
    for (int page : pages_) { // expect: async-dangling-across-suspension
      touch(page);
      co_await flush();
    }
  }
  mini::task<void> range_without_suspension_ok() {
    for (int page : pages_)
      touch(page);
    co_await flush();
  }
  mini::task<void> never_suspends_ok() {
    for (int page : pages_) {
      touch(page);
      co_await std::suspend_never{};
    }
  }
  mini::task<void> one_branch_bad(bool slow) {
    int &page = pages_.back();
    if (slow)
      co_await flush();
    touch(page); // expect: async-dangling-across-suspension
  }
  mini::task<void> whole_member_ok() {
    auto &all = pages_;
    co_await flush();
    touch(static_cast<int>(all.size()));
  }
  mini::task<void> after_a_throw_bad() {
    int &page = pages_.back();
    try {
      co_await flush();
    } catch (...) {
      touch(page); // expect: async-dangling-across-suspension
    }
  }

private:
  std::string text_;
  std::vector<int> pages_;
  std::unordered_map<std::string, int> names_;
};

// Nobody changes it after construction.
class Routes {
public:
  explicit Routes(std::vector<int> all) : fixed_(std::move(all)) { fixed_.push_back(0); }
  mini::task<void> walk_ok() {
    for (int route : fixed_) {
      touch(route);
      co_await flush();
    }
  }

private:
  std::vector<int> fixed_;
};

// Locals belong to the coroutine; shared ownership keeps what it shares.
mini::task<void> local_ok() {
  std::vector<int> mine{1, 2};
  for (int &n : mine) {
    co_await flush();
    touch(n);
  }
}
class Sessions {
public:
  void close(int id) { all_.erase(id); }
  mini::task<int> shared_ok(int id) {
    std::shared_ptr<int> session = all_[id];
    co_await flush();
    co_return *session;
  }
  net::awaitable<int> asio_bad(int id) {
    auto &session = all_[id];
    co_await net::post(co_await net::this_coro::executor, net::use_awaitable);
    co_return *session; // expect: async-dangling-across-suspension
  }
  seastar::future<int> seastar_bad(int id) {
    auto &session = all_[id];
    co_await seastar::yield();
    co_return *session; // expect: async-dangling-across-suspension
  }

private:
  std::map<int, std::shared_ptr<int>> all_;
};
static std::deque<int> queue;
void drop() { queue.pop_front(); }
mini::task<int> global_bad() {
  int &first = queue.front();
  co_await flush();
  co_return first; // expect: async-dangling-across-suspension
}

// Who changes it waits for the mutex.
class Guarded {
public:
  mini::task<void> add(int n) {
    auto guard = co_await mutex_.scoped_lock_async();
    all_.push_back(n);
  }
  mini::task<void> walk_ok() {
    auto guard = co_await mutex_.scoped_lock_async();
    for (int n : all_) {
      touch(n);
      co_await flush();
    }
  }

private:
  cppcoro::async_mutex mutex_;
  std::vector<int> all_;
};

// What an await gives may be the awaited temporary's.
Future<std::string> value();
void use(const std::string &);
Future<Void> temporary_bad() {
  auto const &text = co_await value(); // expect: async-dangling-across-suspension
  use(text);
  co_return Void();
}
Future<Void> temporary_ok() {
  std::string text = co_await value();
  use(text);
  Future<std::string> kept = value();
  auto const &of_kept = co_await kept;
  use(of_kept);
  use(co_await value());
  co_return Void();
}
mini::task<std::vector<int>> all();
mini::task<void> kept_ok() {
  auto numbers = co_await all();
  for (int n : numbers) {
    touch(n);
    co_await flush();
  }
  auto &same = numbers;
  touch(same.front());
}
class Tls {
public:
  Tls &operator=(Tls &&other) {
    raw_ = std::move(other.raw_);
    return *this;
  }
  mini::task<int> handshake_ok() {
    int *raw = raw_.get();
    co_await flush();
    co_return *raw;
  }

private:
  std::unique_ptr<int> raw_;
};
cppcoro::task<int &> element();
cppcoro::task<int> reference_given_ok() {
  int &n = co_await element();
  co_return n;
}

//--- Members of what was awaited ---------------------------------------------
struct Found {
  std::vector<std::string> keys;
  bool more;
};
Future<Found> look(int from);
void take(const std::string &);
Future<Void> member_bad() {
  const std::vector<std::string> &keys = (co_await look(1)).keys; // expect: async-dangling-across-suspension
  take(keys.back());
  co_return Void();
}
Future<Void> range_of_member_bad() {
  for (const auto &k : (co_await look(2)).keys) // expect: async-dangling-across-suspension
    take(k);
  co_return Void();
}
Future<Void> member_of_kept_ok() {
  Future<Found> kept = look(1);
  const std::vector<std::string> &keys = (co_await kept).keys;
  take(keys.back());
  take((co_await look(3)).keys.front());
  bool more = (co_await look(4)).more;
  take(more ? "y" : "n");
  co_return Void();
}
