/** The page: its words, its addresses, and which view stands on it. */

import { ApiProblem } from './api.js';
import { byId, el, fill } from './dom.js';
import * as identify from './identify-view.js';
import * as offline from './offline.js';
import { address, moduleOf, read } from './router.js';
import { LANGUAGES, language, speak, texts } from './texts.js';
import * as waiting from './waiting-view.js';

/** How long a view may take to come before the page says that it is on its way. */
const PATIENCE_MILLIS = 300;
/** How much of the screen the way around may cover. */
const MOST_COVERED = 0.18;

const view = byId('view');
const scrolled = new Map();
let shown = { hash: location.hash, release: () => {} };
let clicked = false;
let turn = 0; // counts views, so that one that comes late is dropped

function say(words) {
  byId('announcer').textContent = words;
}

/** Goes to another view as a click on a link does. */
function go(hash) {
  clicked = true;
  if (location.hash === hash) arrive();
  else location.hash = hash;
}

/** Gives what is on display its own address, without showing anything anew. */
function claim(hash) {
  if (location.hash === hash) return;
  history.pushState(null, '', hash);
  shown.hash = hash;
}

async function arrive({ first = false } = {}) {
  const mine = ++turn;
  const place = read(location.hash);
  const back = !clicked && !first;
  clicked = false;
  shown.release();
  shown = { hash: location.hash, release: () => {} };
  if (place.view === 'identify' || (place.view === 'finds' && identify.holds(place.part))) {
    settle(place, 'identify', texts.title);
    identify.enter(place.part, { back });
    if (!first) focusOn(byId('asking'));
  } else {
    await open(place, mine, first);
  }
  if (mine === turn) scrollTo(0, back ? (scrolled.get(location.hash) ?? 0) : 0);
}

async function open(place, mine, first) {
  const wait = setTimeout(() => {
    if (mine !== turn) return; // somebody has gone on
    settle(place, place.view, texts.nav[place.view] ?? '');
    fill(view, el('p.note', { role: 'status' }, texts.view.loading));
  }, PATIENCE_MILLIS);
  try {
    const module = await moduleOf(place);
    const next = await module.show(place, { say, go, address });
    if (mine !== turn) {
      next.release?.();
      return;
    }
    clearTimeout(wait);
    shown.release = next.release ?? (() => {});
    fill(view, next.element);
    settle(place, place.view, next.title);
  } catch (problem) {
    if (mine !== turn) return;
    clearTimeout(wait);
    fill(view, failed());
    settle(place, place.view, texts.view.failed);
    if (!(problem instanceof ApiProblem || problem instanceof TypeError)) throw problem; // a TypeError is a module that did not come
  }
  if (!first) focusOn(view);
}

function failed() {
  return el(
    'section.problem',
    {},
    el('h2', { tabIndex: -1 }, texts.view.failed),
    el('p', {}, texts.view.failedNext),
    el('button.button', { type: 'button', onclick: () => arrive() }, texts.problem.retry),
  );
}

function settle(place, name, title) {
  document.body.dataset.view = name;
  byId('asking').hidden = name !== 'identify';
  view.hidden = name === 'identify';
  if (name === 'identify') view.replaceChildren();
  document.title = title && title !== texts.title ? `${title} · ${texts.title}` : texts.title;
  const current = { privacy: 'about' }[place.view] ?? (name === 'identify' ? 'identify' : place.view);
  for (const link of byId('nav').querySelectorAll('a')) {
    if (link.dataset.view === current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function focusOn(holder) {
  const heading = [...holder.querySelectorAll('h2[tabindex="-1"]')].find((one) => one.checkVisibility?.() ?? true);
  heading?.focus({ preventScroll: true });
}

/** Puts the words into the places that index.html marks with `data-text`. */
function putTexts() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll('[data-text]')) {
    place.textContent = place.dataset.text.split('.').reduce((words, key) => words[key], texts);
  }
  byId('nav').setAttribute('aria-label', texts.nav.label);
  fill(
    byId('languages'),
    ...LANGUAGES.map(([code, name]) =>
      el('button.language', { type: 'button', lang: code, 'aria-pressed': String(code === language), onclick: () => switchTo(code) }, name),
    ),
  );
  identify.putTexts();
  offline.show();
  waiting.show();
}

async function switchTo(code) {
  await speak(code);
  putTexts();
  await arrive({ first: true });
  byId('languages').querySelector(`[lang="${code}"]`).focus({ preventScroll: true });
  say(texts.languageChanged);
}

/** With large text the way around takes several rows; then it stands at the end and covers nothing. */
new ResizeObserver(() => byId('nav').classList.toggle('tall', byId('nav').offsetHeight > innerHeight * MOST_COVERED)).observe(byId('nav'));

history.scrollRestoration = 'manual';
byId('skip').addEventListener('click', () => byId('main').focus());
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#/"]');
  if (!link) return;
  clicked = true;
  scrolled.set(location.hash, scrollY);
  if (link.hash === location.hash) arrive(); // no hashchange comes of it
});
addEventListener('scroll', () => scrolled.set(shown.hash, scrollY), { passive: true });
addEventListener('hashchange', () => arrive());
identify.listen({ say, go, claim });
putTexts();
await arrive({ first: true });
document.body.classList.add('ready');
offline.begin();
waiting.begin({ say, go });
