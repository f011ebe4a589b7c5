// What to look at first, and how much there is of what.

const weights = [1, 3, 10]; // of a note, a warning, an error
const levelWeights = { default: 4, strict: 2, hint: 1 };

/** Findings by what `key` gives: key -> { list, counts by severity, score }. */
function tally(list, key) {
  const groups = new Map();
  for (const finding of list) {
    const name = key(finding);
    if (!groups.has(name)) groups.set(name, { name, list: [], counts: [0, 0, 0], score: 0 });
    const group = groups.get(name);
    group.list.push(finding);
    ++group.counts[finding.s];
    group.score += weights[finding.s] * levelWeights[finding.l];
  }
  return [...groups.values()].sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}

function countsInWords(counts) {
  return [2, 1, 0].filter((s) => counts[s]).map((s) => plural(counts[s], severityNames[s])).join(', ');
}

/** Rows with a bar each; the first `most` of them until one asks for more. */
function bars(groups, { label, pick, extra = () => null, most = 12 }) {
  const top = Math.max(1, ...groups.map((group) => group.list.length));
  const box = make('div', { className: 'bars' });
  const draw = (from, to) => {
    for (const group of groups.slice(from, to)) {
      const track = make('span', { className: 'track' });
      for (const s of [2, 1, 0]) {
        if (!group.counts[s]) continue;
        const part = make('i', { className: severityNames[s] });
        part.style.width = `${(100 * group.counts[s]) / top}%`;
        track.append(part);
      }
      const row = make('button', { className: 'bar', title: `${group.name}: ${countsInWords(group.counts)}` },
        make('span', { className: 'name' }, label(group)),
        make('span', { className: 'number' }, group.list.length.toLocaleString('en'), extra(group)), track);
      row.addEventListener('click', () => showOnly(pick(group)));
      box.append(row);
    }
  };
  draw(0, most);
  const whole = make('div', {}, box);
  if (groups.length > most) {
    const more = make('button', { className: 'more' }, `${groups.length - most} more`);
    more.addEventListener('click', () => { draw(most, groups.length); more.remove(); });
    whole.append(more);
  }
  return whole;
}

function card(title, hint, body) {
  return make('div', { className: 'card' }, make('h2', {}, title), make('p', { className: 'hint' }, hint), body);
}

function tile(number, what, className, pick) {
  const box = make(pick ? 'button' : 'div', { className: 'tile' },
    make('b', { className }, typeof number === 'number' ? number.toLocaleString('en') : number), make('span', {}, what));
  if (pick) box.addEventListener('click', () => showOnly(pick()));
  return box;
}

function notAnalysed() {
  const { units } = data;
  if (!units.notAnalysed.length) return [];
  const list = make('ul', {}, ...units.notAnalysed.slice(0, 200).map((unit) =>
    make('li', {}, unit.what, ' ', make('code', {}, unit.where))));
  if (units.notAnalysed.length > 200) list.append(make('li', {}, `and ${units.notAnalysed.length - 200} more`));
  return [make('details', { className: 'alarm' },
    make('summary', {}, `${plural(units.notAnalysed.length, 'unit')} not analysed: what is wrong in ${units.notAnalysed.length === 1 ? 'it' : 'them'} is not in this report`), list)];
}

function tiles() {
  const counts = [0, 0, 0];
  for (const finding of shown) ++counts[finding.s];
  const only = (s) => () => ({ severities: new Set([s]) });
  const seen = data.units.analysed + data.units.notAnalysed.length;
  const row = [
    tile(counts[2], counts[2] === 1 ? 'error' : 'errors', counts[2] ? 'error' : 'good', counts[2] ? only(2) : null),
    tile(counts[1], counts[1] === 1 ? 'warning' : 'warnings', counts[1] ? 'warning' : 'good', counts[1] ? only(1) : null),
    tile(counts[0], counts[0] === 1 ? 'note' : 'notes', 'note', counts[0] ? only(0) : null),
    tile(new Set(shown.map((finding) => finding.cause)).size, 'places they end at', ''),
    tile(new Set(shown.map((finding) => finding.path)).size, 'files', ''),
    tile(`${data.units.analysed}/${seen}`, 'units analysed', data.units.notAnalysed.length ? 'error' : 'good'),
  ];
  const { previous } = data;
  if (previous) {
    const fresh = shown.filter((finding) => finding.new).length;
    row.push(
      tile(`+${fresh}`, 'new since last run', fresh ? 'error' : 'good', fresh ? () => ({ onlyNew: true }) : null),
      tile(`-${previous.gone}`, 'gone since last run', 'good'));
  }
  return make('div', { className: 'tiles' }, ...row);
}

