/**
 * Opens the page without a signal, and sends waiting finds when the browser says that it is back.
 *
 * Only the page's own files are ever answered from here. The API, and whatever else the server has,
 * goes past as if this were not here.
 */

import { SYNC_TAG, all, deliverDue, wake } from './js/outbox.js';
import { INDEX, begin, beganWith, check, fileOf, forgetAll, forgetPages, promote, state } from './js/release.js';

const ROOT = new URL('./', self.location.href);
const OURS = /^(?:(?:js|css|img|fonts)\/[\w./-]+|index\.html|manifest\.json)$/;
const BETWEEN_CHECKS_MILLIS = 60_000;

/** Which version each open page began with, so that what it loads later fits. Also written down, for the worker's next life. */
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
    const fresh = url.searchParams.has('fresh');
    const shown = fresh ? freshPage(event) : page(event);
    event.respondWith(shown);
    event.waitUntil(fresh ? shown.then(() => lookForNews({ force: true })) : lookForNews());
  } else if (OURS.test(path)) {
    event.respondWith(file(event, path));
  }
});

async function page(event) {
  return (await keptPage(event)) ?? fetch(event.request);
}

/** @returns {Promise<?Response>} and what this page loads later is of the same version */
async function keptPage(event) {
  try {
    const version = await promote();
    const kept = await fileOf(version, INDEX);
    if (kept) {
      versionOf.set(event.resultingClientId, version);
      event.waitUntil(begin(event.resultingClientId, version).catch((problem) => console.info(`Not written down: ${problem}`)));
    }
    return kept;
  } catch (problem) {
    console.info(`The kept page is out of reach: ${problem}`);
    return null;
  }
}

async function file(event, path) {
  try {
    const version = versionOf.get(event.clientId) ?? (await beganWith(event.clientId)) ?? (await state()).current;
    const kept = await fileOf(version, path);
    if (kept) return kept;
  } catch (problem) {
    console.info(`The kept files are out of reach: ${problem}`);
  }
  return fetch(event.request);
}

/**
 * "Load the page again" of a page that does not get ready: nothing that is kept here may be in the
 * way, once there is another. Until then a broken page is better than none.
 */
async function freshPage(event) {
  let response = null;
  try {
    response = await fetch(event.request, { cache: 'reload' });
  } catch (problem) {
    console.info(`No fresh page: ${problem.message}`);
  }
  if (!response?.ok) return (await keptPage(event)) ?? response ?? Response.error();
  await forgetAll();
  return response;
}

function lookForNews({ force = false, orThrow = false } = {}) {
  if (!force && Date.now() - checkedAt < BETWEEN_CHECKS_MILLIS) return Promise.resolve();
  checking ??= look(orThrow).finally(() => (checking = null));
  return checking;
}

async function look(orThrow) {
  try {
    await forgetPages((await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).map((client) => client.id));
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
  const told = now.filter((find) => before.has(find.key) && find.state === 'answered');
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
