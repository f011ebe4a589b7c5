// Bugs that projects had, each before and after it was mended.
// clang-format off: a mark belongs to its line
#include <concurrencpp/concurrencpp.h>
#include <drogon/drogon.h>
#include <memory>
#include <string>

// drogon#448: a synchronous query in the callback of an asynchronous one, on
// the loop that has to bring its answer.
namespace drogon_448 {
void use(std::size_t);
void nested_bad(drogon::orm::DbClientPtr db) {
  db->execSqlAsync("select 1", [db](const drogon::orm::Result &) {
    use(db->execSqlSync("select 2").size()); // expect: async-blocking-call
  }, [](const std::exception &) {});
}
void nested_ok(drogon::orm::DbClientPtr db) {
  db->execSqlAsync("select 1", [db](const drogon::orm::Result &) {
    db->execSqlAsync("select 2", [](const drogon::orm::Result &r) { use(r.size()); }, [](const std::exception &) {});
  }, [](const std::exception &) {});
}
} // namespace drogon_448

// drogon#2331: the synchronous mapper after an await, which goes on on the loop
// of the database.
namespace drogon_2331 {
struct Config { std::string value; };
drogon::Task<std::string> version_bad(drogon::orm::DbClientPtr db) {
  drogon::orm::CoroMapper<Config> first(db);
  Config one = co_await first.findByPrimaryKey("one");
  drogon::orm::Mapper<Config> second(db);
  Config two = second.findByPrimaryKey("two"); // expect: async-blocking-call
  co_return one.value + two.value;
}
drogon::Task<std::string> version_ok(drogon::orm::DbClientPtr db) {
  drogon::orm::CoroMapper<Config> mapper(db);
  Config one = co_await mapper.findByPrimaryKey("one");
  Config two = co_await mapper.findByPrimaryKey("two");
  co_return one.value + two.value;
}
} // namespace drogon_2331

// concurrencpp#61: a task of a pool that waits for another one of the same pool.
namespace concurrencpp_61 {
concurrencpp::result<int> outer_bad(std::shared_ptr<concurrencpp::thread_pool_executor> pool) {
  auto inner = pool->submit([] { return 1; });
  co_return inner.get(); // expect: async-sync-wait
}
concurrencpp::result<int> outer_ok(std::shared_ptr<concurrencpp::thread_pool_executor> pool) {
  auto inner = pool->submit([] { return 1; });
  co_return co_await inner;
}
} // namespace concurrencpp_61
