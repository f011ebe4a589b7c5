//===- SarifState.h - What SARIF says beside the finding itself -----------===//

#ifndef ASYNC_TIDY_REPORT_SARIFSTATE_H
#define ASYNC_TIDY_REPORT_SARIFSTATE_H

#include "report/JsonValue.h"
#include "report/Report.h"

namespace async_tidy {

/// Adds to \p Result whether \p F is suppressed, fixed or old.
void addState(const Finding &F, JsonValue &Result);

/// A result that is not there any more, but for its place and its rule's index.
JsonValue absentResult(const GoneFinding &G);

/// The properties of a run: units, level, metrics.
JsonValue runProperties(const Report &R);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_SARIFSTATE_H
