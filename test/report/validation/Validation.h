//===- Validation.h - What others say of our reports ----------------------===//
//
// Writes reports into files and asks programs that are not ours about them.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_REPORT_VALIDATION_VALIDATION_H
#define ASYNC_TIDY_TEST_REPORT_VALIDATION_VALIDATION_H

#include "report/Sample.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace async_tidy {

/// A folder that goes with the test.
class Validation : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(
        llvm::sys::fs::createUniqueDirectory("async-tidy-report", Folder));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(Folder); }

  /// The path of a file called \p Name with that text.
  std::string write(llvm::StringRef Name, llvm::StringRef Text) {
    std::string Path = (Folder + "/" + Name).str();
    std::error_code Error;
    llvm::raw_fd_ostream OS(Path, Error);
    OS << Text;
    EXPECT_FALSE(Error) << Error.message();
    return Path;
  }

  struct Answer {
    int Code;
    std::string Output;
  };
  /// Runs \p Command, whose program is searched for in PATH.
  Answer ask(llvm::ArrayRef<llvm::StringRef> Command) {
    std::string Output = (Folder + "/output").str(), Error;
    llvm::sys::fs::remove(Output); // it would be written over, not emptied
    llvm::ErrorOr<std::string> Program =
        llvm::sys::findProgramByName(Command[0]);
    if (!Program) {
      ADD_FAILURE() << Command[0].str()
                    << " is not installed: packages.txt names its package";
      return {-1, ""};
    }
    std::optional<llvm::StringRef> Redirects[] = {
        llvm::StringRef(""), llvm::StringRef(Output), llvm::StringRef(Output)};
    int Code =
        llvm::sys::ExecuteAndWait(*Program, Command, std::nullopt, Redirects,
                                  /*SecondsToWait=*/240, 0, &Error);
    EXPECT_TRUE(Error.empty()) << Command[0].str() << ": " << Error;
    auto Text = llvm::MemoryBuffer::getFile(Output);
    return {Code, Text ? (*Text)->getBuffer().str() : ""};
  }

  llvm::SmallString<128> Folder;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_TEST_REPORT_VALIDATION_VALIDATION_H
