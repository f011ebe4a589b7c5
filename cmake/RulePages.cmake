# cmake -DTOOL=async-tidy -DCHECKS=DIR -DOUT=DIR -P RulePages.cmake: writes the
# pages of the rules for readers of the repository, and their index. They are the
# pages in checks/ with a line of what the program knows about the rule.

execute_process(COMMAND ${TOOL} rules --json OUTPUT_VARIABLE RULES
  COMMAND_ERROR_IS_FATAL ANY)
string(JSON COUNT LENGTH "${RULES}")
math(EXPR LAST "${COUNT} - 1")

set(INDEX "# The rules\n\nGenerated from [checks](../../checks) by `cmake --build build/release --target docs`.\n\n")
string(APPEND INDEX "| rule | group | level | what it reports |\n|---|---|---|---|\n")
foreach(I RANGE ${LAST})
  foreach(KEY id group level since summary)
    string(JSON ${KEY} GET "${RULES}" ${I} ${KEY})
  endforeach()
  string(APPEND INDEX "| [`${id}`](${id}.md) | ${group} | ${level} | ${summary} |\n")

  file(READ ${CHECKS}/${group}/${id}.md PAGE)
  string(REPLACE "# ${id}\n" "# ${id}\n\nLevel: ${level}. Since: ${since}. Group: ${group}. Source: [${id}.cpp](../../checks/${group}/${id}.cpp), [fixture](../../test/rules/${id}.cpp).\n" PAGE "${PAGE}")
  file(WRITE ${OUT}/${id}.md "${PAGE}")
endforeach()
file(WRITE ${OUT}/index.md "${INDEX}")
