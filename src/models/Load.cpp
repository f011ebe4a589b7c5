//===- Load.cpp - One file of models --------------------------------------===//
//
// Reads a model file as docs/design/models.md defines it: the table of its
// keys, conditions, and what is checked over the whole file. What stands under
// each key is read by Sections.cpp, how values look is Reader.cpp's.
//
//===----------------------------------------------------------------------===//

#include "models/Loader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

const Loader::Section Loader::Sections[] = {
    {"blocking", &Loader::blocking},
    {"nonblocking", &Loader::nonblocking},
    {"mutexes", &Loader::mutexes},
    {"async-mutexes", &Loader::asyncMutexes},
    {"guards", &Loader::guards},
    {"lock-functions", &Loader::lockFunctions},
    {"tasks", &Loader::tasks},
    {"never-suspends", &Loader::neverSuspends},
    {"stackful-suspensions", &Loader::stackfulSuspensions},
    {"runs", &Loader::runs},
    {"entry-points", &Loader::entryPoints},
    {"executors", &Loader::executors},
    {"switches", &Loader::switches},
    {"modes", &Loader::modes},
    {"constructs", &Loader::constructs},
    {"destroys", &Loader::destroys},
    {"owners", &Loader::owners},
    {"completions", &Loader::completions},
    {"polls", &Loader::polls},
    {"pauses", &Loader::pauses},
    {"resumes", &Loader::resumes},
    {"thread-state", &Loader::threadState},
    {"views", &Loader::views},
    {"invalidates", &Loader::invalidates},
    {"cancellation", &Loader::cancellation},
    {"replacements", &Loader::replacements},
    {"edges", &Loader::edges},
};

//===----------------------------------------------------------------------===//
// What several keys share
//===----------------------------------------------------------------------===//

static std::vector<std::string> texts(llvm::ArrayRef<ReadName> Names) {
  std::vector<std::string> Result;
  for (const ReadName &N : Names)
    Result.push_back(N.Name);
  return Result;
}

std::vector<std::string> Loader::declare(llvm::ArrayRef<ReadName> Names,
                                         llvm::StringRef Key, std::string What,
                                         bool Conditional,
                                         const llvm::Twine &Of) {
  for (const ReadName &N : Names) {
    const std::string Id = (Key + " " + N.Name + " " + Of).str();
    if (const auto It = Said.find(Id); It != Said.end())
      Errors.add(N.Where, quoted(N.Name) + " is already in `" + Key +
                              "` without a condition, on line " +
                              llvm::Twine(It->second.Line));
    else if (!Conditional)
      Said[Id] = N.Where;
    Result.About.Entries.push_back({N.Name, Key.str(), What, N.Where.Line});
  }
  return texts(Names);
}

std::vector<std::string> Loader::plainNames(const YamlNode &N,
                                            llvm::StringRef Key,
                                            llvm::StringRef What,
                                            NameKind Kind) {
  return declare(R.names(N, Kind), Key, What.str());
}

/// An entry of one key contradicts one of another.
void Loader::refuseBoth(llvm::StringRef A, llvm::StringRef B) {
  llvm::StringMap<unsigned> Lines;
  for (const ModelSet::Entry &E : Result.About.Entries)
    if (E.Key == A)
      Lines.try_emplace(E.Name, E.Line);
  for (const ModelSet::Entry &E : Result.About.Entries)
    if (E.Key == B)
      if (const auto It = Lines.find(E.Name); It != Lines.end())
        Errors.add({E.Line, 1},
                   quoted(E.Name) + " cannot be in `" + B + "` and, on line " +
                       llvm::Twine(It->second) + ", in `" + A + "`");
}

std::vector<std::string> Loader::mentioned(const YamlNode *N, NameKind Kind,
                                           llvm::StringRef Key) {
  if (!N)
    return {};
  const std::vector<ReadName> Names = R.names(*N, Kind);
  for (const ReadName &Name : Names)
    Result.About.Mentions.push_back(
        {Name.Name, Key.str(), "", Name.Where.Line});
  return texts(Names);
}

void Loader::members(Fields &F, llvm::StringRef Key,
                     std::vector<std::string> &Out,
                     llvm::ArrayRef<ReadName> Types) {
  const YamlNode *N = F.optional(Key);
  if (!N)
    return;
  const std::vector<ReadName> Names = R.names(*N, NameKind::Member);
  Out = texts(Names);
  for (const ReadName &T : Types)
    for (const ReadName &Name : Names)
      Result.About.Mentions.push_back(
          {T.Name + "::" + Name.Name, "member", "", Name.Where.Line});
}

