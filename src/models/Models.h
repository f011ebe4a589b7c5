//===- Models.h - What libraries do ---------------------------------------===//
//
// What async-tidy knows about a library is a YAML file, of which
// docs/design/models.md defines every word. This is what is read from them.
//
//   checks/models/*.yaml, --models FILE --load--> ModelSet
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_MODELS_H
#define ASYNC_TIDY_MODELS_MODELS_H

#include "facts/Facts.h"
#include "models/Role.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// Which rule a blocking operation belongs to, strongest claim first: one call
/// is reported by one rule.
enum class BlockingKind { NestedEventLoop, SyncWait, BlockingCall };

/// How badly a call may block (RULES.md, tiers).
enum class Tier { Waits = 1, FileIO = 2, ShortLock = 3, StdioLogging = 4 };

enum class Severity { Note, Warning, Error };

/// Where in a call a model looks: an argument, the object, or the result.
struct Position {
  enum class Kind { Argument, Last, Any, Object, Result } What = Kind::Argument;
  unsigned Index = 0; ///< of an argument
};

/// What must be true of a call site. All given parts must hold.
struct Condition {
  std::optional<Position> At;       ///< which value the next parts speak of
  std::vector<std::string> Names;   ///< it names one of these constants
  std::optional<int64_t> Constant;  ///< it is this constant
  std::vector<std::string> Types;   ///< its type, or an origin, is one of these
  std::vector<std::string> Holds;   ///< a type argument of its type is one
  std::optional<bool> Callable;     ///< it is something that can be called
  std::optional<unsigned> Arity;    ///< number of arguments given
  std::optional<unsigned> MinArity; ///< at least so many
  std::optional<bool> Discarded;    ///< nobody takes the result
};

/// A function that may hold its thread.
struct BlockingModel {
  std::string Library;
  std::vector<std::string> Names;
  BlockingKind Kind = BlockingKind::BlockingCall;
  Tier HowBadly = Tier::Waits;
  Severity Weight = Severity::Warning;
  std::string Why;               ///< a verb phrase: `waits for time to pass`
  std::string Operation;         ///< key of a runtime's `replacements`
  std::string Instead;           ///< used when the runtime has no replacement
  std::vector<Condition> When;   ///< one must hold, if any are given
  std::vector<Condition> Unless; ///< none may hold
  /// It depends on what no call shows (what a descriptor is): for those who
  /// want to hear of it, at level strict.
  bool Doubtful = false;
};

/// A lock that belongs to the thread that took it.
struct MutexModel {
  std::vector<std::string> Types;
  std::vector<std::string> Lock, Try, Unlock; ///< names of member functions
};

/// A class whose objects hold a lock until they die.
struct GuardModel {
  std::vector<std::string> Types;
  /// `T0` ..., `any` type argument, or empty: always a thread's lock.
  std::string Mutex;
  std::vector<std::string> Lock, Try, Unlock, Test;
  /// Types of constructor arguments: not locked yet; perhaps locked.
  std::vector<std::string> DeferredBy, TriedBy;
};

/// A free function that takes or gives back a lock.
struct LockFunctionModel {
  std::vector<std::string> Names;
  enum class Effect { Acquires, Tries, Releases } What = Effect::Acquires;
  Position Mutex;
  std::optional<int64_t> SuccessIs; ///< of `Tries`; true if not given
};

/// A coroutine type.
struct TaskModel {
  std::string Library;
  std::vector<std::string> Types;
  bool Eager = false;
  bool Generator = false; ///< runs on the thread of whoever pulls
  /// Made to be started and left alone.
  bool Discardable = false;
  /// Of a discardable one: an exception that leaves it ends the program or is
  /// logged, and is not lost.
  bool LoudErrors = false;
  /// Can be awaited only in the full expression that makes it.
  bool InPlace = false;
  /// May be awaited several times.
  bool Shared = false;
};

/// How a library's tasks learn that they are cancelled.
enum class Cancellation {
  Unknown,
  Implicit, ///< any `co_await` of the body may throw
  Explicit, ///< by a token that is tested or handed on
};

/// On which thread a suspended task goes on.
enum class Resumes { Unknown, SameThread, AnyThread };

/// Where work runs.
enum class Place {
  InPlace,  ///< within the call
  Loop,     ///< on an event loop or an executor that must not block
  Thread,   ///< where blocking is allowed
  Fiber,    ///< a stackful coroutine or fibre: must not block, may suspend
  Executor, ///< as the executor at `RunModel::Executor` says
  Later,    ///< kept; where it will run is not known
  Wraps,    ///< the result is a callable that runs it when it is called
};

/// A function that runs what it is given: a callable or a task.
struct RunModel {
  std::string Library;
  std::vector<std::string> Names;
  Position What;
  Place Where = Place::InPlace;
  std::optional<Position> Executor;
  /// What the callable is given is complete: to wait for it does not wait.
  bool GivesReady = false;
  std::vector<Condition> When, Unless;
};

