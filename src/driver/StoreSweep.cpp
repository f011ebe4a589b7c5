//===- StoreSweep.cpp - What the store forgets ----------------------------===//
//
// Once a day, after a run that wrote. What another process has at hand may go:
// it notices by the number of the generation.
//
//===----------------------------------------------------------------------===//

#include "driver/StoreTables.h"
#include "llvm/ADT/DenseSet.h"

using namespace llvm;

namespace async_tidy {

/// Units that no run has asked for since so long are those of branches and
/// flags that are gone.
static constexpr int64_t DaysKept = 30;

/// Deletes the rows of \p Table that are not in \p Used.
static Outcome keepOnly(sqlite::Database &DB, const std::string &Table,
                        const DenseSet<int64_t> &Used) {
  std::vector<int64_t> Unused;
  sqlite::Statement All(DB, "SELECT id FROM " + Table);
  Outcome O;
  while ((O = All.step()) == Outcome::Row)
    if (!Used.contains(All.number(0)))
      Unused.push_back(All.number(0));
  sqlite::Statement Delete(DB, "DELETE FROM " + Table + " WHERE id = ?1");
  for (size_t I = 0; I < Unused.size() && O == Outcome::Done; ++I)
    O = Delete.bind(Unused[I]).step();
  return O;
}

/// The numbers in the first column that \p Query gives; every \p Step -th of
/// them from \p First on.
static Outcome collect(sqlite::Database &DB, const char *Query, size_t First,
                       size_t Step, DenseSet<int64_t> &To) {
  sqlite::Statement Rows(DB, Query);
  Outcome O;
  while ((O = Rows.step()) == Outcome::Row) {
    const auto Numbers = unpackNumbers(Rows.bytes(0));
    if (!Numbers)
      return Outcome::Bad;
    for (size_t I = First; I < Numbers->size(); I += Step)
      To.insert((*Numbers)[I]);
  }
  return O;
}

void Store::Implementation::sweep() {
  if (DB->ask("SELECT value FROM meta WHERE name = 'swept'", today()) ==
      today())
    return;
  write([&] {
    Outcome O = Outcome::Done;
    const auto Then = [&](Outcome (*Do)(Implementation &)) {
      if (O == Outcome::Done)
        O = Do(*this);
    };
    Then([](Implementation &I) {
      return I.statement("DELETE FROM unit WHERE day < ?1")
          .bind(today() - DaysKept)
          .step();
    });
    Then([](Implementation &I) {
      return I.DB->run(
          "DELETE FROM body WHERE unit NOT IN (SELECT id FROM unit)");
    });
    Then([](Implementation &I) {
      DenseSet<int64_t> Used;
      const Outcome Read =
          collect(*I.DB, "SELECT functions FROM body", 1, 2, Used);
      return Read == Outcome::Done ? keepOnly(*I.DB, "function", Used) : Read;
    });
    Then([](Implementation &I) {
      DenseSet<int64_t> Used;
      const Outcome Read =
          collect(*I.DB, "SELECT inputs FROM unit", 0, 1, Used);
      return Read == Outcome::Done ? keepOnly(*I.DB, "version", Used) : Read;
    });
    Then([](Implementation &I) {
      return I.DB->run(
          "DELETE FROM file WHERE id NOT IN (SELECT file FROM version);"
          "DELETE FROM stamp WHERE file NOT IN (SELECT id FROM file);"
          "UPDATE meta SET value = value + 1 WHERE name = 'generation';");
    });
    Then([](Implementation &I) {
      return I.statement("UPDATE meta SET value = ?1 WHERE name = 'swept'")
          .bind(today())
          .step();
    });
    return O;
  });
}

} // namespace async_tidy
