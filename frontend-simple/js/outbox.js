/**
 * Finds that wait for a signal: photos kept on this device until the service has answered. Runs in
 * the page and in the service worker, so there is nothing of the document here.
 *
 * A find leaves `waiting` in one way only: its answer, or the refusal of its photos, has been
 * written down. Whatever happens before that, a closed tab, a dead battery, an answer lost on its
 * way, it waits on and is sent again under the same key, by which the service knows a repeat.
 */

import { ApiProblem, deliver } from './api.js';
import { MAX_PHOTOS } from './limits.js';

const DATABASE = 'mushroom-outbox';
const OUTGOING = 'outgoing';
const DRAFTS = 'drafts';
const LOCK = 'mushroom-outbox';
export const SYNC_TAG = 'mushroom-outbox';

/**
 * Whether this can be an answer at all, so that a login page or half a reply is not taken for one.
 * The page reads it properly, by `readAnswer`, which needs words and so cannot run in the worker.
 */
function looksLikeAnswer(json) {
  return ['mushroom', 'answer', 'poison'].every((part) => json?.[part] !== null && typeof json?.[part] === 'object' && !Array.isArray(json[part]));
}

/** Times in milliseconds; the tests shorten them. */
export const timing = { firstWait: 5_000, longestWait: 15 * 60_000, answer: 120_000, draftsKept: 24 * 3600_000 };
/** The slowest link that is still waited for, about GPRS. */
const SLOWEST_BYTES_PER_SECOND = 4096;

/** Statuses that the same photos would meet again. */
const FOR_GOOD = new Set([400, 413, 415, 422]);
const CONNECTION = new Set(['offline', 'unreachable']);

/**
 * @typedef {object} Outgoing
 * @property {string} key names this find towards the service, too
 * @property {number} when it was put here, milliseconds since 1970
 * @property {Array<{bytes: ArrayBuffer, type: string, name: string, drawn: boolean}>} photos none once `kept` is set
 * @property {'waiting'|'refused'|'answered'} state
 * @property {number} attempts
 * @property {number} due not to be sent before
 * @property {boolean} held whether the service itself asked to wait until then
 * @property {?string} problem a key of `texts.problem`
 * @property {*} json the answer as it came
 * @property {string} [kept] its id among the finds of this device, once it is there
 * @property {{title: string, body: string}} words for a notification, in the person's language
 */

/** There is no room, or no store at all. `kind` is a key of `texts.problem`. */
export class CannotKeep extends Error {
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(OUTGOING, { keyPath: 'key' });
      request.result.createObjectStore(DRAFTS, { keyPath: 'id' });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close(); // a newer page in another tab needs it
        opening = null;
      };
      request.result.onclose = () => (opening = null);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab holds an older version open'));
  });
  opening.catch(() => (opening = null));
  return opening;
}

/** One transaction, written to the disk before this resolves. `work` must ask for all it wants at once, or in callbacks. */
async function inStore(name, mode, work) {
  const transaction = (await open()).transaction(name, mode, { durability: 'strict' });
  const result = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(result?.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = ({ target }) => reject(target.error ?? transaction.error); // the transaction's own is set later
  });
}

async function write(name, work) {
  try {
    return await inStore(name, 'readwrite', work);
  } catch (problem) {
    throw new CannotKeep(problem?.name === 'QuotaExceededError' ? 'storageFull' : 'storageOff', problem);
  }
}

// Photos as bytes: not every browser keeps a Blob across its own end.
async function packed(photos) {
  return Promise.all(
    photos.map(async ({ blob, name, preview }) => ({ bytes: await blob.arrayBuffer(), type: blob.type, name, drawn: preview !== null })),
  );
}

/** @returns {Array<import('./photo.js').Photo>} with previews that `release` frees */
export function unpacked(kept) {
  return kept.map(({ bytes, type, name, drawn }) => {
    const blob = new Blob([bytes], { type });
    return { blob, name, preview: drawn ? URL.createObjectURL(blob) : null };
  });
}

/** @returns {string} a name that no other find has */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('mushroom-outbox') : null;
const listeners = new Set();

/** @param {function({type: 'changed'|'sending'|'answered'|'refused', key: ?string})} listener hears of this tab and all others */
export function listen(listener) {
  listeners.add(listener);
}

channel?.addEventListener('message', ({ data }) => listeners.forEach((listener) => listener(data)));

function tell(type, key = null) {
  channel?.postMessage({ type, key });
  listeners.forEach((listener) => listener({ type, key }));
}

/**
 * @returns {Promise<void>} once the photos are written down; a find that is already here stays as it is
 * @throws {CannotKeep} and then the photos are still the caller's
 */
