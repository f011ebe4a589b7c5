// Who calls whom: functions that run where nothing may block, helpers, and what
// blocks, from left to right. The graph is made of the findings' steps.

const call = /^`([^`]+)` calls `([^`]+)`/;

/** The functions of a finding's path, from the one it is in to the last one. */
function chainOf(finding) {
  if (finding.chain) return finding.chain;
  const chain = [finding.fn];
  for (const step of finding.t || []) {
    const match = call.exec(step.m);
    if (!match) continue;
    for (const name of [match[1], match[2]])
      if (name !== chain[chain.length - 1]) chain.push(name);
  }
  if (chain.length === 1 && finding.rule.group === 'blocking')
    chain.push(...finding.names.filter((name) => name !== finding.fn && finding.m.includes('`' + name + '`')));
  if (!chain[0]) chain.shift();
  return (finding.chain = chain);
}

const endOf = (finding) => chainOf(finding)[chainOf(finding).length - 1];

const svg = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const nodeWidth = 216, nodeHeight = 26, rowGap = 36, bendGap = 20;
// What one can look at; the rest on demand.
const mostNodes = 90, mostPathsOfEnd = 14;
const graph = { nodes: new Map(), box: null, chosen: '', query: '', leaf: '', all: false };

function shortName(name) {
  const plain = name.replace(/<.*>/, '<>');
  const parts = plain.split('::');
  const text = parts.slice(-2).join('::');
  return text.length > 26 ? '\u2026' + text.slice(-25) : text;
}

/** Nodes and edges of the findings with these chains. */
function build(chosen) {
  const nodes = new Map();
  const node = (name) => {
    if (!nodes.has(name)) nodes.set(name, { name, to: new Set(), from: new Set(), findings: new Set(), entry: false, leaf: false });
    return nodes.get(name);
  };
  for (const finding of chosen) {
    const chain = chainOf(finding);
    chain.forEach((name, i) => {
      node(name).findings.add(finding);
      if (i) {
        node(chain[i - 1]).to.add(name);
        node(name).from.add(chain[i - 1]);
      }
    });
    node(chain[0]).entry = true;
    node(chain[chain.length - 1]).leaf = true;
  }
  return nodes;
}

/** The column of each node: how far from the end at most, without going round. */
function layers(nodes) {
  const depth = new Map();
  const open = new Set();
  const visit = (name) => {
    if (depth.has(name)) return depth.get(name);
    if (open.has(name)) return 0; // recursion
    open.add(name);
    let most = 0;
    for (const next of nodes.get(name).to) most = Math.max(most, visit(next) + 1);
    open.delete(name);
    depth.set(name, most);
    return most;
  };
  for (const name of nodes.keys()) visit(name);
  const deepest = Math.max(0, ...depth.values());
  for (const node of nodes.values()) {
    node.layer = deepest - depth.get(node.name);
    // What runs in async contexts stands in the first column, unless others of it call it.
    if (node.entry && !node.from.size) node.layer = 0;
  }
  return deepest + 1;
}

/**
 * The ways of all calls: what they pass, column by column. Where a call passes a
 * column, a bend keeps the place free for it; calls of one function share them.
 */
function routes(nodes) {
  const bends = new Map();
  const ways = [];
  for (const from of nodes.values())
    for (const name of from.to) {
      const to = nodes.get(name);
      const way = [from];
      for (let layer = from.layer + 1; layer < to.layer; ++layer) {
        const key = `${layer} ${name}`;
        if (!bends.has(key)) bends.set(key, { name, layer, bend: true, next: new Set(), last: new Set() });
        way.push(bends.get(key));
      }
      way.push(to);
      ways.push(way);
      for (let i = 1; i < way.length; ++i) {
        way[i - 1].next.add(way[i]);
        way[i].last.add(way[i - 1]);
      }
    }
  return { ways, bends: [...bends.values()] };
}

/** Puts nodes into rows such that edges are short: barycentres, some rounds. */
function place(nodes) {
  const count = layers(nodes);
  for (const node of nodes.values()) Object.assign(node, { next: new Set(), last: new Set() });
  const { ways, bends } = routes(nodes);
  const columns = Array.from({ length: count }, () => []);
  for (const node of [...nodes.values(), ...bends]) columns[node.layer].push(node);
  const number = () => columns.forEach((column) => {
    const height = (node) => (node.bend ? bendGap : rowGap);
    let y = -column.reduce((sum, node) => sum + height(node), 0) / 2;
    for (const node of column) {
      node.y = y + height(node) / 2;
      y += height(node);
    }
  });
  columns.forEach((column) => column.sort((a, b) => (a.name < b.name ? -1 : 1)));
  number();
  const middle = (node, others) => {
    if (!others.size) return node.y;
    let sum = 0;
    for (const other of others) sum += other.y;
    return sum / others.size;
  };
  for (let round = 0; round < 16; ++round) {
    const side = round % 2 ? 'last' : 'next';
    for (const column of round % 2 ? columns : [...columns].reverse()) {
      const key = new Map(column.map((node) => [node, middle(node, node[side])]));
      column.sort((a, b) => key.get(a) - key.get(b) || (a.name < b.name ? -1 : 1));
      number();
    }
  }
  graph.columnWidth = count > 5 ? 262 : 300;
  for (const node of [...nodes.values(), ...bends]) node.x = node.layer * graph.columnWidth;
  return ways;
}

function edgePath(way) {
  const [from] = way, to = way[way.length - 1];
  if (to.x <= from.x) { // recursion
    const dip = Math.max(from.y, to.y) + rowGap;
    return `M${from.x + nodeWidth},${from.y}C${from.x + nodeWidth + 60},${dip} ${to.x - 60},${dip} ${to.x},${to.y}`;
  }
  let path = `M${from.x + nodeWidth},${from.y}`;
  for (let i = 1; i < way.length; ++i) {
    const x1 = way[i - 1].x + nodeWidth, x2 = way[i].x, bend = (x2 - x1) / 2;
    path += `C${x1 + bend},${way[i - 1].y} ${x2 - bend},${way[i].y} ${x2},${way[i].y}`;
    if (way[i].bend) path += `H${way[i].x + nodeWidth}`;
  }
  return path;
}

function reach(name, side) {
  const seen = new Set([name]), work = [name];
  while (work.length)
    for (const next of graph.nodes.get(work.pop())[side])
      if (!seen.has(next)) {
        seen.add(next);
        work.push(next);
      }
  return seen;
}

/** The findings whose chains are drawn: those of the busiest ends. */
function findingsForGraph() {
  const all = shown.filter((finding) => chainOf(finding).length > 1);
  const words = graph.query.toLowerCase().split(' ').filter(Boolean);
  const wanted = all.filter((finding) =>
    (!graph.leaf || endOf(finding) === graph.leaf) &&
    (!words.length || chainOf(finding).some((name) => words.every((word) => name.toLowerCase().includes(word)))));
  if (graph.all) return { wanted, left: 0 };
  // Each end in turn, so that a busy one does not crowd out the others.
  const names = new Set(), drawn = new Set();
  const key = (finding) => chainOf(finding).join('\n');
  const draw = (finding) => {
    chainOf(finding).forEach((name) => names.add(name));
    drawn.add(key(finding));
  };
  if (wanted.includes(state.graphFinding)) draw(state.graphFinding);
  const groups = tally(wanted, endOf).map((group) => group.list);
  const turns = groups.map(() => 0);
  for (let turn = 0; turn < mostPathsOfEnd; ++turn)
    groups.forEach((list, i) => {
      while (turns[i] < list.length && drawn.has(key(list[turns[i]]))) ++turns[i];
      const next = list[turns[i]];
      if (next && names.size + chainOf(next).filter((name) => !names.has(name)).length <= mostNodes) draw(next);
    });
  const kept = wanted.filter((finding) => drawn.has(key(finding)));
  return { wanted: kept, left: wanted.length - kept.length };
}

function drawGraph() {
  const { wanted, left } = findingsForGraph();
  graph.nodes = build(wanted);
  if (!graph.nodes.has(graph.chosen)) graph.chosen = '';
  byId('graph-info').textContent = `${plural(graph.nodes.size, 'function')} of ${plural(wanted.length, 'finding')}` +
    (left ? `; ${left.toLocaleString('en')} more findings: search, choose, or show all` : '');
  const canvas = byId('canvas');
  if (!graph.nodes.size) {
    canvas.replaceChildren(make('p', { className: 'empty' }, 'No finding here has a path of calls.'));
    byId('graph-side').replaceChildren();
    return;
  }
  const edges = svg('g'), boxes = svg('g');
  for (const way of place(graph.nodes)) {
    const edge = svg('path', { class: 'edge', d: edgePath(way) });
    edge.ends = [way[0].name, way[way.length - 1].name];
    edges.append(edge);
  }
  for (const node of graph.nodes.values()) {
    const group = svg('g', { class: `node${node.entry ? ' entry' : ''}${node.leaf ? ' leaf' : ''}`, transform: `translate(${node.x},${node.y - nodeHeight / 2})`, tabindex: 0, role: 'button' },
      svg('title', {}, `${node.name}: ${plural(node.findings.size, 'finding')}`),
      svg('rect', { width: nodeWidth, height: nodeHeight, rx: 6 }),
      svg('text', { x: 9, y: 17 }, shortName(node.name)));
    group.name = node.name;
    group.addEventListener('click', () => chooseNode(node.name));
    group.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.stopPropagation();
        chooseNode(node.name);
      }
    });
    boxes.append(group);
  }
  const top = Math.min(...[...graph.nodes.values()].map((node) => node.y)) - 34;
  const deepest = Math.max(...[...graph.nodes.values()].map((node) => node.layer));
  for (const [layer, text] of [[0, 'must not wait'], [deepest, 'makes it wait']])
    boxes.append(svg('text', { class: 'caption', x: layer * graph.columnWidth + 2, y: top }, text));
  graph.svg = svg('svg', { role: 'img', 'aria-label': 'Call graph' }, edges, boxes);
  canvas.replaceChildren(graph.svg);
  fit();
  lightUp();
}

