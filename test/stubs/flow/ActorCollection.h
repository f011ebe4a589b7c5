// Mock of flow's collections of actors. Declarations only.
#pragma once
#include <flow/flow.h>

class ActorCollection {
 public:
  explicit ActorCollection(bool returnWhenEmptied);
  void add(Future<Void> actor);
  Future<Void> getResult() const;
};
