// Declarations only: concurrentqueue.h and readerwriterqueue.h of moodycamel.
#pragma once
#include <cstddef>

namespace moodycamel {
template <class T, class Traits = void> class ConcurrentQueue {
public:
  explicit ConcurrentQueue(std::size_t capacity = 192);
  bool enqueue(const T &item);
  bool enqueue(T &&item);
  template <class It> bool enqueue_bulk(It first, std::size_t count);
  bool try_enqueue(const T &item); // fails where it would allocate
  bool try_dequeue(T &item);
  std::size_t size_approx() const;
};
template <class T, class Traits = void> class BlockingConcurrentQueue {
public:
  bool enqueue(const T &item);
  bool enqueue(T &&item);
  bool try_enqueue(const T &item);
  bool try_dequeue(T &item);
  template <class It> bool enqueue_bulk(It first, std::size_t count);
  void wait_dequeue(T &item);
  template <class Time> bool wait_dequeue_timed(T &item, const Time &most);
  template <class It> std::size_t wait_dequeue_bulk(It first, std::size_t most);
  std::size_t size_approx() const;
};
template <class T, std::size_t MaxBlockSize = 512> class BlockingReaderWriterQueue {
public:
  explicit BlockingReaderWriterQueue(std::size_t size = 15);
  bool enqueue(const T &item);
  bool enqueue(T &&item);
  bool try_enqueue(const T &item);
  bool try_dequeue(T &item);
  void wait_dequeue(T &item);
  template <class Time> bool wait_dequeue_timed(T &item, const Time &most);
  std::size_t size_approx() const;
};
// Bounded.
template <class T> class BlockingReaderWriterCircularBuffer {
public:
  explicit BlockingReaderWriterCircularBuffer(std::size_t capacity);
  bool try_enqueue(const T &item);
  void wait_enqueue(const T &item);
  bool try_dequeue(T &item);
  void wait_dequeue(T &item);
  template <class Time> bool wait_dequeue_timed(T &item, const Time &most);
  std::size_t size_approx() const;
};
template <class T, std::size_t MaxBlockSize = 512> class ReaderWriterQueue {
public:
  explicit ReaderWriterQueue(std::size_t size = 15);
  bool enqueue(const T &item);
  bool enqueue(T &&item);
  bool try_enqueue(const T &item);
  bool try_dequeue(T &item);
  std::size_t size_approx() const;
};
} // namespace moodycamel
