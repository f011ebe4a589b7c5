-- Opens the file that it is started with, sees our diagnostics, applies a fix
-- to each and sees them go. What happens is printed for test_editors.py.

local function ours()
  return vim.tbl_filter(function(d) return d.source == 'async-tidy' end,
                        vim.diagnostic.get(0))
end

local function say(text) io.stdout:write(text .. '\n') end

local client = vim.lsp.start_client({
  name = 'async-clangd',
  cmd = vim.split(vim.env.ASYNC_CLANGD, ' '),
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)

if not vim.wait(60000, function() return #ours() > 0 end, 20) then
  say('no diagnostics')
  vim.cmd('cquit')
end

for _ = 1, 10 do
  local found = ours()[1]
  if not found then break end
  say('found ' .. found.user_data.lsp.code .. ' in line ' .. found.lnum + 1)
  local range = {
    start = { line = found.lnum, character = found.user_data.lsp.character or found.col },
    ['end'] = { line = found.end_lnum, character = found.end_col },
  }
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = range,
    context = { diagnostics = { {
      range = range, message = found.message, source = found.source,
      severity = found.severity, code = found.user_data.lsp.code,
    } } },
  }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 30000)
  local before = #ours()
  for _, action in ipairs(answers[client].result) do
    if action.kind == 'quickfix' and not vim.startswith(action.title, 'suppress') then
      say('applied: ' .. action.title)
      vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
      break
    end
  end
  if not vim.wait(60000, function() return #ours() < before end, 20) then
    say('it stays')
    vim.cmd('cquit')
  end
end
say('left: ' .. #ours())
vim.cmd('silent write')
vim.cmd('quit')