/** Everything in sight, but not smaller than what can be read. */
function fit() {
  const nodes = [...graph.nodes.values()];
  if (!nodes.length) return;
  const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
  const left = Math.min(...xs) - 30, top = Math.min(...ys) - 70;
  const width = Math.max(...xs) + nodeWidth + 30 - left, height = Math.max(...ys) + 40 - top;
  const canvas = byId('canvas');
  const scale = Math.max(0.55, Math.min(1.25, canvas.clientWidth / width, canvas.clientHeight / height));
  const w = canvas.clientWidth / scale, h = canvas.clientHeight / scale;
  graph.box = { x: left - Math.max(0, w - width) / 2, y: h > height ? top - (h - height) / 3 : top, w, h };
  showBox();
}

function showBox() {
  const { x, y, w, h } = graph.box;
  if (graph.svg) graph.svg.setAttribute('viewBox', `${x} ${y} ${w} ${h}`);
}

function lightUp() {
  const words = graph.query.toLowerCase().split(' ').filter(Boolean);
  const related = graph.chosen ? new Set([...reach(graph.chosen, 'to'), ...reach(graph.chosen, 'from')]) : null;
  for (const element of graph.svg.querySelectorAll('.node')) {
    element.classList.toggle('chosen', element.name === graph.chosen);
    element.classList.toggle('faded', Boolean(related) && !related.has(element.name));
    element.classList.toggle('hit', words.length > 0 && words.every((word) => element.name.toLowerCase().includes(word)));
  }
  for (const edge of graph.svg.querySelectorAll('.edge')) {
    const lit = Boolean(related) && edge.ends.every((name) => related.has(name));
    edge.classList.toggle('lit', lit);
    edge.classList.toggle('faded', Boolean(related) && !lit);
  }
  drawSide();
}

