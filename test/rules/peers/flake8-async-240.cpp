//===- flake8-async-240.cpp - Peer cases ---------------------------------===//
//
// flake8-async's ASYNC240 (os.path), 250 (input) and 251 (sleep). Functions
// that only compute with paths are no finding here, although Python's
// normpath is listed there.
//
//===----------------------------------------------------------------------===//

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <filesystem>
#include <iostream>
#include <mini/task.hpp>
#include <sstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace std::chrono_literals;
void print(bool);

// ASYNC240
mini::task<> exists_bad(fs::path P) {
  (void)fs::exists(P); // expect: async-blocking-call
  co_return;
}
mini::task<> is_regular_file_bad(fs::path P) {
  (void)fs::is_regular_file(P); // expect: async-blocking-call
  co_return;
}
mini::task<> is_directory_bad(fs::path P) {
  (void)fs::is_directory(P); // expect: async-blocking-call
  co_return;
}
mini::task<> is_symlink_bad(fs::path P) {
  (void)fs::is_symlink(P); // expect: async-blocking-call
  co_return;
}
mini::task<> last_write_time_bad(fs::path P) {
  (void)fs::last_write_time(P); // expect: async-blocking-call
  co_return;
}
mini::task<> file_size_bad(fs::path P) {
  (void)fs::file_size(P); // expect: async-blocking-call
  co_return;
}
mini::task<> equivalent_bad(fs::path P, fs::path Q) {
  (void)fs::equivalent(P, Q); // expect: async-blocking-call
  co_return;
}
mini::task<> canonical_bad(fs::path P) {
  (void)fs::canonical(P); // expect: async-blocking-call
  co_return;
}
mini::task<> weakly_canonical_bad(fs::path P) {
  (void)fs::weakly_canonical(P); // expect: async-blocking-call
  co_return;
}
mini::task<> relative_bad(fs::path P) {
  (void)fs::relative(P); // expect: async-blocking-call
  co_return;
}
mini::task<> status_bad(fs::path P) {
  (void)fs::status(P); // expect: async-blocking-call
  co_return;
}
mini::task<> directory_iterator_bad(fs::path P) {
  for (auto &E : fs::directory_iterator(P)) // expect: async-blocking-call
    (void)E.path();
  co_return;
}
mini::task<> copy_file_bad(fs::path P, fs::path Q) {
  fs::copy_file(P, Q); // expect: async-blocking-call
  co_return;
}
mini::task<> remove_all_bad(fs::path P) {
  fs::remove_all(P); // expect: async-blocking-call
  co_return;
}
mini::task<> create_directories_bad(fs::path P) {
  fs::create_directories(P); // expect: async-blocking-call
  co_return;
}
mini::task<> with_error_code_bad(fs::path P, std::error_code Ec) {
  (void)fs::exists(P, Ec); // expect: async-blocking-call
  co_return;
}
mini::task<> in_argument_bad(fs::path P) {
  print(fs::is_regular_file(P)); // expect: async-blocking-call
  co_return;
}
mini::task<> using_declaration_bad(fs::path P) {
  using fs::is_regular_file;
  (void)is_regular_file(P); // expect: async-blocking-call
  co_return;
}
mini::task<> lstat_bad() {
  struct stat S;
  ::lstat("f", &S); // expect: async-blocking-call
  co_return;
}
mini::task<> access_bad() {
  (void)::access("f", R_OK); // expect: async-blocking-call
  co_return;
}
mini::task<> realpath_bad() {
  char Out[4096];
  (void)::realpath("f", Out); // expect: async-blocking-call
  co_return;
}
mini::task<> readlink_bad() {
  char Out[4096];
  (void)::readlink("f", Out, sizeof Out); // expect: async-blocking-call
  co_return;
}
mini::task<> opendir_bad() {
  (void)::opendir("."); // expect: async-blocking-call
  co_return;
}
mini::task<> computes_with_paths_ok(fs::path P) {
  (void)P.lexically_normal();
  (void)P.lexically_relative("a");
  (void)P.filename();
  (void)P.extension();
  (void)P.is_absolute();
  (void)(P / "b");
  co_return;
}
mini::task<> status_at_hand_ok(fs::file_status S) {
  (void)fs::exists(S);
  (void)fs::is_directory(S);
  co_return;
}
bool in_plain_function_ok(fs::path P) { return fs::is_regular_file(P); }

// ASYNC250
mini::task<> getline_cin_bad() {
  std::string K;
  std::getline(std::cin, K); // expect: async-blocking-call
  co_return;
}
mini::task<> cin_extraction_bad() {
  int K;
  std::cin >> K; // expect: async-blocking-call
  co_return;
}
mini::task<> cin_get_bad() {
  (void)std::cin.get(); // expect: async-blocking-call
  co_return;
}
mini::task<> getchar_bad() {
  (void)std::getchar(); // expect: async-blocking-call
  co_return;
}
mini::task<> scanf_bad() {
  int K;
  (void)std::scanf("%d", &K); // expect: async-blocking-call
  co_return;
}
mini::task<> fgets_stdin_bad() {
  char K[8];
  (void)std::fgets(K, sizeof K, stdin); // expect: async-blocking-call
  co_return;
}
mini::task<> string_stream_ok() {
  std::istringstream In("hello world");
  std::string K;
  std::getline(In, K);
  In >> K;
  co_return;
}
mini::task<> sscanf_ok() {
  int K;
  (void)std::sscanf("5", "%d", &K);
  co_return;
}

// ASYNC251
mini::task<> sleep_bad() {
  ::sleep(5); // expect: async-blocking-call
  co_return;
}
mini::task<> usleep_bad() {
  ::usleep(5); // expect: async-blocking-call
  co_return;
}
mini::task<> nanosleep_bad() {
  timespec T{1, 0};
  ::nanosleep(&T, nullptr); // expect: async-blocking-call
  co_return;
}
mini::task<> clock_nanosleep_bad() {
  timespec T{1, 0};
  // expect-next-line: async-blocking-call
  ::clock_nanosleep(CLOCK_MONOTONIC, 0, &T, nullptr);
  co_return;
}
mini::task<> sleep_for_bad() {
  std::this_thread::sleep_for(5s); // expect: async-blocking-call
  co_return;
}
mini::task<> sleep_until_bad() {
  // expect-next-line: async-blocking-call
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 5s);
  co_return;
}
mini::task<> in_both_branches_bad(bool B) {
  B ? ::sleep(5)  // expect: async-blocking-call
    : ::sleep(6); // expect: async-blocking-call
  co_return;
}
mini::task<> imported_bad() {
  using std::this_thread::sleep_for;
  sleep_for(5s); // expect: async-blocking-call
  co_return;
}
mini::task<> zero_ok() {
  std::this_thread::sleep_for(0s);
  co_return;
}
mini::task<> yield_ok() {
  std::this_thread::yield();
  co_return;
}
mini::task<> asynchronous_ok() { co_await mini::sleep_for(5s); }
