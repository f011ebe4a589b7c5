// Source text: a frame around a place, and colours.

const keywords = new Set(('alignas alignof and asm auto bool break case catch char class co_await co_return co_yield ' +
  'concept const consteval constexpr const_cast continue decltype default delete do double dynamic_cast else enum ' +
  'explicit export extern false final float for friend goto if inline int long mutable namespace new noexcept nullptr ' +
  'operator or override private protected public register reinterpret_cast requires return short signed sizeof static ' +
  'static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union ' +
  'unsigned using virtual void volatile while').split(' '));
const token = /(\/\/.*|\/\*.*?(?:\*\/|$))|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|\b(\d[\w.']*)|([A-Za-z_]\w*)/g;

/** A class for each unit of a line of C++; one that only looks at that line. */
function classesOf(text) {
  const classes = new Array(text.length).fill('');
  for (const match of text.matchAll(token)) {
    const name = match[1] ? 'c' : match[2] ? 's' : match[3] ? 'd' : keywords.has(match[4]) ? 'k' : '';
    if (name) classes.fill(name, match.index, match.index + match[0].length);
  }
  return classes;
}

function codeLine(text, number, mark) {
  const classes = classesOf(text);
  const line = make('span', { className: mark === undefined ? 'code-line' : 'code-line here', 'data-n': number });
  let target = line;
  for (let i = 0; i < text.length;) {
    const inMark = mark && i >= mark[0] && i < mark[1];
    let end = i + 1;
    while (end < text.length && classes[end] === classes[i] && (!mark || (end !== mark[0] && end !== mark[1]))) ++end;
    if (inMark && target === line) {
      target = make('mark');
      line.append(target);
    } else if (!inMark) {
      target = line;
    }
    const piece = text.slice(i, end);
    target.append(classes[i] ? make('span', { className: classes[i] }, piece) : piece);
    i = end;
  }
  line.append('\n');
  return line;
}

/** The lines around a place; null if there are none. */
function frame(place, around = 2) {
  if (place.f === undefined || !place.n) return null;
  const lines = files[place.f].l;
  if (lines[place.n] === undefined) return null;
  const pre = make('pre');
  for (let n = place.n - around; n <= place.n + around; ++n)
    if (lines[n] !== undefined)
      pre.append(codeLine(lines[n], n, n === place.n ? place.c || null : undefined));
  return make('figure', { className: 'frame' }, make('figcaption', {}, placeName(place)), pre);
}

/** The page of a rule: as much of Markdown as these pages use. */
function markdown(text) {
  const root = make('div');
  const inline = (line) => line.split(/(`[^`]+`|\[[^\]]+\]\([^)]+\)|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`') && part.length > 1) return make('code', {}, part.slice(1, -1));
    if (part.startsWith('**') && part.length > 3) return make('strong', {}, part.slice(2, -2));
    const link = /^\[([^\]]+)\]\(/.exec(part);
    return link ? link[1].replaceAll('`', '') : part;
  });
  let paragraph = [], list = null;
  const flush = () => {
    if (paragraph.length) root.append(make('p', {}, ...inline(paragraph.join(' '))));
    paragraph = [];
  };
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; ++i) {
    const line = lines[i];
    const item = /^\s*(?:[-*]|\d+\.) (.*)/.exec(line);
    if (!item && list && /^ {2,}\S/.test(line)) {
      list.lastChild.append(' ', ...inline(line.trim()));
      continue;
    }
    if (!item) list = null;
    if (line.startsWith('```')) {
      flush();
      const code = [];
      while (++i < lines.length && !lines[i].startsWith('```')) code.push(lines[i]);
      const pre = make('pre');
      for (const row of code) {
        const shownLine = codeLine(row, 0, undefined);
        pre.append(...shownLine.childNodes);
      }
      root.append(pre);
    } else if (/^#+ /.test(line)) {
      flush();
      root.append(make('h3', {}, ...inline(line.replace(/^#+ /, ''))));
    } else if (item) {
      flush();
      if (!list) root.append(list = make('ul'));
      list.append(make('li', {}, ...inline(item[1])));
    } else if (/^\|[-| ]+\|$/.test(line)) {
      // the line under a table's head
    } else if (line.startsWith('|')) {
      flush();
      if (!root.lastChild || root.lastChild.tagName !== 'TABLE') root.append(make('table'));
      root.lastChild.append(make('tr', {}, ...line.slice(1, -1).split('|').map((cell) => make('td', {}, ...inline(cell.trim())))));
    } else if (line.trim()) {
      paragraph.push(line.trim());
    } else {
      flush();
    }
  }
  flush();
  return root;
}
