// What libraries call a queue without a bound.
// clang-format off: a mark belongs to its line
#include <QObject>
#include <QQueue>
#include <QString>
#include <QTimer>
#include <coro/coro.hpp>
#include <kj/_names.h>
#include <mini/task.hpp>
#include <moodycamel.h>
#include <seastar/core/queue.hh>
#include <userver/_names.hpp>

mini::task<int> next();
coro::task<int> part();

class Moody {
public:
  mini::task<void> read_bad() {
    for (;;) queue_.enqueue(co_await next()); // expect: async-uncancellable-loop, async-unbounded-queue
  }
  mini::task<void> read_ok() {
    for (;;) { // expect: async-uncancellable-loop
      int i = co_await next();
      if (!queue_.try_enqueue(i)) co_await mini::yield();
    }
  }

private:
  moodycamel::ConcurrentQueue<int> queue_;
};

class Parts {
public:
  coro::task<void> read_bad() {
    for (;;) co_await parts_.push(co_await part()); // expect: async-uncancellable-loop, async-unbounded-queue
  }
  coro::task<void> read_ok() {
    for (;;) co_await few_.produce(co_await part()); // expect: async-uncancellable-loop
  }

private:
  coro::queue<int> parts_;
  coro::ring_buffer<int, 16> few_;
};

kj::Promise<int> event();
class Events {
public:
  kj::Promise<void> read_bad() {
    for (;;) queue_.push(co_await event()); // expect: async-unbounded-queue
  }

private:
  kj::ProducerConsumerQueue<int> queue_;
};

class Shards {
  int size() const;
  seastar::queue<int> all_bad{static_cast<std::size_t>(-1)}; // expect: async-unbounded-queue
  seastar::queue<int> few_ok{128};
};

using Jobs = userver::concurrent::MpscQueue<int>;
struct Workers {
  std::shared_ptr<Jobs> all_bad = Jobs::Create(); // expect: async-unbounded-queue
  std::shared_ptr<Jobs> few_ok = Jobs::Create(64);
};

class View : public QObject {
public:
  View() {
    connect(&timer_, &QTimer::timeout, this, [this] {
      if (!texts_.isEmpty()) show(texts_.dequeue());
      if (!few_.isEmpty()) show(few_.dequeue());
    });
  }
  void add_bad(const QString &text) {
    texts_.enqueue(text); // expect: async-unbounded-queue
  }
  void add_ok(const QString &text) {
    if (few_.size() > 100) few_.dequeue();
    few_.enqueue(text);
  }

private:
  void show(const QString &);
  QTimer timer_;
  QQueue<QString> texts_, few_;
};