function chooseNode(name) {
  graph.chosen = graph.chosen === name ? '' : name;
  reveal(name);
  lightUp();
}

/** Moves what is seen as far as this function needs it. */
function reveal(name) {
  const { box } = graph, node = graph.nodes.get(name);
  if (!node) return;
  if (node.x < box.x || node.x + nodeWidth > box.x + box.w) box.x = node.x + (nodeWidth - box.w) / 2;
  if (node.y - nodeHeight < box.y || node.y + nodeHeight > box.y + box.h) box.y = node.y - box.h / 2;
  showBox();
}

function linkList(title, names, action) {
  if (!names.length) return [];
  return [make('h2', {}, title), make('ul', {}, ...names.slice(0, 60).map((name) => {
    const button = make('button', {}, make('code', {}, name));
    button.addEventListener('click', () => action(name));
    return make('li', {}, button);
  }))];
}

function drawSide() {
  const side = byId('graph-side');
  const node = graph.nodes.get(graph.chosen);
  if (!node) {
    const leaves = tally([...new Set([...graph.nodes.values()].flatMap((one) => [...one.findings]))], endOf);
    side.replaceChildren(
      make('p', {}, 'From left to right: ', make('strong', { className: 'note' }, 'what must not wait'), ', helpers, ', make('strong', { className: 'error' }, 'what makes it wait'), '. Choose a function; drag and turn the wheel to move.'),
      ...linkList('Most findings end in', leaves.map((group) => group.name), chooseNode));
    return;
  }
  const show = make('button', { className: 'more' }, `Show ${plural(node.findings.size, 'finding')}`);
  show.addEventListener('click', () => showOnly({ through: node.name }));
  side.replaceChildren(make('h2', {}, make('code', {}, node.name)),
    make('p', {}, node.entry ? 'Must not wait. ' : '', node.leaf ? 'Makes others wait. ' : '', `On the path of ${plural(node.findings.size, 'finding')}.`),
    show, ...linkList('Calls', [...node.to], (name) => chooseNode(name)), ...linkList('Called by', [...node.from], (name) => chooseNode(name)));
}

