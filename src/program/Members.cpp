//===- Members.cpp - Who does what to a member ----------------------------===//
//
// One function fills a member, another one empties it: a path of one function
// is made a name that means the same in all, a class and its member. Which
// calls take something out of which member is found once.
//
//===----------------------------------------------------------------------===//

#include "program/Implementation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

/// What a smart pointer or a reference wrapper leads to, or the type itself.
static Symbol pointee(llvm::StringRef Type) {
  while (Type.consume_back(" *"))
    ;
  const llvm::StringRef Name = templateName(Type);
  if (Name.ends_with("_ptr") || Name.ends_with("reference_wrapper") ||
      Name.ends_with("optional"))
    if (std::vector<std::string> A = typeArguments(Type); !A.empty())
      return pointee(A.front());
  return Type;
}

/// The type of the elements: of a map, of its values.
static Symbol element(llvm::StringRef Type) {
  if (Type.consume_back(" *"))
    return Type;
  const std::vector<std::string> A = typeArguments(Type);
  const bool Map = templateName(Type).contains("map");
  return A.size() > Map ? Symbol(A[Map]) : Symbol();
}

/// The class whose `this` the body names: a lambda's is that of the function
/// around it.
static Symbol classOf(const Program::Implementation &P, unsigned Unit,
                      const FunctionFacts &F) {
  const FunctionFacts *At = &F;
  while (At->IsLambda && !At->Parent.empty()) {
    const std::optional<NodeIndex> Outer = P.resolve(At->Parent, Unit);
    if (!Outer)
      return "";
    At = P.Nodes[*Outer].Facts;
  }
  return At->Class;
}

/// The type of the object that a path of \p F begins with.
static Symbol rootType(const Program::Implementation &P, const FunctionFacts &F,
                       llvm::StringRef Root) {
  if (Root == "this")
    return classOf(P, P.Nodes[P.NodeOf.lookup(&F)].Unit, F);
  for (const Variable &V : F.Variables)
    if (V.Name == Root)
      return V.Type;
  for (const Parameter &A : F.Parameters)
    if (A.Name == Root)
      return A.Type;
  for (const Capture &C : F.Captures)
    if (C.Name == Root)
      return C.Type;
  return "";
}

/// The type of \p Member of \p Class, and the class that declares it.
static std::pair<Symbol, Symbol> field(const Program &P, llvm::StringRef Class,
                                       llvm::StringRef Member,
                                       unsigned Depth = 4) {
  const TypeFacts *T = P.type(Class);
  if (!T || Depth == 0)
    return {};
  for (const TypeFacts::Field &F : T->Fields)
    if (F.Name == Member)
      return {F.Type, templateName(Class)};
  for (const llvm::StringRef Base : T->Bases)
    if (auto Found = field(P, Base, Member, Depth - 1); !Found.first.empty())
      return Found;
  return {};
}

/// The type of \p Path, and what \ref Program::memberName calls it.
static std::pair<Symbol, std::string>
follow(const Program &P, const Program::Implementation &Impl,
       const FunctionFacts &F, llvm::StringRef Path) {
  auto [First, Rest] = Path.split('.');
  const llvm::StringRef Root = First.rtrim("[]");
  Symbol Type = rootType(Impl, F, Root);
  std::string Name;
  if (Root.size() != First.size())
    Type = element(pointee(Type));
  while (!Rest.empty() && !Type.empty()) {
    const auto [Part, After] = Rest.split('.');
    const llvm::StringRef Member = Part.rtrim("[]");
    auto [Next, Owner] = field(P, pointee(Type), Member);
    Type = Next;
    Name = Owner + "::" + Part.str();
    if (Member.size() != Part.size())
      Type = element(pointee(Type));
    Rest = After;
  }
  return Type.empty() ? std::pair<Symbol, std::string>()
                      : std::pair(Type, Name);
}

std::string Program::memberName(const FunctionFacts &F,
                                llvm::StringRef Path) const {
  if (Path.starts_with("::"))
    return Path.contains("()") ? "" : Path.str();
  return Path.contains('.') ? follow(*this, *Impl, F, Path).second : "";
}

std::string Program::typeOf(const FunctionFacts &F,
                            llvm::StringRef Path) const {
  return follow(*this, *Impl, F, Path).first.str();
}

std::vector<Site> Program::callers(const FunctionFacts &F) const {
  std::vector<Site> Result;
  for (auto [From, Call] : Impl->Nodes[Impl->NodeOf.lookup(&F)].Callers)
    Result.push_back({Impl->Nodes[From].Facts, Call});
  return Result;
}

llvm::ArrayRef<Site> Program::takers(llvm::StringRef Member) const {
  const auto It = Impl->Takers.find(Member);
  if (It == Impl->Takers.end())
    return {};
  return It->second;
}

std::vector<Site> Program::sitesOf(llvm::StringRef Member, Role What) const {
  std::vector<Site> Result;
  if (auto It = Impl->Touches.find(Member); It != Impl->Touches.end())
    for (const Site &S : It->second)
      if (Impl->Models->role(What, S.In->Calls[S.Call]))
        Result.push_back(S);
  return Result;
}

/// What \p Call takes things out of.
static std::vector<ObjectPath> takenFrom(const ModelSet &Models,
                                         const CallSite &Call) {
  std::vector<ObjectPath> Result;
  if (Models.role(Role::Pops, Call)) {
    Result.push_back(Call.Object.Path);
  } else if (const RoleModel *M = Models.role(Role::Empties, Call)) {
    if (const Value *V = M->At ? valueAt(Call, *M->At) : nullptr)
      Result.push_back(V->Path);
    if (M->At)
      return Result;
    Result.push_back(Call.Object.Path);
    for (const Value &V : Call.Arguments) // `now.swap(queue)`
      Result.push_back(V.Path);
  } else {
    // A parameter takes over what is moved into it.
    for (const Value &V : Call.Arguments)
      if (V.Moved)
        Result.push_back(V.Path);
  }
  return Result;
}

void Program::Implementation::findMembers(const Program &P) {
  constexpr Role Touch[] = {Role::Pushes,       Role::Appends, Role::Sizes,
                            Role::SetsDeadline, Role::Limits,  Role::Unbounded};
  for (const FunctionFacts *F : Functions)
    for (unsigned I = 0; I != F->Calls.size(); ++I) {
      const CallSite &Call = F->Calls[I];
      for (const ObjectPath &From : takenFrom(*Models, Call))
        if (std::string Name = P.memberName(*F, From); !Name.empty())
          Takers[Name].push_back({F, I});
      if (Call.Object.Path.empty() ||
          llvm::none_of(Touch, [&](Role R) { return Models->role(R, Call); }))
        continue;
      if (std::string Name = P.memberName(*F, Call.Object.Path); !Name.empty())
        Touches[Name].push_back({F, I});
    }
}

} // namespace async_tidy
