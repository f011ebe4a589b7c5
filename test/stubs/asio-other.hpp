// Declarations only: parts of Asio that the packaged headers leave out (files
// need io_uring) or do not have yet. For the test that modelled names exist;
// never included together with Asio's headers.
#pragma once

#define ASIO_OTHER_DECLARATIONS                                                \
  template <class Executor> struct basic_yield_context {};                     \
  template <class Executor> struct basic_file {                                \
    void open(const char *, int);                                              \
    void resize(unsigned long);                                                \
    void sync_all();                                                           \
    void sync_data();                                                          \
  };                                                                           \
  template <class Executor> struct basic_stream_file : basic_file<Executor> {  \
    template <class B> unsigned long read_some(const B &);                     \
    template <class B> unsigned long write_some(const B &);                    \
    template <class B, class T> auto async_read_some(const B &, T &&);         \
    template <class B, class T> auto async_write_some(const B &, T &&);        \
  };                                                                           \
  template <class Executor>                                                    \
  struct basic_random_access_file : basic_file<Executor> {                     \
    template <class B> unsigned long read_some_at(unsigned long, const B &);   \
    template <class B> unsigned long write_some_at(unsigned long, const B &);  \
    template <class B, class T>                                                \
    auto async_read_some_at(unsigned long, const B &, T &&);                   \
    template <class B, class T>                                                \
    auto async_write_some_at(unsigned long, const B &, T &&);                  \
  };                                                                           \
  template <class E, class T> auto bind_immediate_executor(const E &, T &&);   \
  template <class D, class T> auto cancel_after(const D &, T &&);              \
  template <class P, class T> auto cancel_at(const P &, T &&);

namespace boost::asio {
ASIO_OTHER_DECLARATIONS
} // namespace boost::asio

namespace asio {
ASIO_OTHER_DECLARATIONS
template <class T, class... Vs> auto append(T &&, Vs &&...);
template <class T> auto as_tuple(T &&);
template <class T, class... Vs> auto consign(T &&, Vs &&...);
template <class T, class... Vs> auto prepend(T &&, Vs &&...);
namespace experimental {
template <class S> struct promise {
  bool completed() const;
};
} // namespace experimental
} // namespace asio
