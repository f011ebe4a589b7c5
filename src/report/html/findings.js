// The list of findings, of which only what is in sight exists, and one of them
// with its path.

const rowHeight = 54; // as in the style
let listed = []; // what the filters leave
const rows = new Map(); // place in the list -> element

function drawRows() {
  const list = byId('list');
  const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 5);
  const last = Math.min(listed.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 5);
  for (const [i, row] of rows)
    if (i < first || i >= last) {
      row.remove();
      rows.delete(i);
    }
  for (let i = first; i < last; ++i) {
    let row = rows.get(i);
    const finding = listed[i];
    if (!row) {
      row = make('div', { className: `row ${severityNames[finding.s]}${finding.hidden ? ' gone' : ''}`, role: 'option', id: `row-${i}` },
        make('div', { className: 'title' }, finding.new ? make('span', { className: 'badge new' }, 'new') : null,
          finding.new ? ' ' : null, ...prose(finding.m)),
        make('div', { className: 'where' }, `${shortPath(placeName(finding))} \u00b7 ${finding.rule.id.replace(/^async-/, '')}`,
          finding.hidden ? ` \u00b7 ${finding.hidden}` : null));
      row.title = finding.m;
      row.style.top = `${i * rowHeight}px`;
      row.addEventListener('click', () => choose(finding));
      rows.set(i, row);
      list.append(row);
    }
    row.setAttribute('aria-selected', finding === state.chosen);
  }
}

function forgetRows() {
  for (const row of rows.values()) row.remove();
  rows.clear();
}

function drawList() {
  listed = findings.filter(matches).sort(orders[state.sort]);
  if (!listed.includes(state.chosen)) {
    state.chosen = listed[0] || null;
    state.step = 0;
  }
  const total = state.showHidden ? findings.length : shown.length;
  byId('shown').textContent = listed.length === total ? plural(total, 'finding') :
    `${listed.length.toLocaleString('en')} of ${plural(total, 'finding')}`;
  byId('spacer').style.height = `${listed.length * rowHeight}px`;
  forgetRows();
  scrollToChosen();
  drawRows();
  drawDetail();
}

function scrollToChosen() {
  const list = byId('list');
  const i = listed.indexOf(state.chosen);
  if (i < 0) return;
  list.setAttribute('aria-activedescendant', `row-${i}`);
  const top = i * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
}

function choose(finding) {
  state.chosen = finding;
  state.step = 0;
  history.replaceState(null, '', `#${finding.id}`);
  scrollToChosen();
  drawRows();
  drawDetail();
}

/** `by` further down the list. */
function move(by) {
  if (!listed.length) return;
  const i = Math.min(listed.length - 1, Math.max(0, listed.indexOf(state.chosen) + by));
  choose(listed[i]);
}

function stepsOf(finding) {
  return [{ ...finding, m: null }].concat(finding.t || []);
}

/** To another step of the path; the detail has them all. */
function walk(by) {
  const items = document.querySelectorAll('#detail .steps > li');
  if (!items.length) return;
  state.step = Math.min(items.length - 1, Math.max(0, state.step + by));
  items.forEach((item, i) => {
    if (i === state.step) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  });
  items[state.step].scrollIntoView({ block: 'nearest' });
}

function drawStep(step, number) {
  const item = make('li', { 'data-number': number || '\u2022' },
    step.m === null ? null : make('p', {}, ...prose(step.m)),
    frame(step) || (step.f === undefined ? null : make('code', {}, placeName(step))));
  item.addEventListener('click', () => walk(number - state.step));
  return item;
}

