/**
 * Opens the page without a signal, and sends waiting finds when the browser says that it is back.
 *
 * Only the page's own files are ever answered from here. The API, and whatever else the server has,
 * goes past as if this were not here.
 */

import { SYNC_TAG, all, deliverDue, wake } from './js/outbox.js';
import { INDEX, check, fileOf, forgetAll, promote, state } from './js/release.js';

const ROOT = new URL('./', self.location.href);
const OURS = /^(?:(?:js|css|img|fonts)\/[\w./-]+|index\.html|manifest\.json)$/;
const BETWEEN_CHECKS_MILLIS = 60_000;

/** Which version each open page began with, so that what it loads later fits. */
const versionOf = new Map();
let checking = null;
let checkedAt = 0;

self.addEventListener('install', (event) => {
  self.skipWaiting(); // what it keeps has its own versions
  event.waitUntil(lookForNews({ force: true, orThrow: true }));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(ROOT.href)) return;
  const path = url.pathname.slice(ROOT.pathname.length);
  if (request.mode === 'navigate') {
    if (path !== '' && path !== INDEX) return;
    event.respondWith(url.searchParams.has('fresh') ? freshPage(request) : page(event));
    event.waitUntil(lookForNews({ force: url.searchParams.has('fresh') }));
  } else if (OURS.test(path)) {
    event.respondWith(file(event, path));
  }
});

async function page(event) {
  try {
    const version = await promote();
    const kept = await fileOf(version, INDEX);
    if (kept) {
      versionOf.set(event.resultingClientId, version);
      return kept;
    }
  } catch (problem) {
    console.info(`The kept page is out of reach: ${problem}`);
  }
  return fetch(event.request);
}

async function file(event, path) {
  try {
    const version = versionOf.get(event.clientId) ?? (await state()).current;
    const kept = await fileOf(version, path);
    if (kept) return kept;
  } catch (problem) {
    console.info(`The kept files are out of reach: ${problem}`);
  }
  return fetch(event.request);
}

/** "Load the page again" of a page that does not get ready: nothing that is kept here may be in the way. */
async function freshPage(request) {
  await forgetAll();
  return fetch(request, { cache: 'reload' });
}

function lookForNews({ force = false, orThrow = false } = {}) {
  if (!force && Date.now() - checkedAt < BETWEEN_CHECKS_MILLIS) return Promise.resolve();
  checking ??= look(orThrow).finally(() => (checking = null));
  return checking;
}

async function look(orThrow) {
  try {
    const news = await check();
    checkedAt = Date.now();
    if (news) await tellPages({ type: 'new-page' });
  } catch (problem) {
    if (orThrow && (await state()).current === null) throw problem;
    console.info(`No look at the page's files: ${problem.message}`);
  }
}

async function tellPages(message) {
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(message);
}

self.addEventListener('message', (event) => {
  if (event.data?.type === 'check') event.waitUntil(lookForNews({ force: true }).then(async () => event.ports[0]?.postMessage(await state())));
});

self.addEventListener('sync', (event) => {
  if (event.tag === SYNC_TAG) event.waitUntil(deliver());
});

/** Throws where something still waits, so that the browser tries again. */
async function deliver() {
  const before = new Set((await all()).filter((find) => find.state === 'waiting').map((find) => find.key));
  await wake();
  await deliverDue();
  const now = await all();
  const told = now.filter((find) => before.has(find.key) && find.state !== 'waiting');
  if (told.length > 0) await notify(told[0]);
  if (now.some((find) => find.state === 'waiting')) throw new Error('Some finds still wait');
}

/** Says that there is an answer, never what it is: the warning belongs beside it. */
async function notify({ words }) {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((one) => one.visibilityState === 'visible')) return;
  if (self.Notification?.permission !== 'granted') return;
  await self.registration.showNotification(words.title, { body: words.body, tag: SYNC_TAG, icon: 'img/icon-192.png' });
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      if (open) await open.focus();
      else await self.clients.openWindow(ROOT.href);
    })(),
  );
});
