//===- BodyFacts.h - What one function body says --------------------------===//
//
// The part of the facts (Facts.h) that is about what happens inside a body:
// calls and what they are given, suspensions, loops, try blocks, variables and
// where they are named, and the control flow that puts these in order.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_BODYFACTS_H
#define ASYNC_TIDY_FACTS_BODYFACTS_H

#include "facts/Symbol.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// What facts hold several of: two thirds of a std::vector, which counts when
/// there are ten million calls with six lists each.
template <typename T> using List = llvm::SmallVector<T, 0>;

/// Names the same function in every translation unit: its USR, followed by the
/// unit for an entity that has no external linkage (a USR alone is shared by
/// `static void h()` of two units).
using FunctionId = Symbol;

/// Names an object within one function: a root (`this`, a local, a parameter,
/// `::` and a qualified name for what lives outside) followed by members, as in
/// `this.queue_.mutex` or `::registry.lock`. Dereferences, casts, `std::move`
/// and overloaded `->` leave no trace, an element is `[]`, a local reference is
/// replaced by what it was bound to, and a temporary is `#` and a number.
/// Empty when the object has no such name.
using ObjectPath = Symbol;

/// A point in a source file. Lines and columns count from one; a default
/// constructed location is nowhere.
struct Location {
  Symbol File;
  unsigned Line = 0;
  unsigned Column = 0;

  bool isValid() const { return Line != 0; }
  friend bool operator==(const Location &, const Location &) = default;
  friend auto operator<=>(const Location &, const Location &) = default;
};

/// What an expression that is given to a call (as an argument, or as the object
/// whose member is called) says about its value.
struct Value {
  /// The type without references and qualifiers, canonical, inline namespaces
  /// left out: `boost::asio::basic_stream_socket<...>`. A pointer ends in ` *`.
  Symbol Type;
  /// The types and functions through which the value came, nearest first, as
  /// qualified names without template arguments: for `pool.get_executor()` the
  /// function and the type of `pool`; for a converted argument the type before
  /// the conversion; for a local, what its initialiser says; for an object made
  /// by the name of a `typedef` of a template's instance, that name.
  List<Symbol> Origins;
  /// The constants and global objects that the expression names, macros
  /// included (`O_RDONLY`, `MSG_DONTWAIT`, `std::cin`), qualified.
  List<Symbol> Names;
  /// The value of a constant whole number, or of a constant class object that
  /// holds exactly one (`std::chrono::seconds(0)` is 0).
  std::optional<int64_t> Constant;
  ObjectPath Path;
  /// The function that a call of this value would enter: a lambda's call
  /// operator, a named function. Empty if it cannot be told.
  FunctionId Callable;
  /// Of a class with several call operators, its own or inherited: the others.
  List<FunctionId> Overloads;
  /// The position of the enclosing function's parameter that is handed on, or
  /// -1.
  int Parameter = -1;
  /// The call of the same function whose result it is, or which initialised the
  /// local that it is; or -1.
  int Call = -1;
  /// A temporary, or given up by `std::move`: its resources may be taken over.
  bool Moved = false;
};

enum class CallKind {
  Call,      ///< a call expression, written or implied
  Construct, ///< a constructor; the object is `Object`
  Destroy,   ///< a destructor, of an automatic object, a temporary, a subobject
             ///< or by `delete`
};

