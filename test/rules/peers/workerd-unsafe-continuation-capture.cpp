// Shapes of workerd's unsafe-continuation-capture, in our own words.
// What a caller owns (a reference or a view that was given) is said at level
// strict; raw pointers that are copied are not followed.
// level: strict
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <folly/futures/Future.h>
#include <kj/async.h>
#include <kj/_names.h>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <string_view>
#include <vector>
namespace net = boost::asio;

struct Resource { int n; };

//--- Reported there ----------------------------------------------------------
kj::Promise<> reference_bad(Resource &r, kj::Promise<> p) {
  return p.then([&r] { ++r.n; }); // expect: async-callback-capture
}
kj::Promise<> reference_by_default_bad(Resource &r, kj::Promise<> p) {
  return p.then([&] { ++r.n; }); // expect: async-callback-capture
}
kj::Promise<> pointer_missed(Resource *r, kj::Promise<> p) {
  return p.then([r] { ++r->n; }); // missed: async-callback-capture
}
kj::Promise<> view_bad(std::string_view s, kj::Promise<> p) {
  return p.then([s] { (void)s.size(); }); // expect: async-callback-capture
}
struct Thing : std::enable_shared_from_this<Thing> {
  // Who is given the promise has the object.
  kj::Promise<> returned_missed(kj::Promise<> p) {
    return p.then([this] { ++n; }); // missed: async-callback-capture
  }
  int n;
};
kj::Promise<> own_bad(std::unique_ptr<Resource> r) {
  return kj::evalLater([&r] { ++r->n; }); // expect: async-callback-capture
}
kj::Promise<> chained_bad(Resource &r, kj::Promise<> p) {
  return p.then([&r] { ++r.n; }).then([] {}); // expect: async-callback-capture
}
std::vector<kj::Promise<>> array_missed(Resource &r, kj::Promise<> p) {
  std::vector<kj::Promise<>> all;
  all.push_back(p.then([&r] { ++r.n; })); // missed: async-callback-capture
  return all;
}
struct Tasks {
  kj::Promise<> task;
  void this_ok(kj::Promise<> p) {
    task = p.then([this] { ++n; });
  }
  void reference_bad(kj::Promise<> p, Resource &r) {
    task = p.then([&r] { ++r.n; }); // expect: async-callback-capture
  }
  int n;
};
kj::Promise<> later_bad(Resource &r) {
  return kj::evalLater([&r] { ++r.n; }); // expect: async-callback-capture
}
kj::Promise<> last_bad(Resource &r) {
  return kj::evalLast([&r] { ++r.n; }); // expect: async-callback-capture
}

//--- Silent there ------------------------------------------------------------
kj::Promise<> owner_ok(std::unique_ptr<Resource> r, kj::Promise<> p) {
  return p.then([r = std::move(r)] { ++r->n; });
}
kj::Promise<> shared_ok(std::shared_ptr<Resource> r, kj::Promise<> p) {
  return p.then([r] { ++r->n; });
}
int at_once_ok(int x, int y) {
  int &ref = y;
  return [&] { return x + ref; }();
}
void waited_ok(Resource &r, kj::Promise<> p, kj::WaitScope &ws) {
  p.then([&r] { ++r.n; }).wait(ws);
}
kj::Promise<> awaited_ok(Resource &r, kj::Promise<> p) {
  co_await p.then([&r] { ++r.n; });
}
void waited_later_ok(Resource &r, kj::Promise<> p, kj::WaitScope &ws) {
  auto chained = p.then([&r] { ++r.n; });
  chained.wait(ws);
}
kj::Promise<> dropped_bad(kj::Promise<> p, Resource &r, kj::Promise<> q) {
  (void)p.then([&r] { ++r.n; }); // expect: async-discarded-task
  return q;
}
template <class C, class F>
int map(C &&c, F &&f) {
  return 0;
}
int synchronous_ok(int x) {
  int &ref = x;
  return map(ref, [&](int) { return ref; });
}
kj::Promise<> number_ok(int n, kj::Promise<> p) {
  return p.then([n] { (void)n; });
}
kj::Promise<> string_ok(std::string s, kj::Promise<> p) {
  return p.then([s = std::move(s)] { (void)s.size(); });
}
kj::Promise<> task_awaited_ok(Resource &r, kj::Promise<> p) {
  auto task = p.then([&r] { ++r.n; });
  co_await std::move(task);
}

//--- The same for others -----------------------------------------------------
seastar::future<> seastar_bad() {
  int n = 0;
  return seastar::sleep(std::chrono::milliseconds(1)).then([&] { ++n; }); // expect: async-callback-capture
}
seastar::future<> seastar_awaited_ok() {
  int n = 0;
  co_await seastar::sleep(std::chrono::milliseconds(1)).then([&] { ++n; });
}
void asio_bad(net::steady_timer &t) {
  std::string name = "a";
  t.async_wait([&name](boost::system::error_code) { name += "b"; }); // expect: async-callback-capture
}
void asio_ok(net::steady_timer &t) {
  std::string name = "a";
  t.async_wait([name](boost::system::error_code) mutable { name += "b"; });
}
