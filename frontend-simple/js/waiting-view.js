/**
 * The finds that wait on this device: sends them when there is a signal, lists them with their own
 * photos, and says when an answer has come. What an answer says is only ever shown beside the
 * photos it was given for, never announced over others.
 */

import { readAnswer } from './answer.js';
import { byId, el, fill, icon } from './dom.js';
import { again, all, change, deliverDue, forget, listen, one, takeBack, unpacked, untilDue, waitsForSignal, wake } from './outbox.js';
import { release } from './photo.js';
import { texts } from './texts.js';

const SOONEST_MILLIS = 1000;
const LATEST_MILLIS = 60_000;

let page = null; // {say, go}
let followed = null; // {key, onNews}: the find whose sender is looking on
let sending = null; // key
let previews = new Map(); // key to photos
let timer = 0;
let drawn = Promise.resolve();

/** @param {{say: function(string), go: function(string)}} tools of the page */
export function begin(tools) {
  page = tools;
  listen((news) => hear(news));
  const comeBack = async () => {
    await quietly(settleAll);
    await quietly(wake);
    await pump();
  };
  addEventListener('online', comeBack);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && comeBack());
  comeBack();
}

/** Calls back when the find with this key was tried, refused, answered, or is gone (`state: 'gone'`), until somebody follows another. */
export function follow(key, onNews) {
  followed = key === null ? null : { key, onNews };
}

/** Tries this find now. */
export async function sendNow(key) {
  if (navigator.onLine === false) {
    page.say(texts.offline.banner);
    if (followed?.key === key) followed.onNews({ state: 'waiting', problem: 'offline' });
    return;
  }
  let there = true;
  await quietly(async () => (there = await again(key)));
  if (!there && followed?.key === key) followed.onNews({ state: 'gone' });
  await pump();
}

/** Sends what is due and comes back when the next is. */
async function pump() {
  clearTimeout(timer);
  const well = navigator.onLine !== false && (await quietly(deliverDue));
  const millis = await untilDue();
  clearTimeout(timer);
  if (millis === null) return;
  const soonest = well ? SOONEST_MILLIS : LATEST_MILLIS;
  timer = setTimeout(pump, Math.min(Math.max(millis, soonest), LATEST_MILLIS));
}

/** The store can fail at any time (full, closed by the browser); what waits is still there then. */
async function quietly(work) {
  try {
    await work();
    return true;
  } catch (problem) {
    console.info(`The waiting finds are out of reach: ${problem.message}`);
    return false;
  }
}

async function hear({ type, key }) {
  sending = type === 'sending' ? key : null;
  if (type === 'answered') await quietly(async () => settle(await one(key)));
  if (type === 'refused') page.say(texts.offline.refusedHeard);
  await show();
  if (type === 'changed') pumpLater();
  if (followed?.key !== key || type === 'sending') return;
  await quietly(async () => {
    const find = await one(key);
    if (followed?.key !== key || (type === 'changed' && find?.state === 'waiting' && find.problem === null)) return;
    followed.onNews(find ?? { state: 'gone' });
  });
}

/** Another tab or the worker may have changed when the next is due. */
async function pumpLater() {
  const millis = await untilDue();
  clearTimeout(timer);
  if (millis !== null) timer = setTimeout(pump, Math.min(Math.max(millis, SOONEST_MILLIS), LATEST_MILLIS));
}

/** Answers that came while no page was open. */
async function settleAll() {
  for (const find of await all()) if (find.state === 'answered' && !find.kept) await quietly(() => settle(find));
  await show();
}

/** Puts an answer with its photos among the finds of this device. */
async function settle(find) {
  if (!find) return;
  const answer = readable(find.json);
  if (!answer) {
    if (!find.kept) await takeBack(find.key);
    return;
  }
  if (!find.kept) {
    const photos = unpacked(find.photos);
    try {
      const { keepFind } = await import('./finds.js');
      const id = await keepFind(find.json, answer, photos, find.when);
      if (id) await change(find.key, (kept) => Object.assign(kept, { kept: id, photos: [] })); // no copy longer than needed
    } catch (problem) {
      console.info(`The answer stays among the waiting finds: ${problem.message}`);
    } finally {
      photos.forEach(release);
    }
  }
  if (followed?.key !== find.key) page.say(texts.offline.arrived);
  if (document.visibilityState === 'hidden' && globalThis.Notification?.permission === 'granted') {
    const registration = await navigator.serviceWorker?.getRegistration?.();
    await registration?.showNotification?.(find.words.title, { body: find.words.body, tag: 'mushroom-outbox', icon: 'img/icon-192.png' });
  }
}

/** Null for whatever cannot be read, so that one odd record never stands in the way of the others. */
function readable(json) {
  try {
    return readAnswer(json);
  } catch (problem) {
    console.info(`An answer cannot be read: ${problem.message}`);
    return null;
  }
}

/** Opens an answer under its own address; it then waits no longer. */
export async function openAnswer({ key, kept }) {
  if (followed?.key === key) followed = null;
  page.go(`#/finds/${encodeURIComponent(kept)}`);
  await quietly(() => forget(key));
}

/** Draws the list and the banner anew, one after the other. */
export function show() {
  drawn = drawn.then(draw, draw);
  return drawn;
}

