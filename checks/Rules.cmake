# What the lines of checks/CMakeLists.txt do. The result is a library
# `checks-N` for each LLVM version, with
#   - the rules' code,
#   - allRules() and documentation() of rules/Rule.h,
#   - builtinModelTexts() of models/Models.h.

set(RULE_TABLE "")
set(RULE_DECLARATIONS "")
set(RULE_PAGES "")
set(RULE_SOURCES "")
set(RULE_EMBEDDED "")
set(MODEL_TEXTS "")

function(async_tidy_rule GROUP ID)
  set(SOURCE ${CMAKE_CURRENT_SOURCE_DIR}/${GROUP}/${ID}.cpp)
  set(PAGE ${CMAKE_CURRENT_SOURCE_DIR}/${GROUP}/${ID}.md)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${SOURCE} ${PAGE})
  foreach(NEEDED ${SOURCE} ${PAGE} ${PROJECT_SOURCE_DIR}/test/rules/${ID}.cpp)
    if(NOT EXISTS ${NEEDED})
      message(FATAL_ERROR "rule ${ID}: missing ${NEEDED}")
    endif()
  endforeach()
  string(REPLACE "-" "_" NAME ${ID})
  set(RULE_SOURCES ${RULE_SOURCES} ${SOURCE} PARENT_SCOPE)
  set(RULE_EMBEDDED ${RULE_EMBEDDED} ${PAGE} ${ID}.md.inc PARENT_SCOPE)
  string(APPEND RULE_DECLARATIONS "extern const Rule ${NAME};\n")
  string(APPEND RULE_TABLE "    &${NAME},\n")
  string(APPEND RULE_PAGES
    "  if (&R == &${NAME})\n    return\n#include \"${ID}.md.inc\"\n        ;\n")
  set(RULE_DECLARATIONS ${RULE_DECLARATIONS} PARENT_SCOPE)
  set(RULE_TABLE ${RULE_TABLE} PARENT_SCOPE)
  set(RULE_PAGES "${RULE_PAGES}" PARENT_SCOPE)
endfunction()

function(async_tidy_models)
  foreach(FILE ${ARGN})
    get_filename_component(NAME ${FILE} NAME)
    list(APPEND RULE_EMBEDDED ${FILE} ${NAME}.inc)
    string(APPEND MODEL_TEXTS
      "    {\"${NAME}\",\n#include \"${NAME}.inc\"\n    },\n")
  endforeach()
  set(RULE_EMBEDDED ${RULE_EMBEDDED} PARENT_SCOPE)
  set(MODEL_TEXTS "${MODEL_TEXTS}" PARENT_SCOPE)
endfunction()

# Makes the libraries out of what the lines said.
function(async_tidy_checks)
  set(TABLES ${PROJECT_BINARY_DIR}/generated/Tables.cpp)
  configure_file(Tables.cpp.in ${TABLES} @ONLY)
  foreach(LLVM 22 ${ASYNC_TIDY_PLUGINS})
    if(TARGET checks-${LLVM})
      continue()
    endif()
    add_library(checks-${LLVM} STATIC ${RULE_SOURCES} ${TABLES})
    target_include_directories(checks-${LLVM}
      PRIVATE ${PROJECT_BINARY_DIR}/generated)
    target_link_libraries(checks-${LLVM} PUBLIC rules-${LLVM})
    set(REST ${RULE_EMBEDDED})
    while(REST)
      list(POP_FRONT REST FILE NAME)
      async_tidy_embed(checks-${LLVM} ${FILE} ${NAME})
    endwhile()
  endforeach()
endfunction()
