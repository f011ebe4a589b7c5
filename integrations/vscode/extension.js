// Starts async-clangd, or has the clangd extension start it: two servers for one
// file would say everything twice.

const vscode = require('vscode');
const {LanguageClient} = require('vscode-languageclient/node');

const CLANGD_EXTENSION = 'llvm-vs-code-extensions.vscode-clangd';
const LANGUAGES = ['c', 'cpp', 'cuda-cpp', 'objective-c', 'objective-cpp'];

let client;
let status;

function settings() {
  const given = vscode.workspace.getConfiguration('asyncTidy');
  return {path: given.get('path'), arguments: given.get('arguments')};
}

/// Offers to make async-clangd the program of the clangd extension.
async function useInClangd() {
  const clangd = vscode.workspace.getConfiguration('clangd');
  const {path} = settings();
  if (clangd.get('path') === path)
    return;
  const yes = 'Use async-clangd';
  const answer = await vscode.window.showInformationMessage(
      'The clangd extension is installed. Shall it run async-clangd, which ' +
          'is clangd with async-tidy in it?',
      yes, 'Not now');
  if (answer === yes)
    await clangd.update('path', path, vscode.ConfigurationTarget.Global);
}

function showStatus({units, known}) {
  status.text = `$(checklist) async-tidy ${known}/${units}`;
  status.tooltip = known === units
      ? 'The facts of all units of the program are known'
      : `The facts of ${units - known} units are not known: paths through ` +
          'them are not seen. Click to parse them.';
  status.show();
}

async function start() {
  const {path, arguments: args} = settings();
  client = new LanguageClient(
      'async-tidy', 'async-tidy', {command: path, args}, {
        documentSelector: LANGUAGES.map((language) => ({
                                          scheme: 'file',
                                          language,
                                        })),
        initializationOptions: {asyncTidy: {status: true}},
        middleware: {
          window: {
            // The page of a rule is Markdown: shown as it is meant.
            async showDocument(params, next) {
              if (!params.uri.startsWith('file:') ||
                  !params.uri.endsWith('.md'))
                return next(params);
              await vscode.commands.executeCommand(
                  'markdown.showPreviewToSide', vscode.Uri.parse(params.uri));
              return {success: true};
            },
          },
        },
      });
  client.onNotification('$/asyncTidy/status', showStatus);
  await client.start();
}

async function refresh() {
  const editor = vscode.window.activeTextEditor;
  if (!client || !editor)
    return;
  await client.sendRequest('workspace/executeCommand', {
    command: 'asyncTidy.refresh',
    arguments: [editor.document.uri.toString()],
  });
}

async function activate(context) {
  if (vscode.extensions.getExtension(CLANGD_EXTENSION))
    return useInClangd();
  status = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right);
  status.command = 'asyncTidy.refreshFacts';
  context.subscriptions.push(
      status,
      vscode.commands.registerCommand('asyncTidy.refreshFacts', refresh),
      vscode.commands.registerCommand('asyncTidy.restart', async () => {
        await client.stop();
        await start();
      }));
  await start();
}

async function deactivate() {
  if (client)
    await client.stop();
}

module.exports = {activate, deactivate};
