//===- Rule.h - What a rule is and what it reports ------------------------===//
//
// A rule is a value: what it is called, how it is documented, and one function
// that looks at the facts of one function. Rules do not see the AST, the
// command line, or each other.
//
//   Program --check--> Finding* --select, suppress--> report | clang-tidy
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_RULE_H
#define ASYNC_TIDY_RULES_RULE_H

#include "program/Program.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

struct Rule;

/// How much a team wants to hear; cumulative.
enum class Level { Default, Strict, Hint };

/// Replaces the text from `Begin` up to `End` (exclusive).
struct Edit {
  Location Begin, End;
  std::string Text;
};

/// A change that removes the finding. A safe one keeps the behaviour otherwise.
struct Fix {
  std::string Description;
  std::vector<Edit> Edits;
  bool Safe = true;
};

/// \p Replaced, the text that an edit removes, holds a comment: nobody wants to
/// lose it. What only looks like one counts as one.
bool holdsComment(llvm::StringRef Replaced);

/// Whether a finding was there before: in a baseline, or outside of a change.
enum class BaselineState {
  Unknown, ///< nobody asked
  New,
  Unchanged,
};

/// Something a rule has to say, with the evidence for it.
struct Finding {
  const Rule *From = nullptr;
  Location Where;
  std::string Message;     ///< lower case, no full stop, code in backticks
  std::vector<Step> Steps; ///< why; notes in a terminal, a codeFlow in SARIF
  Severity Weight = Severity::Warning;
  /// The least level at which this one is shown.
  Level Shown = Level::Default;
  /// A rule that says the worse of the same place, from a level on: where that
  /// is heard, this is not.
  struct Other {
    llvm::StringLiteral Rule = "";
    Level Shown = Level::Default;
  };
  Other Unless;
  std::vector<Fix> Fixes;
  /// The qualified name of the function it is in: part of its identity.
  std::string Function;
  /// What the message names (for identity); without lines or paths.
  std::string Subject;
  /// A NOLINT comment or a model file covers it; kept so that reports can mark
  /// it.
  bool Suppressed = false;
  /// It is a model file.
  bool SuppressedByModel = false;
  /// The reason that is given there, or empty.
  std::string Justification;
  /// The driver says it, when all findings are known.
  BaselineState Baseline = BaselineState::Unknown;
  /// A fix removed it; kept so that reports can say so.
  bool Fixed = false;

  /// Somebody is to look at it: what gates count and people are shown.
  bool isOpen() const {
    return !Suppressed && !Fixed && Baseline != BaselineState::Unchanged;
  }

  Finding &because(std::vector<Step> Evidence) {
    Steps = std::move(Evidence);
    return *this;
  }
};

/// An option of a rule: `<rule id>.<Name>` in `CheckOptions`.
struct RuleOption {
  llvm::StringLiteral Name;
  llvm::StringLiteral Default;
  llvm::StringLiteral Help; ///< one sentence
};

/// The options of one rule as set by the user, defaults filled in.
class RuleOptions {
public:
  RuleOptions() = default;
  RuleOptions(const Rule &R,
              const std::map<std::string, std::string> &CheckOptions);
  /// The value of the declared option \p Name.
  llvm::StringRef get(llvm::StringRef Name) const;
  /// A `;`-separated list, blanks trimmed, empty items left out.
  std::vector<llvm::StringRef> list(llvm::StringRef Name) const;
  /// The items of a list that are tiers: `1` to `4`, or their names.
  std::vector<Tier> tiers(llvm::StringRef Name) const;

private:
  std::map<std::string, std::string, std::less<>> Values;
};

/// Collects the findings of one rule in one function.
class FindingSink {
public:
  FindingSink(const Rule &From, const FunctionFacts &In,
              std::vector<Finding> &Out)
      : From(From), In(In), Out(Out) {}

  /// \p Subject is what the message names, for the finding's identity.
  Finding &operator()(Location Where, std::string Message,
                      llvm::StringRef Subject);

private:
  const Rule &From;
  const FunctionFacts &In;
  std::vector<Finding> &Out;
};

