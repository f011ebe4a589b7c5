//===- flake8-async-230.cpp - Peer cases ---------------------------------===//
//
// flake8-async's ASYNC230, 231 and 232: opening files, and the methods of what
// was opened, wherever the object comes from. Its tests follow the object's
// type by annotations; C++ has the type.
//
//===----------------------------------------------------------------------===//

#include <boost/asio.hpp>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <mini/task.hpp>
#include <optional>
#include <sstream>
#include <unistd.h>
#include <vector>

namespace net = boost::asio;
char Buffer[64];

// ASYNC230, 231: opening
mini::task<> fopen_bad() {
  std::FILE *F = std::fopen("f", "r"); // expect: async-blocking-call
  (void)F;
  co_return;
}
mini::task<> freopen_bad(std::FILE *Old) {
  std::FILE *F = std::freopen("f", "r", Old); // expect: async-blocking-call
  (void)F;
  co_return;
}
mini::task<> open_bad() {
  int Fd = ::open("f", O_RDONLY); // expect: async-blocking-call
  (void)Fd;
  co_return;
}
mini::task<> openat_bad(int Dir) {
  int Fd = ::openat(Dir, "f", O_RDONLY); // expect: async-blocking-call
  (void)Fd;
  co_return;
}
mini::task<> creat_bad() {
  int Fd = ::creat("f", 0600); // expect: async-blocking-call
  (void)Fd;
  co_return;
}
// A descriptor that is open already.
mini::task<> fdopen_ok(int Fd) {
  std::FILE *F = ::fdopen(Fd, "r");
  (void)F;
  co_return;
}
mini::task<> stream_constructor_bad() {
  std::ifstream F("f"); // expect: async-blocking-call
  co_return;
}
mini::task<> stream_temporary_bad() {
  (void)std::ifstream("f").good(); // expect: async-blocking-call
  co_return;
}
mini::task<> output_stream_constructor_bad() {
  std::ofstream F("f"); // expect: async-blocking-call
  co_return;
}
mini::task<> both_ways_stream_constructor_bad() {
  std::fstream F("f"); // expect: async-blocking-call
  co_return;
}
mini::task<> wide_stream_constructor_bad() {
  std::wifstream F("f"); // expect: async-blocking-call
  co_return;
}
mini::task<> stream_default_constructor_ok() {
  std::ifstream F;
  co_return;
}
mini::task<> stream_open_bad(std::ifstream F) {
  F.open("f"); // expect: async-blocking-call
  co_return;
}
mini::task<> in_condition_bad() {
  if (std::ifstream F("f"); F) // expect: async-blocking-call
    co_return;
}
mini::task<> beside_other_bad() {
  int N = 0, Fd = ::open("f", N); // expect: async-blocking-call
  (void)Fd;
  co_return;
}
void in_plain_function_ok() { std::ifstream F("f"); }
// "wrapped calls are always okay": done where it may block.
mini::task<> offloaded_ok(net::thread_pool &Pool) {
  net::post(Pool, [] { std::ifstream F("f"); });
  co_return;
}

