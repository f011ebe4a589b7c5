//===- BodyReader.h - The parts of reading a body -------------------------===//
//
// Private to the extraction of bodies: Flow.cpp walks control flow, Body.cpp
// reads what each evaluated expression says, Uses.cpp what becomes of
// variables.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_BODYREADER_H
#define ASYNC_TIDY_FACTS_BODYREADER_H

#include "facts/Body.h"
#include "facts/Shape.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"

namespace async_tidy {

/// Reads one function; see Body.h.
class BodyReader {
public:
  BodyReader(const clang::FunctionDecl &D, Names &N, FunctionFacts &Out,
             Mentioned &Also)
      : D(D), N(N), Out(Out), Also(Also), Values(N, D),
        Where(D, N, Values, Out) {}

  void read();
  void readInitialisers(const clang::CXXRecordDecl &R);

private:
  // The walk over control flow.
  bool readFlow(clang::Stmt *Body);
  llvm::BitVector reachable(const clang::CFG &G) const;
  void readElement(const clang::CFGElement &E);
  std::optional<Branch> readTest(const clang::Expr *Condition);
  void readParts(const clang::Expr *Condition, bool Outcome,
                 List<Branch> &Known);
  std::string readCase(const clang::CFGBlock *Case);
  void beginTries(const clang::CXXTryStmt *Try);
  /// Reads an expression that the CFG does not take apart, in evaluation order.
  void readLinear(const clang::Stmt *S);

  // What an evaluated expression says.
  void readStmt(const clang::Stmt *S);
  void readCall(const clang::CallExpr *E);
  void readConstruction(const clang::CXXConstructExpr *E);
  void readSuspension(const clang::CoroutineSuspendExpr *E);
  void readDestruction(const clang::CXXDestructorDecl *Dtor, ObjectPath Object,
                       clang::SourceLocation At, const clang::Stmt *Near);
  void readPromise(const clang::CoroutineBodyStmt &Body);

  // What is tested and thrown.
  void readComparison(const clang::Expr *E, clang::BinaryOperatorKind What);
  void readThrow(const clang::CXXThrowExpr *E);
  void readOperands(const clang::Stmt *S, Comparison &Out);
  List<Symbol> furtherParameters(const clang::FunctionDecl &Callee,
                                 unsigned Given);

  // Variables.
  void readDeclaration(const clang::VarDecl *Var, const clang::Stmt *Near);
  void readUse(const clang::Expr *E);
  void readErrno(const clang::UnaryOperator *E);
  bool isObliging(clang::QualType T, unsigned Depth = 2);

  void setCallee(CallSite &C, const clang::FunctionDecl *Callee);
  void setArguments(CallSite &C, llvm::ArrayRef<const clang::Expr *> Arguments);
  unsigned add(CallSite C, const clang::Expr *E, const clang::Stmt *Near);
  void addEvent(Event::Kind What, unsigned Index);
  void consume(llvm::ArrayRef<const clang::Expr *> Given, unsigned By);

  const clang::FunctionDecl &D;
  Names &N;
  FunctionFacts &Out;
  Mentioned &Also;
  ValueReader Values;
  Shape Where;
  Block *Current = nullptr;
  /// Where a default argument is used.
  clang::SourceLocation UsedAt;
  llvm::DenseSet<const clang::CXXTryStmt *> Begun;
  llvm::DenseMap<const clang::CXXTryStmt *, List<unsigned>> Handlers;
  llvm::DenseMap<const clang::CoroutineSuspendExpr *, unsigned> SuspensionOf;
  llvm::DenseMap<const clang::VarDecl *, unsigned> VariableOf;
  /// Outside coroutines: the variables whose uses are of interest.
  llvm::StringSet<> Watched;
  /// Whether a class is made to be awaited, or holds what is.
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> Obliging;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_BODYREADER_H