Condition Loader::condition(const YamlNode &N) {
  Condition C;
  Fields F(R, N);
  if (const YamlNode *V = F.optional("at"))
    C.At = R.position(*V, {});
  C.Names = mentioned(F.optional("names"), NameKind::Constant, "constant");
  if (const YamlNode *V = F.optional("constant"))
    C.Constant = R.integer(*V);
  C.Types = mentioned(F.optional("types"), NameKind::Type, "type");
  C.Holds = mentioned(F.optional("holds"), NameKind::Type, "type");
  if (const YamlNode *V = F.optional("callable"))
    C.Callable = R.boolean(*V);
  if (const YamlNode *V = F.optional("arity"))
    C.Arity = R.count(*V);
  if (const YamlNode *V = F.optional("min-arity"))
    C.MinArity = R.count(*V);
  if (const YamlNode *V = F.optional("discarded"))
    C.Discarded = R.boolean(*V);
  const bool AsksValue = llvm::any_of(N.Keys, [](const YamlNode &K) {
    return K.Text == "names" || K.Text == "constant" || K.Text == "types" ||
           K.Text == "holds" || K.Text == "callable";
  });
  if (AsksValue && !C.At)
    Errors.add(N, "`names`, `constant`, `types`, `holds` and `callable` speak "
                  "of a value: `at` says of which");
  else if (C.At && !AsksValue)
    Errors.add(N, "`at` says which value, but nothing is asked of it: add "
                  "`names`, `constant`, `types`, `holds` or `callable`");
  else if (N.What == YamlNode::Kind::Mapping && N.Keys.empty())
    Errors.add(N, "this condition asks nothing");
  return C;
}

std::vector<Condition> Loader::conditions(const YamlNode *N) {
  std::vector<Condition> Result;
  if (N)
    for (const YamlNode &Item : R.items(*N))
      Result.push_back(condition(Item));
  return Result;
}

std::string Loader::typeArgument(const YamlNode &N, bool OrAny) {
  const std::string Text = R.text(N);
  llvm::StringRef Digits = Text;
  if (Text.empty() || (OrAny && Text == "any") ||
      (Digits.consume_front("T") && Digits.size() == 1 &&
       llvm::isDigit(Digits.front())))
    return Text;
  Errors.add(N, quoted(Text) +
                    " is not a type argument; allowed: `T0`, `T1` "
                    "... " +
                    (OrAny ? "and `any`" : ""));
  return "";
}

/// Words for people, which end up in a message.
std::string Loader::sentence(const YamlNode &N) {
  const std::string Text = R.text(N);
  if (llvm::StringRef(Text).ends_with("."))
    Errors.add(N, "this ends up within a sentence: no full stop");
  else if (llvm::StringRef(Text).contains("@::"))
    Errors.add(N, "`@` stands for namespaces in names only");
  return Text;
}

void Loader::checkOperation(const YamlNode &N, llvm::StringRef Operation) {
  if (!Operation.empty() && !llvm::is_contained(Operations, Operation)) {
    const llvm::SmallVector<llvm::StringRef> Allowed(std::begin(Operations),
                                                     std::end(Operations));
    R.refuse(N, "an operation", Allowed);
  }
}

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

std::vector<std::string> Loader::headers(const YamlNode &N) {
  std::vector<std::string> Result;
  for (const YamlNode &Item : R.items(N))
    Result.push_back(R.text(Item));
  return Result;
}

std::string Loader::libraryName(const YamlNode &N) {
  const std::string Text = R.text(N);
  if (!llvm::all_of(Text, [](char C) {
        return llvm::isLower(C) || llvm::isDigit(C) || C == '-';
      }))
    Errors.add(N, quoted(Text) + " is not the name of a library: lower-case "
                                 "letters, digits and `-`");
  return Text;
}

ModelFile Loader::load(const YamlNode &Root) {
  {
    Fields F(R, Root);
    if (const YamlNode *V = F.required("library"))
      Result.About.Name = libraryName(*V);
    if (const YamlNode *V = F.required("summary"))
      Result.About.Summary = R.text(*V);
    if (const YamlNode *V = F.optional("headers"))
      Result.About.Headers = headers(*V);
    F.optional("namespaces"); // read before, because `@` needs them
    for (const Section &S : Sections)
      if (const YamlNode *V = F.optional(S.Key))
        (this->*S.Read)(*V);
    for (const RoleWord &W : roleWords())
      if (const YamlNode *V = F.optional(W.Key))
        role(*V, W);
  }
  refuseBoth("blocking", "nonblocking");
  refuseBoth("mutexes", "async-mutexes");
  return std::move(Result);
}

static std::vector<std::string> namespaces(const YamlNode &Root,
                                           YamlErrors &Errors) {
  for (size_t I = 0; I != Root.Keys.size(); ++I)
    if (Root.Keys[I].Text == "namespaces")
      return texts(Reader(Errors, {}).names(Root.Items[I], NameKind::Type));
  return {};
}

llvm::Expected<ModelFile> loadModels(llvm::StringRef YAML,
                                     llvm::StringRef Name) {
  YamlErrors Errors(Name);
  const std::optional<YamlNode> Root = readYaml(YAML, Errors);
  if (Root && Root->What == YamlNode::Kind::Null)
    Errors.add(*Root, "the file is empty: `library` and `summary` are needed");
  if (!Errors.empty())
    return Errors.take();
  ModelFile Result =
      Loader(Errors, namespaces(*Root, Errors), Name).load(*Root);
  if (llvm::Error E = Errors.take())
    return E;
  return Result;
}

} // namespace async_tidy
