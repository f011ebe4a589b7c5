// They keep what they give, and ask before they push.
// level: strict
#include "shared.h"

cppcoro::task<int> caller_ok() {
  std::string text = "hello";
  co_return co_await length_ok(text);
}

cppcoro::task<> producer_ok() {
  while (!stopping) {
    if (outbox.waiting.size() > 100)
      co_await outbox.drain_ok();
    outbox.push_ok("hello");
    co_await turn();
  }
}
