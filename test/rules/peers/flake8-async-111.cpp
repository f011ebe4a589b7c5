//===- flake8-async-111.cpp - Peer cases ----------------------------------===//
//
// flake8-async's ASYNC111: what is opened inside a nursery is given to a task
// that the nursery starts, so it is closed before the task ends. Nurseries are
// corral's; what is closed there is destroyed here.
//
//===----------------------------------------------------------------------===//
// clang-format off: a mark belongs to its line

#include <corral/corral.h>
#include <functional>
#include <memory>
#include <string>
#include <utility>

struct file {
  ~file();
  void put(int n);
};
corral::Task<void> step();
corral::Task<void> writes(file &to) {
  co_await step();
  to.put(1);
}
corral::Task<void> writes_own(std::shared_ptr<file> to) {
  co_await step();
  to->put(1);
}

corral::Task<void> inside_by_capture_bad() {
  CORRAL_WITH_NURSERY(nursery) {
    file f;
    nursery.start([&]() -> corral::Task<void> { // expect: async-callback-capture
      co_await step();
      f.put(1);
    });
    co_return corral::join;
  };
}
corral::Task<void> inside_by_wrapper_missed() {
  CORRAL_WITH_NURSERY(nursery) {
    file f;
    nursery.start(writes, std::ref(f)); // missed: async-dangling-argument
    co_return corral::join;
  };
}
corral::Task<void> inside_deeper_bad(bool more) {
  CORRAL_WITH_NURSERY(nursery) {
    if (more) {
      file f;
      nursery.start([&f]() -> corral::Task<void> { // expect: async-callback-capture
        co_await step();
        f.put(1);
      });
    }
    co_return corral::join;
  };
}
corral::Task<void> in_a_loop_bad() {
  CORRAL_WITH_NURSERY(nursery) {
    for (int i = 0; i < 3; ++i)
      nursery.start([&i]() -> corral::Task<void> { // expect: async-callback-capture
        co_await step();
        ++i;
      });
    co_return corral::join;
  };
}
corral::Task<void> outside_ok() {
  file f;
  CORRAL_WITH_NURSERY(nursery) {
    nursery.start([&]() -> corral::Task<void> {
      co_await step();
      f.put(1);
    });
    nursery.start(writes, std::ref(f));
    co_return corral::join;
  };
}
corral::Task<void> outside_deeper_ok(bool more) {
  if (more) {
    file f;
    CORRAL_WITH_NURSERY(nursery) {
      nursery.start([&]() -> corral::Task<void> {
        co_await step();
        f.put(1);
      });
      co_return corral::join;
    };
  }
  co_await step();
}
corral::Task<void> shared_ok() {
  CORRAL_WITH_NURSERY(nursery) {
    auto f = std::make_shared<file>();
    nursery.start(writes_own, f);
    nursery.start([f]() -> corral::Task<void> {
      co_await step();
      f->put(1);
    });
    co_return corral::join;
  };
}
corral::Task<void> awaited_inside_ok() {
  CORRAL_WITH_NURSERY(nursery) {
    file f;
    co_await writes(f);
    nursery.start([]() -> corral::Task<void> { co_await step(); });
    co_return corral::join;
  };
}
corral::Task<void> inner_nursery_ok() {
  CORRAL_WITH_NURSERY(outer) {
    file f;
    CORRAL_WITH_NURSERY(inner) {
      inner.start([&]() -> corral::Task<void> {
        co_await step();
        f.put(1);
      });
      co_return corral::join;
    };
    outer.start([]() -> corral::Task<void> { co_await step(); });
    co_return corral::join;
  };
}
corral::Task<void> outer_nursery_bad() {
  CORRAL_WITH_NURSERY(outer) {
    CORRAL_WITH_NURSERY(inner) {
      file f;
      outer.start([&]() -> corral::Task<void> { // expect: async-callback-capture
        co_await step();
        f.put(1);
      });
      co_return corral::join;
    };
    co_return corral::join;
  };
}
