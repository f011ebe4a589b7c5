//===- Symbol.cpp - A text that is kept once ------------------------------===//

#include "facts/Symbol.h"
#include <array>
#include <mutex>

namespace async_tidy {

const Symbol::Texts::MapEntryTy *Symbol::keep(llvm::StringRef Text) {
  if (Text.empty())
    return nullptr;
  // Several, because an editor's threads parse at the same time.
  struct Shard {
    std::mutex Lock;
    Texts All;
  };
  // Never destroyed: symbols may be used until the very end.
  static auto &Shards = *new std::array<Shard, 16>();
  // The map looks at all bits of its own hash; these are others.
  const size_t Which = (Text.size() * 31 + uint8_t(Text.back())) * 31 +
                       uint8_t(Text[Text.size() / 2]);
  Shard &In = Shards[Which % Shards.size()];
  const std::lock_guard<std::mutex> Guard(In.Lock);
  return &*In.All.insert(Text).first;
}

} // namespace async_tidy
