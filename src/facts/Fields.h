//===- Fields.h - The fields of every fact, once --------------------------===//
//
// Says what each type of Facts.h consists of, so that formats (Serialize.cpp)
// and comparisons are written once and not once a type. Each function takes
// its object apart by a structured binding: a field that is added to Facts.h
// and not here does not compile.
//
//   eachField(Object, [](const char *Name, auto &Field) { ... });
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_FIELDS_H
#define ASYNC_TIDY_FACTS_FIELDS_H

#include "facts/Facts.h"
#include <type_traits>

namespace async_tidy {

/// \p T, const or not: the functions below serve readers and writers.
template <typename T, typename Fact>
concept AnyConst = std::is_same_v<std::remove_const_t<T>, Fact>;

template <AnyConst<Location> T> void eachField(T &L, auto &&Do) {
  auto &[File, Line, Column] = L;
  Do("file", File), Do("line", Line), Do("column", Column);
}

template <AnyConst<Value> T> void eachField(T &V, auto &&Do) {
  auto &[Type, Origins, Names, Constant, Path, Callable, Overloads, Parameter,
         Call, Moved] = V;
  Do("type", Type), Do("origins", Origins), Do("names", Names);
  Do("constant", Constant), Do("path", Path), Do("callable", Callable);
  Do("overloads", Overloads);
  Do("parameter", Parameter), Do("call", Call), Do("moved", Moved);
}

template <AnyConst<CallSite> T> void eachField(T &C, auto &&Do) {
  auto &[Kind, Callee, CalleeName, Where, Begin, End, GivenBegin, GivenEnd,
         Arguments, Written, Object, TemplateArguments, ResultType, GivesObject,
         Result, Consumer, Loop, InLoopCondition, Try, Handler, ResultUnused,
         Discarded, Virtual, Const, Implicit, ByAwait, Awaited, Returned,
         More] = C;
  Do("kind", Kind), Do("callee", Callee), Do("calleeName", CalleeName);
  Do("where", Where), Do("begin", Begin), Do("end", End);
  Do("givenBegin", GivenBegin), Do("givenEnd", GivenEnd);
  Do("arguments", Arguments), Do("written", Written);
  Do("object", Object), Do("templateArguments", TemplateArguments);
  Do("resultType", ResultType), Do("givesObject", GivesObject);
  Do("result", Result);
  Do("consumer", Consumer), Do("loop", Loop);
  Do("inLoopCondition", InLoopCondition), Do("try", Try);
  Do("handler", Handler), Do("resultUnused", ResultUnused);
  Do("discarded", Discarded), Do("virtual", Virtual);
  Do("const", Const);
  Do("implicit", Implicit), Do("byAwait", ByAwait), Do("awaited", Awaited);
  Do("returned", Returned), Do("more", More);
}

template <AnyConst<Suspension> T> void eachField(T &S, auto &&Do) {
  auto &[What, Where, Operand, AwaiterType, GoesOn, AwaitReady, Resume,
         GivesReference, Call, Loop, Try] = S;
  Do("what", What), Do("where", Where), Do("operand", Operand);
  Do("awaiterType", AwaiterType), Do("goesOn", GoesOn);
  Do("awaitReady", AwaitReady);
  Do("resume", Resume), Do("givesReference", GivesReference);
  Do("call", Call), Do("loop", Loop), Do("try", Try);
}

template <AnyConst<Variable> T> void eachField(T &V, auto &&Do) {
  auto &[Name, Type, Where, Reference, Static, ThreadLocal, Init, Loop,
         Implicit, Size] = V;
  Do("name", Name), Do("type", Type), Do("where", Where);
  Do("reference", Reference), Do("static", Static);
  Do("threadLocal", ThreadLocal), Do("init", Init), Do("loop", Loop);
  Do("implicit", Implicit), Do("size", Size);
}

template <AnyConst<Use> T> void eachField(T &U, auto &&Do) {
  auto &[Name, Where, Writes, Moves, Captured] = U;
  Do("name", Name), Do("where", Where), Do("writes", Writes);
  Do("moves", Moves), Do("captured", Captured);
}

template <AnyConst<Binding> T> void eachField(T &B, auto &&Do) {
  auto &[Member, Object] = B;
  Do("member", Member), Do("object", Object);
}

template <AnyConst<TryBlock> T> void eachField(T &B, auto &&Do) {
  auto &[Where, Outer, Loop, Handlers] = B;
  Do("where", Where), Do("outer", Outer), Do("loop", Loop);
  Do("handlers", Handlers);
}

template <AnyConst<Handler> T> void eachField(T &H, auto &&Do) {
  auto &[Where, Type, Throws, Leaves, Names] = H;
  Do("where", Where), Do("type", Type), Do("throws", Throws);
  Do("leaves", Leaves), Do("names", Names);
}

template <AnyConst<Throw> T> void eachField(T &X, auto &&Do) {
  auto &[Where, Type, Try, Handler] = X;
  Do("where", Where), Do("type", Type), Do("try", Try);
  Do("handler", Handler);
}

template <AnyConst<Comparison> T> void eachField(T &C, auto &&Do) {
  auto &[Where, Reads, Calls, Names, Constant, Loop, InLoopCondition] = C;
  Do("where", Where), Do("reads", Reads), Do("calls", Calls);
  Do("names", Names), Do("constant", Constant), Do("loop", Loop);
  Do("inLoopCondition", InLoopCondition);
}

template <AnyConst<Event> T> void eachField(T &E, auto &&Do) {
  auto &[What, Index, Handlers] = E;
  Do("what", What), Do("index", Index), Do("handlers", Handlers);
}

template <AnyConst<Branch> T> void eachField(T &B, auto &&Do) {
  auto &[Call, Path, Negated, Equals] = B;
  Do("call", Call), Do("path", Path), Do("negated", Negated);
  Do("equals", Equals);
}

template <AnyConst<Block> T> void eachField(T &B, auto &&Do) {
  auto &[Events, Test, IfTrue, IfFalse, Successors, Cases] = B;
  Do("events", Events), Do("test", Test), Do("ifTrue", IfTrue);
  Do("ifFalse", IfFalse), Do("successors", Successors);
  Do("cases", Cases);
}

template <AnyConst<Loop> T> void eachField(T &L, auto &&Do) {
  auto &[Where, What, Parent, Try, Endless, Writes, Changes, Leaves, Reads,
         Range] = L;
  Do("where", Where), Do("what", What), Do("parent", Parent);
  Do("try", Try);
  Do("endless", Endless), Do("writes", Writes), Do("changes", Changes);
  Do("leaves", Leaves);
  Do("reads", Reads), Do("range", Range);
}

template <AnyConst<Parameter> T> void eachField(T &P, auto &&Do) {
  auto &[Name, Type, ByReference, Where, Used] = P;
  Do("name", Name), Do("type", Type), Do("byReference", ByReference);
  Do("where", Where), Do("used", Used);
}

template <AnyConst<LockClaim> T> void eachField(T &C, auto &&Do) {
  auto &[What, Lock, Type, Success] = C;
  Do("what", What), Do("lock", Lock), Do("type", Type);
  Do("success", Success);
}

template <AnyConst<Capture> T> void eachField(T &C, auto &&Do) {
  auto &[Name, Type, ByReference, Init, Where] = C;
  Do("name", Name), Do("type", Type), Do("byReference", ByReference);
  Do("init", Init), Do("where", Where);
}

template <AnyConst<FunctionFacts> T> void eachField(T &F, auto &&Do) {
  auto &[Id, Name, Where, ExternalLinkage, Parent, IsLambda, Captures, IsMain,
         Overrides, Parameters, Class, ReturnType, IsCoroutine, PromiseType,
         AwaitTransform, InitialAwaiter, Virtual, Noexcept, Empty, Returns,
         Answers, Blocking, Nonblocking, Annotations, Claims, Calls,
         Suspensions, Loops, Tries, Handlers, Throws, Comparisons, Variables,
         Uses, Bindings, Flow] = F;
  Do("id", Id), Do("name", Name), Do("where", Where);
  Do("externalLinkage", ExternalLinkage), Do("parent", Parent);
  Do("isLambda", IsLambda), Do("captures", Captures), Do("isMain", IsMain);
  Do("overrides", Overrides);
  Do("parameters", Parameters), Do("class", Class);
  Do("returnType", ReturnType), Do("isCoroutine", IsCoroutine);
  Do("promiseType", PromiseType), Do("awaitTransform", AwaitTransform);
  Do("initialAwaiter", InitialAwaiter), Do("virtual", Virtual);
  Do("noexcept", Noexcept), Do("empty", Empty), Do("returns", Returns);
  Do("answers", Answers);
  Do("blocking", Blocking), Do("nonblocking", Nonblocking);
  Do("annotations", Annotations), Do("claims", Claims), Do("calls", Calls);
  Do("suspensions", Suspensions), Do("loops", Loops), Do("tries", Tries);
  Do("handlers", Handlers), Do("throws", Throws);
  Do("comparisons", Comparisons);
  Do("variables", Variables), Do("uses", Uses);
  Do("bindings", Bindings), Do("flow", Flow);
}

template <AnyConst<DeclarationFacts> T> void eachField(T &D, auto &&Do) {
  auto &[Id, Name, Where, Blocking, Nonblocking, Annotations, Claims] = D;
  Do("id", Id), Do("name", Name), Do("where", Where);
  Do("blocking", Blocking), Do("nonblocking", Nonblocking);
  Do("annotations", Annotations), Do("claims", Claims);
}

template <AnyConst<TypeFacts::Field> T> void eachField(T &F, auto &&Do) {
  auto &[Name, Type, Reference] = F;
  Do("name", Name), Do("type", Type), Do("reference", Reference);
}

template <AnyConst<TypeFacts::Constructor> T> void eachField(T &C, auto &&Do) {
  auto &[Id, Arity, CopyOrMove] = C;
  Do("id", Id), Do("arity", Arity), Do("copyOrMove", CopyOrMove);
}

template <AnyConst<TypeFacts> T> void eachField(T &F, auto &&Do) {
  auto &[Name, Where, Bases, Fields, Destructor, Constructors, ScopedLockable,
         Capability] = F;
  Do("name", Name), Do("where", Where), Do("bases", Bases);
  Do("fields", Fields), Do("destructor", Destructor);
  Do("constructors", Constructors), Do("scopedLockable", ScopedLockable);
  Do("capability", Capability);
}

template <AnyConst<AwaitableFacts> T> void eachField(T &F, auto &&Do) {
  auto &[Name, Task, InitialAwaiter, Awaits, Yields, Sender, Handle] = F;
  Do("name", Name), Do("task", Task), Do("initialAwaiter", InitialAwaiter);
  Do("awaits", Awaits), Do("yields", Yields), Do("sender", Sender);
  Do("handle", Handle);
}

template <AnyConst<SuppressionDirective> T> void eachField(T &D, auto &&Do) {
  auto &[What, Where, Checks, Reason, Written] = D;
  Do("what", What), Do("where", Where), Do("checks", Checks);
  Do("reason", Reason), Do("written", Written);
}

template <AnyConst<Diagnostic> T> void eachField(T &D, auto &&Do) {
  auto &[Where, Message] = D;
  Do("where", Where), Do("message", Message);
}

template <AnyConst<TranslationUnitFacts> T> void eachField(T &U, auto &&Do) {
  auto &[MainFile, Functions, Declarations, Types, Awaitables, Directives,
         Errors, Files, Includes, BodiesAnalysed, BodiesSkipped] = U;
  Do("mainFile", MainFile), Do("functions", Functions);
  Do("declarations", Declarations), Do("types", Types);
  Do("awaitables", Awaitables);
  Do("directives", Directives), Do("errors", Errors), Do("files", Files);
  Do("includes", Includes);
  Do("bodiesAnalysed", BodiesAnalysed), Do("bodiesSkipped", BodiesSkipped);
}

/// The last value of each enumeration: what is read from outside is checked.
constexpr CallKind lastOf(CallKind) { return CallKind::Destroy; }
constexpr CallSite::Discard lastOf(CallSite::Discard) {
  return CallSite::Discard::Cast;
}
constexpr Suspension::Kind lastOf(Suspension::Kind) {
  return Suspension::Kind::Yield;
}
constexpr Event::Kind lastOf(Event::Kind) { return Event::Kind::End; }
constexpr LockClaim::Kind lastOf(LockClaim::Kind) {
  return LockClaim::Kind::Releases;
}
constexpr Loop::Kind lastOf(Loop::Kind) { return Loop::Kind::RangeFor; }
constexpr SuppressionDirective::Kind lastOf(SuppressionDirective::Kind) {
  return SuppressionDirective::Kind::Expansion;
}

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_FIELDS_H
