#!/bin/sh
# check.sh REPORT EXIT_CODE PASSED: shows the report if it has something to say,
# and fails as `async-tidy link` did.
code="$(cat "$2")" || exit 2
test "$code" = 0 && grep -qx 'no findings' "$1" &&
  ! grep -Eq '^note: | not analysed:$' "$1" || cat "$1" >&2 || exit 2
test "$code" = 0 || exit "$code"
echo >"$3"
