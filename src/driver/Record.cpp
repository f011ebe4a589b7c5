//===- Record.cpp - What is kept of a unit --------------------------------===//

#include "driver/Record.h"
#include "facts/Fields.h"
#include "facts/Serialize.h"
#include <map>
#include <mutex>

using namespace llvm;

namespace async_tidy {

template <AnyConst<SharedFunction> T> void eachField(T &F, auto &&Do) {
  auto &[Position, Facts, Id] = F;
  Do("position", Position);
  if constexpr (std::is_const_v<T>) {
    Do("facts", *Facts);
  } else {
    std::string Bytes;
    Do("facts", Bytes);
    Id = digestOf(Bytes);
    Facts = std::make_shared<const std::string>(std::move(Bytes));
  }
}

template <AnyConst<UnitRecord> T> void eachField(T &R, auto &&Do) {
  auto &[Head, Body, Shared] = R;
  Do("head", Head), Do("body", Body), Do("shared", Shared);
}

static constexpr StringLiteral Magic = "async-tidy unit\n";

static Error damaged(StringRef Why) {
  return createStringError(inconvertibleErrorCode(),
                           "not facts of this version of async-tidy: " + Why);
}

Digest UnitRecord::digest() const {
  Digester D;
  D(Head)(Body);
  for (const SharedFunction &F : Shared)
    D(F.Position)(F.Id);
  return D.digest();
}

UnitRecord pack(TranslationUnitFacts Unit, StringRef Root) {
  const Anchors InRoot{Root.str(), {}}, InUnit{Root.str(), Unit.MainFile};
  TranslationUnitFacts Head;
  Head.MainFile = Unit.MainFile;
  Head.Files = std::move(Unit.Files);
  Head.Errors = std::move(Unit.Errors);
  Head.BodiesAnalysed = Unit.BodiesAnalysed;
  Head.BodiesSkipped = Unit.BodiesSkipped;
  Unit.Files.clear(), Unit.Errors.clear(), Unit.MainFile.clear();
  Unit.BodiesAnalysed = Unit.BodiesSkipped = 0;

  UnitRecord R;
  R.Head = serialize(Head, InRoot);
  FunctionList Own;
  for (unsigned I = 0; I < Unit.Functions.size(); ++I) {
    const FunctionFacts &F = Unit.Functions[I];
    if (F.Where.File == Head.MainFile) {
      Own.share(Unit.Functions.shared(I));
      continue;
    }
    auto Facts =
        std::make_shared<const std::string>(serializeFunction(F, InUnit));
    const Digest Id = digestOf(*Facts);
    R.Shared.push_back({I, std::move(Facts), Id});
  }
  Unit.Functions = std::move(Own);
  R.Body = serialize(Unit, InUnit);
  return R;
}

/// What was read of functions of headers, for units that say the same of them.
/// It lives as long as somebody holds it.
class ReadBefore {
public:
  /// The facts that \p F means in the unit of \p A.
  static Expected<std::shared_ptr<const FunctionFacts>>
  read(const SharedFunction &F, const Anchors &A) {
    static auto &Known = *new ReadBefore();
    const std::lock_guard<std::mutex> Guard(Known.Lock);
    std::weak_ptr<const FunctionFacts> &Place = Known.All[{F.Id, A.Root}];
    if (std::shared_ptr<const FunctionFacts> Before = Place.lock())
      return Before;
    bool NamesUnit = false;
    Expected<FunctionFacts> Facts =
        deserializeFunction(*F.Facts, A, &NamesUnit);
    if (!Facts)
      return Facts.takeError();
    auto New = std::make_shared<const FunctionFacts>(std::move(*Facts));
    // What has internal linkage is another function in each unit.
    if (!NamesUnit)
      Place = New;
    return New;
  }

private:
  std::mutex Lock;
  std::map<std::pair<Digest, Symbol>, std::weak_ptr<const FunctionFacts>> All;
};

Expected<TranslationUnitFacts> unpackHead(StringRef Head, StringRef Root) {
  return deserialize(Head, {Root.str(), {}});
}

Error unpackBody(const UnitRecord &R, StringRef Root,
                 TranslationUnitFacts &Unit) {
  const Anchors InUnit{Root.str(), Unit.MainFile};
  Expected<TranslationUnitFacts> Body = deserialize(R.Body, InUnit);
  if (!Body)
    return Body.takeError();
  Unit.Declarations = std::move(Body->Declarations);
  Unit.Types = std::move(Body->Types);
  Unit.Awaitables = std::move(Body->Awaitables);
  Unit.Directives = std::move(Body->Directives);
  Unit.Includes = std::move(Body->Includes);
  FunctionList All;
  const FunctionList &Own = Body->Functions;
  All.reserve(Own.size() + R.Shared.size());
  size_t Next = 0; // of `Own`
  for (const SharedFunction &S : R.Shared) {
    while (All.size() < S.Position && Next != Own.size())
      All.share(Own.shared(Next++));
    if (All.size() != S.Position)
      return damaged("a function has no place");
    auto F = ReadBefore::read(S, InUnit);
    if (!F)
      return F.takeError();
    All.share(std::move(*F));
  }
  while (Next != Own.size())
    All.share(Own.shared(Next++));
  Unit.Functions = std::move(All);
  return Error::success();
}

std::string encode(const UnitRecord &R) {
  const Anchors None;
  BytesWriter W(None);
  W.write(R);
  const std::string Payload = W.take();
  std::string Bytes = Magic.str();
  Bytes += digestOf(Payload).text();
  return Bytes + Payload;
}

Expected<UnitRecord> decodeRecord(StringRef Bytes) {
  if (!Bytes.consume_front(Magic))
    return damaged("the beginning is not the one of facts");
  const size_t Size = Digest().text().size();
  const StringRef Payload = Bytes.drop_front(std::min(Size, Bytes.size()));
  if (Bytes.take_front(Size) != digestOf(Payload).text())
    return damaged("the bytes are damaged");
  BytesReader Reader(Payload);
  UnitRecord R;
  Reader.read(R);
  if (!Reader.error().empty())
    return damaged(Reader.error());
  return R;
}

} // namespace async_tidy
