'use strict';
(() => {
  const root = document.currentScript.dataset.root;
  const html = document.documentElement;
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => html.dataset.theme ? html.dataset.theme === 'dark' : systemIsDark.matches;

  // --- light and dark: the system's, or what was chosen here
  const theme = document.getElementById('siteTheme');
  const showTheme = () => {
    theme.textContent = isDark() ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', `Use ${isDark() ? 'light' : 'dark'} colors`);
    drawDiagrams();
  };
  theme.addEventListener('click', () => {
    const chosen = isDark() ? 'light' : 'dark';
    // what the system has too needs no choice, and follows it again
    html.dataset.theme = chosen === (systemIsDark.matches ? 'dark' : 'light') ? '' : chosen;
    try { localStorage.setItem('theme', html.dataset.theme); } catch { /* for this page alone */ }
    showTheme();
  });
  systemIsDark.addEventListener('change', () => showTheme());

  // --- diagrams: their text is in the page, and is drawn in its colors
  const diagrams = [...document.querySelectorAll('.diagram')].map(place => ({ place, text: place.textContent }));
  const drawDiagrams = async () => {
    if (!diagrams.length) { return; }
    const wanted = isDark();
    html.setAttribute('aria-busy', 'true');
    const color = name => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = `var(--${name})`;
      const value = getComputedStyle(probe).color;
      probe.remove();
      return value;
    };
    const [paper, panel, sunk, ink, line, edge] = ['paper', 'panel', 'sunk', 'ink', 'line', 'edge'].map(color);
    mermaid.initialize({
      startOnLoad: false, theme: 'base', securityLevel: 'strict',
      themeVariables: {
        darkMode: wanted, background: panel, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: '14px',
        primaryColor: sunk, primaryTextColor: ink, primaryBorderColor: edge, secondaryColor: sunk, tertiaryColor: panel,
        lineColor: edge, textColor: ink, edgeLabelBackground: panel, mainBkg: sunk, nodeBorder: edge,
        actorBkg: sunk, actorBorder: edge, actorTextColor: ink, actorLineColor: line, signalColor: ink, signalTextColor: ink,
        labelBoxBkgColor: sunk, labelBoxBorderColor: edge, labelTextColor: ink, loopTextColor: ink,
        noteBkgColor: paper, noteTextColor: ink, noteBorderColor: edge,
      },
    });
    for (const [i, { place, text }] of diagrams.entries()) {
      try {
        const { svg } = await mermaid.render('drawn-' + i, text);
        place.innerHTML = svg;
      } catch (e) { // stays as text
        console.error(e.message);
      }
    }
    if (wanted === isDark()) { html.removeAttribute('aria-busy'); }
  };
  theme.hidden = false;
  showTheme();

  // --- code can be copied
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // an older browser, or no permission
      const place = document.body.appendChild(document.createElement('textarea'));
      place.value = text;
      place.select();
      const done = document.execCommand('copy');
      place.remove();
      if (!done) { throw new Error('The browser refuses to copy.'); }
    }
  };
  document.querySelectorAll('pre > code[class*=language-]:not(.language-text)').forEach(code => {
    const block = document.createElement('div');
    block.className = 'code';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      try {
        await copy(code.textContent.trimEnd());
        button.textContent = 'Copied';
      } catch (e) {
        button.textContent = 'Not copied';
      }
      button.focus();
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    code.parentElement.replaceWith(block);
    block.append(code.parentElement, button);
  });

  // --- the contents of the page: which section is read
  const links = new Map([...document.querySelectorAll('#siteHeadings a')].map(link => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map(id => document.getElementById(id));
  let waiting = false;
  const showSection = () => {
    waiting = false;
    const read = sections.filter(section => section.getBoundingClientRect().top < 120).pop();
    links.forEach(link => link.removeAttribute('aria-current'));
    if (read) { links.get(read.id).setAttribute('aria-current', 'true'); }
  };
  addEventListener('scroll', () => {
    if (!waiting) { waiting = true; requestAnimationFrame(showSection); }
  }, { passive: true });
  showSection();

  // --- the search: all words, anywhere in a section; the index is loaded when it is first needed
  const form = document.getElementById('siteSearch');
  const query = document.getElementById('siteQuery');
  const results = document.getElementById('siteResults');
  const SHOWN = 12;
  let loading;
  const index = () => loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = root + 'assets/search-index.js';
    script.onload = () => done(window.searchIndex.map(([page, heading, address, text, isOfProject]) => ({
      page, heading, address, text, isOfProject, all: [page, heading, text].join('\n').toLowerCase(),
    })));
    script.onerror = failed;
    document.head.append(script);
  });
  const escape = text => text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
  const marked = (text, words) => {
    const pattern = words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    return text.split(new RegExp(`(${pattern})`, 'gi'))
      .map((part, i) => i % 2 ? `<mark>${escape(part)}</mark>` : escape(part)).join('');
  };
  // a heading counts more than the page's title, that more than the text; more so if it is, or begins with, the words;
  // the changelog, the decisions and the like count a quarter of the guide
  const rank = (entry, words, whole) => {
    const heading = entry.heading.toLowerCase();
    const page = entry.page.toLowerCase();
    let sum = heading === whole ? 200 : heading.includes(whole) ? 40 : entry.all.includes(whole) ? 10 : 0;
    for (const word of words) {
      const at = heading.indexOf(word);
      sum += at === 0 || at > 0 && !/\w/.test(heading[at - 1]) ? 30 : at > 0 ? 10 : 0;
      sum += page.includes(word) ? 8 : 0;
      sum += Math.min(entry.all.split(word).length - 1, 5);
    }
    return entry.isOfProject ? sum / 4 : sum;
  };
  const snippet = (text, words) => {
    const at = Math.max(0, Math.min(...words.map(word => text.toLowerCase().indexOf(word)).filter(i => i >= 0)) - 50);
    if (!Number.isFinite(at)) { return text.slice(0, 140); }
    const start = at && text.indexOf(' ', at) + 1;
    return (start ? '… ' : '') + text.slice(start, start + 140);
  };
  const search = async () => {
    const whole = query.value.trim().toLowerCase().replace(/\s+/g, ' ');
    if (!whole) { results.hidden = true; return; }
    const entries = await index();
    if (whole !== query.value.trim().toLowerCase().replace(/\s+/g, ' ')) { return; }
    const words = [...new Set(whole.split(' '))];
    const found = entries.filter(entry => words.every(word => entry.all.includes(word)))
      .map(entry => ({ entry, rank: rank(entry, words, whole) }))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, SHOWN);
    results.innerHTML = `<p role="status">${found.length ? '' : 'Nothing has all of these words.'}</p>` + found.map(({ entry }) => `
      <a href="${root}${entry.address}"><strong>${marked(entry.heading, words)}</strong>
      ${entry.page === entry.heading ? '' : `<small>${escape(entry.page)}</small>`}
      <span>${marked(snippet(entry.text, words), words)}</span></a>`).join('');
    results.firstChild.hidden = found.length > 0;
    results.hidden = false;
  };
  query.addEventListener('input', search);
  query.addEventListener('focus', () => { index(); search(); });
  const close = () => { results.hidden = true; };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    await search();
    results.querySelector('a')?.click();
  });
  form.addEventListener('keydown', event => {
    const all = [query, ...results.querySelectorAll('a')];
    const at = all.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      close();
      query.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      all[(at + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length].focus();
    }
  });
  results.addEventListener('click', event => { if (event.target.closest('a')) { close(); } });
  document.addEventListener('click', event => { if (!form.contains(event.target)) { close(); } });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !event.target.closest('input, textarea')) {
      event.preventDefault();
      query.focus();
      query.select();
    }
  });
})();