export async function add({ photos, key, words, problem = null }) {
  if (photos.length === 0 || photos.length > MAX_PHOTOS) throw new RangeError(`expected 1 to ${MAX_PHOTOS} photos`);
  const record = { key, when: Date.now(), photos: await packed(photos), state: 'waiting', attempts: 0, due: 0, held: false, problem: null, json: null, words };
  if (problem) failed(record, problem);
  try {
    await write(OUTGOING, (store) => store.add(record));
  } catch (full) {
    if (full.cause?.name !== 'ConstraintError') throw full;
    return; // put here before, and perhaps answered since
  }
  tell('changed', key);
  askForSync();
}

/** @returns {Promise<Array<Outgoing>>} the oldest first; empty where this browser keeps nothing */
export async function all() {
  try {
    return (await inStore(OUTGOING, 'readonly', (store) => store.getAll())).sort((a, b) => a.when - b.when);
  } catch {
    return [];
  }
}

/** @returns {Promise<?Outgoing>} null where it is gone; throws where nobody can know */
export async function one(key) {
  return (await inStore(OUTGOING, 'readonly', (store) => store.get(key))) ?? null;
}

/** Takes out what stands among the finds of this device under this id; null takes out all that do. */
export async function forgetKept(id = null) {
  let gone = false;
  await write(OUTGOING, (store) => {
    store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const { kept } = cursor.value;
      if (kept && (id === null || kept === id)) {
        cursor.delete();
        gone = true;
      }
      cursor.continue();
    };
  });
  if (gone) tell('changed');
}

/** Takes a find out, also while it is being sent. */
export async function forget(key) {
  if (running?.key === key) running.abort.abort();
  await write(OUTGOING, (store) => store.delete(key));
  tell('changed', key);
}

/** Changes a find that is still there; one that was deleted meanwhile stays deleted. */
export async function change(key, edit) {
  let there = false;
  await write(OUTGOING, (store) => {
    store.get(key).onsuccess = ({ target }) => {
      if (!target.result) return;
      there = true;
      edit(target.result);
      store.put(target.result);
    };
  });
  return there;
}

/** Everything that only waits for a connection may go now; what the service asked to wait, waits. */
export async function wake() {
  await write(OUTGOING, (store) => {
    store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (cursor.value.state === 'waiting' && !cursor.value.held && cursor.value.due > 0) cursor.update({ ...cursor.value, due: 0 });
      cursor.continue();
    };
  });
}

/** What came turned out to be no answer: the find waits on. */
export async function takeBack(key) {
  await change(key, (find) => {
    if (find.kept) return; // somebody could read it, and its photos are gone
    find.state = 'waiting';
    find.json = null;
    failed(find, new ApiProblem('rubbish'));
  });
  tell('changed', key);
}

/**
 * Somebody asked for this one now, whatever was refused before. An answer stays an answer.
 *
 * @returns {Promise<boolean>} whether it is still here
 */
export async function again(key) {
  const there = await change(key, (find) => {
    if (find.state !== 'answered') Object.assign(find, { state: 'waiting', due: 0, held: false, problem: null });
  });
  tell('changed', key);
  return there;
}

/** How long one attempt may take: what the service needs, and what a slow link needs for so many bytes. */
export function attemptMillis(bytes) {
  return timing.answer + (bytes / SLOWEST_BYTES_PER_SECOND) * 1000;
}

/**
 * How long to wait after so many failures: doubled each time, spread at random so that a thousand
 * phones in one valley do not come back in the same second, and never shorter than the service asked.
 */
export function waitMillis(attempts, retryAfterSeconds = null, random = Math.random()) {
  const most = Math.min(timing.longestWait, timing.firstWait * 2 ** Math.max(0, attempts - 1));
  const asked = retryAfterSeconds === null ? 0 : retryAfterSeconds * 1000 * (1 + 0.2 * random);
  return Math.max(asked, most / 2 + (random * most) / 2);
}

let running = null;

/**
 * Sends what is due, one find after the other; only one tab or worker does so at a time.
 *
 * @returns {Promise<boolean>} false where somebody else is at it
 */
export async function deliverDue() {
  if (typeof navigator.locks?.request !== 'function') {
    if (running) return false;
    await deliverEach();
    return true;
  }
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    await deliverEach();
    return true;
  });
}

async function deliverEach() {
  for (;;) {
    const now = Date.now();
    const next = (await all()).find((find) => find.state === 'waiting' && find.due <= now);
    if (!next || !(await deliverOne(next))) return;
  }
}

