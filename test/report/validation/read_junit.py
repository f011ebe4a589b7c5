"""Reads a JUnit report as junitparser does, and says what it counts:
`tests failures errors`, in all and summed up test by test."""

import sys

from junitparser import Error, Failure, JUnitXml

report = JUnitXml.fromfile(sys.argv[1])
cases = [case for suite in report for case in suite]
print(sum(suite.tests for suite in report),
      sum(suite.failures for suite in report),
      sum(suite.errors for suite in report))
print(len(cases),
      sum(isinstance(r, Failure) for case in cases for r in case.result),
      sum(isinstance(r, Error) for case in cases for r in case.result))
