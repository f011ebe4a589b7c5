//===- Mortals.cpp - Objects that do not live long ------------------------===//
//
// What is given to a task is a temporary, a local, or something in one of
// these; or it is elsewhere, and then nothing is said. See Outlives.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Outlives.h"
#include "rules/Tasks.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// A local object or by-value parameter. A closure that ends owns its copies; a
/// coroutine's is asked for elsewhere.
static std::optional<OwnObject> own(const FunctionFacts &F,
                                    llvm::StringRef Name) {
  std::optional<OwnObject> It = ownOf(F, Name);
  return It && It->Captured && F.IsCoroutine ? std::nullopt : It;
}

bool isViewLike(llvm::StringRef Type, const Program &P) {
  if (P.models().isView(Type))
    return true;
  static constexpr llvm::StringLiteral Things[] = {
      "string", "str",  "char",   "text",   "byte", "bytes",
      "array",  "data", "buffer", "memory", "blob"};
  const llvm::StringRef Name = ownName(templateName(Type));
  return saysOneOf(Name, {"span"}) ||
         (saysOneOf(Name, {"view", "piece", "ref"}) && saysOneOf(Name, Things));
}

static bool isPointer(llvm::StringRef Type) { return Type.ends_with("*"); }

/// An object of \p Type stands for another one, that may live longer.
static bool pointsElsewhere(llvm::StringRef Type, const Program &P) {
  if (isPointer(Type) || isViewLike(Type, P) ||
      P.models().is(Role::OwningType, Type))
    return true;
  const llvm::StringRef Name = ownName(templateName(Type));
  return saysOneOf(Name, {"ptr", "pointer", "ref", "reference", "iterator",
                          "handle", "view", "proxy"});
}

/// The path of \p V goes through an overloaded `->` or `*`.
static bool isDereferenced(const FunctionFacts &F, const Value &V) {
  if (V.Call < 0)
    return false;
  const llvm::StringRef Name = ownName(F.Calls[V.Call].CalleeName);
  return Name == "operator->" || Name == "operator*";
}

/// The call makes an object and gives its only owner.
static bool makesOwned(const CallSite &Call, const Program &P) {
  return !P.models().constructs(Call.CalleeName).empty();
}

/// \p V is the object of type \p Type itself, and not something behind it.
static bool isItself(const Value &V, llvm::StringRef Type) {
  return V.Type == Type ||
         (!V.Origins.empty() && V.Origins.front() == templateName(Type));
}

/// The call that the path `#7` names; null if it names none.
static const CallSite *temporary(const FunctionFacts &F, llvm::StringRef Root) {
  unsigned Index = 0;
  if (!Root.consume_front("#") || Root.getAsInteger(10, Index) ||
      Index >= F.Calls.size())
    return nullptr;
  return &F.Calls[Index];
}

/// \p Rest, what follows the root of a path, is a field that the class \p Type
/// is known to have, or an element of a container.
static bool isPart(llvm::StringRef Type, llvm::StringRef Rest,
                   const Program &P) {
  if (Rest == "[]")
    return (P.models().owner(Type) || Type.ends_with("]") ||
            Type.starts_with("std::array<")) &&
           !Type.contains('*') && !Type.contains("_ptr<");
  if (!Rest.consume_front(".") || Rest.contains("()"))
    return false;
  const TypeFacts *Class = P.type(Type);
  if (!Class)
    return false;
  const llvm::StringRef Name = rootOf(Rest);
  for (const TypeFacts::Field &Field : Class->Fields)
    if (Field.Name == Name)
      return !Field.Reference && !pointsElsewhere(Field.Type, P) &&
             (Name == Rest ||
              isPart(Field.Type, Rest.drop_front(Name.size()), P));
  return false;
}

std::optional<Mortal> mortal(const FunctionFacts &F, const Value &V,
                             const Program &P) {
  const llvm::StringRef Path = V.Path, Root = rootOf(Path);
  const llvm::StringRef Rest = Path.drop_front(Root.size());
  if (Path.empty())
    return V.Moved && !V.Type.empty() && !isPointer(V.Type)
               ? std::optional(Mortal{})
               : std::nullopt;
  if (const CallSite *Made = temporary(F, Root)) {
    if (!Made->GivesObject)
      return std::nullopt;
    const Mortal Gone{"", Made->Where};
    if (!Rest.empty())
      return isPart(Made->ResultType, Rest, P) ? std::optional(Gone)
                                               : std::nullopt;
    if (isDereferenced(F, V))
      return makesOwned(*Made, P) ? std::optional(Gone) : std::nullopt;
    return isPointer(V.Type) ? std::nullopt : std::optional(Gone);
  }
  const std::optional<OwnObject> Local = own(F, Root);
  if (!Local || isPointer(Local->Type))
    return std::nullopt;
  const Mortal Gone{Root.str(), Local->Where};
  if (!Rest.empty())
    return isPart(Local->Type, Rest, P) ? std::optional(Gone) : std::nullopt;
  if (isDereferenced(F, V)) {
    // What a `unique_ptr` points to dies with it.
    const OwnerModel *Owner = P.models().owner(Local->Type);
    return Owner && Owner->MovedIsEmpty && Local->Init &&
                   Local->Init->Call >= 0 &&
                   makesOwned(F.Calls[Local->Init->Call], P)
               ? std::optional(Gone)
               : std::nullopt;
  }
  // A call on a base class names the object by that class.
  return isItself(V, Local->Type) ? std::optional(Gone) : std::nullopt;
}