/// A type of executor, or a function that gives one.
struct ExecutorModel {
  std::vector<std::string> Names;
  bool MayBlock = false;
};

/// Awaiting the result moves the coroutine to another executor.
struct SwitchModel {
  std::vector<std::string> Names;
  std::optional<Position> Executor;
  bool MayBlock = false; ///< if no executor is named
};

/// A method whose overriders a library calls.
struct EntryPointModel {
  std::string Library;
  std::vector<std::string> Names;
  Place Where = Place::Loop;
};

/// A function that suspends its stackful coroutine.
struct StackfulModel {
  std::vector<std::string> Names;
  std::vector<Condition> When;
};

/// A function that makes or destroys an object of a type in its signature.
struct LifetimeModel {
  std::vector<std::string> Names;
  std::string Type;           ///< `T0` ...
  Position At;                ///< of the object made or destroyed
  unsigned FirstArgument = 0; ///< of the constructor's arguments
};

/// A call that a file of models accepts, whatever the callee does.
struct AcceptedEdge {
  std::string Caller, Callee;
  std::string Reason; ///< empty if none is given
  Location Where;     ///< in the file of models
};

/// A function that puts an object into a mode in which calls do not wait.
struct ModeModel {
  std::vector<std::string> Names;
  std::vector<Condition> When;
  /// Constants: whoever compares with one of them deals with the mode, too.
  std::vector<std::string> Tested;
  /// What does not block any more.
  std::vector<std::string> Calls;
};

/// A question after which waiting does not wait.
struct CompletionModel {
  std::vector<std::string> Names;
  /// The answer that proves it; empty: the call itself does.
  std::string Answer;
  /// Or the one that does not: every other proves it.
  std::string Pending;
  /// It is what the call, or the `co_await` of the call, gives that is
  /// complete; not the object.
  bool OfResult = false;
  /// What these gave, called on the same object, is complete, too.
  std::vector<std::string> GivenBy;
};

/// A class whose objects destroy what they hold, and may hold nothing.
struct OwnerModel {
  std::vector<std::string> Types;
  bool MovedIsEmpty = false; ///< one that was moved from holds nothing
  /// Member functions after which it is empty, when called without arguments.
  std::vector<std::string> Empties;
};

/// A function or an awaited type that lets time pass.
struct PauseModel {
  std::vector<std::string> Names;
  /// Members of the same object that set how long; without one of them before,
  /// it waits for an event. Empty: it always passes.
  std::vector<std::string> ArmedBy;
};

/// An entry of a role.
struct RoleModel {
  Role Is = Role::Detaches;
  std::string Library;
  std::vector<std::string> Names;
  std::optional<Position> At; ///< of what in the call it is said
  std::vector<Condition> When, Unless;
  /// It is not true of an object on which one of these was called.
  std::vector<std::string> UnlessCalled;
  std::vector<std::string> CaughtBy; ///< other handlers that catch the error
  std::string Instead;               ///< a noun phrase for people
};

/// Everything known about libraries. Immutable once loaded.
class ModelSet {
public:
  ModelSet();
  ~ModelSet();
  ModelSet(ModelSet &&);
  ModelSet &operator=(ModelSet &&);

  /// Adds a file's models; those added later win over earlier ones of the same
  /// name. \p Name is used in errors, which carry line and column. Nothing is
  /// added when an error is returned. Of a file that is \p Ours, a name without
  /// qualification is that of a C function.
  llvm::Error add(llvm::StringRef YAML, llvm::StringRef Name,
                  bool Ours = false);

  /// \p Call enters a function that bears a modelled name and is not meant: a
  /// project's own `connect(Peer)`. Nothing below is true of it.
  bool isNamesake(const CallSite &Call) const;
  /// \p Name is one of the C functions of our own models.
  bool isCFunction(llvm::StringRef Name) const;

  /// What \p Call is modelled to do. Conditions are judged; null if nothing.
  const BlockingModel *blocking(const CallSite &Call) const;
  /// A model, or `[[clang::nonblocking]]` by name, says that it never blocks.
  bool neverBlocks(const CallSite &Call) const;
  /// Any model speaks of the function, so its body is not looked at.
  bool knows(llvm::StringRef Function) const;
  /// All blocking entries of a function, whatever its conditions say.
  std::vector<const BlockingModel *> blocking(llvm::StringRef Function) const;

  /// Types are matched without template arguments and pointers.
  const MutexModel *mutex(llvm::StringRef Type) const;
  bool isAsyncMutex(llvm::StringRef Type) const;
  const GuardModel *guard(llvm::StringRef Type) const;
  const LockFunctionModel *lockFunction(llvm::StringRef Name) const;
  bool neverSuspends(llvm::StringRef Type) const;
  bool suspendsStackful(const CallSite &Call) const;
  /// By the coroutine's return type.
  const TaskModel *task(llvm::StringRef Type) const;

