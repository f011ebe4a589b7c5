//===- link.cpp - What linking costs, by the size of the program ----------===//
//
//   link-benchmark write FOLDER FUNCTIONS
//   link-benchmark link FOLDER
//
// The first writes the facts of a made-up program, as `async-tidy extract`
// would: units of a hundred functions with ten calls each. The second reads
// them, links, summarises, runs all rules, and prints one line of JSON with the
// CPU time of each step and the memory. Two processes, so that what the writing
// needs does not count. run.py has the table.
//
// The program is in the shape of a service's: layers of helpers that call
// helpers, most in the same unit; headers that ten units include; handlers that
// are coroutines; now and then a call that blocks, and a lock.
//
//===----------------------------------------------------------------------===//

#include "driver/Analyse.h"
#include "program/Program.h"
#include "rules/Rule.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <random>
#include <sys/resource.h>

using namespace async_tidy;

namespace {

constexpr unsigned PerUnit = 100, PerHeader = 20, UnitsPerHeader = 10,
                   CallsEach = 10;
constexpr llvm::StringLiteral Root = "/project";

std::string fileOf(unsigned Unit) {
  return llvm::formatv("{0}/src/part{1}/unit{2}.cpp", Root, Unit / 50, Unit);
}
std::string headerOf(unsigned Unit) {
  return llvm::formatv("{0}/src/part{1}/common{2}.hpp", Root, Unit / 50,
                       Unit / UnitsPerHeader);
}

/// The functions of the program, by number: those of a unit follow each other,
/// and so do those of a header in front of them.
struct Named {
  Symbol Id, Name, Class;
};

Named unitFunction(unsigned Unit, unsigned I) {
  const std::string Class =
      llvm::formatv("app::part{0}::service{1}", Unit / 50, Unit * 10 + I % 10);
  return {llvm::formatv("c:@N@app@N@part{0}@S@service{1}@F@operation_{2}#"
                        "&1$@N@std@S@basic_string>#C#",
                        Unit / 50, Unit * 10 + I % 10, I)
              .str(),
          llvm::formatv("{0}::operation_{1}", Class, I).str(), Class};
}
Named headerFunction(unsigned Unit, unsigned I) {
  const unsigned H = Unit / UnitsPerHeader;
  const std::string Space = llvm::formatv("app::common{0}", H);
  return {llvm::formatv("c:@N@app@N@common{0}@F@helper_{1}#I#", H, I).str(),
          llvm::formatv("{0}::helper_{1}", Space, I).str(), ""};
}

class Writer {
public:
  explicit Writer(unsigned Functions) : Units(Functions / PerUnit) {}

  TranslationUnitFacts unit(unsigned U) {
    TranslationUnitFacts Unit;
    Unit.MainFile = fileOf(U);
    Unit.Files = {headerOf(U), fileOf(U)};
    Unit.Includes = {"common.hpp"};
    // What a header says is the same for all who include it: the numbers begin
    // anew with each.
    std::mt19937 Random(U / UnitsPerHeader);
    for (unsigned I = 0; I != PerHeader; ++I)
      function(Unit, U, I, /*InHeader=*/true, Random);
    Random.seed(1000000 + U);
    // One in five functions of the program is in a header.
    const unsigned Own = PerUnit - PerHeader / UnitsPerHeader;
    for (unsigned I = 0; I != Own; ++I)
      function(Unit, U, I, /*InHeader=*/false, Random);
    return Unit;
  }

private:
  void function(TranslationUnitFacts &Unit, unsigned U, unsigned I,
                bool InHeader, std::mt19937 &Random) {
    FunctionFacts &F = Unit.Functions.emplace_back();
    const Named Self = InHeader ? headerFunction(U, I) : unitFunction(U, I);
    F.Id = Self.Id;
    F.Name = Self.Name;
    F.Class = Self.Class;
    const Symbol File = InHeader ? headerOf(U) : fileOf(U);
    unsigned Line = 10 + I * 30;
    F.Where = {File, Line, 6};
    F.Parameters.push_back({"request",
                            "std::basic_string<char, std::char_traits<char>, "
                            "std::allocator<char>>",
                            true,
                            {File, Line, 20},
                            true});
    F.ReturnType = "void";
    F.IsCoroutine = !InHeader && I < 5;
    if (F.IsCoroutine) {
      F.ReturnType = "boost::asio::awaitable<void>";
      F.PromiseType = "boost::asio::detail::awaitable_frame";
    }
    for (unsigned C = 0; C != CallsEach; ++C)
      F.Calls.push_back(call(U, I, InHeader, C, {File, Line += 2, 5}, Random));
    if (F.IsCoroutine) {
      Suspension &S = F.Suspensions.emplace_back();
      S.Where = {File, Line, 5};
      S.Call = CallsEach - 1;
      S.Operand.Type = "boost::asio::awaitable<void>";
      S.Operand.Call = CallsEach - 1;
      F.Calls.back().Awaited = true;
    }
    // if (...) { three calls } else { three calls } and the rest behind.
    F.Flow.resize(5);
    for (unsigned C = 0; C != CallsEach; ++C)
      F.Flow[C < 2   ? 1
             : C < 5 ? 2
             : C < 8 ? 3
                     : 4]
          .Events.push_back({Event::Kind::Call, C, {}});
    if (F.IsCoroutine)
      F.Flow[4].Events.push_back({Event::Kind::Suspend, 0, {}});
    F.Flow[0].Successors = {1};
    F.Flow[1].Successors = {2, 3};
    Branch &Test = F.Flow[1].Test.emplace();
    Test.Call = 1;
    F.Flow[2].Successors = {4};
    F.Flow[3].Successors = {4};
  }