// ASYNC232: methods
mini::task<> read_bad(std::ifstream F) {
  F.read(Buffer, sizeof Buffer); // expect: async-blocking-call
  co_return;
}
mini::task<> getline_bad(std::ifstream F) {
  std::string Line;
  std::getline(F, Line); // expect: async-blocking-call
  co_return;
}
mini::task<> getline_member_bad(std::ifstream F) {
  F.getline(Buffer, sizeof Buffer); // expect: async-blocking-call
  co_return;
}
mini::task<> extraction_bad(std::ifstream F) {
  int N;
  F >> N; // expect: async-blocking-call
  co_return;
}
mini::task<> get_bad(std::ifstream F) {
  (void)F.get(); // expect: async-blocking-call
  co_return;
}
mini::task<> write_bad(std::ofstream F) {
  F.write(Buffer, sizeof Buffer); // expect: async-blocking-call
  co_return;
}
mini::task<> insertion_bad(std::ofstream F) {
  F << 1; // expect: async-blocking-call
  co_return;
}
mini::task<> flush_bad(std::ofstream F) {
  F.flush(); // expect: async-blocking-call
  co_return;
}
mini::task<> both_ways_bad(std::fstream F) {
  F.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> fread_bad(std::FILE *F) {
  (void)std::fread(Buffer, 1, 1, F); // expect: async-blocking-call
  co_return;
}
mini::task<> fgets_bad(std::FILE *F) {
  (void)std::fgets(Buffer, 1, F); // expect: async-blocking-call
  co_return;
}
mini::task<> fwrite_bad(std::FILE *F) {
  (void)std::fwrite(Buffer, 1, 1, F); // expect: async-blocking-call
  co_return;
}
mini::task<> fsync_bad(int Fd) {
  ::fsync(Fd); // expect: async-blocking-call
  co_return;
}
mini::task<> fdatasync_bad(int Fd) {
  ::fdatasync(Fd); // expect: async-blocking-call
  co_return;
}
mini::task<> pread_bad(int Fd) {
  (void)::pread(Fd, Buffer, 1, 0); // expect: async-blocking-call
  co_return;
}
mini::task<> pwrite_bad(int Fd) {
  (void)::pwrite(Fd, Buffer, 1, 0); // expect: async-blocking-call
  co_return;
}

// Where the object comes from.
mini::task<> reference_bad(std::ifstream &F) {
  F.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> pointer_bad(std::ifstream *F) {
  if (F)
    F->read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> shared_pointer_bad(std::shared_ptr<std::ifstream> F) {
  F->read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> optional_bad(std::optional<std::ifstream> F) {
  if (F)
    F->read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> element_bad(std::vector<std::ifstream> V) {
  for (auto &F : V)
    F.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
std::ifstream GlobalFile;
mini::task<> global_bad() {
  GlobalFile.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> alias_bad() {
  auto &F = GlobalFile;
  F.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> opened_here_bad() {
  std::ifstream F("f"); // expect: async-blocking-call
  F.read(Buffer, 1);    // expect: async-blocking-call
  co_return;
}
mini::task<> moved_bad() {
  std::ifstream A;
  std::ifstream B = std::move(A);
  B.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
std::ifstream &returns_file();
mini::task<> returned_bad() {
  returns_file().read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
struct HasFile {
  std::ifstream X;
  mini::task<> member_bad() {
    X.read(Buffer, 1); // expect: async-blocking-call
    co_return;
  }
};
mini::task<> member_of_parameter_bad(HasFile &H) {
  H.X.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
mini::task<> structured_binding_bad(std::pair<std::ifstream, int> P) {
  auto &[F, N] = P;
  F.read(Buffer, 1); // expect: async-blocking-call
  co_return;
}
void outer_plain_function_bad(std::ifstream &F) {
  auto Async = [&F]() -> mini::task<> {
    F.read(Buffer, 1); // expect: async-blocking-call
    co_return;
  };
  (void)Async;
}
mini::task<> derived_class_missed() {
  struct MyFile : std::ifstream {};
  MyFile F;
  F.read(Buffer, 1); // missed: async-blocking-call
  co_return;
}

// Not a file, or not known to be one.
mini::task<> memory_stream_ok() {
  std::stringstream S("text");
  std::string Line;
  std::getline(S, Line);
  S.read(Buffer, 1);
  S << 1;
  S.flush();
  co_return;
}
mini::task<> unknown_stream_ok(std::istream &S) {
  S.read(Buffer, 1);
  co_return;
}
struct NotAFile {
  void read();
  void open(const char *);
};
mini::task<> same_names_ok(NotAFile F) {
  F.open("f");
  F.read();
  co_return;
}
mini::task<> state_of_file_ok(std::ifstream F) {
  (void)F.is_open();
  (void)F.eof();
  F.clear();
  co_return;
}
mini::task<> nested_plain_functions_ok(std::ifstream F) {
  auto Inside = [](std::ifstream &G) { G.read(Buffer, 1); };
  (void)Inside;
  (void)F;
  co_return;
}
