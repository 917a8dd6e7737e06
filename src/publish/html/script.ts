/** The report's only script: theme, filter, order, and opening what a link leads to. It asks nothing of any network. */
export const script = `
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const theme = byId('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const nameTheme = () => { theme.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  try { const kept = localStorage.getItem('rollcall-theme'); if (kept === 'dark' || kept === 'light') root.dataset.theme = kept; } catch {}
  theme.hidden = false;
  nameTheme();
  dark.addEventListener('change', nameTheme);
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    nameTheme();
    try { localStorage.setItem('rollcall-theme', root.dataset.theme); } catch {}
  });

  const list = byId('list');
  const items = Array.from(list.children);
  const total = items.length;
  const form = byId('filter');
  const fields = ['severity', 'state', 'check', 'owner', 'source', 'due'];
  const box = (name) => byId('q-' + name);
  const decided = ['accepted', 'false-positive'];
  const value = (item, name) => name === 'due' ? item.dataset.late || 'ahead' : item.dataset[name];
  const order = { severity: ['critical', 'high', 'medium', 'low', 'info'] };
  const words = { late: 'past it', ahead: 'not past it', decided: 'set aside', 'false-positive': 'false positive' };
  for (const name of fields) {
    const counts = new Map();
    for (const item of items) {
      const one = value(item, name);
      counts.set(one, (counts.get(one) ?? 0) + 1);
      if (name === 'state' && decided.includes(one)) counts.set('decided', (counts.get('decided') ?? 0) + 1);
    }
    const rank = (one) => order[name]?.indexOf(one) ?? 0;
    const sorted = Array.from(counts).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
    for (const [one, count] of sorted) box(name).add(new Option((words[one] ?? one) + ' (' + count + ')', one));
  }
  form.hidden = total < 2;

  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  const fits = (item, wanted, search) =>
    fields.every((name) => {
      const want = wanted[name];
      const is = value(item, name);
      return want === '' || is === want || (want === 'decided' && decided.includes(is));
    }) && search.every((word) => textOf(item).includes(word));
  const apply = () => {
    const wanted = Object.fromEntries(fields.map((name) => [name, box(name).value]));
    const search = box('text').value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item, wanted, search);
      if (!item.hidden) shown += 1;
    }
    byId('count').textContent = shown === total ? 'All ' + total + ' findings of this page' : shown + ' of ' + total + ' findings of this page';
  };
  const sort = () => {
    const key = box('sort').value;
    const numeric = key === 'order' || key === 'due' || key === 'first';
    const keyOf = (item) => numeric ? Number(item.dataset[key] || Infinity) : item.dataset[key].toLowerCase();
    const compare = (a, b) => {
      const x = keyOf(a), y = keyOf(b);
      return x < y ? -1 : x > y ? 1 : a.dataset.order - b.dataset.order;
    };
    list.append(...items.slice().sort(compare));
  };
  let waiting;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', (event) => {
    if (event.target.id === 'q-sort') return sort();
    clearTimeout(waiting);
    waiting = setTimeout(apply, event.target.id === 'q-text' ? 120 : 0);
  });
  form.addEventListener('reset', () => setTimeout(() => { apply(); sort(); }));
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href="#findings"]');
    if (!link) return;
    const filters = Object.entries(link.dataset).filter(([name]) => name.startsWith('filter'));
    if (filters.length === 0) return;
    form.reset();
    for (const [name, want] of filters) {
      const select = box(name.slice(6).toLowerCase());
      if (!Array.from(select.options).some((option) => option.value === want)) select.add(new Option(want + ' (0)', want));
      select.value = want;
    }
  });

  const follow = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) form.reset();
    target.hidden = false;
    const details = target.querySelector(':scope > details');
    if (details) details.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  follow();

  // A score may rest on findings that are closed or left out of this page.
  for (const ref of document.querySelectorAll('a.ref')) {
    if (byId(decodeURIComponent(ref.hash.slice(1)))) continue;
    ref.title = 'Not on this page: rollcall show ' + ref.textContent;
    ref.removeAttribute('href');
  }

  let opened = [];
  addEventListener('beforeprint', () => {
    const worst = Array.from(document.querySelectorAll('#list > li:not([hidden]) > details')).slice(0, 200);
    opened = worst.concat(Array.from(document.querySelectorAll('.risk details'))).filter((one) => !one.open);
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => { for (const one of opened) one.open = false; });
})();
`;