async function draw() {
  const finds = await all();
  const before = previews;
  previews = new Map(await Promise.all(finds.map(async (find) => [find.key, before.get(find.key) ?? (await photosOf(find))])));
  for (const [key, photos] of before) if (!previews.has(key)) photos.forEach(release);
  const focused = document.activeElement?.closest?.('#waiting')?.contains(document.activeElement) ? document.activeElement.dataset.for : null;
  const section = byId('waiting');
  section.hidden = finds.length === 0;
  fill(
    section,
    el('h2', { id: 'waiting-heading', tabIndex: -1 }, texts.offline.heading),
    el('ul.waiting-list', { role: 'list' }, ...finds.map(row)),
    finds.some((find) => find.state === 'waiting') ? notifyMe() : null,
    el('p.note', {}, texts.offline.onDevice),
  );
  if (focused) section.querySelector(`[data-for="${CSS.escape(focused)}"]`)?.focus();
  banner(finds);
}

async function photosOf(find) {
  try {
    if (!find.kept) return unpacked(find.photos);
    const { findOf } = await import('./finds.js'); // the photos are gone, a small picture is there
    const picture = (await findOf(find.kept))?.picture;
    return [{ name: '', preview: picture ? URL.createObjectURL(picture) : null }];
  } catch {
    return []; // a broken record; it can still be deleted
  }
}

function row(find) {
  const photos = previews.get(find.key);
  const when = new Date(find.when).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
  return el(
    'li.waiting-find',
    { 'data-state': find.key === sending ? 'sending' : find.state },
    el('div.waiting-photos', {}, ...photos.map((photo, index) => thumbnail(photo, index))),
    el('div.waiting-words', {}, el('p.waiting-state', {}, icon(ICONS[find.state] ?? 'clock'), el('span', {}, words(find))), el('p.note', {}, texts.offline.from(when))),
    el('div.waiting-actions', {}, main(find), deleteButton(find)),
  );
}

const ICONS = { waiting: 'clock', refused: 'photo-off', answered: 'look' };

function thumbnail(photo, index) {
  const alt = texts.tray.photo(index + 1, photo.name);
  return photo.preview ? el('img', { src: photo.preview, alt }) : el('div.no-preview', { role: 'img', 'aria-label': alt }, icon('mushroom'));
}

function words(find) {
  if (find.key === sending) return texts.offline.sending;
  if (find.state === 'answered') return find.kept ? texts.offline.answered : verdict(find);
  if (find.state === 'refused') return texts.offline.refused((texts.problem[find.problem] ?? texts.problem.refused)[0]);
  return waitsForSignal(find) ? texts.offline.forSignal : texts.offline.forService;
}

/** Where the answer cannot be put among the finds it is told here, beside its photos. */
function verdict({ json }) {
  const answer = readable(json);
  if (!answer) return texts.offline.forService;
  return [texts.danger[answer.danger].word, answer.name, answer.warning || texts.answer.warning].filter(Boolean).join('. ');
}

function main(find) {
  if (find.state === 'answered' && find.kept) {
    return el('button.button', { type: 'button', 'data-for': `show ${find.key}`, onclick: () => openAnswer(find) }, texts.offline.show);
  }
  if (find.state === 'answered') return null;
  return el('button.button.second', { type: 'button', 'data-for': `send ${find.key}`, disabled: find.key === sending, onclick: () => sendNow(find.key) }, texts.offline.sendNow);
}

/** Asks once more before photos are gone. */
function deleteButton(find) {
  const button = el('button.button.second', { type: 'button', 'data-for': `delete ${find.key}`, onclick: press }, texts.offline.remove);
  let sure = false;
  async function press() {
    if (!sure) {
      sure = true;
      button.textContent = texts.offline.removeSure;
      button.addEventListener('blur', () => {
        sure = false;
        button.textContent = texts.offline.remove;
      }, { once: true });
      return;
    }
    await quietly(() => forget(find.key));
    await show();
    page.say(texts.offline.removed);
    (byId('waiting').hidden ? byId('start').querySelector('button') : byId('waiting-heading'))?.focus();
  }
  return button;
}

/** Permission is asked for on a tap only. */
function notifyMe() {
  if (globalThis.Notification?.permission !== 'default' || !navigator.serviceWorker?.controller) return null;
  return el('button.button.quiet', { type: 'button', 'data-for': 'notify', onclick: () => Notification.requestPermission().then(show) }, texts.offline.notify);
}

function banner(finds) {
  const waiting = finds.filter((find) => find.state === 'waiting').length;
  const answered = finds.filter((find) => find.state === 'answered').length;
  const place = byId('waiting-banner');
  const said = [answered > 0 ? texts.offline.answers(answered) : null, waiting > 0 ? texts.offline.count(waiting) : null].filter(Boolean).join(' ');
  place.hidden = finds.length === 0;
  if (place.dataset.said === said) return; // or screen readers hear it each time
  place.dataset.said = said;
  fill(place, icon('clock'), el('span', {}, `${said} `), el('button.link', { type: 'button', onclick: toList }, texts.offline.see));
}

function toList() {
  if (document.body.dataset.view !== 'identify') page.go('#/');
  byId('waiting').scrollIntoView({ block: 'start' });
  byId('waiting-heading').focus({ preventScroll: true });
}
