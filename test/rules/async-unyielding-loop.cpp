// level: strict
// Loops that keep their thread.
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/task.hpp>
#include <deque>
#include <mini/task.hpp>
#include <openssl/evp.h>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace net = boost::asio;
using Matrix = std::vector<std::vector<double>>;
void use(double);
std::optional<int> try_pop();

struct Model {
  double step();
};

class Cache {
public:
  mini::task<void> shrink_bad() {
    while (used_ > most_) { // expect: async-unyielding-loop
      used_ -= evict();
    }
    co_await mini::yield();
  }
  mini::task<void> shrink_ok() {
    while (used_ > most_) {
      used_ -= evict();
      co_await mini::yield();
    }
  }

private:
  unsigned long evict();
  unsigned long used_ = 0, most_ = 0;
};

mini::task<double> converge_bad(Model m) {
  double error = 1;
  while (error > 1e-6) { // expect: async-unyielding-loop
    error = m.step();
  }
  co_await mini::yield();
  co_return error;
}
mini::task<double> product_bad(Matrix a, Matrix b) {
  double s = 0;
  for (std::size_t i = 0; i < a.size(); ++i) // expect: async-unyielding-loop
    for (std::size_t j = 0; j < b.size(); ++j)
      s += a[i][j] * b[j][i];
  co_await mini::yield();
  co_return s;
}
mini::task<void> yields_between_ok(Matrix a) {
  for (auto &row : a) {
    for (double x : row) use(x);
    co_await mini::yield();
  }
}
mini::task<double> small_ok(double a[4][4]) {
  double s = 0;
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j) s += a[i][j];
  co_await mini::yield();
  co_return s;
}
mini::task<void> one_loop_ok(std::vector<double> v) {
  for (double x : v) use(x);
  co_await mini::yield();
}
mini::task<void> until_empty_ok() {
  while (auto x = try_pop()) use(*x);
  co_await mini::yield();
}
double not_async_ok(const Matrix &a) {
  double s = 0;
  for (auto &row : a)
    for (double x : row) s += x;
  return s;
}

mini::task<bool> pattern_bad(std::string text, const std::regex &r) { // expect: async-reference-parameter
  co_await mini::yield();
  co_return std::regex_match(text, r); // expect: async-unyielding-loop
}
bool matches(const std::string &text, const std::regex &r) { return std::regex_search(text, r); }
mini::task<bool> helper_bad(std::string text, const std::regex &r) { // expect: async-reference-parameter
  co_await mini::yield();
  co_return matches(text, r); // expect: async-unyielding-loop
}
mini::task<void> password_bad(std::string word, unsigned char *out) {
  PKCS5_PBKDF2_HMAC(word.c_str(), 8, nullptr, 0, 600000, EVP_sha256(), 32, out); // expect: async-unyielding-loop
  co_await mini::yield();
}
void offloaded_ok(net::thread_pool &pool, std::string word, unsigned char *out) {
  net::post(pool, [=] { PKCS5_PBKDF2_HMAC(word.c_str(), 8, nullptr, 0, 600000, EVP_sha256(), 32, out); });
}

// What others fill is emptied in one go; on a pool that is what it is for.
struct Job {
  int weight;
};
int compact(Job &);
class Compactor {
public:
  mini::task<int> drain_bad() {
    int n = 0;
    while (!jobs_.empty()) { // expect: async-unyielding-loop
      n += compact(jobs_.front());
      jobs_.pop_front();
    }
    co_await mini::yield();
    co_return n;
  }
  mini::task<int> drain_ok() {
    int n = 0;
    while (!jobs_.empty()) {
      n += compact(jobs_.front());
      jobs_.pop_front();
      co_await mini::yield();
    }
    co_return n;
  }

private:
  std::deque<Job> jobs_;
};
cppcoro::task<double> pool_ok(cppcoro::static_thread_pool &pool, Matrix all) {
  co_await pool.schedule();
  double sum = 0;
  for (auto &row : all)
    for (double x : row)
      sum += x;
  co_return sum;
}