  std::vector<const RunModel *> runs(const CallSite &Call) const;
  const EntryPointModel *entryPoint(llvm::StringRef Method) const;
  /// Whether the executor that \p V is may block; none if unknown.
  std::optional<bool> mayBlock(const Value &V) const;
  const SwitchModel *switches(llvm::StringRef Function) const;

  std::vector<const LifetimeModel *> constructs(llvm::StringRef Name) const;
  std::vector<const LifetimeModel *> destroys(llvm::StringRef Name) const;
  /// The modes that \p Call sets, and those in which it does not block.
  std::vector<const ModeModel *> setsMode(const CallSite &Call) const;
  std::vector<const ModeModel *> testedModes(llvm::StringRef Constant) const;
  std::vector<const ModeModel *> modesOf(llvm::StringRef Function) const;
  const CompletionModel *completion(llvm::StringRef Name) const;
  /// Asks for something without waiting for it, or lets time pass between two
  /// such questions: what a polling loop is made of.
  bool polls(llvm::StringRef Name) const;
  bool asksTime(llvm::StringRef Name) const;
  /// By the function, or by the type of what is awaited.
  const PauseModel *pause(llvm::StringRef Name) const;
  const OwnerModel *owner(llvm::StringRef Type) const;
  /// Where tasks of \p Library go on after a suspension.
  Resumes resumes(llvm::StringRef Library) const;
  /// The result of the function speaks of the thread that calls it.
  bool isThreadState(llvm::StringRef Function) const;
  /// Objects of the type look into what others own: iterators, string views.
  bool isView(llvm::StringRef Type) const;
  /// The function may invalidate what refers into the object.
  bool invalidates(llvm::StringRef Function) const;

  /// What \p Call is as \p Is, conditions judged: the first, or null; all.
  const RoleModel *role(Role Is, const CallSite &Call) const;
  std::vector<const RoleModel *> roles(Role Is, const CallSite &Call) const;
  /// The entry that lists the function, type (without template arguments) or
  /// constant \p Name as \p Is, whatever the conditions say.
  const RoleModel *role(Role Is, llvm::StringRef Name) const;
  bool is(Role Is, llvm::StringRef Name) const { return role(Is, Name); }
  Cancellation cancellation(llvm::StringRef Library) const;
  /// What \p Library offers for an operation, empty if nothing.
  llvm::StringRef replacement(llvm::StringRef Library,
                              llvm::StringRef Operation) const;
  /// `edges` has the call of \p Callee by \p Caller.
  bool allowsEdge(llvm::StringRef Caller, llvm::StringRef Callee) const;
  /// What `edges` has, in the order of the files.
  llvm::ArrayRef<AcceptedEdge> edges() const;
  /// Accepts none from now on.
  void dropEdges();

  /// For `async-tidy models` and the tests.
  struct Entry {
    std::string Name; ///< of a function, a type or a constant
    std::string Key;  ///< of the file, under which it stands: `blocking`
    std::string What; ///< what it is said to be, for people
    unsigned Line = 0;
  };
  struct Library {
    std::string Name, Summary, File;
    std::vector<std::string> Headers;
    /// What `@` stands for.
    std::vector<std::string> Namespaces;
    async_tidy::Resumes Resumes = async_tidy::Resumes::Unknown;
    async_tidy::Cancellation Cancellation = async_tidy::Cancellation::Unknown;
    /// What the file speaks of, in its order.
    std::vector<Entry> Entries;
    /// What the entries use to say it: types and constants of conditions,
    /// member functions of locks. They must exist just the same.
    std::vector<Entry> Mentions;
  };
  llvm::ArrayRef<Library> libraries() const;
  /// Entries of \p Library under \p Is.
  std::vector<const RoleModel *> roles(Role Is, llvm::StringRef Library) const;

private:
  struct Tables;
  std::unique_ptr<Tables> T;
};

/// The value of \p Call at \p P; null if it has none. `Last` is the last
/// argument; `Any` is judged by the caller.
const Value *valueAt(const CallSite &Call, const Position &P);

/// Without template arguments and pointers: `std::vector`.
llvm::StringRef templateName(llvm::StringRef Type);
/// The last part of a qualified name: `lock` of `std::mutex::lock`.
llvm::StringRef ownName(llvm::StringRef Qualified);
/// The arguments of a type as facts spell it: `std::mutex` of
/// `std::unique_lock<std::mutex>`.
std::vector<std::string> typeArguments(llvm::StringRef Type);

/// The models that are part of async-tidy.
const ModelSet &builtinModels();
/// Their texts: file name and YAML.
llvm::ArrayRef<std::pair<llvm::StringRef, llvm::StringRef>> builtinModelTexts();
/// A copy of the built-in models to which others can be added.
ModelSet loadBuiltinModels();

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_MODELS_H