/// A comment of the NOLINT family, and what it does for our rules.
struct DirectiveUse {
  enum class State {
    Used,
    Unused,     ///< no rule that it names finds anything there
    NotJudged,  ///< one of them did not run, or not everything was looked at
    NoSuchRule, ///< it names none
  };
  /// A part of the comment's list that speaks of our rules: a name or a glob.
  struct Item {
    llvm::StringRef Pattern;
    State Is = State::NotJudged;
  };
  const SuppressionDirective *Directive = nullptr;
  std::vector<Item> Items;
};

struct Rule {
  llvm::StringLiteral Id;      ///< `async-...`; also the name of its files
  llvm::StringLiteral Group;   ///< the directory it lives in
  llvm::StringLiteral Summary; ///< the first sentence of its page
  llvm::StringLiteral Since;   ///< the first release that has it
  Level Shown = Level::Default;
  void (*Check)(const FunctionFacts &, const Program &, const RuleOptions &,
                FindingSink &) = nullptr;
  llvm::ArrayRef<RuleOption> Options = {};
  /// Of a rule that judges suppressions, after all others; it has no `Check`.
  void (*CheckDirective)(const DirectiveUse &, const RuleOptions &,
                         FindingSink &) = nullptr;
};

/// Every rule, in the order of checks/CMakeLists.txt.
llvm::ArrayRef<const Rule *> allRules();
/// The rule called \p Id, or null.
const Rule *findRule(llvm::StringRef Id);
/// The page of a rule: the Markdown file next to it.
llvm::StringRef documentation(const Rule &R);

/// `default`, `strict` or `hint`.
std::optional<Level> parseLevel(llvm::StringRef Name);

/// What cannot be meant by the values of `async.Level` and of options called
/// `Tiers`, in words. A value that is passed over would silence a rule.
std::vector<std::string>
optionErrors(const std::map<std::string, std::string> &CheckOptions);

/// Names of options and, in \p Checks, of rules that begin like ours and are
/// none, in words: somebody believes that they do something.
std::vector<std::string>
unknownNames(llvm::StringRef Checks,
             const std::map<std::string, std::string> &CheckOptions);

/// What to run and how much to say.
struct Selection {
  Level Wanted = Level::Default;
  std::vector<const Rule *> Rules;
  /// Rules that the user names exactly: they ignore the level.
  std::vector<const Rule *> Named;
  /// clang-tidy's map of option names to values: `async-blocking-call.Tiers`.
  std::map<std::string, std::string> CheckOptions;
  /// The program is all that there is, without errors: what is not found in it
  /// is not there.
  bool Complete = false;
  /// If set, only functions in this file are looked at.
  std::string OnlyIn = {};
};

/// Which rules run under clang-tidy's `Checks` (`-*,async-*`): a list with no
/// `async` pattern leaves all rules on, unless it ends by turning everything
/// off
/// (`-*`); one that names a rule exactly puts it into `Named`.
Selection selectRules(llvm::StringRef Checks, Level Wanted);

/// Runs the selected rules over \p P. Findings come out in the order of place,
/// rule and message, each once; those that a NOLINT comment covers are marked.
std::vector<Finding> check(const Program &P, const Selection &What);

/// Marks the findings that a comment of the NOLINT family covers, by the
/// directives that the units of \p P hold, as clang-tidy does.
void suppress(const Program &P, std::vector<Finding> &Findings);

/// Likewise, by those directives that name the rule of a finding exactly.
void suppressByName(const Program &P, std::vector<Finding> &Findings);

/// A finding, were it only shown: who found it, and where.
using RulePlace = std::pair<const Rule *, Location>;

/// What the comments in \p P that name our rules do, when \p What finds \p All.
/// They are valid as long as \p P.
std::vector<DirectiveUse> directiveUses(const Program &P, const Selection &What,
                                        llvm::ArrayRef<RulePlace> All);

/// Beginnings and ends of NOLINT blocks that have no partner: clang-tidy calls
/// them errors, where it has something to say of the file.
std::vector<Diagnostic> directiveErrors(const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_RULE_H
