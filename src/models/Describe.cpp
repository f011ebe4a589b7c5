//===- Describe.cpp - What is known of a name -----------------------------===//
//
// Reads the entries that the loader keeps of each file; the tables that the
// analysis uses are not asked.
//
//===----------------------------------------------------------------------===//

#include "models/Describe.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include <algorithm>

namespace async_tidy {

/// Keys that contradict each other count as one: the later file decides.
static llvm::StringRef subject(llvm::StringRef Key) {
  if (Key == "nonblocking")
    return "blocking";
  if (Key == "async-mutexes")
    return "mutexes";
  return Key;
}

/// Several files may add to these.
static bool accumulates(llvm::StringRef Key) {
  return Key == "edges" || Key == "modes";
}

std::vector<Description> describe(const ModelSet &Models,
                                  llvm::StringRef Name) {
  Name = Name.trim();
  Name.consume_front("::");
  const llvm::StringRef Type = templateName(Name);
  std::vector<Description> Result;
  std::vector<size_t> FileOf;
  for (size_t F = 0; F != Models.libraries().size(); ++F) {
    const ModelSet::Library &L = Models.libraries()[F];
    for (const ModelSet::Entry &E : L.Entries)
      if (E.Name == Name || E.Name == Type) {
        Result.push_back({L.Name, L.File, E.Line, E.Key, E.What, false});
        FileOf.push_back(F);
      }
  }
  for (size_t I = 0; I != Result.size(); ++I)
    for (size_t Later = I + 1; Later != Result.size(); ++Later)
      if (FileOf[Later] != FileOf[I] && !accumulates(Result[I].Key) &&
          subject(Result[Later].Key) == subject(Result[I].Key))
        Result[I].Overruled = true;
  return Result;
}

std::vector<std::string> similarNames(const ModelSet &Models,
                                      llvm::StringRef Name) {
  static constexpr size_t MostNames = 5;
  static constexpr unsigned FarOff = 4;
  std::vector<std::pair<unsigned, std::string>> Found;
  llvm::StringSet<> Seen;
  for (const ModelSet::Library &L : Models.libraries())
    for (const ModelSet::Entry &E : L.Entries) {
      if (!Seen.insert(E.Name).second)
        continue;
      const unsigned Distance = ownName(E.Name) == ownName(Name)
                                    ? 0
                                    : Name.edit_distance(E.Name, true, FarOff);
      if (Distance < FarOff)
        Found.push_back({Distance, E.Name});
    }
  llvm::sort(Found);
  std::vector<std::string> Result;
  for (auto &[Distance, Similar] : Found)
    if (Result.size() != MostNames)
      Result.push_back(std::move(Similar));
  return Result;
}

} // namespace async_tidy
