//===- ClangCompat.h - What differs between the supported LLVM versions ---===//
//
// The one place that knows LLVM's version. Everything else is written against
// LLVM 22.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_CLANGCOMPAT_H
#define ASYNC_TIDY_FACTS_CLANGCOMPAT_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"
#include "llvm/Config/llvm-config.h"

namespace async_tidy::compat {

/// The record that a type names, or null.
inline const clang::CXXRecordDecl *recordOf(clang::QualType T) {
  return T.isNull() ? nullptr : T->getAsCXXRecordDecl();
}

/// The canonical type of a tag declaration.
inline clang::QualType typeOf(const clang::ASTContext &Ctx,
                              const clang::TagDecl *D) {
#if LLVM_VERSION_MAJOR >= 22
  return Ctx.getCanonicalTagType(D);
#else
  return Ctx.getTagDeclType(D);
#endif
}

/// The compiler made \p Var for a range-`for`.
inline bool isRangeForVariable(const clang::VarDecl *Var) {
#if LLVM_VERSION_MAJOR >= 22
  return Var->isCXXForRangeImplicitVar();
#else
  return Var->isImplicit() && Var->getName().starts_with("__");
#endif
}

} // namespace async_tidy::compat

#endif // ASYNC_TIDY_FACTS_CLANGCOMPAT_H
