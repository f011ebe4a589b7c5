//===- Bounds.cpp - What keeps work, and time, within bounds --------------===//
//
// See Bounds.h. Words are those of the language that programmers write in, for
// what no model knows; libraries are in the models.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/PollingLoops.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

bool isInteger(llvm::StringRef Type) {
  if (Type.ends_with("*") || Type.contains('('))
    return false;
  const llvm::StringRef Name = templateName(Type);
  if (Name.starts_with("std::atomic") || Name.starts_with("std::__atomic_base"))
    return isInteger(firstArgument(Type));
  static constexpr llvm::StringLiteral Types[] = {
      "int",           "unsigned int",   "long",
      "unsigned long", "long long",      "unsigned long long",
      "short",         "unsigned short", "unsigned char"};
  return llvm::is_contained(Types, Name);
}

bool isTimeType(llvm::StringRef Type) {
  return Type.contains("time_point") || Type.contains("duration") ||
         Type.contains("timespec");
}

std::string firstArgument(llvm::StringRef Type) {
  const std::vector<std::string> Arguments = typeArguments(Type);
  return Arguments.empty() ? "" : Arguments.front();
}

bool isLimit(const FunctionFacts &F, const Program &P, const CallSite &Call) {
  if (P.models().role(Role::Limits, Call))
    return true;
  if (Call.Kind != CallKind::Call || Call.ByAwait)
    return false;
  static constexpr llvm::StringLiteral Words[] = {
      "acquire",  "semaphore", "throttle",     "permit",   "permits",
      "credit",   "credits",   "backpressure", "quota",    "capacity",
      "room",     "space",     "slot",         "slots",    "full",
      "overflow", "limit",     "limiter",      "admit",    "admission",
      "budget",   "reserve",   "watermark",    "writable", "ratelimit",
      "limited"};
  const bool Waits = Call.Awaited || P.suspendsStackful(F, Call);
  // `co_await semaphore.send(x)`, whatever the semaphore is made of.
  static constexpr llvm::StringLiteral Objects[] = {
      "semaphore", "limiter", "permits", "throttle", "slots",
      "credits",   "tokens",  "limit",   "sem",      "throttler"};
  if (Waits && saysOneOf(Call.Object.Path, Objects))
    return true;
  if (!saysOneOf(ownName(Call.CalleeName), Words))
    return false;
  // `reserve(n)` of a container is no question.
  return Waits ||
         (Call.ResultType != "void" && Call.Discarded == CallSite::Discard::No);
}

bool isLimit(const Program &P, const Suspension &S) {
  return P.models().is(Role::Limits, S.Operand.Type);
}

/// What \p Path names is a number that the program keeps.
static bool isCounter(const FunctionFacts &F, const Program &P,
                      llvm::StringRef Path) {
  const std::string Type = P.typeOf(F, Path);
  // What nobody can tell may be one.
  return Type.empty() ? !Path.starts_with("#") : isInteger(Type);
}

bool comparesWithLimit(const FunctionFacts &F, const Program &P,
                       const Comparison &C) {
  const ModelSet &Models = P.models();
  bool Sizes = false;
  for (unsigned Call : C.Calls) {
    if (Models.asksTime(F.Calls[Call].CalleeName) ||
        isTimeType(F.Calls[Call].ResultType))
      return false;
    Sizes |= Models.role(Role::Sizes, F.Calls[Call]) != nullptr ||
             isInteger(F.Calls[Call].ResultType);
  }
  const bool Counts = llvm::any_of(
      C.Reads, [&](const ObjectPath &R) { return isCounter(F, P, R); });
  // Whether there is something, or more than what is being done, is no limit.
  if (C.Constant && *C.Constant >= 0 && *C.Constant <= 1 && C.Names.empty())
    return Counts && !Sizes && llvm::any_of(C.Reads, [](llvm::StringRef R) {
             static constexpr llvm::StringLiteral Words[] = {
                 "credit", "credits", "permits",   "budget",
                 "window", "left",    "remaining", "available",
                 "quota",  "tokens",  "slots",     "free"};
             return saysOneOf(R, Words);
           });
  return Sizes || Counts;
}

bool testsForNumber(const FunctionFacts &F, const Program &P, int L) {
  const FlowOf Flow(F);
  for (const Block &B : F.Flow) {
    if (!B.Test || B.Test->Equals.empty() || B.Test->Equals == "0" ||
        B.Test->Equals == "1" || B.Test->Equals == "nullptr" ||
        B.Test->Equals == "true" || B.Test->Equals == "false")
      continue;
    if (B.Test->Call >= 0) {
      const CallSite &Call = F.Calls[B.Test->Call];
      if ((L < 0 || isInLoop(F, Call.Loop, L)) &&
          (P.models().role(Role::Sizes, Call) || isInteger(Call.ResultType)))
        return true;
    } else if (!B.Test->Path.empty() && isInteger(P.typeOf(F, B.Test->Path))) {
      return true;
    }
  }
  return false;
}

