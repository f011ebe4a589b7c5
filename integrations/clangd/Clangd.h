//===- Clangd.h - What clangd is told of our checks -----------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_CLANGD_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_CLANGD_H

namespace async_tidy {

/// Set before clangd starts: of all checks only ours run.
extern bool OnlyOurChecks;

} // namespace async_tidy

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_CLANGD_H
