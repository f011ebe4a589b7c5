//===- Roles.h - The roles of a model file --------------------------------===//
//
// A role is a key of a model file under which names stand that are the same to
// some rule: what detaches a task, what bounds a queue. All are read and asked
// alike; the table says what each is called and what may stand there.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_ROLES_H
#define ASYNC_TIDY_MODELS_ROLES_H

#include "models/Reader.h"

namespace async_tidy {

struct RoleWord {
  llvm::StringLiteral Key;
  Role Is;
  NameKind Of;
  /// Whether entries say at which position.
  enum class Position { No, Optional, Required } At;
  llvm::StringLiteral Phrase; ///< for people
};

llvm::ArrayRef<RoleWord> roleWords();

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_ROLES_H
