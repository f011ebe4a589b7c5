//===- Project.cpp - A project of some files, and async-tidy in it --------===//

#include "support/Project.h"
#include <nlohmann/json.hpp>

namespace async_tidy::test {

const char *const TaskHeader = R"(#pragma once
#include <coroutine>
#include <exception>
#include <unistd.h>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
    template <typename A> A await_transform(A Awaited) { return Awaited; }
  };
};
)";

Project::Project() { write("task.h", TaskHeader); }

std::string Project::addUnit(const std::string &Name, const std::string &Text,
                             std::vector<std::string> Flags) {
  const std::string File = write(Name, Text);
  nlohmann::json Arguments = {"c++", "-std=c++20", "-I" + path()};
  for (std::string &Flag : Flags)
    Arguments.push_back(std::move(Flag));
  Arguments.insert(Arguments.end(), {"-c", File});
  const nlohmann::json Entry = {
      {"directory", path()}, {"file", File}, {"arguments", Arguments}};
  Entries += (Entries.empty() ? "" : ",\n") + Entry.dump();
  write("compile_commands.json", "[" + Entries + "]");
  return File;
}

std::string Project::addHazard(const std::string &Name) {
  return addUnit(Name, "#include \"task.h\"\n"
                       "static task run() {\n"
                       "  sleep(1);\n"
                       "  co_await std::suspend_always{};\n"
                       "}\n"
                       "task use() { return run(); }\n");
}

std::string Project::addClean(const std::string &Name) {
  return addUnit(Name, "#include \"task.h\"\n"
                       "task run() { co_await std::suspend_always{}; }\n");
}

Finished Project::tidy(std::vector<std::string> Words,
                       const std::vector<std::string> &Environment) const {
  std::vector<std::string> Command = {
      "/usr/bin/env",   "-u",
      "NO_COLOR",       "-u",
      "CLICOLOR_FORCE", "XDG_CACHE_HOME=" + path() + "/.cache"};
  Command.insert(Command.end(), Environment.begin(), Environment.end());
  Command.push_back(ASYNC_TIDY_BINARY_DIR "/bin/async-tidy");
  Command.insert(Command.end(), Words.begin(), Words.end());
  return run(Command, path());
}

unsigned count(const std::string &Text, const std::string &What) {
  unsigned Times = 0;
  for (size_t At = 0; (At = Text.find(What, At)) != std::string::npos; ++At)
    ++Times;
  return Times;
}

} // namespace async_tidy::test
