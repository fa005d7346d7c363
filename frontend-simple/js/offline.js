/** What the page does about its connection and its own version: the worker, and the banners of both. */

import { byId, el, fill } from './dom.js';
import { texts } from './texts.js';

let newPage = false;

/** Installs the worker once the page is at rest; without one (plain http, old browsers) everything else works. */
export function begin() {
  addEventListener('online', show);
  addEventListener('offline', show);
  show();
  forgetFresh();
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data?.type !== 'new-page') return;
    newPage = true;
    show();
  });
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}

async function register() {
  try {
    await navigator.serviceWorker.register('sw.js', { type: 'module', updateViaCache: 'none' });
  } catch (problem) {
    console.info(`This page does not open without a connection: ${problem.message}`);
  }
}

/** The address of "Load the page again" is not one to keep. */
function forgetFresh() {
  const url = new URL(location.href);
  if (!url.searchParams.has('fresh')) return;
  url.searchParams.delete('fresh');
  history.replaceState(history.state, '', url);
}

/** Also after the language has changed. */
export function show() {
  byId('offline').hidden = navigator.onLine !== false;
  byId('offline').textContent = texts.offline.banner;
  const news = byId('new-page');
  news.hidden = !newPage;
  fill(news, el('span', {}, `${texts.offline.newPage} `), el('button.link', { type: 'button', onclick: () => location.reload() }, texts.offline.newPageLoad));
}
