//===- Record.cpp - What is kept of a unit --------------------------------===//

#include "driver/Record.h"
#include "facts/Fields.h"
#include "facts/Serialize.h"

using namespace llvm;

namespace async_tidy {

template <AnyConst<SharedFunction> T> void eachField(T &F, auto &&Do) {
  auto &[Position, Facts] = F;
  Do("position", Position), Do("facts", Facts);
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
    D(F.Position)(digestOf(F.Facts));
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
  std::vector<FunctionFacts> Own;
  for (unsigned I = 0; I < Unit.Functions.size(); ++I) {
    FunctionFacts &F = Unit.Functions[I];
    F.Unit.clear();
    if (F.Where.File == Head.MainFile)
      Own.push_back(std::move(F));
    else
      R.Shared.push_back({I, serializeFunction(F, InUnit)});
  }
  Unit.Functions = std::move(Own);
  R.Body = serialize(Unit, InUnit);
  return R;
}

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
  Unit.Functions.clear();
  Unit.Functions.reserve(Body->Functions.size() + R.Shared.size());
  auto Own = Body->Functions.begin();
  for (const SharedFunction &S : R.Shared) {
    while (Unit.Functions.size() < S.Position && Own != Body->Functions.end())
      Unit.Functions.push_back(std::move(*Own++));
    if (Unit.Functions.size() != S.Position)
      return damaged("a function has no place");
    Expected<FunctionFacts> F = deserializeFunction(S.Facts, InUnit);
    if (!F)
      return F.takeError();
    Unit.Functions.push_back(std::move(*F));
  }
  std::move(Own, Body->Functions.end(), std::back_inserter(Unit.Functions));
  for (FunctionFacts &F : Unit.Functions)
    F.Unit = Unit.MainFile;
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
  BytesReader Reader(Payload, {});
  UnitRecord R;
  Reader.read(R);
  if (!Reader.error().empty())
    return damaged(Reader.error());
  return R;
}

} // namespace async_tidy
