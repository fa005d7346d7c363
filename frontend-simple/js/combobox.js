/**
 * A field that offers species while one types, after the ARIA Authoring Practices' "editable combobox
 * with list autocomplete": arrows move, Enter takes, Escape closes; the field keeps the focus.
 */

import { chip } from './danger.js';
import { el, fill } from './dom.js';
import { matches } from './search.js';
import { texts } from './texts.js';

const MOST_SHOWN = 6;

/**
 * @param {string} id
 * @param {function(): Promise<Array<import('./search.js').Entry>>} load asked once, when the field gets the focus
 * @param {function(string)} say tells screen readers
 * @returns {{input: HTMLElement, list: HTMLElement, choice: function(): (string|null|undefined)}}
 *   `choice` gives the label, null where the field is empty, undefined where its words are no species
 */
export function combobox(id, load, say) {
  let all = [];
  let found = [];
  let active = -1;
  let chosen = null;
  let loading = null;
  const list = el('ul.options', { id: `${id}-list`, role: 'listbox', 'aria-label': texts.feedback.label, hidden: true });
  const input = el('input', {
    id,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    'aria-describedby': `${id}-hint`,
    oninput: () => {
      chosen = null;
      suggest();
    },
    onfocus: ready,
    onblur: () => setTimeout(close, 150), // a tap on an option comes first
    onkeydown: key,
  });

  async function ready() {
    loading ??= load().then((entries) => (all = entries));
    await loading;
    if (document.activeElement === input && input.value !== '' && chosen === null) suggest();
  }

  function suggest() {
    active = -1;
    found = input.value.trim() === '' ? [] : all.filter((entry) => matches(entry, input.value.trim())).slice(0, MOST_SHOWN);
    fill(list, ...found.map(option));
    list.hidden = found.length === 0;
    mark();
    if (input.value.trim() !== '' && all.length > 0) say(found.length === 0 ? texts.feedback.labelNone : texts.feedback.labelFound(found.length));
  }

  function option(entry, index) {
    return el(
      'li',
      { id: `${id}-${index}`, role: 'option', 'aria-selected': 'false', onpointerdown: (event) => event.preventDefault(), onclick: () => take(index) },
      el('span', {}, entry.name ? el('strong', {}, entry.name) : null, entry.name ? ' ' : null, el('i', { lang: 'la' }, entry.scientificName)),
      chip(entry.toxicity),
    );
  }

  function mark() {
    input.setAttribute('aria-expanded', String(!list.hidden));
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${id}-${active}`);
    [...list.children].forEach((child, index) => child.setAttribute('aria-selected', String(index === active)));
    if (active >= 0) list.children[active].scrollIntoView({ block: 'nearest' });
  }

  function take(index) {
    chosen = found[index];
    input.value = chosen.name ? `${chosen.name} (${chosen.scientificName})` : chosen.scientificName;
    close();
  }

  function close() {
    list.hidden = true;
    active = -1;
    mark();
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) {
      event.preventDefault();
      list.hidden = false;
      active = active < 0 && step < 0 ? found.length - 1 : (active + step + found.length) % found.length;
      mark();
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    }
  }

  function choice() {
    const typed = input.value.trim();
    if (typed === '') return null;
    if (chosen) return chosen.label;
    const only = all.filter((entry) => [entry.name, entry.scientificName].some((name) => name.toLowerCase() === typed.toLowerCase()));
    return only.length === 1 ? only[0].label : undefined;
  }

  return { input, list, choice };
}
