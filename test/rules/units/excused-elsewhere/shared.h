// What both units know.
#pragma once
#include <cppcoro/task.hpp>
#include <deque>
#include <string>

cppcoro::task<> turn();
cppcoro::task<int> length_ok(const std::string &text);
struct Outbox {
  void push_ok(std::string text);
  cppcoro::task<> drain_ok();
  std::deque<std::string> waiting;
};
extern Outbox outbox;
extern bool stopping;
