//===- Conditions.cpp - Is it true of this call? --------------------------===//
//
// Conditions are judged after the function was found by its name, so they may
// take their time.
//
//===----------------------------------------------------------------------===//

#include "models/Conditions.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

llvm::StringRef templateName(llvm::StringRef Type) {
  Type = Type.trim(" *&");
  Type.consume_front("const ");
  // Not the `<` of `operator<`, in which a local class may be.
  size_t Arguments = Type.find('<');
  while (Arguments != llvm::StringRef::npos &&
         Type.take_front(Arguments).ends_with("operator")) {
    const size_t After = Type.find_first_not_of("<=>", Arguments);
    Arguments = After == llvm::StringRef::npos ? After : Type.find('<', After);
  }
  return Type.take_front(Arguments).rtrim();
}

llvm::StringRef ownName(llvm::StringRef Qualified) {
  const size_t Colon = Qualified.rfind("::");
  return Colon == llvm::StringRef::npos ? Qualified
                                        : Qualified.drop_front(Colon + 2);
}

std::vector<std::string> typeArguments(llvm::StringRef Type) {
  std::vector<std::string> Result;
  const size_t Open = Type.find('<');
  if (Open == llvm::StringRef::npos)
    return Result;
  unsigned Depth = 0;
  size_t Start = Open + 1;
  for (size_t I = Open; I != Type.size(); ++I) {
    const char C = Type[I];
    if (C == '<' || C == '(') {
      ++Depth;
    } else if (C == '>' || C == ')') {
      if (--Depth == 0) {
        Result.push_back(Type.slice(Start, I).trim().str());
        break;
      }
    } else if (C == ',' && Depth == 1) {
      Result.push_back(Type.slice(Start, I).trim().str());
      Start = I + 1;
    }
  }
  return Result;
}

const Value *valueAt(const CallSite &Call, const Position &P) {
  switch (P.What) {
  case Position::Kind::Argument:
    return P.Index < Call.Arguments.size() ? &Call.Arguments[P.Index] : nullptr;
  case Position::Kind::Last: // of those given: default ones come after them
    return Call.Written && Call.Written <= Call.Arguments.size()
               ? &Call.Arguments[Call.Written - 1]
               : nullptr;
  case Position::Kind::Object:
    return Call.Object.Type.empty() ? nullptr : &Call.Object;
  case Position::Kind::Any:
  case Position::Kind::Result:
    break;
  }
  return nullptr;
}

/// Types of the language and its library whose objects are there to be called.
static constexpr llvm::StringLiteral CallableTypes[] = {
    "std::function",     "std::move_only_function", "std::copyable_function",
    "std::function_ref",
    "function", // what facts call a pointer to a function
};

static bool isCallable(const Value &V, IsWrapper Wraps) {
  if (!V.Callable.empty())
    return true;
  const llvm::StringRef Type = templateName(V.Type);
  return Type.starts_with("(lambda") || Type.ends_with("(lambda)") ||
         llvm::StringRef(V.Type).contains("(*)") ||
         llvm::is_contained(CallableTypes, Type) ||
         llvm::any_of(V.Origins, Wraps);
}

/// What the value is: its type, its type before conversions, and the function
/// that gave it. Where that function's arguments came from is another matter.
static bool isOneOf(const Value &V, llvm::ArrayRef<std::string> Types) {
  const auto Nearest = llvm::ArrayRef<Symbol>(V.Origins).take_front(2);
  return llvm::is_contained(Types, templateName(V.Type)) ||
         llvm::any_of(Nearest, [&](llvm::StringRef Origin) {
           return llvm::is_contained(Types, Origin);
         });
}

/// One of the type arguments of \p Type, or of these, is one of \p Types.
static bool holdsOne(llvm::StringRef Type, llvm::ArrayRef<std::string> Types) {
  return llvm::any_of(typeArguments(Type), [&](llvm::StringRef Argument) {
    return llvm::is_contained(Types, templateName(Argument)) ||
           holdsOne(Argument, Types);
  });
}

static bool holdsFor(const Value &V, const Condition &C, IsWrapper Wraps) {
  if (!C.Names.empty() && llvm::none_of(V.Names, [&](llvm::StringRef Name) {
        return llvm::is_contained(C.Names, Name);
      }))
    return false;
  if (C.Constant && V.Constant != C.Constant)
    return false;
  if (!C.Types.empty() && !isOneOf(V, C.Types))
    return false;
  if (!C.Holds.empty() && !holdsOne(V.Type, C.Holds))
    return false;
  return !C.Callable || *C.Callable == isCallable(V, Wraps);
}

static bool holds(const Condition &C, const CallSite &Call, IsWrapper Wraps) {
  if (C.Arity && Call.Written != *C.Arity)
    return false;
  if (C.MinArity && Call.Written < *C.MinArity)
    return false;
  if (C.Discarded && *C.Discarded != (Call.Discarded != CallSite::Discard::No))
    return false;
  if (!C.At)
    return true;
  if (C.At->What == Position::Kind::Any)
    return llvm::any_of(Call.Arguments,
                        [&](const Value &V) { return holdsFor(V, C, Wraps); });
  if (C.At->What == Position::Kind::Result) {
    Value Result;
    Result.Type = Call.ResultType;
    return holdsFor(Result, C, Wraps);
  }
  const Value *V = valueAt(Call, *C.At);
  return V && holdsFor(*V, C, Wraps);
}

bool applies(llvm::ArrayRef<Condition> When, llvm::ArrayRef<Condition> Unless,
             const CallSite &Call, IsWrapper Wraps) {
  const auto Holds = [&](const Condition &C) { return holds(C, Call, Wraps); };
  return (When.empty() || llvm::any_of(When, Holds)) &&
         llvm::none_of(Unless, Holds);
}

} // namespace async_tidy
