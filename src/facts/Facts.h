//===- Facts.h - What one translation unit says about asynchrony ----------===//
//
// Facts are what the rest of async-tidy knows about source code. They are plain
// values: no AST pointers, so they outlive the parse, cross processes, and can
// be written by hand in a test.
//
//   Clang AST --extract--> TranslationUnitFacts --link--> Program
//
// A fact is something the source says, never a judgement about it: facts know
// no model and name no library, so a changed model re-links and never
// re-parses.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_FACTS_H
#define ASYNC_TIDY_FACTS_FACTS_H

#include "facts/BodyFacts.h"

namespace async_tidy {

struct Parameter {
  std::string Name;
  std::string Type; ///< spelled like `Value::Type`
  bool ByReference = false;
  Location Where;
  /// The body names it.
  bool Used = false;
};

/// What a thread-safety attribute says that a function does to a lock.
struct LockClaim {
  enum class Kind { Acquires, Tries, Releases } What = Kind::Acquires;
  /// A path of the function, whose parameters are `$0`, `$1` ...
  ObjectPath Lock;
  std::string Type; ///< spelled like `Value::Type`
  /// Of `Tries`: what the function returns if it got the lock.
  std::string Success;
};

/// What a lambda takes with it.
struct Capture {
  std::string Name; ///< as the lambda's body calls it; `this` for the object
  std::string Type; ///< spelled like `Value::Type`
  /// By reference, or the pointer `this`.
  bool ByReference = false;
  Value Init;
  Location Where;
};

/// What the definition of one function says. A lambda's call operator is a
/// function; each used instance of a template is one.
struct FunctionFacts {
  FunctionId Id;
  std::string Name; ///< for people and models: `server::handle`
  Location Where;
  /// The unit that gave these facts.
  std::string Unit;
  bool ExternalLinkage = true;
  /// The function that encloses a lambda or a local class, or empty.
  FunctionId Parent;
  bool IsLambda = false;
  std::vector<Capture> Captures; ///< of a lambda
  bool IsMain = false;
  /// The methods that this one overrides directly.
  std::vector<FunctionId> Overrides;
  std::vector<Parameter> Parameters;
  /// The class of a member function, spelled like `Value::Type`.
  std::string Class;
  std::string ReturnType;

  bool IsCoroutine = false;
  /// The promise type's name without template arguments, for a coroutine.
  std::string PromiseType;
  /// The promise declares `await_transform`.
  bool AwaitTransform = false;
  /// The awaiter of `initial_suspend`: its type.
  std::string InitialAwaiter;

  bool Virtual = false;
  bool Noexcept = false;
  /// The body has no statement.
  bool Empty = false;

  /// The whole body is `return CONSTANT;`.
  std::optional<int64_t> Returns;
  /// The whole body is `return TEST;`: what the answer tells.
  std::optional<Branch> Answers;
  /// `[[clang::blocking]]`, `[[clang::nonblocking]]` and the texts of
  /// `[[clang::annotate("async-tidy: ...")]]` after the colon.
  bool Blocking = false, Nonblocking = false;
  std::vector<std::string> Annotations;
  std::vector<LockClaim> Claims;

  std::vector<CallSite> Calls;
  std::vector<Suspension> Suspensions;
  std::vector<Loop> Loops;
  std::vector<TryBlock> Tries;
  std::vector<Handler> Handlers;
  std::vector<Throw> Throws;
  std::vector<Comparison> Comparisons;
  /// All of a coroutine's; elsewhere those that have to do with a
  /// `thread_local`, are given away by reference, or are, or hold, what is made
  /// to be awaited.
  std::vector<Variable> Variables;
  std::vector<Use> Uses;
  std::vector<Binding> Bindings;
  /// The control flow; block 0 is the entry. Empty if Clang could not build it,
  /// then calls and suspensions are in source order.
  std::vector<Block> Flow;
};

/// What is said of a function that has no definition here: only functions that
/// carry an attribute are listed.
struct DeclarationFacts {
  FunctionId Id;
  std::string Name;
  Location Where;
  bool Blocking = false, Nonblocking = false;
  std::vector<std::string> Annotations;
  std::vector<LockClaim> Claims;
};

/// A class that user code defines or instantiates.
struct TypeFacts {
  std::string Name; ///< spelled like `Value::Type`
  Location Where;
  std::vector<std::string> Bases;
  struct Field {
    std::string Name, Type;
    bool Reference = false;
  };
  std::vector<Field> Fields;
  FunctionId Destructor;
  struct Constructor {
    FunctionId Id;
    unsigned Arity = 0;
    bool CopyOrMove = false;
  };
  std::vector<Constructor> Constructors;
  /// Thread-safety attributes; a capability that is a role is no lock.
  bool ScopedLockable = false, Capability = false;
};

/// A class, of whatever library, whose objects must be awaited or the like:
/// what calls of the unit return.
struct AwaitableFacts {
  std::string Name; ///< spelled like `Value::Type`
  /// It has a promise type: a coroutine can return it.
  bool Task = false;
  /// Of a task: what its `initial_suspend` returns.
  std::string InitialAwaiter;
  /// It has `await_ready` or `operator co_await` itself.
  bool Awaits = false;
  /// Of a task: its promise has `yield_value`.
  bool Yields = false;
  /// It says by `sender_concept` that it is a sender.
  bool Sender = false;
  /// It has a member for those who do not await: `then`, `get`, `wait` ...
  bool Handle = false;
};

/// A comment of the NOLINT family.
struct SuppressionDirective {
  enum class Kind {
    Line,
    NextLine,
    Begin,
    End,
    /// Covers exactly what stands at `Where`, the use of a macro: the comment
    /// covers the text of the macro.
    Expansion,
  } What = Kind::Line;
  Location Where;
  /// The text between the parentheses; `*` if there were none.
  std::string Checks;
  /// What is said after a colon: `NOLINT(async-busy-wait): measured`.
  std::string Reason = {};
  /// Of `Expansion`, where the comment is; else nowhere.
  Location Written = {};

  /// Where the comment is.
  const Location &written() const {
    return What == Kind::Expansion ? Written : Where;
  }
  friend auto operator<=>(const SuppressionDirective &,
                          const SuppressionDirective &) = default;
};

/// A compiler diagnostic that made facts incomplete.
struct Diagnostic {
  Location Where;
  std::string Message;
};

/// The facts of one translation unit, and what it knows that it does not know.
struct TranslationUnitFacts {
  std::string MainFile;
  std::vector<FunctionFacts> Functions;
  std::vector<DeclarationFacts> Declarations;
  std::vector<TypeFacts> Types;
  std::vector<AwaitableFacts> Awaitables;
  std::vector<SuppressionDirective> Directives;
  /// Errors of the compiler: with any, the unit counts as not analysed.
  std::vector<Diagnostic> Errors;
  /// The user files that the unit read, the main file included.
  std::vector<std::string> Files;
  /// The headers that these include, as they write them, sorted.
  std::vector<std::string> Includes;
  /// For benchmarks: bodies that were parsed in user code and in all.
  unsigned BodiesAnalysed = 0, BodiesSkipped = 0;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_FACTS_H