/// A place where a function enters another.
struct CallSite {
  CallKind Kind = CallKind::Call;
  /// Empty for a call through a pointer or of an unresolved name.
  FunctionId Callee;
  /// Qualified, without template arguments and inline namespaces:
  /// `std::this_thread::sleep_for`, `std::basic_ifstream::basic_ifstream`.
  Symbol CalleeName;
  Location Where;
  /// For fixes: the whole call, and within it what is given to it (its
  /// arguments, or its object if it has none). Ends are exclusive; nowhere if a
  /// macro or the compiler wrote it.
  Location Begin, End, GivenBegin, GivenEnd;
  /// Default arguments among them.
  List<Value> Arguments;
  /// How many of the arguments the caller wrote.
  unsigned Written = 0;
  /// The object whose member function is called; `Type` is empty for others.
  Value Object;
  /// Type arguments of the callee's class and then of the callee, spelled like
  /// `Value::Type`: `T0` in a model is the first.
  List<Symbol> TemplateArguments;
  /// The type of what the call gives, spelled like `Value::Type`.
  Symbol ResultType;
  /// The result is a new object, not a reference to one.
  bool GivesObject = false;
  /// The object that the result initialises or is assigned to.
  ObjectPath Result;
  /// The call of the same function that takes the result as an argument or as
  /// its object, or -1.
  int Consumer = -1;
  /// The innermost loop that holds the call, or -1.
  int Loop = -1;
  bool InLoopCondition = false;
  /// The innermost try block that protects the call, and the innermost handler
  /// that it stands in; or -1.
  int Try = -1, Handler = -1;
  /// The result initialises a local that nothing names again.
  bool ResultUnused = false;
  /// The call is a statement, or the part of one whose value nobody takes; or
  /// it is cast to `void`.
  enum class Discard { No, Statement, Cast } Discarded = Discard::No;
  /// Dispatched at run time; the callee is the method named statically.
  bool Virtual = false;
  /// The callee is a `const` member function: it asks, and changes nothing.
  bool Const = false;
  /// Not written as a call: a destructor, a conversion, a range-`for`'s
  /// `begin`, `await_suspend` ...
  bool Implicit = false;
  /// Made by a `co_await` itself: `await_transform`, `operator co_await`,
  /// `await_ready`, `await_suspend`, `await_resume`.
  bool ByAwait = false;
  /// The result is the operand of a `co_await`.
  bool Awaited = false;
  /// The result is what the function returns.
  bool Returned = false;
  /// The types of the further parameters of overloads that take what this one
  /// is given, and one more. Spelled like `Value::Type`. In what is no
  /// coroutine, classes and what points to them.
  List<Symbol> More;
};

/// A place where a coroutine may give up its thread.
struct Suspension {
  enum class Kind { Await, Yield } What = Kind::Await;
  Location Where;
  /// What is awaited, before `await_transform` and `operator co_await`.
  Value Operand;
  /// The type whose `await_ready` is asked.
  Symbol AwaiterType;
  /// `await_ready` is written to return `true` always, or `await_suspend`
  /// `false`.
  bool GoesOn = false;
  FunctionId AwaitReady;
  /// The call that gives the value, or -1.
  int Resume = -1;
  /// What is awaited says by a type argument that it gives a reference:
  /// `task<int &>`.
  bool GivesReference = false;
  /// The call that gave the operand, or -1.
  int Call = -1;
  int Loop = -1;
  int Try = -1;
};

/// A local variable; those that the compiler makes for a range-`for` are among
/// them.
struct Variable {
  ObjectPath Name;
  Symbol Type; ///< spelled like `Value::Type`
  Location Where;
  /// Declared as a reference.
  bool Reference = false;
  /// A `static` or `thread_local` one.
  bool Static = false, ThreadLocal = false;
  /// What it is initialised with; its `Type` is empty if with nothing.
  Value Init;
  int Loop = -1;
  /// The iterator or the range of a range-`for`.
  bool Implicit = false;
  uint64_t Size = 0; ///< in bytes; 0 if not known
};

/// A place where a body names a local, a parameter, a capture, `this` or a
/// `thread_local`.
struct Use {
  /// `Variable::Name`, `Parameter::Name`, `Capture::Name`, `this`, or `::` and
  /// the qualified name of a `thread_local`; `::errno` is one.
  ObjectPath Name;
  Location Where;
  /// Assigned a new value as a whole.
  bool Writes = false;
  /// Given up by `std::move`.
  bool Moves = false;
  /// The innermost lambda's capture takes it.
  bool Captured = false;
};

