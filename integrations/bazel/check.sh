#!/bin/sh
# check.sh REPORT EXIT_CODE PASSED: shows the report, and fails as `async-tidy
# link` did.
cat "$1" >&2 || exit 2
code="$(cat "$2")" || exit 2
test "$code" = 0 || exit "$code"
echo >"$3"
