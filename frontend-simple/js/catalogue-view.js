/** The catalogue of species, with a search and two filters that the address remembers. */

import { catalogue } from './api.js';
import { TOXICITIES, chip } from './danger.js';
import { el, fill } from './dom.js';
import { heading, nothing } from './frame.js';
import { entries, matches } from './search.js';
import { texts } from './texts.js';

export async function show({ query }, { say, address }) {
  const all = entries(await catalogue());
  const words = texts.catalogue;
  const search = el('input', { id: 'catalogue-search', type: 'search', value: query.get('q') ?? '', autocomplete: 'off', oninput: changed });
  const toxicity = select('catalogue-toxicity', TOXICITIES.map((one) => [one, texts.danger[one].chip]), query.get('toxicity'));
  const genera = [...new Set(all.map((entry) => entry.genus))].sort();
  const genus = select('catalogue-genus', genera.map((one) => [one, one.charAt(0).toUpperCase() + one.slice(1)]), query.get('genus'));
  const count = el('p.note', { id: 'catalogue-count' });
  const rows = all.map((entry) => [entry, row(entry)]);
  const list = el('ul.species-list', { role: 'list', 'aria-label': words.list }, ...rows.map(([, element]) => element));
  const none = el('div', { hidden: true });
  let timer = 0;

  function select(id, options, chosen) {
    const element = el('select', { id, onchange: changed }, el('option', { value: '' }, words.any), ...options.map(([value, name]) => el('option', { value }, name)));
    element.value = options.some(([value]) => value === chosen) ? chosen : '';
    return element;
  }

  function changed() {
    filter();
    history.replaceState(null, '', address('species', null, { q: search.value.trim(), toxicity: toxicity.value, genus: genus.value }));
    clearTimeout(timer);
    timer = setTimeout(() => say(count.textContent), 600); // not after every letter
  }

  function filter() {
    let shown = 0;
    for (const [entry, element] of rows) {
      const wanted =
        matches(entry, search.value.trim()) && (toxicity.value === '' || entry.toxicity === toxicity.value) && (genus.value === '' || entry.genus === genus.value);
      element.hidden = !wanted;
      if (wanted) shown += 1;
    }
    count.textContent = shown === 0 ? words.none : words.shown(shown, rows.length);
    list.hidden = shown === 0;
    none.hidden = shown > 0;
    if (shown === 0 && none.childElementCount === 0) {
      fill(none, nothing(words.none, words.noneNext, el('button.button.second', { type: 'button', onclick: reset }, words.reset)));
    }
  }

  function reset() {
    search.value = '';
    toxicity.value = '';
    genus.value = '';
    changed();
    search.focus();
  }

  filter();
  const element = el(
    'div.stack',
    {},
    heading(words.title),
    el('p.note', {}, words.intro),
    el(
      'search.filters',
      {},
      field('catalogue-search', words.search, search, 'wide'),
      field('catalogue-toxicity', words.toxicity, toxicity),
      field('catalogue-genus', words.genus, genus),
    ),
    count,
    list,
    none,
  );
  return { element, title: words.title, release: () => clearTimeout(timer) };
}

function field(id, words, control, extra = 'narrow') {
  return el(`div.field.${extra}`, {}, el('label', { for: id }, words), control);
}

function row(entry) {
  return el(
    'li',
    {},
    el(
      'a',
      { href: `#/species/${encodeURIComponent(entry.label)}` },
      el('span.species-names', {}, entry.name ? el('strong', {}, entry.name) : null, el(entry.name ? 'i' : 'strong', { lang: 'la' }, entry.scientificName)),
      chip(entry.toxicity),
    ),
  );
}