/// A member, reference or pointer, that is bound to an object: by the
/// initialiser of a constructor (`this.lock`) or of an aggregate (`u.lock`).
struct Binding {
  ObjectPath Member, Object;
};

/// A try block.
struct TryBlock {
  Location Where;
  int Outer = -1; ///< the try block that protects this one, or -1
  int Loop = -1;
  /// Indices of `FunctionFacts::Handlers`, in order.
  List<unsigned> Handlers;
};

/// A `catch`.
struct Handler {
  Location Where;
  /// What it catches, spelled like `Value::Type`; empty for `catch (...)`.
  Symbol Type;
  /// `throw` within.
  bool Throws = false;
  /// `return`, `co_return`, or a `break` or `goto` that leaves a loop around
  /// it, within.
  bool Leaves = false;
  /// The constants that it names, qualified.
  List<Symbol> Names;
};

/// A `throw`.
struct Throw {
  Location Where;
  /// What is thrown, spelled like `Value::Type`; empty for `throw;`.
  Symbol Type;
  int Try = -1, Handler = -1;
};

/// A test of what is less or more than what, or equal to it: as the condition
/// of a loop, or of a number that an object tells and one that is kept.
struct Comparison {
  Location Where;
  /// What both sides name, and the indices of the calls whose results they
  /// hold.
  List<ObjectPath> Reads;
  List<unsigned> Calls;
  /// The constants that they name, qualified, and the number that a side is.
  List<Symbol> Names;
  std::optional<int64_t> Constant;
  int Loop = -1;
  bool InLoopCondition = false;
};

/// Something that happens in a block of a function's control flow.
struct Event {
  enum class Kind {
    Call,    ///< `Calls[Index]`
    Suspend, ///< `Suspensions[Index]`
    Try,     ///< `Tries[Index]` begins; its handlers are the blocks `Handlers`
    Declare, ///< `Variables[Index]` begins
    Use,     ///< `Uses[Index]`
    End,     ///< `Variables[Index]` ends, an object of a class whose destructor
             ///< does nothing; of others a call tells
  } What = Kind::Call;
  unsigned Index = 0;
  List<unsigned> Handlers;
};

/// What decides between the two successors of a block.
struct Branch {
  /// The call whose result is tested, or -1.
  int Call = -1;
  /// The object that is tested, if it is not a call's result.
  ObjectPath Path;
  /// The true successor is taken when the test is false.
  bool Negated = false;
  /// The constant that the result is compared for equality with, qualified
  /// (`std::future_status::ready`); empty if it is tested as a boolean.
  Symbol Equals;
};

/// A basic block. `Successors` of a branch are the true and then the false one;
/// an edge that constants rule out is -1.
struct Block {
  List<Event> Events;
  std::optional<Branch> Test;
  /// A condition that asks several things: those that are known to hold if it
  /// does (`a && b`), and if it does not (`a || b`).
  List<Branch> IfTrue, IfFalse;
  List<int> Successors;
  /// Of a `switch`, which compares what `Test` says: for each successor the
  /// constant that leads there, empty for `default`.
  List<Symbol> Cases;
};

struct Loop {
  Location Where;
  enum class Kind { While, Do, For, RangeFor } What = Kind::While;
  /// The loop around this one, or -1.
  int Parent = -1;
  int Try = -1;
  /// No condition, or one that is constantly true.
  bool Endless = false;
  /// Something is assigned, incremented or decremented within.
  bool Writes = false;
  /// Something is made different within: written or deleted. Not a local that
  /// only counts and that no loop asks, and not what the condition keeps of the
  /// answer to a call.
  bool Changes = false;
  /// `break`, `return`, `co_return`, `throw` or `goto` within.
  bool Leaves = false;
  /// What the condition reads, apart from the results of calls.
  List<ObjectPath> Reads;
  /// Of a range-`for`: what it goes over.
  Value Range;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_BODYFACTS_H
