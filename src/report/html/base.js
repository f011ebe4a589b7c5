// What all views share: the data, making elements, and what is chosen.
//
// Everything in the data may come from anybody's source code. It becomes text
// nodes and values of properties, never markup.

const data = JSON.parse(document.getElementById('data').textContent);
const severityNames = ['note', 'warning', 'error'];
const { rules, files, findings } = data;

const byId = (id) => document.getElementById(id);

/** An element with properties and children, also in arrays; a string is text. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && name !== 'role') element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

/** A message, whose parts in backticks are code. */
function prose(text) {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, i) => (i % 2 ? make('code', {}, part) : part));
}

const plural = (n, what) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

function placeName(place) {
  if (place.f === undefined) return '';
  return files[place.f].p + (place.n ? `:${place.n}:${place.k}` : '');
}

/** The end of a long path, which tells more than its beginning. */
function shortPath(path, most = 48) {
  if (path.length <= most) return path;
  const end = path.slice(-most);
  const slash = end.indexOf('/');
  return '\u2026' + (slash >= 0 ? end.slice(slash) : end);
}

const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';

/** The place to change: where the path of a finding ends. */
function causeOf(finding) {
  const steps = (finding.t || []).filter((step) => step.n);
  const place = steps.length ? steps[steps.length - 1] : finding;
  return { place, key: placeName(place) };
}

findings.forEach((finding, index) => {
  finding.index = index;
  finding.rule = rules[finding.r];
  finding.path = finding.f === undefined ? '' : files[finding.f].p;
  finding.folder = folderOf(finding.path);
  finding.cause = causeOf(finding).key;
  // `a -> b` is a call of `a` that comes to `b`.
  finding.names = finding.sub.split(' -> ').filter((name, i, all) => name && all.indexOf(name) === i);
  finding.text = [finding.m, placeName(finding), finding.fn, finding.rule.id]
    .concat((finding.t || []).map((step) => step.m)).join('\n').toLowerCase();
});

/** What is chosen; `update` draws what depends on it. */
const state = {
  view: 'overview',
  query: '',
  severities: new Set([0, 1, 2]),
  rule: '',
  level: '',
  folder: '',
  cause: '',
  through: '', // a function of the graph
  onlyNew: false,
  showHidden: false,
  sort: 'gravest',
  chosen: null, // a finding
  step: 0,
};
const initialFilter = { query: '', rule: '', level: '', folder: '', cause: '', through: '', onlyNew: false };

const isIn = (path, folder) => path === folder || path.startsWith(folder + '/');

function matches(finding) {
  return (state.showHidden || !finding.hidden) &&
    state.severities.has(finding.s) &&
    (!state.rule || finding.rule.id === state.rule) &&
    (!state.level || finding.l === state.level) &&
    (!state.folder || isIn(finding.folder, state.folder)) &&
    (!state.cause || finding.cause === state.cause) &&
    (!state.through || chainOf(finding).includes(state.through)) &&
    (!state.onlyNew || finding.new) &&
    state.query.toLowerCase().split(' ').every((word) => finding.text.includes(word));
}

const orders = {
  gravest: (a, b) => b.s - a.s || a.index - b.index,
  file: (a, b) => a.index - b.index,
  rule: (a, b) => a.r - b.r || a.index - b.index,
};

const shown = findings.filter((finding) => !finding.hidden);

/** Goes to the list with this filter and no other. */
function showOnly(filter) {
  Object.assign(state, initialFilter, { severities: new Set([0, 1, 2]), chosen: null }, filter);
  state.view = 'findings';
  update();
}
