// SOURCE: generic shape - the task is the value of a lambda whose caller ignores it
// REALITY: for_each throws the task away; nothing is sent
// SCOPE: coroutine | LEVEL: hard
#include <algorithm>
#include <functional>
#include <mini/task.hpp>
#include <vector>

mini::task<void> notify(int id);

mini::task<void> broadcast(std::vector<int> ids) {
  std::for_each(ids.begin(), ids.end(), [](int id) { return notify(id); });  // EXPECT: discarded-task
  std::function<void(int)> cb = [](int id) { return notify(id); };  // EXPECT: discarded-task
  cb(1);
  std::vector<mini::task<void>> all;
  for (int id : ids) all.push_back(notify(id));  // OK: collected
  co_await mini::when_all(std::move(all));  // MAY: unbounded-spawn (as many at once as there are ids)
}
