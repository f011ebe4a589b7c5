//===- Unit.cpp -----------------------------------------------------------===//

#include "support/Unit.h"
#include "facts/Extract.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

namespace async_tidy::test {

TranslationUnitFacts factsOf(const std::string &Code, const std::string &File,
                             std::vector<std::string> Flags) {
  std::vector<std::string> Arguments = {
      "-std=c++20",    "-fno-spell-checking",
      "-resource-dir", RESOURCE_DIRECTORY,
      "-isystem",      ASYNC_TIDY_SOURCE_DIR "/test/stubs"};
  Arguments.insert(Arguments.end(), Flags.begin(), Flags.end());
  std::unique_ptr<clang::ASTUnit> AST =
      clang::tooling::buildASTFromCodeWithArgs(Code, Arguments, File);
  if (!AST || AST->getDiagnostics().hasErrorOccurred()) {
    ADD_FAILURE() << "does not compile:\n" << Code;
    return {};
  }
  return extractFacts(AST->getASTContext());
}

const FunctionFacts &function(const TranslationUnitFacts &Unit,
                              const std::string &Name) {
  static const FunctionFacts None;
  const FunctionFacts *Found = nullptr;
  for (const FunctionFacts &F : Unit.Functions) {
    if (F.Name != Name)
      continue;
    if (Found)
      ADD_FAILURE() << "several functions are called " << Name;
    Found = &F;
  }
  if (!Found)
    ADD_FAILURE() << "no function is called " << Name;
  return Found ? *Found : None;
}

} // namespace async_tidy::test
