# Installs PACKAGE in VERSION into FOLDER with NPM, unless it is there already,
# and makes its PROGRAM executable, which is all that its install script does.

set(INSTALLED ${FOLDER}/node_modules/${PACKAGE}/package.json)
if(EXISTS ${INSTALLED})
  file(READ ${INSTALLED} TEXT)
  string(JSON THERE GET "${TEXT}" version)
  if(THERE STREQUAL VERSION)
    message(STATUS "${PACKAGE} ${VERSION} is there")
    return()
  endif()
endif()

if(NOT NPM)
  message(FATAL_ERROR "npm is not installed: packages.txt names its package")
endif()
file(MAKE_DIRECTORY ${FOLDER})
execute_process(
  COMMAND ${NPM} install --prefix ${FOLDER} --no-save --no-audit --no-fund
    --ignore-scripts ${PACKAGE}@${VERSION}
  COMMAND_ECHO STDOUT
  RESULT_VARIABLE CODE)
if(NOT CODE EQUAL 0 OR NOT EXISTS ${INSTALLED})
  message(FATAL_ERROR "npm could not install ${PACKAGE}@${VERSION}")
endif()
file(CHMOD ${FOLDER}/node_modules/${PACKAGE}/${PROGRAM} PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ WORLD_READ)
