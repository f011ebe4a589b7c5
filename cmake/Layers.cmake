# A layer is a folder of src: one static library, which may include only the
# layers that it USES. The engine's layers exist once for each LLVM version whose
# headers they are compiled with: `facts-22`, `facts-19`.

# async_tidy_layer(NAME LLVM N [USES LAYER...] [PCH HEADER...])
function(async_tidy_layer NAME)
  cmake_parse_arguments(A "" LLVM "USES;PCH" ${ARGN})
  set(TARGET ${NAME}-${A_LLVM})
  file(GLOB SOURCES CONFIGURE_DEPENDS ${NAME}/*.cpp ${NAME}/*.h)
  add_library(${TARGET} STATIC ${SOURCES})
  target_include_directories(${TARGET} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${TARGET} PUBLIC llvm-headers-${A_LLVM})
  foreach(LAYER ${A_USES})
    target_link_libraries(${TARGET} PUBLIC ${LAYER}-${A_LLVM})
  endforeach()
  if(A_PCH)
    target_precompile_headers(${TARGET} PRIVATE ${A_PCH})
  endif()
endfunction()

# async_tidy_embed(TARGET FILE NAME): FILE as a string literal that sources of
# TARGET can include by `#include "NAME"`.
function(async_tidy_embed TARGET FILE NAME)
  set(OUT ${PROJECT_BINARY_DIR}/generated/${NAME})
  get_source_file_property(DONE ${OUT} GENERATED)
  if(NOT DONE)
    add_custom_command(OUTPUT ${OUT}
      COMMAND ${CMAKE_COMMAND} -DIN=${FILE} -DOUT=${OUT}
        -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
      DEPENDS ${FILE} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake VERBATIM
      COMMENT "Embedding ${NAME}")
  endif()
  target_sources(${TARGET} PRIVATE ${OUT})
endfunction()
