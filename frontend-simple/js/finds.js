/**
 * One's own finds, on this device only: the answer as it came, a small picture, the date. Nothing
 * of it is ever sent anywhere. Where the browser keeps nothing (private windows), all of this says
 * so by null or an empty list, and the page works without.
 */

import { forgetKept } from './outbox.js';

const DATABASE = 'mushroom-finds';
const STORE = 'finds';
/** Goes to the window with the id of a find that was deleted, or with null for all. identify-view.js hears it. */
const DELETED = 'find-deleted';
const PICTURE_PIXELS = 360;
const PICTURE_QUALITY = 0.8;

/**
 * @typedef {object} Find
 * @property {string} id
 * @property {number} when milliseconds since 1970
 * @property {*} json the answer as the service gave it, read again by `readAnswer`
 * @property {?Blob} picture
 * @property {number} photos how many it rests on
 * @property {?{id: string, token: string}} receipt of feedback that can be taken back
 */

let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' }).createIndex('when', 'when');
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

/** @returns {Promise<*>} the result of what `work` asked of the store, once it is written down */
async function inStore(mode, work) {
  const transaction = (await open()).transaction(STORE, mode);
  const request = work(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = ({ target }) => reject(target.error ?? transaction.error);
  });
}

async function orElse(otherwise, work) {
  try {
    return await work();
  } catch (problem) {
    console.info(`The finds of this device are out of reach: ${problem}`);
    return otherwise;
  }
}

/**
 * @param {*} json the answer as it came
 * @param {import('./answer.js').Answer} answer the same, read
 * @param {Array<import('./photo.js').Photo>} photos
 * @returns {Promise<?string>} the id of the find, or null where nothing can be kept
 */
export async function keepFind(json, answer, photos, when = Date.now()) {
  const id = answer.id ?? `find-${when.toString(36)}`;
  return orElse(null, async () => {
    const find = { id, when, json, picture: await picture(photos), photos: photos.length, receipt: null };
    await inStore('readwrite', (store) => store.put(find));
    return id;
  });
}

/** A small copy of the first photo that this browser can show. */
async function picture(photos) {
  const shown = photos.find((photo) => photo.preview);
  if (!shown) return null;
  const bitmap = await createImageBitmap(shown.blob);
  const scale = Math.min(1, PICTURE_PIXELS / Math.min(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d', { alpha: false });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', PICTURE_QUALITY));
}

/** @returns {Promise<?Array<Find>>} the newest first; null where this browser keeps nothing */
export function allFinds() {
  return orElse(null, async () => (await inStore('readonly', (store) => store.index('when').getAll())).reverse());
}

/** @returns {Promise<?Find>} */
export function findOf(id) {
  return orElse(null, async () => (await inStore('readonly', (store) => store.get(id))) ?? null);
}

/** Remembers how feedback on a find can be taken back; null forgets it. */
export async function keepReceipt(id, receipt) {
  const find = await findOf(id);
  if (find) await orElse(null, () => inStore('readwrite', (store) => store.put({ ...find, receipt })));
}

/** @returns {Promise<boolean>} whether it is gone */
export function forget(id) {
  return orElse(false, async () => {
    await inStore('readwrite', (store) => store.delete(id));
    await forgetElsewhere(id);
    return true;
  });
}

/** @returns {Promise<boolean>} whether all are gone */
export function forgetAll() {
  return orElse(false, async () => {
    await inStore('readwrite', (store) => store.clear());
    await forgetElsewhere(null);
    return true;
  });
}

/** What is deleted must not stand on the page or in the outbox any more either. */
async function forgetElsewhere(id) {
  dispatchEvent(new CustomEvent(DELETED, { detail: id }));
  await forgetKept(id);
}