/** To the graph with this function chosen. */
function showInGraph(name) {
  state.view = 'graph';
  Object.assign(graph, { query: '', leaf: '' });
  state.graphFinding = state.chosen;
  update();
  graph.chosen = graph.nodes.has(name) ? name : '';
  if (!graph.chosen) return;
  reveal(name);
  lightUp();
}

function setUpGraph() {
  const leaves = tally(shown.filter((finding) => chainOf(finding).length > 1), endOf);
  byId('graph-leaf').replaceChildren(make('option', { value: '' }, 'all that blocks'),
    ...leaves.map((group) => make('option', { value: group.name }, `${group.name} (${group.list.length})`)));
  byId('graph-leaf').addEventListener('change', (event) => { graph.leaf = event.target.value; drawGraph(); });
  byId('graph-all').addEventListener('change', (event) => { graph.all = event.target.checked; drawGraph(); });
  byId('graph-fit').addEventListener('click', fit);
  let timer = 0;
  byId('graph-query').addEventListener('input', (event) => {
    graph.query = event.target.value;
    clearTimeout(timer);
    timer = setTimeout(drawGraph, 120);
  });
  const canvas = byId('canvas');
  canvas.addEventListener('wheel', (event) => {
    if (!graph.box) return;
    event.preventDefault();
    const by = event.deltaY > 0 ? 1.15 : 1 / 1.15;
    const inside = canvas.getBoundingClientRect();
    const fx = (event.clientX - inside.left) / inside.width, fy = (event.clientY - inside.top) / inside.height;
    graph.box.x += graph.box.w * fx * (1 - by);
    graph.box.y += graph.box.h * fy * (1 - by);
    graph.box.w *= by;
    graph.box.h *= by;
    showBox();
  }, { passive: false });
  let grip = null;
  canvas.addEventListener('pointerdown', (event) => { grip = { x: event.clientX, y: event.clientY }; });
  window.addEventListener('pointerup', () => { grip = null; });
  canvas.addEventListener('pointermove', (event) => {
    if (!grip || !graph.box) return;
    graph.box.x -= ((event.clientX - grip.x) * graph.box.w) / canvas.clientWidth;
    graph.box.y -= ((event.clientY - grip.y) * graph.box.h) / canvas.clientHeight;
    grip = { x: event.clientX, y: event.clientY };
    showBox();
  });
}
