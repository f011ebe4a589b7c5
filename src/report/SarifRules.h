//===- SarifRules.h - What a code scanning service is told of a rule ------===//

#ifndef ASYNC_TIDY_REPORT_SARIFRULES_H
#define ASYNC_TIDY_REPORT_SARIFRULES_H

#include "report/JsonValue.h"
#include "rules/Rule.h"

namespace async_tidy {

/// SARIF's `reportingDescriptor` of \p R, with its page as help.
JsonValue sarifRule(const Rule &R);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_SARIFRULES_H
