// The examples of MSVC's C26810 (captures may be gone when a coroutine goes on)
// and C26811 (what a parameter refers to may be), in our words.
// level: strict
// clang-format off: a mark belongs to its line
#include <boost/asio.hpp>
#include <mini/task.hpp>
#include <string>
#include <winrt/base.h>

mini::task<void> io();
void use(const std::string &);

// C26810.
winrt::fire_and_forget call_later();
void captured_bad(winrt::DispatcherQueue queue, std::string s) {
  queue.TryEnqueue([s]() -> winrt::fire_and_forget { // expect: async-capturing-lambda
    co_await winrt::resume_background();
    use(s);
  });
}
void used_before_ok(winrt::DispatcherQueue queue, std::string s) {
  queue.TryEnqueue([s]() -> winrt::fire_and_forget {
    use(s);
    co_await winrt::resume_background();
  });
}
void copied_to_frame_ok(winrt::DispatcherQueue queue, std::string s) {
  queue.TryEnqueue([s]() -> winrt::fire_and_forget {
    std::string mine = s;
    co_await winrt::resume_background();
    use(mine);
  });
}

// C26811.
winrt::IAsyncAction reference_bad(const std::string &s) { // expect: async-reference-parameter
  co_await winrt::resume_background();
  use(s);
}
winrt::IAsyncAction reference_used_before_ok(const std::string &s) {
  use(s);
  co_await winrt::resume_background();
}
winrt::IAsyncAction copied_ok(const std::string &s) {
  std::string mine = s;
  co_await winrt::resume_background();
  use(mine);
}
winrt::IAsyncAction value_ok(std::string s) {
  co_await winrt::resume_background();
  use(s);
}