  CallSite call(unsigned U, unsigned I, bool InHeader, unsigned C,
                Location Where, std::mt19937 &Random) {
    const auto Below = [&](unsigned N) { return unsigned(Random() % N); };
    CallSite Call;
    Call.Where = Where;
    Call.Begin = Where;
    Call.End = {Where.File, Where.Line, Where.Column + 40};
    Call.GivenBegin = {Where.File, Where.Line, Where.Column + 20};
    Call.GivenEnd = {Where.File, Where.Line, Where.Column + 39};
    Call.Written = 1;
    Call.ResultType = "void";
    Value &Given = Call.Arguments.emplace_back();
    Given.Type =
        "std::basic_string<char, std::char_traits<char>, std::allocator<char>>";
    Given.Path = "request";
    Given.Parameter = 0;
    const auto Enter = [&](const Named &To) {
      Call.Callee = To.Id;
      Call.CalleeName = To.Name;
      if (!To.Class.empty()) {
        Call.Object.Type = To.Class;
        Call.Object.Path = "this.next_";
      }
    };
    const auto Library = [&](llvm::StringRef Id, llvm::StringRef Name,
                             llvm::StringRef Type) {
      Call.Callee = Id;
      Call.CalleeName = Name;
      Call.Object.Type = Type;
      if (!Type.empty())
        Call.Object.Path = "this.items_";
    };
    if (InHeader) {
      // Helpers of a header call helpers further down, and libraries.
      if (C < 5 && I + 1 < PerHeader)
        Enter(headerFunction(U, I + 1 + Below(PerHeader - I - 1)));
      else
        Library("c:@N@std@S@vector@F@push_back#&&t0.0#",
                "std::vector::push_back", "std::vector<int>");
    } else if (C < 2) {
      Library("c:@N@std@S@vector@F@size#1", "std::vector::size",
              "std::vector<int>");
      Call.ResultType = "unsigned long";
      Call.Const = true;
    } else if (C == 2) {
      Enter(headerFunction(U, Below(PerHeader)));
    } else if (C == 3 && Below(50) == 0) {
      Library("c:@F@getaddrinfo", "getaddrinfo", "");
      Call.ResultType = "int";
    } else if (C == 4 && Below(20) == 0) {
      Call.Kind = CallKind::Construct;
      Library("c:@N@std@S@lock_guard@F@lock_guard#&t0.0#",
              "std::lock_guard::lock_guard", "std::lock_guard<std::mutex>");
      Call.Object.Path = Call.Result = "guard";
      Call.ResultType = "std::lock_guard<std::mutex>";
      Given.Type = "std::mutex";
      Given.Path = "this.mutex_";
      Given.Parameter = -1;
    } else if (C == 5 && U + 1 < Units) {
      // Another unit's, further down.
      const unsigned To = U + 1 + Below(std::min(Units - U - 1, 200u));
      Enter(unitFunction(To, 5 + Below(PerUnit - 10)));
    } else if (C == CallsEach - 1 && I < 5) {
      Library("c:@N@boost@N@asio@F@async_write", "boost::asio::async_write",
              "");
      Call.ResultType = "boost::asio::awaitable<void>";
    } else if (I + 1 < PerUnit - 2) {
      Enter(unitFunction(
          U, std::max(5u, I + 1 + Below(std::min(PerUnit - I - 3, 20u)))));
    } else {
      Library("c:@N@std@S@vector@F@push_back#&&t0.0#", "std::vector::push_back",
              "std::vector<int>");
    }
    return Call;
  }

