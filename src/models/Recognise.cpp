//===- Recognise.cpp - Which libraries a program uses ---------------------===//
//
// See Recognise.h.
//
//===----------------------------------------------------------------------===//

#include "models/Recognise.h"
#include "models/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <map>

namespace async_tidy {

using Library = ModelSet::Library;

/// A header that users include for a library: itself, or a sibling in a folder
/// that nobody else uses (`boost/asio/post.hpp` for `boost/asio.hpp`).
static bool isHeaderOf(llvm::StringRef Included, const Library &L) {
  return llvm::any_of(L.Headers, [&](llvm::StringRef Header) {
    if (Included == Header)
      return true;
    const llvm::StringRef Folder = Header.take_front(Header.rfind('.'));
    return Folder.contains('/') && Included.starts_with(Folder) &&
           Included.drop_front(Folder.size()).starts_with("/");
  });
}

std::vector<Recognised> recognise(llvm::ArrayRef<TranslationUnitFacts> Units,
                                  const ModelSet &Models) {
  llvm::StringMap<llvm::SmallVector<unsigned, 1>> Functions;
  const llvm::ArrayRef<Library> Libraries = Models.libraries();
  for (unsigned I = 0; I != Libraries.size(); ++I)
    for (const ModelSet::Entry &E : Libraries[I].Entries) {
      auto &Of = Functions[E.Name];
      if (!llvm::is_contained(Of, I))
        Of.push_back(I);
    }
  std::vector<Recognised> All(Libraries.size());
  std::vector<std::map<std::string, unsigned>> Called(Libraries.size());
  for (const TranslationUnitFacts &Unit : Units) {
    std::vector<bool> Includes;
    for (const Library &L : Libraries) {
      Includes.push_back(llvm::any_of(
          Unit.Includes, [&](llvm::StringRef H) { return isHeaderOf(H, L); }));
      All[Includes.size() - 1].Including += Includes.back();
    }
    for (const FunctionFacts &F : Unit.Functions) {
      if (F.IsCoroutine)
        if (const TaskModel *Task = Models.task(F.ReturnType))
          for (unsigned I = 0; I != Libraries.size(); ++I)
            All[I].Coroutines += Libraries[I].Name == Task->Library;
      for (const CallSite &C : F.Calls) {
        if (C.Implicit || Models.isNamesake(C))
          continue;
        auto It = Functions.find(C.CalleeName);
        if (It == Functions.end())
          continue;
        // Several files may speak of one name (those of fibres of the standard
        // library's locks): it is of those that the unit includes.
        const auto &Of = It->second;
        auto Included = [&](unsigned I) { return Includes[I]; };
        const bool Shared = Of.size() > 1 && llvm::any_of(Of, Included);
        for (unsigned I : Of)
          if (!Shared || Included(I)) {
            ++All[I].Calls;
            ++Called[I][C.CalleeName.str()];
          }
      }
    }
  }
  std::vector<Recognised> Result;
  for (unsigned I = 0; I != Libraries.size(); ++I) {
    Recognised &R = All[I];
    if (!R.Including && !R.Calls && !R.Coroutines)
      continue;
    R.Library = &Libraries[I];
    std::vector<std::pair<std::string, unsigned>> Most(Called[I].begin(),
                                                       Called[I].end());
    llvm::stable_sort(
        Most, [](const auto &A, const auto &B) { return A.second > B.second; });
    for (const auto &[Name, Count] : llvm::ArrayRef(Most).take_front(3))
      R.MostCalled.push_back(Name);
    Result.push_back(std::move(R));
  }
  llvm::stable_sort(Result, [](const Recognised &A, const Recognised &B) {
    return A.Calls > B.Calls;
  });
  return Result;
}

namespace {

/// A kind of entries that people count.
struct Kind {
  llvm::StringLiteral Key, One, Many;
};

} // namespace

/// In the order of importance.
static constexpr Kind Counted[] = {
    {"blocking", "function that blocks", "functions that block"},
    {"runs", "function that runs callables or tasks",
     "functions that run callables or tasks"},
    {"executors", "executor", "executors"},
    {"mutexes", "lock of a thread", "locks of a thread"},
    {"async-mutexes", "lock that may be held over a suspension",
     "locks that may be held over a suspension"},
    {"spawns", "function that starts tasks", "functions that start tasks"},
    {"detaches", "function that detaches tasks", "functions that detach tasks"},
    {"pushes", "function that fills a queue without bound",
     "functions that fill queues without bound"},
    {"limits", "function or type that bounds work",
     "functions and types that bound work"},
    {"cancellation-types", "type that carries cancellation",
     "types that carry cancellation"},
    {"cancellable", "await that ends when cancelled",
     "awaits that end when cancelled"},
    {"needs-deadline", "operation that needs a deadline",
     "operations that need a deadline"},
    {"sets-deadline", "function that sets a deadline",
     "functions that set a deadline"}};

std::vector<std::string> knowledge(const Library &L, const ModelSet &Models) {
  std::vector<std::string> Result;
  llvm::StringMap<llvm::StringSet<>> Names;
  for (const ModelSet::Entry &E : L.Entries) {
    Names[E.Key].insert(E.Name);
    if (E.Key == "tasks")
      Result.push_back("`" + E.Name + "` is " + E.What);
  }
  if (L.Cancellation == Cancellation::Implicit)
    Result.push_back("any await of a cancelled task throws");
  else if (L.Cancellation == Cancellation::Explicit)
    Result.push_back("cancellation is a token that is tested or handed on");
  if (L.Resumes == Resumes::SameThread)
    Result.push_back("tasks stay on their thread");
  else if (L.Resumes == Resumes::AnyThread)
    Result.push_back("tasks may go on on another thread");
  for (const auto &[Key, One, Many] : Counted)
    if (const size_t Count = Names.lookup(Key).size())
      Result.push_back(std::to_string(Count) + " " +
                       (Count == 1 ? One : Many).str());
  unsigned Replacements = 0;
  for (llvm::StringRef Operation : Operations)
    Replacements += !Models.replacement(L.Name, Operation).empty();
  if (Replacements)
    Result.push_back("what to do instead of " + std::to_string(Replacements) +
                     " kinds of blocking calls");
  return Result;
}

} // namespace async_tidy