bool isLimited(const FunctionFacts &F, const Program &P, int L) {
  return llvm::any_of(F.Calls,
                      [&](const CallSite &Call) {
                        return isInLoop(F, Call.Loop, L) && isLimit(F, P, Call);
                      }) ||
         llvm::any_of(F.Suspensions,
                      [&](const Suspension &S) {
                        return isInLoop(F, S.Loop, L) && isLimit(P, S);
                      }) ||
         llvm::any_of(F.Comparisons,
                      [&](const Comparison &C) {
                        // Its own condition is about its input.
                        return (L < 0 || isInLoop(F, C.Loop, L)) &&
                               !(C.Loop == L && C.InLoopCondition) &&
                               comparesWithLimit(F, P, C);
                      }) ||
         testsForNumber(F, P, L);
}

/// What \p V goes over has a length that is written in the program.
static bool isFixedRange(const FunctionFacts &F, const Value &V) {
  const llvm::StringRef Type = templateName(V.Type);
  if (Type == "std::array" || Type == "std::initializer_list" ||
      V.Type.ends_with("]"))
    return true;
  if (V.Path.empty() || V.Path.find('.') != std::string::npos)
    return false;
  // A local that was made of a list and that nobody adds to.
  bool Listed = false;
  for (const CallSite &Call : F.Calls)
    if (Call.Object.Path == V.Path) {
      if (Call.Kind == CallKind::Construct)
        Listed |= llvm::any_of(Call.Arguments, [](const Value &A) {
          return templateName(A.Type) == "std::initializer_list";
        });
      else if (Call.Kind == CallKind::Call && !Call.Const && Call.Written)
        return false;
    }
  return Listed;
}

bool isFixed(const FunctionFacts &F, const Program &P, int L) {
  const Loop &Here = F.Loops[L];
  if (Here.What == Loop::Kind::RangeFor)
    return isFixedRange(F, Here.Range);
  if (Here.Endless)
    return false;
  const ModelSet &Models = P.models();
  bool Numbers = false;
  for (const Comparison &C : F.Comparisons) {
    if (C.Loop != L || !C.InLoopCondition)
      continue;
    bool Input = false;
    for (unsigned Call : C.Calls)
      Input |= F.Calls[Call].Awaited || F.Calls[Call].ByAwait ||
               Models.asksTime(F.Calls[Call].CalleeName) ||
               Models.role(Role::Sizes, F.Calls[Call]) ||
               // A number that the program keeps, read by a call: an atomic.
               (!F.Calls[Call].Object.Type.empty() &&
                !isInteger(F.Calls[Call].Object.Type));
    for (const ObjectPath &R : C.Reads)
      Input |= !isCounter(F, P, R);
    if (!Input)
      Numbers = true;
  }
  return Numbers;
}

bool delays(const FunctionFacts &F, const Program &P, const CallSite &Call,
            unsigned Depth) {
  if (Call.Kind != CallKind::Call || Call.ByAwait)
    return false;
  // A delay of zero is none.
  if (llvm::any_of(Call.Arguments, [](const Value &V) {
        return isTimeType(V.Type) && V.Constant == 0;
      }))
    return false;
  const llvm::StringRef Name = ownName(Call.CalleeName);
  static constexpr llvm::StringLiteral Words[] = {
      "sleep", "delay", "backoff", "pause", "timer", "throttle", "cooldown"};
  if (saysOneOf(Name, Words))
    return true;
  static constexpr llvm::StringLiteral Waits[] = {"wait", "after", "yield"};
  const bool Times = llvm::any_of(
      Call.Arguments, [](const Value &V) { return isTimeType(V.Type); });
  if (saysOneOf(Name, Waits) &&
      (Times || (Call.Awaited && !saysOneOf(Name, {"yield"}))))
    return true;
  if (const PauseModel *M = P.models().pause(Call.CalleeName);
      M && (!M->ArmedBy.empty() || Times))
    return true;
  if (P.models().role(Role::Limits, Call))
    return true;
  if (const BlockingModel *M = P.models().blocking(Call);
      M && M->Operation == "sleep")
    return true;
  const FunctionFacts *Callee = Depth ? P.callee(F, Call) : nullptr;
  return Callee && llvm::any_of(Callee->Calls, [&](const CallSite &Inner) {
           return delays(*Callee, P, Inner, Depth - 1);
         });
}

} // namespace async_tidy
