// Clients of databases that wait on their caller's thread, and queues of
// threads.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <chrono>
#include <mongocxx/client.hpp>
#include <mongocxx/pool.hpp>
#include <moodycamel.h>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <sw/redis++/redis++.h>
#include <thread>

using boost::asio::awaitable;
awaitable<void> other();

awaitable<void> redis_bad(sw::redis::Redis &redis, sw::redis::RedisCluster &cluster) {
  redis.set("a", "b"); // expect: async-blocking-call
  std::optional<std::string> value = redis.get("a"); // expect: async-blocking-call
  redis.blpop("jobs"); // expect: async-blocking-call
  cluster.hset("h", "f", "v"); // expect: async-blocking-call
  auto batch = redis.pipeline();
  batch.set("a", "b").get("a");
  batch.exec(); // expect: async-blocking-call
  auto listener = redis.subscriber();
  listener.consume(); // expect: async-blocking-call
  co_await other();
}
awaitable<void> redis_ok(sw::redis::AsyncRedis &redis) {
  redis.get("a", [](std::future<std::optional<std::string>> &&) {});
  co_await other();
}
awaitable<void> redis_future_bad(sw::redis::AsyncRedis &redis) {
  redis.get("a").get(); // expect: async-sync-wait
  co_await other();
}
void redis_thread_ok(sw::redis::Redis &redis) {
  std::thread([&] { redis.publish("a", "b"); }).join();
}

awaitable<void> pqxx_bad(const char *where) {
  pqxx::connection c(where); // expect: async-blocking-call
  pqxx::work w(c); // expect: async-blocking-call
  w.exec("select 1"); // expect: async-blocking-call
  w.query_value("select 2"); // expect: async-blocking-call
  w.commit(); // expect: async-blocking-call
  c.await_notification(); // expect: async-blocking-call
  co_await other();
}
awaitable<void> pqxx_ok(pqxx::connection &c, boost::asio::ip::tcp::socket &watched) {
  co_await watched.async_wait(boost::asio::ip::tcp::socket::wait_read, boost::asio::use_awaitable);
  c.get_notifs();
  pqxx::connection moved(std::move(c));
}
awaitable<void> pqxx_steps_ok(const char *where, boost::asio::ip::tcp::socket &watched) {
  pqxx::connecting begun(where);
  while (!begun.done()) {
    co_await watched.async_wait(boost::asio::ip::tcp::socket::wait_read, boost::asio::use_awaitable);
    begun.process();
  }
  pqxx::connection c = std::move(begun).produce();
}

awaitable<void> mongo_bad(mongocxx::pool &clients, mongocxx::v_noabi::collection &rows) {
  auto client = clients.acquire(); // expect: async-blocking-call
  auto found = (*client)["shop"]["items"].find({});
  for (const mongocxx::document &one : found) // expect: async-blocking-call
    (void)one;
  rows.insert_one(mongocxx::document()); // expect: async-blocking-call
  (*client)["shop"].run_command({}); // expect: async-blocking-call
  co_await other();
}
awaitable<void> mongo_ok(mongocxx::pool &clients) {
  if (auto client = clients.try_acquire())
    (**client).start_session();
  co_await other();
}

// Queues of threads.
awaitable<void> queue_bad(moodycamel::BlockingConcurrentQueue<int> &jobs, moodycamel::BlockingReaderWriterCircularBuffer<int> &ring) {
  int job;
  jobs.wait_dequeue(job); // expect: async-blocking-call
  jobs.wait_dequeue_timed(job, std::chrono::seconds(1)); // expect: async-blocking-call
  ring.wait_enqueue(1); // expect: async-blocking-call
  co_await other();
}
awaitable<void> queue_ok(moodycamel::ConcurrentQueue<int> &jobs) {
  int job;
  if (jobs.try_dequeue(job))
    co_await other();
}
