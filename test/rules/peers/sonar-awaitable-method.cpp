//===- sonar-awaitable-method.cpp - Peer cases ---------------------------===//
//
// Sonar's S6966 (UseAwaitableMethod) walks the call through every kind of
// expression; S4462 tells of waiting for async methods, and S5314 of its C++
// sibling of blocking in a critical section. The method blocks here, instead
// of having an async twin.
//
//===----------------------------------------------------------------------===//

#include <fstream>
#include <functional>
#include <future>
#include <mini/task.hpp>
#include <unistd.h>

struct C {
  C *Child = nullptr;
  void void_method() { ::sleep(1); }
  C &return_method() {
    ::sleep(1);
    return *this;
  }
  bool bool_method() {
    ::sleep(1);
    return true;
  }
  C &operator[](int) { return *this; }
  C operator+() const { return *this; }
  C operator-() const { return *this; }
  C operator+(const C &) const { return *this; }
  C operator-(const C &) const { return *this; }
  bool operator!() const { return true; }
  C operator~() const { return *this; }
  operator int() const { return 1; }

  mini::task<> implicit_this_bad() {
    void_method(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> explicit_this_bad() {
    this->void_method(); // expect: async-blocking-call
    co_return;
  }
  mini::task<> child_bad() {
    if (Child)
      this->Child->void_method(); // expect: async-blocking-call
    co_return;
  }
  void plain_ok() { void_method(); }
  mini::task<> returns_task_without_being_a_coroutine_ok() {
    void_method();
    return child_bad();
  }
};

mini::task<> result_unused_bad(C X) {
  X.return_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> result_discarded_bad(C X) {
  (void)X.return_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> chained_bad(C X) {
  X.return_method()     // expect: async-blocking-call
      .return_method()  // expect: async-blocking-call
      .return_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> both_arms_bad(C X, bool B) {
  (void)(B ? X.return_method()   // expect: async-blocking-call
           : X.return_method()); // expect: async-blocking-call
  co_return;
}
mini::task<> temporary_bad() {
  (void)C().return_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> indexed_bad(C X) {
  X[0].void_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> indexed_child_bad(C X) {
  X.Child->Child[0].void_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> followed_by_index_bad(C X) {
  (void)X.return_method().Child[0]; // expect: async-blocking-call
  co_return;
}
mini::task<> named_only_ok() {
  (void)&C::void_method;
  co_return;
}
mini::task<> negated_bad(C X) {
  (void)!X.bool_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> condition_and_arm_bad(C X) {
  (void)(X.bool_method()         // expect: async-blocking-call
             ? X.return_method() // expect: async-blocking-call
             : C());
  co_return;
}
mini::task<> unary_operators_bad(C X) {
  (void)+X.return_method(); // expect: async-blocking-call
  (void)-X.return_method(); // expect: async-blocking-call
  (void)!X.return_method(); // expect: async-blocking-call
  (void)~X.return_method(); // expect: async-blocking-call
  co_return;
}
mini::task<> binary_operators_bad(C X) {
  (void)(X.return_method() + C()); // expect: async-blocking-call
  (void)(C() - X.return_method()); // expect: async-blocking-call
  co_return;
}
mini::task<> in_conversion_bad(C X) {
  int N = X.return_method(); // expect: async-blocking-call
  (void)N;
  co_return;
}
void ext_void_method(C &X) { X.void_method(); }
mini::task<> extension_method_bad(C X) {
  ext_void_method(X); // expect: async-blocking-call
  co_return;
}

// Inheritance
struct Parent {
  mini::task<> void_method_async();
};
struct Child : Parent {
  void void_method() { ::sleep(1); }
};
struct GrandChild : Child {
  mini::task<> inherited_bad() {
    void_method(); // expect: async-blocking-call
    co_return;
  }
};

// Asynchronous lambdas
mini::task<> foo();
void asynchronous_lambdas_bad() {
  auto A = []() -> mini::task<> {
    co_await foo();
    std::ifstream F("f"); // expect: async-blocking-call
  };
  std::function<mini::task<>()> B = []() -> mini::task<> {
    co_await foo();
    std::ifstream F("f"); // expect: async-blocking-call
  };
  (void)A;
  (void)B;
}

// Awaited
mini::task<> awaited_ok(Parent P) { co_await P.void_method_async(); }
mini::task<> not_awaited_ok(Parent P) {
  auto T = P.void_method_async();
  co_await std::move(T);
}

// S4462
mini::task<> waits_for_async_method_bad(std::future<int> F) {
  F.wait();      // expect: async-sync-wait
  (void)F.get(); // is ready by now
  co_return;
}
int waits_in_plain_function_ok(std::future<int> F) { return F.get(); }