/// What gives a pointer or view into the very object that it is called on.
static bool givesInside(llvm::StringRef Function) {
  static constexpr llvm::StringLiteral Names[] = {
      "begin", "end",         "cbegin",  "cend",    "find",  "data",
      "c_str", "view",        "subspan", "substr",  "first", "last",
      "span",  "lower_bound", "rbegin",  "to_view", "sv",    "constData"};
  const llvm::StringRef Name = ownName(Function);
  return Name.starts_with("operator ") || llvm::is_contained(Names, Name);
}

/// The target of \p V, or the object that it is.
static std::optional<Mortal> within(const FunctionFacts &F, const Value &V,
                                    const Program &P, unsigned Depth) {
  return isPointer(V.Type) || isViewLike(V.Type, P)
             ? mortalTarget(F, V, P, Depth)
             : mortal(F, V, P);
}

/// Objects of \p Type own their contents.
static bool isContainer(llvm::StringRef Type, const Program &P) {
  return P.models().owner(Type) || Type.starts_with("std::basic_string<") ||
         Type.starts_with("std::array<");
}

std::optional<Mortal> mortalTarget(const FunctionFacts &F, const Value &V,
                                   const Program &P, unsigned Depth) {
  if (Depth == 0 || V.Path.empty())
    return std::nullopt;
  const llvm::StringRef Path = V.Path, Root = rootOf(Path);
  const llvm::StringRef Rest = Path.drop_front(Root.size());
  const CallSite *Made = temporary(F, Root);
  const std::optional<OwnObject> Local = Made ? std::nullopt : own(F, Root);
  if (isPointer(V.Type)) {
    if (Rest == ".c_str()" || Rest == ".data()") {
      const llvm::StringRef Type = Made    ? llvm::StringRef(Made->ResultType)
                                   : Local ? Local->Type
                                           : "";
      if (!isContainer(Type, P))
        return std::nullopt;
      if (Made)
        return Made->GivesObject ? std::optional(Mortal{"", Made->Where})
                                 : std::nullopt;
      return Mortal{Root.str(), Local->Where};
    }
    if (!Local || !Rest.empty() || isDereferenced(F, V))
      return std::nullopt;
    if (isPointer(Local->Type))
      return Local->Init ? mortalTarget(F, *Local->Init, P, Depth - 1)
                         : std::nullopt;
    // `&local`, or an array.
    const bool Address = V.Type == (Local->Type + " *").str();
    return Address || Local->Type.contains('[')
               ? std::optional(Mortal{Root.str(), Local->Where})
               : std::nullopt;
  }
  if (Local)
    return Rest.empty() && isViewLike(Local->Type, P) && Local->Init
               ? mortalTarget(F, *Local->Init, P, Depth - 1)
               : std::nullopt;
  if (!Made || !Rest.empty())
    return std::nullopt;
  if (Made->Kind == CallKind::Construct)
    return Made->Arguments.empty()
               ? std::nullopt
               : within(F, Made->Arguments.front(), P, Depth - 1);
  if (!Made->Object.Type.empty())
    return givesInside(Made->CalleeName) ? within(F, Made->Object, P, Depth - 1)
                                         : std::nullopt;
  for (const Value &A : Made->Arguments)
    if (isViewLike(A.Type, P) || isContainer(A.Type, P))
      if (std::optional<Mortal> Found = within(F, A, P, Depth - 1))
        return Found;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Late uses
//===----------------------------------------------------------------------===//

/// \p V, bound to what \p Into owns, refers to what a pointer points to: the
/// pointer itself may be gone.
static bool isBehindPointer(const FunctionFacts &F, const Variable &V,
                            llvm::StringRef Into, const Program &P) {
  auto IsPointer = [&](llvm::StringRef Type) {
    return !isViewLike(Type, P) && pointsElsewhere(Type, P);
  };
  if (isDereferenced(F, V.Init) &&
      !isViewLike(F.Calls[V.Init.Call].Object.Type, P))
    return true;
  for (const Parameter &Given : F.Parameters)
    if (Given.Name == Into)
      return IsPointer(Given.Type) && V.Init.Path != Into;
  const Variable *Other = variable(F, Into);
  return Other && IsPointer(Other->Type) && V.Init.Path != Into;
}

std::map<Symbol, LateName> lateNames(const FunctionFacts &F, const Program &P) {
  std::map<Symbol, LateName> Result;
  for (const LateUse &Late : P.lateUses(F)) {
    const Use &U = F.Uses[Late.Use];
    Location Suspended;
    if (Late.Suspension >= 0)
      Suspended = F.Suspensions[Late.Suspension].Where;
    Result.try_emplace(U.Name, LateName{&U, Suspended});
  }
  // A generator's body begins when its first value is pulled.
  if (const TaskModel *Task = P.models().task(F.ReturnType);
      Task && Task->Generator)
    for (const Use &U : F.Uses)
      Result.try_emplace(U.Name, LateName{&U, {}});
  // What refers into another object counts as a use of that one. Several may
  // follow each other, in the order of their declarations.
  for (const Variable &V : llvm::reverse(F.Variables)) {
    const auto Late = Result.find(V.Name);
    const bool Refers =
        V.Reference || V.Implicit || isPointer(V.Type) || isViewLike(V.Type, P);
    if (Late == Result.end() || !Refers || V.Static)
      continue;
    llvm::StringRef Into = V.Init.Path;
    if ((Into.empty() || Into.starts_with("#")) && V.Init.Call >= 0)
      Into = F.Calls[V.Init.Call].Object.Path;
    Into = rootOf(Into);
    if (!Into.empty() && !Into.starts_with("#") && Into != V.Name &&
        !isBehindPointer(F, V, Into, P))
      Result.try_emplace(Into.str(), Late->second);
  }
  return Result;
}

bool refers(const Parameter &Into, const Program &P) {
  return Into.ByReference || isPointer(Into.Type) || isViewLike(Into.Type, P);
}

bool copiesItself(const FunctionFacts &Lambda) {
  return !Lambda.Parameters.empty() &&
         Lambda.Parameters.front().Type == Lambda.Class &&
         !Lambda.Parameters.front().ByReference;
}

std::optional<std::vector<Step>> lateUse(const FunctionFacts &F, int Index,
                                         const Program &P, unsigned Depth) {
  const Symbol Name = Index < 0 ? Symbol("this") : F.Parameters[Index].Name;
  if (Name.empty() || Depth == 0)
    return std::nullopt;
  if (F.IsCoroutine) {
    const bool Lazy = P.startsLazily(F);
    if (Index < 0 && !Lazy && asksForOwner(F, P))
      return std::nullopt;
    const auto Late = lateNames(F, P);
    if (const auto At = Late.find(Name); At != Late.end()) {
      const std::string What = Index < 0 ? "the object" : "`" + Name + "`";
      std::vector<Step> Steps;
      if (At->second.Suspended.isValid())
        Steps.push_back({At->second.Suspended, "the coroutine is suspended"});
      Steps.push_back({At->second.At->Where,
                       At->second.Suspended.isValid()
                           ? What + " is used after that"
                           : What + " is used when the task is started, and "
                                    "not when it is made"});
      return Steps;
    }
  }
  // Given on, to a task that it waits for or returns.
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &C = F.Calls[I];
    if (C.Kind != CallKind::Call || C.Implicit)
      continue;
    const bool Object = Index < 0 && C.Object.Path == "this";
    std::vector<int> Places;
    if (Object)
      Places.push_back(-1);
    for (unsigned A = 0; A != C.Arguments.size(); ++A)
      if (C.Arguments[A].Path == Name)
        Places.push_back(static_cast<int>(A));
    if (Places.empty())
      continue;
    const FunctionFacts *Callee = P.callee(F, C);
    if (!Callee || Callee == &F || Callee->IsLambda)
      continue;
    const Fate::Kind Its = fateOf(F, I, P).What;
    if (Its != (F.IsCoroutine ? Fate::Kind::Awaited : Fate::Kind::Returned))
      continue;
    for (const int Place : Places) {
      if (Place >= 0 && (Place >= static_cast<int>(Callee->Parameters.size()) ||
                         !refers(Callee->Parameters[Place], P)))
        continue;
      if (Place < 0 && Callee->Class.empty())
        continue;
      if (auto Steps = lateUse(*Callee, Place, P, Depth - 1)) {
        Steps->insert(Steps->begin(),
                      Step{C.Where, "it is given to `" + C.CalleeName + "`"});
        return Steps;
      }
    }
  }
  return std::nullopt;
}

} // namespace async_tidy
