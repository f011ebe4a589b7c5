// Declarations only: what libc++ and later standards declare, and libstdc++ 12
// does not. For the test that modelled names exist; never included together
// with headers of the standard library.
#pragma once

namespace std {

enum class future_status { ready, timeout, deferred };

template <class R> struct future {
  void wait() const;
  template <class D> future_status wait_for(const D &) const;
  template <class T> future_status wait_until(const T &) const;
};
template <class R> struct shared_future {
  void wait() const;
  template <class D> future_status wait_for(const D &) const;
  template <class T> future_status wait_until(const T &) const;
};

template <class T> struct __atomic_ref_base {
  T load() const;
  operator T() const;
  void wait(T) const;
};
template <class T> struct atomic_ref {
  T load() const;
  T exchange(T) const;
  operator T() const;
  void wait(T) const;
};
struct atomic_flag;
bool atomic_flag_test(const atomic_flag *);
bool atomic_flag_test_explicit(const atomic_flag *, int);
void atomic_flag_wait(const atomic_flag *, bool);
void atomic_flag_wait_explicit(const atomic_flag *, bool, int);

template <class T> struct shared_ptr {
  void reset();
  long use_count() const;
};
template <class T> struct weak_ptr {
  bool expired() const;
  long use_count() const;
};

template <class T> struct optional {
  template <class F> auto and_then(F &&);
  template <class F> optional or_else(F &&);
  template <class F> auto transform(F &&);
};
template <class T, class E> struct expected {
  template <class F> auto and_then(F &&);
  template <class F> auto or_else(F &&);
  template <class F> auto transform(F &&);
  template <class F> auto transform_error(F &&);
};
template <class R, class F, class... As> R invoke_r(F &&, As &&...);
template <class S> struct copyable_function;
template <class R, class... As> struct copyable_function<R(As...)> {
  R operator()(As...);
};
template <class S> struct function_ref;
template <class R, class... As> struct function_ref<R(As...)> {
  R operator()(As...) const;
};
template <class S> struct move_only_function;
template <class R, class... As> struct move_only_function<R(As...)> {
  R operator()(As...);
};

template <class... As> void print(const char *, As &&...);
template <class... As> void println(const char *, As &&...);

template <class R, class V = void, class A = void> struct generator {};
namespace execution {
template <class T, class Environment> struct task {};
} // namespace execution
namespace this_thread {
template <class S> auto sync_wait(S &&);
} // namespace this_thread

} // namespace std
