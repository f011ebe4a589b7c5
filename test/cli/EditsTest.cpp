//===- EditsTest.cpp - A baseline lives with a project's edits ------------===//
//
// Edits echo-service as its developers would, with a baseline of its defects:
// no edit makes an old defect a new one, and each new defect is found alone.
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace fs = std::filesystem;

namespace {

class Edits : public testing::Test {
protected:
  void SetUp() override {
    for (const auto &Entry :
         fs::directory_iterator(ASYNC_TIDY_SOURCE_DIR "/test/projects/"
                                                      "echo-service"))
      fs::copy(Entry.path(), Folder.path());
    writeDatabase();
    const Finished Run = tidy({"--write-baseline"});
    ASSERT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
    ASSERT_THAT(Run.Output, HasSubstr("8 entries"));
  }

  void writeDatabase() {
    nlohmann::json Entries = nlohmann::json::array();
    for (const auto &Entry : fs::directory_iterator(Folder.path()))
      if (Entry.path().extension() == ".cpp")
        Entries.push_back(
            {{"directory", Folder.path()},
             {"file", Entry.path().string()},
             {"arguments",
              {"c++", "-std=c++20", "-DASIO_HAS_CO_AWAIT",
               "-DASIO_HAS_STD_COROUTINE", "-c", Entry.path().string()}}});
    Folder.write("compile_commands.json", Entries.dump());
  }

  Finished tidy(std::vector<std::string> Words) {
    Words.insert(Words.begin(), ASYNC_TIDY_BINARY_DIR "/bin/async-tidy");
    return run(Words, Folder.path());
  }

  /// Replaces the only \p Old in \p File.
  void edit(const std::string &File, const std::string &Old,
            const std::string &New) {
    std::string Text = readFile(Folder.path() + "/" + File);
    ASSERT_EQ(count(Text, Old), 1u) << File << ": " << Old;
    Text.replace(Text.find(Old), Old.size(), New);
    Folder.write(File, Text);
  }

  /// What is new, as `file: subject's line of code`; nothing may be stale.
  std::vector<std::string> newOnes() {
    const Finished Run = tidy({"--output=json"});
    const auto Report = nlohmann::json::parse(Run.Output, nullptr, false);
    EXPECT_TRUE(Report.is_object()) << Run.Errors;
    EXPECT_EQ(Report["failures"].dump(), "[]");
    std::vector<std::string> New;
    for (const auto &F : Report["findings"])
      if (F["baselineState"] == "new") {
        const std::string File = F["file"];
        std::istringstream In(readFile(Folder.path() + "/" + File));
        std::string Line;
        for (unsigned I = 0; I < F["line"]; ++I)
          std::getline(In, Line);
        Line.erase(0, Line.find_first_not_of(" \t"));
        New.push_back(File + ": " + Line);
      }
    EXPECT_EQ(Run.ExitCode, New.empty() ? 0 : 1);
    return New;
  }

  void refactor() {
    // A helper in the middle of a path, and one at its beginning.
    edit("dns.hpp", "} // namespace echo",
         "asio::ip::address lookupNow(const std::string &host);\n"
         "} // namespace echo");
    edit("dns.cpp", "} // namespace echo",
         "asio::ip::address lookupNow(const std::string &host) {\n"
         "  return lookup(host);\n"
         "}\n"
         "} // namespace echo");
    edit("address_book.cpp", "lookup(name)", "lookupNow(name)");
    edit("upstream.cpp", "book_.endpoint(peer)", "endpointOf(book_, peer)");
    edit("upstream.cpp", "// The look-up is hidden",
         "static tcp::endpoint endpointOf(const AddressBook &book,\n"
         "                                const std::string &peer) {\n"
         "  return book.endpoint(peer);\n"
         "}\n"
         "// The look-up is hidden");
    // Lines move, files are renamed, and another style is used.
    for (const char *Name : {"upstream", "registry", "session", "server"}) {
      const std::string Old = Folder.path() + "/" + Name + ".cpp";
      Folder.write(std::string("new_") + Name + ".cpp",
                   "// a licence\n//\n\n" + readFile(Old));
      fs::remove(Old);
    }
    std::vector<std::string> Format = {"/usr/bin/clang-format-22", "-i",
                                       "--style={BasedOnStyle: GNU, "
                                       "ColumnLimit: 60}"};
    for (const auto &Entry : fs::directory_iterator(Folder.path()))
      if (const std::string File = Entry.path().string(); File.ends_with("pp"))
        Format.push_back(File);
    ASSERT_EQ(run(Format, Folder.path()).ExitCode, 0);
    writeDatabase();
  }

  TemporaryFolder Folder;
};

TEST_F(Edits, NoneMakesAnOldDefectNew) {
  refactor();
  EXPECT_THAT(newOnes(), IsEmpty());
}

/// A header is renamed, functions stand in another order, the namespace is
/// written otherwise, and lines end as on Windows.
TEST_F(Edits, NorDoesAMoveOfHeadersAndFunctions) {
  fs::rename(Folder.path() + "/upstream.hpp", Folder.path() + "/backend.hpp");
  const std::string Send = "asio::awaitable<void> Upstream::send";
  const std::string Upstream = readFile(Folder.path() + "/upstream.cpp");
  const size_t At = Upstream.find(Send), End = Upstream.find("} // namespace");
  const size_t First = Upstream.find("// The look-up is hidden"),
               Second = Upstream.find("// The same without stopping");
  ASSERT_TRUE(At < End && First < Second && Second < At);
  Folder.write("upstream.cpp", Upstream.substr(0, First) +
                                   Upstream.substr(Second, End - Second) +
                                   Upstream.substr(First, Second - First) +
                                   Upstream.substr(End));
  for (const auto &Entry : fs::directory_iterator(Folder.path())) {
    const std::string Name = Entry.path().filename().string();
    if (!Name.ends_with("pp"))
      continue;
    std::string Text;
    std::istringstream In(readFile(Entry.path().string()));
    for (std::string Line; std::getline(In, Line);) {
      if (Line == "#include \"upstream.hpp\"")
        Line = "#include \"backend.hpp\"";
      if (Line == "namespace echo {")
        Line = "namespace\r\n  echo\r\n{";
      Text += Line + "\r\n";
    }
    Folder.write(Name, Text);
  }
  EXPECT_THAT(newOnes(), IsEmpty());
}

TEST_F(Edits, ANewDefectIsFoundAlone) {
  edit("session.cpp", "      service.metrics.count(\"lines\");\n",
       "      service.metrics.count(\"lines\");\n      ::sleep(3);\n");
  // The same call is made, and accepted, some lines below.
  edit("upstream.cpp", "    // expect-next-line: async-blocking-call\n    std",
       "    std::this_thread::sleep_for(1ms);\n    std");
  edit("registry.cpp", "  for (const auto &client : clients)\n",
       "  std::lock_guard hold(mutex_);\n"
       "  for (const auto &client : clients)\n");
  EXPECT_THAT(newOnes(), UnorderedElementsAre(
                             "session.cpp: ::sleep(3);",
                             "upstream.cpp: std::this_thread::sleep_for(1ms);",
                             "registry.cpp: std::lock_guard hold(mutex_);"));
  refactor();
  EXPECT_THAT(newOnes(),
              UnorderedElementsAre(
                  "new_session.cpp: ::sleep (3);",
                  "new_upstream.cpp: std::this_thread::sleep_for (1ms);",
                  "new_registry.cpp: std::lock_guard hold (mutex_);"));
}

} // namespace