/** @returns whether it makes sense to go on with the next */
async function deliverOne(find) {
  running = { key: find.key, abort: new AbortController() };
  const { abort } = running;
  let late = 0;
  tell('sending', find.key);
  try {
    const photos = find.photos.map(({ bytes, type }) => ({ blob: new Blob([bytes], { type }) }));
    const limit = attemptMillis(photos.reduce((sum, { blob }) => sum + blob.size, 0));
    late = setTimeout(() => abort.abort(new ApiProblem('slowAnswer')), limit);
    const json = await deliver(photos, find.key, abort.signal);
    if (!looksLikeAnswer(json)) throw new ApiProblem('rubbish');
    if (await change(find.key, (kept) => Object.assign(kept, { state: 'answered', json, problem: null }))) tell('answered', find.key);
    return true;
  } catch (problem) {
    if (problem instanceof CannotKeep) throw problem;
    if (problem.name === 'AbortError') return true; // deleted meanwhile
    if (!(problem instanceof ApiProblem)) {
      console.info(`A waiting find cannot be sent: ${problem.message}`);
      await change(find.key, (kept) => failed(kept, new ApiProblem('trouble')));
      tell('changed', find.key);
      return true; // the others are not to wait for a broken one
    }
    await change(find.key, (kept) => failed(kept, problem));
    if (problem.retryAfterSeconds !== null) await holdOthers(find.key);
    const forGood = FOR_GOOD.has(problem.status);
    tell(forGood ? 'refused' : 'changed', find.key);
    return forGood;
  } finally {
    clearTimeout(late);
    running = null;
  }
}

function failed(find, problem) {
  find.problem = problem.kind;
  if (FOR_GOOD.has(problem.status)) {
    find.state = 'refused';
    return;
  }
  find.attempts = (find.attempts || 0) + 1;
  find.held = problem.retryAfterSeconds != null;
  find.due = Date.now() + waitMillis(find.attempts, problem.retryAfterSeconds ?? null);
}

/** `Retry-After` is meant for whoever asks, not for one find. */
async function holdOthers(key) {
  await write(OUTGOING, (store) => {
    store.get(key).onsuccess = ({ target: { result: asked } }) => {
      if (!asked) return;
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        const find = cursor.value;
        if (find.state === 'waiting' && find.due < asked.due) cursor.update({ ...find, due: asked.due, held: true });
        cursor.continue();
      };
    };
  });
}

/** @returns {Promise<?number>} milliseconds until something is due; null where nothing waits */
export async function untilDue() {
  const waiting = (await all()).filter((find) => find.state === 'waiting');
  return waiting.length === 0 ? null : Math.max(0, Math.min(...waiting.map((find) => find.due)) - Date.now());
}

/** Where there is Background Sync, the browser wakes the worker when the signal is back, with the page closed. */
async function askForSync() {
  try {
    const registration = await globalThis.navigator?.serviceWorker?.getRegistration?.();
    await registration?.sync?.register(SYNC_TAG);
  } catch {
    // then the page sends when it is next open
  }
}

/** Whether a find waits for a connection rather than for the service. */
export function waitsForSignal(find) {
  return find.state === 'waiting' && (find.problem === null || CONNECTION.has(find.problem));
}

// ---- Photos that are not sent yet: each open page has a draft of its own.

let mine = null;
const letGo = new Map();

/** A page's name, held as a lock while the page lives: what nobody holds was left behind. */
function hold(id) {
  if (typeof navigator.locks?.request !== 'function') return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`mushroom-draft-${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise((free) => letGo.set(id, free)) : undefined;
    });
  });
}

/** @returns {Promise<?{key: string, photos: Array}>} photos that a closed or reloaded page left behind */
export async function adoptDraft(now = Date.now()) {
  try {
    const drafts = await inStore(DRAFTS, 'readonly', (store) => store.getAll());
    let adopted = null;
    for (const draft of drafts.sort((a, b) => b.when - a.when)) {
      if (adopted || !(await hold(draft.id))) continue;
      if (now - draft.when > timing.draftsKept) await write(DRAFTS, (store) => store.delete(draft.id));
      else adopted = draft;
    }
    mine = adopted?.id ?? freshKey();
    if (!adopted) {
      await hold(mine);
      return null;
    }
    return { key: adopted.key, photos: unpacked(adopted.photos) };
  } catch {
    return null;
  }
}

/** Leaves an adopted draft where it is, for a later visit, and begins one of its own. */
export async function leaveDraft() {
  const left = mine;
  mine = freshKey();
  await hold(mine);
  letGo.get(left)?.();
  letGo.delete(left);
}

let writing = Promise.resolve();

/** @returns {Promise<void>} once all drafts so far are written down */
export const draftsWritten = () => writing;

/** Writes down what is in the tray; an empty one forgets. Never throws: the tray works without. */
export function keepDraft(photos, key) {
  const now = [...photos];
  writing = writing.then(async () => {
    try {
      if (mine === null) return;
      const kept = now.length === 0 ? null : { id: mine, key, when: Date.now(), photos: await packed(now) };
      await write(DRAFTS, (store) => (kept ? store.put(kept) : store.delete(mine)));
    } catch (problem) {
      console.info(`The photos are not kept for a reload: ${problem.message}`);
    }
  });
  return writing;
}
