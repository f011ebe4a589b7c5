//===- flake8-async-210.cpp - Peer cases ---------------------------------===//
//
// flake8-async's ASYNC210, 211 and 212: synchronous HTTP clients, called as
// functions, as methods of a pool, and of a client that comes as a parameter,
// a global or a member. Here: libcurl, Beast, drogon.
//
//===----------------------------------------------------------------------===//

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <curl/curl.h>
#include <drogon/drogon.h>
#include <map>
#include <mini/task.hpp>
#include <optional>

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

// ASYNC210
mini::task<> perform_bad(CURL *C) {
  curl_easy_perform(C); // expect: async-blocking-call
  co_return;
}
void print(int);
mini::task<> perform_in_argument_bad(CURL *C) {
  print(curl_easy_perform(C)); // expect: async-blocking-call
  co_return;
}
mini::task<> perform_in_condition_bad(CURL *C) {
  if (curl_easy_perform(C) != CURLE_OK) // expect: async-blocking-call
    co_return;
}
mini::task<> named_only_ok() {
  auto *F = &curl_easy_perform;
  (void)F;
  co_return;
}
mini::task<> multi_wait_bad(CURLM *M) {
  int N;
  curl_multi_wait(M, nullptr, 0, 1000, &N); // expect: async-blocking-call
  co_return;
}
mini::task<> multi_poll_bad(CURLM *M) {
  int N;
  curl_multi_poll(M, nullptr, 0, 1000, &N); // expect: async-blocking-call
  co_return;
}
mini::task<> multi_perform_ok(CURLM *M) {
  int N;
  curl_multi_perform(M, &N);
  curl_multi_socket_action(M, CURL_SOCKET_TIMEOUT, 0, &N);
  co_return;
}
mini::task<> set_up_ok(CURL *C) {
  curl_easy_setopt(C, CURLOPT_URL, "http://localhost");
  curl_easy_reset(C);
  co_return;
}
mini::task<> get_of_a_map_ok(std::map<std::string, int> R) {
  (void)R.at("not a sync http client");
  co_return;
}

net::awaitable<void> beast_write_bad(beast::tcp_stream &S,
                                     http::request<http::empty_body> &R) {
  http::write(S, R); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> beast_read_bad(beast::tcp_stream &S,
                                    beast::flat_buffer &B) {
  http::response<http::string_body> R;
  http::read(S, B, R); // expect: async-blocking-call
  co_return;
}
net::awaitable<void> beast_async_ok(beast::tcp_stream &S,
                                    beast::flat_buffer &B) {
  http::response<http::string_body> R;
  co_await http::async_read(S, B, R, net::use_awaitable);
}

// ASYNC211, 212
using Client = std::shared_ptr<drogon::HttpClient>;
drogon::HttpRequestPtr request() {
  return drogon::HttpRequest::newHttpRequest();
}

drogon::Task<> client_made_here_bad() {
  auto C = drogon::HttpClient::newHttpClient("http://localhost");
  C->sendRequest(request()); // expect: async-sync-wait
  co_return;
}
drogon::Task<> client_parameter_bad(Client C) {
  C->sendRequest(request(), 3.0); // expect: async-sync-wait
  co_return;
}
drogon::Task<> client_pointer_bad(drogon::HttpClient *C) {
  C->sendRequest(request()); // expect: async-sync-wait
  co_return;
}
drogon::Task<> client_reference_bad(drogon::HttpClient &C) {
  C.sendRequest(request()); // expect: async-sync-wait
  co_return;
}
drogon::Task<> client_optional_bad(std::optional<Client> C) {
  (*C)->sendRequest(request()); // expect: async-sync-wait
  co_return;
}
Client Global;
drogon::Task<> client_global_bad() {
  Global->sendRequest(request()); // expect: async-sync-wait
  co_return;
}
void client_in_plain_function_ok() { Global->sendRequest(request()); }
drogon::Task<> client_alias_bad() {
  Client Alias = Global;
  Alias->sendRequest(request()); // expect: async-sync-wait
  co_return;
}
struct Api {
  Client C;
  drogon::Task<> client_member_bad() {
    C->sendRequest(request()); // expect: async-sync-wait
    co_return;
  }
};
drogon::Task<> client_in_container_bad(std::vector<Client> V) {
  for (auto &C : V)
    C->sendRequest(request()); // expect: async-sync-wait
  co_return;
}
drogon::Task<> asynchronous_twin_ok(Client C) {
  co_await C->sendRequestCoro(request(), 3.0);
}
drogon::Task<> other_methods_ok(Client C) {
  auto R = request();
  (void)R->body();
  (void)C;
  co_return;
}
struct OtherClient {
  int sendRequest(int);
};
drogon::Task<> same_name_other_class_ok(OtherClient C) {
  C.sendRequest(1);
  co_return;
}

// A database is a client too.
drogon::Task<> sql_bad(drogon::orm::DbClientPtr Db) {
  Db->execSqlSync("select 1"); // expect: async-blocking-call
  co_return;
}
drogon::Task<> sql_ok(drogon::orm::DbClientPtr Db) {
  co_await Db->execSqlCoro("select 1");
}
