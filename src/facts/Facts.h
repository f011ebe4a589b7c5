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
#include "llvm/ADT/iterator.h"
#include <memory>

namespace async_tidy {

struct Parameter {
  Symbol Name;
  Symbol Type; ///< spelled like `Value::Type`
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
  Symbol Type; ///< spelled like `Value::Type`
  /// Of `Tries`: what the function returns if it got the lock.
  Symbol Success;
};

/// What a lambda takes with it.
struct Capture {
  Symbol Name; ///< as the lambda's body calls it; `this` for the object
  Symbol Type; ///< spelled like `Value::Type`
  /// By reference, or the pointer `this`.
  bool ByReference = false;
  Value Init;
  Location Where;
};

/// What the definition of one function says. A lambda's call operator is a
/// function; each used instance of a template is one.
struct FunctionFacts {
  FunctionId Id;
  Symbol Name; ///< for people and models: `server::handle`
  Location Where;
  bool ExternalLinkage = true;
  /// The function that encloses a lambda or a local class, or empty.
  FunctionId Parent;
  bool IsLambda = false;
  List<Capture> Captures; ///< of a lambda
  bool IsMain = false;
  /// The methods that this one overrides directly.
  List<FunctionId> Overrides;
  List<Parameter> Parameters;
  /// The class of a member function, spelled like `Value::Type`.
  Symbol Class;
  Symbol ReturnType;

  bool IsCoroutine = false;
  /// The promise type's name without template arguments, for a coroutine.
  Symbol PromiseType;
  /// The promise declares `await_transform`.
  bool AwaitTransform = false;
  /// The awaiter of `initial_suspend`: its type.
  Symbol InitialAwaiter;

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
  List<std::string> Annotations;
  List<LockClaim> Claims;

  List<CallSite> Calls;
  List<Suspension> Suspensions;
  List<Loop> Loops;
  List<TryBlock> Tries;
  List<Handler> Handlers;
  List<Throw> Throws;
  List<Comparison> Comparisons;
  /// All of a coroutine's; elsewhere those that have to do with a
  /// `thread_local`, are given away by reference, or are, or hold, what is made
  /// to be awaited.
  List<Variable> Variables;
  List<Use> Uses;
  List<Binding> Bindings;
  /// The control flow; block 0 is the entry. Empty if Clang could not build it,
  /// then calls and suspensions are in source order.
  List<Block> Flow;
};

/// The functions of a unit, in an order that the reading gives. A function of a
/// header, of which units say the same, may be one object for all of them.
class FunctionList {
  using Pointers = std::vector<std::shared_ptr<const FunctionFacts>>;

public:
  using const_iterator =
      llvm::pointee_iterator<Pointers::const_iterator, const FunctionFacts>;
  FunctionList() = default;
  FunctionList(std::vector<FunctionFacts> Functions) {
    for (FunctionFacts &F : Functions)
      push_back(std::move(F));
  }

  const_iterator begin() const { return All.begin(); }
  const_iterator end() const { return All.end(); }
  size_t size() const { return All.size(); }
  bool empty() const { return All.empty(); }
  const FunctionFacts &operator[](size_t I) const { return *All[I]; }
  void reserve(size_t Size) { All.reserve(Size); }

  void push_back(FunctionFacts F) { emplace_back() = std::move(F); }
  /// A new function, to be filled in.
  FunctionFacts &emplace_back() {
    auto New = std::make_shared<FunctionFacts>();
    All.push_back(New);
    return *New;
  }
  void share(std::shared_ptr<const FunctionFacts> F) {
    All.push_back(std::move(F));
  }
  /// The object behind `[I]`.
  const std::shared_ptr<const FunctionFacts> &shared(size_t I) const {
    return All[I];
  }

private:
  Pointers All;
};

/// What is said of a function that has no definition here: only functions that
/// carry an attribute are listed.
struct DeclarationFacts {
  FunctionId Id;
  Symbol Name;
  Location Where;
  bool Blocking = false, Nonblocking = false;
  List<std::string> Annotations;
  List<LockClaim> Claims;
};

/// A class that user code defines or instantiates.
struct TypeFacts {
  Symbol Name; ///< spelled like `Value::Type`
  Location Where;
  List<Symbol> Bases;
  struct Field {
    Symbol Name, Type;
    bool Reference = false;
  };
  List<Field> Fields;
  FunctionId Destructor;
  struct Constructor {
    FunctionId Id;
    unsigned Arity = 0;
    bool CopyOrMove = false;
  };
  List<Constructor> Constructors;
  /// Thread-safety attributes; a capability that is a role is no lock.
  bool ScopedLockable = false, Capability = false;
};

/// A class, of whatever library, whose objects must be awaited or the like:
/// what calls of the unit return.
struct AwaitableFacts {
  Symbol Name; ///< spelled like `Value::Type`
  /// It has a promise type: a coroutine can return it.
  bool Task = false;
  /// Of a task: what its `initial_suspend` returns.
  Symbol InitialAwaiter;
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
  FunctionList Functions;
  std::vector<DeclarationFacts> Declarations;
  std::vector<TypeFacts> Types;
  std::vector<AwaitableFacts> Awaitables;
  std::vector<SuppressionDirective> Directives;
  /// Errors of the compiler: with any, the unit counts as not analysed.
  std::vector<Diagnostic> Errors;
  /// The user files that the unit read, the main file included.
  std::vector<Symbol> Files;
  /// The headers that these include, as they write them, sorted.
  std::vector<Symbol> Includes;
  /// For benchmarks: bodies that were parsed in user code and in all.
  unsigned BodiesAnalysed = 0, BodiesSkipped = 0;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_FACTS_H
