//===- Shape.h - Where in a body each expression stands -------------------===//
//
// One walk over a body as it is written, before its CFG is read: which loop and
// which try block holds an expression, what its value initialises, and whether
// a co_await made it.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_SHAPE_H
#define ASYNC_TIDY_FACTS_SHAPE_H

#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace async_tidy {

class Shape {
public:
  struct Place {
    int Loop = -1;
    bool InCondition = false;
    const clang::CXXTryStmt *Try = nullptr;
    /// Within the call of `await_suspend` that a co_await makes.
    bool MakesHandle = false;
  };
  enum class Part { Ready, Resume };

  Shape(Names &N, ValueReader &Values, std::vector<Loop> &Loops)
      : N(N), Values(Values), Loops(Loops) {}

  /// Walks \p S. Bodies of lambdas and unevaluated operands are left out.
  void walk(const clang::Stmt *S, Place At);
  /// The place of \p S, or null if the walk did not come by.
  const Place *find(const clang::Stmt *S) const {
    auto It = Places.find(S);
    return It == Places.end() ? nullptr : &It->second;
  }
  /// Says that the value of \p E becomes the object \p P.
  void becomes(const clang::Expr *E, const ObjectPath &P);

  llvm::DenseMap<const clang::Stmt *, Place> Places;
  /// Operands of `noexcept` and the like, which Clang's CFG holds too.
  llvm::DenseSet<const clang::Stmt *> Unevaluated;
  llvm::DenseMap<const clang::Expr *, ObjectPath> Targets;
  llvm::DenseSet<const clang::Expr *> Returned;
  llvm::DenseMap<const clang::Expr *,
                 std::pair<const clang::CoroutineSuspendExpr *, Part>>
      AwaitParts;
  /// The try block around another.
  llvm::DenseMap<const clang::CXXTryStmt *, const clang::CXXTryStmt *> Outer;

private:
  void children(const clang::Stmt *S, Place At);
  int enterLoop(const clang::Stmt *S, Loop::Kind What,
                const clang::Expr *Condition, Place At);
  void leaveOut(const clang::Stmt *S);
  void writes(Place At);
  void leaves(Place At);
  void reads(const clang::Stmt *S, std::vector<ObjectPath> &Out);

  Names &N;
  ValueReader &Values;
  std::vector<Loop> &Loops;
  llvm::SmallVector<bool, 4> BreakLeavesLoop;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_SHAPE_H