function drawDetail() {
  const root = byId('detail');
  const finding = state.chosen;
  if (!finding) {
    root.replaceChildren(make('p', { className: 'empty' }, 'Nothing matches these filters.'));
    return;
  }
  const meta = make('div', { className: 'meta' },
    make('span', { className: `badge ${severityNames[finding.s]}` }, severityNames[finding.s]),
    make('span', { className: 'badge plain' }, finding.rule.id),
    make('span', { className: 'badge plain' }, `level ${finding.l}`),
    finding.new ? make('span', { className: 'badge new' }, 'new') : null,
    finding.hidden ? make('span', { className: 'badge plain' }, finding.hidden) : null,
    make('span', {}, placeName(finding)));
  const steps = make('ol', { className: 'steps' }, ...stepsOf(finding).map(drawStep));
  const fixes = (finding.fix || []).map((fix) =>
    make('p', { className: 'fixes' }, make('strong', {}, fix.safe ? 'Fix: ' : 'Unsafe fix: '), prose(fix.m),
      fix.safe ? [' (', make('code', {}, '--fix'), ')'] : null));
  const more = [];
  if (finding.cause !== placeName(finding)) {
    const same = shown.filter((other) => other.cause === finding.cause).length;
    if (same > 1) {
      const button = make('button', { className: 'more' }, `${plural(same, 'finding')} end at ${finding.cause}`);
      button.addEventListener('click', () => showOnly({ cause: finding.cause }));
      more.push(button);
    }
  }
  if (chainOf(finding).length > 1) {
    const button = make('button', { className: 'more' }, 'Show it in the call graph');
    button.addEventListener('click', () => showInGraph(chainOf(finding)[0]));
    more.push(button);
  }
  root.replaceChildren(meta, make('h2', {}, ...prose(finding.m)),
    make('div', { className: 'meta' }, finding.fn ? ['in ', make('code', {}, finding.fn)] : null,
      make('span', { title: 'asyncTidy/v1' }, `fingerprint ${finding.id}`)),
    steps, ...fixes, ...more);
  if (finding.rule.page) {
    const page = make('details', { className: 'card page' }, make('summary', {}, `Why, and what to do: ${finding.rule.id}`));
    page.addEventListener('toggle', () => {
      if (page.childNodes.length === 1) page.append(markdown(finding.rule.page.replace(/^# .*\n/, '')));
    });
    root.append(page);
  }
  root.scrollTop = 0;
  walk(0);
}

function drawFilters() {
  byId('query').value = state.query;
  byId('rule').value = state.rule;
  byId('level').value = state.level;
  byId('sort').value = state.sort;
  byId('only-new').checked = state.onlyNew;
  byId('show-hidden').checked = state.showHidden;
  for (const button of byId('severities').children)
    button.setAttribute('aria-pressed', state.severities.has(Number(button.dataset.severity)));
  const chips = [];
  for (const [key, title] of [['folder', 'in'], ['cause', 'ends at'], ['through', 'through']]) {
    if (!state[key]) continue;
    const drop = make('button', { title: 'Without this' }, '\u00d7');
    drop.addEventListener('click', () => { state[key] = ''; update(); });
    chips.push(make('span', { className: 'chip' }, make('span', {}, `${title} ${state[key]}`), drop));
  }
  byId('chips').replaceChildren(...chips);
}

function setUpFilters() {
  const option = (value, text) => make('option', { value }, text);
  const fill = (id, first, values) => {
    byId(id).replaceChildren(option('', first), ...values.map((value) => option(value, value)));
    byId(id).addEventListener('change', (event) => { state[id] = event.target.value; update(); });
  };
  fill('rule', 'all rules', [...new Set(findings.map((finding) => finding.rule.id))].sort());
  fill('level', 'all levels', [...new Set(findings.map((finding) => finding.l))]);
  byId('sort').replaceChildren(option('gravest', 'gravest first'), option('file', 'by file'), option('rule', 'by rule'));
  byId('sort').addEventListener('change', (event) => { state.sort = event.target.value; update(); });
  for (const s of [2, 1, 0]) {
    const button = make('button', { className: severityNames[s], 'data-severity': s }, `${severityNames[s]}s`);
    button.addEventListener('click', () => {
      if (!state.severities.delete(s)) state.severities.add(s);
      update();
    });
    byId('severities').append(button);
  }
  let timer = 0;
  byId('query').addEventListener('input', (event) => {
    state.query = event.target.value;
    clearTimeout(timer);
    timer = setTimeout(update, 80);
  });
  byId('only-new').addEventListener('change', (event) => { state.onlyNew = event.target.checked; update(); });
  byId('show-hidden').addEventListener('change', (event) => { state.showHidden = event.target.checked; update(); });
  byId('only-new-label').hidden = !data.previous;
  byId('list').addEventListener('scroll', drawRows);
  window.addEventListener('resize', drawRows);
}
