// Views, keys, and light.

const keys = [
  ['j / k', 'next / last finding'],
  ['Enter', 'next step of the path; Shift: back'],
  ['1 2 3', 'overview, findings, call graph'],
  ['/', 'search'],
  ['e w n', 'errors, warnings, notes on and off'],
  ['x', 'no filters'],
  ['t', 'dark or light'],
  ['Esc', 'leave a search, this window'],
];

/** Draws what the state says. */
function update() {
  for (const button of document.querySelectorAll('[role="tab"]')) {
    const on = button.dataset.view === state.view;
    button.setAttribute('aria-selected', on);
    byId(button.dataset.view).hidden = !on;
  }
  if (state.view === 'findings') {
    drawFilters();
    drawList();
  } else if (state.view === 'graph') {
    byId('graph-query').value = graph.query;
    byId('graph-leaf').value = graph.leaf;
    drawGraph();
  }
}

function go(view) {
  state.view = view;
  update();
  if (view === 'findings') byId('list').focus();
}

/** The reader's choice, else that of the system. */
function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId('theme').textContent = name === 'dark' ? '\u2600' : '\u263e';
}

function stored(action) {
  try {
    return action(localStorage);
  } catch (error) {
    return null; // some browsers have no storage for files
  }
}

function setUpTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const ofSystem = () => (system.matches ? 'dark' : 'light');
  setTheme(stored((storage) => storage.getItem('async-tidy-theme')) || ofSystem());
  system.addEventListener('change', () => setTheme(ofSystem()));
  byId('theme').addEventListener('click', toggleTheme);
}

function toggleTheme() {
  const name = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  setTheme(name);
  stored((storage) => storage.setItem('async-tidy-theme', name));
}

function showKeys() {
  const dialog = byId('keys');
  dialog.replaceChildren(make('h2', {}, 'Keys'), make('dl', {}, ...keys.flatMap(([key, what]) =>
    [make('dt', {}, make('kbd', {}, key)), make('dd', {}, what)])));
  dialog.showModal();
}

const toggleSeverity = (s) => () => {
  if (!state.severities.delete(s)) state.severities.add(s);
  update();
};

const actions = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  PageDown: () => move(10),
  PageUp: () => move(-10),
  Home: () => move(-findings.length),
  End: () => move(findings.length),
  e: toggleSeverity(2),
  w: toggleSeverity(1),
  n: toggleSeverity(0),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) return;
  const typing = event.target.matches('input[type="search"], select');
  if (typing) {
    if (event.key !== 'Escape' && !(event.key === 'Enter' && event.target.type === 'search')) return;
    event.preventDefault(); // a browser would empty the field and say nothing
    event.target.blur();
    return;
  }
  const inFindings = state.view === 'findings';
  if (event.key === '/') byId(state.view === 'graph' ? 'graph-query' : 'query').focus();
  else if (event.key === '?') showKeys();
  else if (event.key === 't') toggleTheme();
  else if ('123'.includes(event.key)) go(['overview', 'findings', 'graph'][event.key - 1]);
  else if (event.key === 'x') showOnly({});
  else if (inFindings && event.key === 'Enter' && !event.target.closest('button, summary, a')) walk(event.shiftKey ? -1 : 1);
  else if (inFindings && actions[event.key]) actions[event.key]();
  else if (!inFindings && (event.key === 'j' || event.key === 'k')) go('findings');
  else return;
  event.preventDefault();
  if (event.key === '/' && state.view === 'overview') {
    go('findings');
    byId('query').focus();
  }
}

/** `#<fingerprint>` is a finding. */
function openLinked() {
  const linked = findings.find((finding) => finding.id === location.hash.slice(1));
  if (!linked) return;
  state.showHidden = Boolean(linked.hidden);
  showOnly({ chosen: linked });
}

byId('project').textContent = data.project;
document.title = `async-tidy: ${data.project}`;
byId('count-findings').textContent = shown.length.toLocaleString('en');
for (const button of document.querySelectorAll('[role="tab"]'))
  button.addEventListener('click', () => go(button.dataset.view));
byId('help').addEventListener('click', showKeys);
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', openLinked);
setUpTheme();
setUpFilters();
setUpGraph();
drawOverview();
update();
openLinked();