/** The places that make the most findings go away. */
function causes() {
  const groups = tally(shown, (finding) => finding.cause).slice(0, 6);
  return make('div', { className: 'causes' }, ...groups.map((group) => {
    const finding = group.list[0];
    const place = causeOf(finding).place;
    const places = new Set(group.list.map((one) => one.fn)).size;
    const button = make('button', { className: 'more' }, group.list.length === 1 ? 'Show it' : `Show all ${group.list.length}`);
    button.addEventListener('click', () => showOnly({ cause: group.name }));
    return make('div', { className: 'card cause' },
      make('header', {},
        make('b', { className: severityNames[Math.max(...group.list.map((one) => one.s))] }, `${group.list.length}`),
        make('span', {}, group.list.length === 1 ? `finding of ${finding.rule.id}` :
          `findings end here, in ${plural(places, 'function')}`), button),
      make('p', { className: 'clamp', title: finding.m }, group.list.length > 1 ? make('span', { className: 'dim' }, 'as in: ') : null, prose(finding.m)),
      frame(place, 1) || make('p', {}, make('code', {}, placeName(place))));
  }));
}

function change(group) {
  if (!data.previous) return null;
  // The last run's report counted what a baseline accepts, too.
  const now = findings.filter((finding) => finding.rule.id === group.name && !['suppressed', 'fixed'].includes(finding.hidden));
  const difference = now.length - (data.previous.ofRule[group.name] || 0);
  return make('small', { className: difference > 0 ? 'error' : difference < 0 ? 'good' : '' },
    difference ? ` ${difference > 0 ? '+' : ''}${difference}` : ' =');
}

/** The rules of the last run that have no findings any more. */
function silent() {
  if (!data.previous) return [];
  const now = new Set(shown.map((finding) => finding.rule.id));
  return Object.keys(data.previous.ofRule).filter((id) => !now.has(id));
}

/** How much is as it should be; what nobody can tell counts as not so. */
function metrics() {
  if (!data.metrics.length) return [];
  return [card('As it should be', 'suppressed and unknown ones count as not so', make('div', { className: 'bars' }, ...data.metrics.map((metric) => {
    const share = make('i', { className: 'good' });
    share.style.width = `${metric.percent || 0}%`;
    return make('div', { className: 'bar', title: `bad ${metric.bad}, suppressed ${metric.suppressed}, unknown ${metric.unknown}` },
      make('span', { className: 'name' }, metric.title),
      make('span', { className: 'number' }, metric.shown),
      make('span', { className: 'track' }, share));
  }))), make('br')];
}

function drawOverview() {
  const root = byId('overview');
  root.replaceChildren(...data.failures.map((why) => make('p', { className: 'alarm' }, `Failed: ${why}`)), ...notAnalysed(), tiles());
  if (!shown.length) {
    root.append(make('p', { className: 'empty' }, data.units.analysed ?
      `No findings. ${plural(rules.length, 'rule')} at level ${data.level}.` : 'Nothing was analysed.'), ...metrics());
  } else {
    root.append(
      make('h2', { className: 'section-title' }, 'Look here first',
        make('small', {}, 'the places whose change removes the most findings')),
      causes(), ...metrics(),
      make('div', { className: 'columns' },
        card('By rule', 'what is wrong', bars(tally(shown, (finding) => finding.rule.id), {
          label: (group) => group.name, pick: (group) => ({ rule: group.name }), extra: change })),
        card('By folder', 'where it is', bars(tally(shown, (finding) => finding.folder), {
          label: (group) => shortPath(group.name), pick: (group) => ({ folder: group.name }) })),
        make('div', {},
          card('By level', `asked for: ${data.level}`, bars(tally(shown, (finding) => finding.l), {
            label: (group) => group.name, pick: (group) => ({ level: group.name }) })),
          make('br'),
          card('By what blocks or breaks', 'what the messages name', bars(tally(shown.filter((finding) => finding.names.length), (finding) => finding.names[finding.names.length - 1]), {
            label: (group) => make('code', {}, group.name), pick: (group) => ({ query: group.name }), most: 8 })))));
  }
  const gone = silent();
  if (gone.length) root.append(card('No longer found', 'rules that had findings in the last run', make('p', {}, gone.join(', '))));
  for (const note of data.notes) root.append(make('p', { className: 'hint' }, `note: ${note}`));
  root.append(make('p', { className: 'hint' }, `async-tidy ${data.version}, ${plural(rules.length, 'rule')} at level ${data.level}`));
}