  unsigned Units;
};

int fail(const llvm::Twine &Why) {
  llvm::errs() << "link-benchmark: " << Why << '\n';
  return 2;
}

std::string nameOf(llvm::StringRef Folder, unsigned Unit) {
  return llvm::formatv("{0}/{1}.facts", Folder, Unit);
}

int write(llvm::StringRef Folder, unsigned Functions) {
  if (std::error_code EC = llvm::sys::fs::create_directories(Folder))
    return fail(Folder + ": " + EC.message());
  Writer W(Functions);
  for (unsigned U = 0; U != Functions / PerUnit; ++U) {
    std::error_code EC;
    llvm::raw_fd_ostream Out(nameOf(Folder, U), EC);
    if (EC)
      return fail(nameOf(Folder, U) + ": " + EC.message());
    Out << encode(pack(W.unit(U), Root));
  }
  return 0;
}

double cpu() {
  rusage Used;
  getrusage(RUSAGE_SELF, &Used);
  const auto Seconds = [](const timeval &T) {
    return T.tv_sec + T.tv_usec / 1e6;
  };
  return Seconds(Used.ru_utime) + Seconds(Used.ru_stime);
}

long peak() {
  rusage Used;
  getrusage(RUSAGE_SELF, &Used);
  return Used.ru_maxrss >> 10; // kilobytes, on Linux
}

int link(llvm::StringRef Folder) {
  const double Start = cpu();
  std::vector<TranslationUnitFacts> Units;
  for (unsigned U = 0; llvm::sys::fs::exists(nameOf(Folder, U)); ++U) {
    auto Bytes = llvm::MemoryBuffer::getFile(nameOf(Folder, U));
    if (!Bytes)
      return fail(nameOf(Folder, U) + ": " + Bytes.getError().message());
    auto Record = decodeRecord((*Bytes)->getBuffer());
    if (!Record)
      return fail(toString(Record.takeError()));
    auto Unit = unpack(*Record, Root);
    if (!Unit)
      return fail(toString(Unit.takeError()));
    Units.push_back(std::move(Unit->Facts));
  }
  if (Units.empty())
    return fail(Folder + " has no facts");
  const double Read = cpu();
  const long ReadPeak = peak();
  const ModelSet Models = loadBuiltinModels();
  const Program P(std::move(Units), Models);
  const double Linked = cpu();
  const long LinkPeak = peak();
  const Selection All = selectRules("*", Level::Hint);
  const std::vector<Finding> Found = check(P, All);
  const double Checked = cpu();
  size_t Calls = 0;
  for (const FunctionFacts *F : P.functions())
    Calls += F->Calls.size();
  llvm::outs() << llvm::formatv(
      "{{\"functions\": {0}, \"calls\": {1}, \"findings\": {2}, "
      "\"read\": {3:f2}, \"link\": {4:f2}, \"check\": {5:f2}, "
      "\"read_mib\": {6}, \"link_mib\": {7}, \"peak_mib\": {8}}\n",
      P.functions().size(), Calls, Found.size(), Read - Start, Linked - Read,
      Checked - Linked, ReadPeak, LinkPeak, peak());
  return 0;
}

} // namespace

int main(int Count, char **Words) {
  const llvm::ArrayRef<char *> Given(Words, Count);
  unsigned Functions = 0;
  if (Count == 4 && llvm::StringRef(Given[1]) == "write" &&
      !llvm::StringRef(Given[3]).getAsInteger(10, Functions) &&
      Functions >= PerUnit)
    return write(Given[2], Functions);
  if (Count == 3 && llvm::StringRef(Given[1]) == "link")
    return link(Given[2]);
  return fail("write FOLDER FUNCTIONS, or link FOLDER");
}
