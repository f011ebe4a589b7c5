//===- Outputs.cpp - Reports to files and standard output -----------------===//

#include "cli/Outputs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
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
    if (any_of(Result, [&](const Output &E) { return E.File == O.File; }))
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
    std::error_code EC;
    raw_fd_ostream OS(O.File, EC);
    if (!EC) {
      OS.enable_colors(false);
      O.As->Print(R, OS);
      OS.close();
      EC = OS.error();
      OS.clear_error();
    }
    if (EC)
      Errors =
          joinErrors(std::move(Errors), bad("--output=" + O.As->Name + ":" +
                                            O.File + ": " + EC.message()));
  }
  return Errors;
}

} // namespace async_tidy::cli
