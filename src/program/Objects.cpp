//===- Objects.cpp - Names of objects, and of what makes and ends them ----===//
//
// See Objects.h.
//
//===----------------------------------------------------------------------===//

#include "program/Objects.h"
#include "models/Models.h"

namespace async_tidy {

bool isWithin(llvm::StringRef Inner, llvm::StringRef Outer) {
  return !Outer.empty() && Inner.consume_front(Outer) &&
         (Inner.empty() || Inner.front() == '.' || Inner.front() == '[');
}

llvm::StringRef rootOf(llvm::StringRef Path) {
  return Path.take_front(Path.find_first_of(".["));
}

bool isOfLifetime(const FunctionFacts &F) {
  if (F.IsLambda)
    return false;
  const llvm::StringRef Name = ownName(F.Name);
  return Name.starts_with("~") || Name == "operator=" ||
         Name == ownName(templateName(F.Class));
}

} // namespace async_tidy
