//===- Outputs.cpp - Reports to files and standard output -----------------===//

#include "cli/Outputs.h"
#include "driver/ApplyFixes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

Expected<std::vector<Output>> outputs(const Arguments &A) {
  std::vector<Output> Result;
  for (const std::string &Word : A.Options.getAllArgValues(OPT_output_EQ)) {
    const auto [Name, File] = StringRef(Word).split(':');
    Output O{findFormat(Name), File == "-" ? "" : File.str()};
    if (!O.As) {
      std::string Known;
      for (const Format &F : formats())
        Known += (Known.empty() ? "" : ", ") + F.Name.str();
      return bad("--output=" + Word + ": no such format; there are " + Known);
    }
    if (File.empty() && StringRef(Word).ends_with(":"))
      return bad("--output=" + Word + ": the file's name is missing");
    const auto Place = [](const Output &To) {
      return To.File.empty() ? "" : absolutePath(To.File, currentDirectory());
    };
    if (any_of(Result, [&](const Output &E) { return Place(E) == Place(O); }))
      return bad("--output=" + Word + ": another report goes to " +
                 (O.File.empty() ? "standard output" : O.File) + " already");
    Result.push_back(std::move(O));
  }
  if (Result.empty())
    Result.push_back({findFormat("text"), ""});
  return Result;
}

bool isForPeople(const Output &O) {
  return O.As->Name == "text" && O.File.empty();
}

Error write(const Report &R, ArrayRef<Output> To, bool Color) {
  Error Errors = Error::success();
  for (const Output &O : To) {
    if (O.File.empty()) { // errors are noticed in finishOutput
      outs().enable_colors(Color);
      O.As->Print(R, outs());
      continue;
    }
    std::string Text;
    raw_string_ostream OS(Text);
    O.As->Print(R, OS);
    // In one step: a full disk leaves the report that was there.
    if (Error E = replaceFile(O.File, Text))
      Errors = joinErrors(std::move(Errors), bad("--output=" + O.As->Name +
                                                 ":" + toString(std::move(E))));
  }
  return Errors;
}

} // namespace async_tidy::cli
