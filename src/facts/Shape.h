//===- Shape.h - Where in a body each expression stands -------------------===//
//
// One walk over a body as it is written, before its CFG is read: which loop,
// which try block and which handler holds an expression, what its value
// initialises, how a variable is named, and whether a co_await made it.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_SHAPE_H
#define ASYNC_TIDY_FACTS_SHAPE_H

#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

namespace async_tidy {

class Shape {
public:
  struct Place {
    int Loop = -1;
    bool InCondition = false;
    const clang::CXXTryStmt *Try = nullptr;
    int TryIndex = -1;
    int Handler = -1;
    /// Within the call of `await_suspend` that a co_await makes.
    bool MakesHandle = false;
    /// Of what stands in the initialiser of a member: where it is used.
    clang::SourceLocation UsedAt;
  };
  enum class Part { Ready, Resume };

  /// Fills in the loops, try blocks and handlers of \p Out.
  Shape(const clang::FunctionDecl &D, Names &N, ValueReader &Values,
        FunctionFacts &Out)
      : InConstructor(llvm::isa<clang::CXXConstructorDecl>(D)), N(N),
        Values(Values), Out(Out), Loops(Out.Loops) {}

  /// Walks \p S. Bodies of lambdas and unevaluated operands are left out.
  void walk(const clang::Stmt *S, Place At);
  /// Draws the conclusions that need the whole body; after the walks.
  void finish();
  /// The place of \p S, or null if the walk did not come by.
  const Place *find(const clang::Stmt *S) const {
    auto It = Places.find(S);
    return It == Places.end() ? nullptr : &It->second;
  }
  /// The comparison or negation of which \p E, a local that nothing writes
  /// again, keeps the outcome; null if it is none.
  const clang::Expr *keptTest(const clang::Expr *E) const;
  /// Says that the value of \p E becomes the object \p P.
  void becomes(const clang::Expr *E, const ObjectPath &P);
  /// Says that \p Member of \p Whole is made from \p Init.
  void binds(const clang::FieldDecl &Member, const ObjectPath &Whole,
             const clang::Expr *Init);

  llvm::DenseMap<const clang::Stmt *, Place> Places;
  /// Operands of `noexcept` and the like, which Clang's CFG holds too.
  llvm::DenseSet<const clang::Stmt *> Unevaluated;
  llvm::DenseMap<const clang::Expr *, ObjectPath> Targets;
  llvm::DenseSet<const clang::Expr *> Returned;
  /// Expressions whose value nobody takes.
  llvm::DenseMap<const clang::Expr *, CallSite::Discard> Discarded;
  /// Locals that nothing names after their declaration.
  llvm::StringSet<> UnusedLocals;
  /// Names of variables that are assigned to, moved from, captured.
  llvm::DenseSet<const clang::Expr *> Written, Moved, Captured;
  llvm::DenseMap<const clang::Expr *,
                 std::pair<const clang::CoroutineSuspendExpr *, Part>>
      AwaitParts;
  /// The try block around another.
  llvm::DenseMap<const clang::CXXTryStmt *, const clang::CXXTryStmt *> Outer;
  /// Where a try block is found in `FunctionFacts::Tries`.
  llvm::DenseMap<const clang::CXXTryStmt *, unsigned> TryOf;

private:
  void children(const clang::Stmt *S, Place At);
  int enterLoop(const clang::Stmt *S, Loop::Kind What,
                const clang::Expr *Condition, Place At);
  void leaveOut(const clang::Stmt *S);
  bool isNever(const clang::Expr *Condition);
  void writes(Place At);
  void changes(Place At);
  /// `x = Given`; `++x` or `--x`; a local is named; its value is taken.
  void assigns(const clang::Expr *Given, Place At);
  void steps(const clang::UnaryOperator *E, Place At);
  void mentions(const clang::DeclRefExpr *E, Place At);
  void reads(const clang::CastExpr *E);
  void leaves(Place At);
  void inHandlers(Place At, bool Handler::*What);
  void discard(const clang::Stmt *S, CallSite::Discard How);
  void walkLoop(const clang::Stmt *Body, Place In);
  void walkTry(const clang::CXXTryStmt *S, Place At);
  void walkVariable(const clang::VarDecl *Var, Place At);
  void reads(const clang::Stmt *S, List<ObjectPath> &Out);

  const bool InConstructor;
  Names &N;
  ValueReader &Values;
  FunctionFacts &Out;
  List<Loop> &Loops;
  llvm::SmallVector<bool, 4> BreakLeavesLoop;
  /// How a local is named: otherwise than for its value, by loops otherwise
  /// than in a statement `++x`, and where these are.
  struct Mentions {
    int Unread = 0, InLoops = 0;
    llvm::SmallVector<Place, 1> Steps;
  };
  llvm::DenseMap<const clang::VarDecl *, Mentions> MentionsOf;
  /// For each handler: the one around it, and the loop.
  llvm::SmallVector<std::pair<int, int>, 4> AroundHandler;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_SHAPE_H
