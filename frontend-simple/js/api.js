/** The service. The only file that knows its URLs; all are relative, so the page works under any path. */

const IDENTIFICATIONS = 'api/v1/identifications';
const SPECIES = 'api/v1/species';
const ACCEPTED = 'application/json, application/problem+json';
const REPEAT_KEY = 'Idempotency-Key';

/** How long to wait; the tests shorten them. */
export const limits = { stallMillis: 30_000, answerMillis: 60_000, maxRetryAfterSeconds: 300 };

/** What went wrong on the way. `kind` is a key of `texts.problem`; `photo` counts from 1, null where it is not known. */
export class ApiProblem extends Error {
  constructor(kind, { status = 0, detail = '', retryAfterSeconds = null, photo = null } = {}) {
    super(`${kind} (status ${status})`);
    Object.assign(this, { kind, status, detail, retryAfterSeconds, photo });
  }
}

/**
 * Sends the photos of one find.
 *
 * @param {Array<import('./photo.js').Photo>} photos
 * @param {{onSent: function(number), onWaiting: function(), signal: AbortSignal, key: ?string}} hooks
 *   `onSent` gets the share sent, 0 to 1; `onWaiting` is called once, when all is sent; `key` as in `deliver`
 * @returns {Promise<*>} the parsed JSON, not yet checked
 * @throws {ApiProblem} and `AbortError` when the signal fires
 */
export function identify(photos, { onSent, onWaiting, signal, key = null }) {
  const form = formOf(photos);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    let waiting = false;
    const arm = (millis, kind) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(new ApiProblem(kind));
        request.abort();
      }, millis);
    };
    const sent = () => {
      if (waiting) return;
      waiting = true;
      onWaiting();
      arm(limits.answerMillis, 'slowAnswer');
    };
    request.upload.addEventListener('progress', (event) => {
      if (waiting) return;
      arm(limits.stallMillis, 'slowUpload');
      if (event.lengthComputable && event.total > 0) onSent(event.loaded / event.total);
    });
    request.upload.addEventListener('load', sent);
    request.addEventListener('load', () => {
      try {
        resolve(read(request));
      } catch (problem) {
        reject(problem);
      }
    });
    request.addEventListener('error', () => reject(new ApiProblem(navigator.onLine === false ? 'offline' : 'unreachable')));
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    request.addEventListener('loadend', () => clearTimeout(timer));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', IDENTIFICATIONS);
    request.setRequestHeader('Accept', ACCEPTED);
    if (key !== null) request.setRequestHeader(REPEAT_KEY, key);
    arm(limits.stallMillis, 'slowUpload');
    request.send(form);
  });
}

/**
 * The same without progress, for finds that waited; also in the service worker, which has no
 * XMLHttpRequest.
 *
 * @param {Array<{blob: Blob}>} photos
 * @param {string} key the same for each attempt: the service does not look twice
 * @param {AbortSignal} signal
 * @returns {Promise<*>} the parsed JSON, not yet checked
 * @throws {ApiProblem}, and whatever the signal was aborted with
 */
export async function deliver(photos, key, signal) {
  let response;
  let body;
  try {
    response = await fetch(IDENTIFICATIONS, {
      method: 'POST',
      headers: { Accept: ACCEPTED, [REPEAT_KEY]: key },
      body: formOf(photos),
      cache: 'no-store',
      signal,
    });
    body = json(response.headers.get('Content-Type'), await response.text());
  } catch (problem) {
    signal.throwIfAborted();
    throw new ApiProblem(navigator.onLine === false ? 'offline' : 'unreachable');
  }
  if (!response.ok) {
    const refused = refusal(response.status, body, response.headers.get('Retry-After'));
    // Nobody watches a countdown here, so what the service asks is obeyed in full.
    if (refused.retryAfterSeconds !== null) refused.retryAfterSeconds = seconds(response.headers.get('Retry-After'), Date.now(), 86_400);
    throw refused;
  }
  if (body === undefined) throw new ApiProblem('rubbish', { status: response.status });
  return body;
}

function formOf(photos) {
  const form = new FormData();
  for (const photo of photos) form.append('images', photo.blob, uploadName(photo));
  return form;
}

/** The name is for the multipart part alone; the person's own file name stays with the person. */
function uploadName(photo) {
  return photo.blob.type === 'image/jpeg' ? 'photo.jpg' : 'photo';
}

function read(request) {
  const { status } = request;
  const body = json(request.getResponseHeader('Content-Type'), request.responseText);
  if (status >= 200 && status < 300) {
    if (body === undefined) throw new ApiProblem('rubbish', { status });
    return body;
  }
  throw refusal(status, body, request.getResponseHeader('Retry-After'));
}

function json(contentType, text) {
  if (!/[/+]json\b/i.test(contentType ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The last part of `type`, as the service names its problems. */
const KIND_BY_TYPE = {
  'photo-empty': 'empty',
  'photo-too-large': 'tooLarge',
  'upload-too-large': 'tooLarge',
  'photo-too-many-pixels': 'tooManyPixels',
  'photo-too-small': 'tooSmall',
  'not-a-photo': 'notAPhoto',
  'unsupported-photo-format': 'unsupported',
  'photo-truncated': 'damaged',
  'photo-corrupt': 'damaged',
  'no-model': 'starting',
};

const KIND_BY_STATUS = {
  404: 'missing',
  405: 'missing',
  408: 'slowUpload',
  413: 'tooLarge',
  415: 'unsupported',
  429: 'busy',
  503: 'busy',
  504: 'slowAnswer',
};

/** Turns an error answer (problem+json where the service wrote it, anything where a proxy did) into a problem. */
export function refusal(status, body, retryAfter) {
  const problem = body !== null && typeof body === 'object' ? body : {};
  const type = typeof problem.type === 'string' ? problem.type.split(/[/:#]/).pop() : '';
  const kind =
    (Object.hasOwn(KIND_BY_TYPE, type) && KIND_BY_TYPE[type]) ||
    (Object.hasOwn(KIND_BY_STATUS, status) && KIND_BY_STATUS[status]) ||
    (status >= 500 ? 'trouble' : 'refused');
  return new ApiProblem(kind, {
    status,
    detail: kind === 'refused' && typeof problem.detail === 'string' ? problem.detail : '',
    retryAfterSeconds: status === 429 || status === 503 ? seconds(retryAfter) : null,
    photo: Number.isInteger(problem.photo) ? problem.photo : null,
  });
}

/** `Retry-After` in seconds: a number or a date; 5 where it says nothing sensible, never past the limit. */
export function seconds(retryAfter, now = Date.now(), most = limits.maxRetryAfterSeconds) {
  const text = (retryAfter ?? '').trim();
  let wait = 5;
  if (/^\d{1,9}$/.test(text)) wait = Number(text);
  else if (text !== '' && !Number.isNaN(Date.parse(text))) wait = Math.ceil((Date.parse(text) - now) / 1000);
  return Math.min(Math.max(wait, 1), most);
}

/** @returns {Promise<?Blob>} a PNG, or null where there is none for this answer */
export async function heatmap(id) {
  try {
    const response = await fetch(`${IDENTIFICATIONS}/${encodeURIComponent(id)}/heatmap`);
    const blob = response.ok ? await response.blob() : null;
    return blob && blob.type === 'image/png' ? blob : null;
  } catch {
    return null;
  }
}

/**
 * @returns {Promise<{arrived: boolean, receipt: ?{id: string, token: string}, photosKept: number}>}
 *   with the receipt it can be taken back; null where the service gave none
 */
export async function sendFeedback(id, feedback) {
  try {
    const response = await fetch(`${IDENTIFICATIONS}/${encodeURIComponent(id)}/feedback`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(feedback),
    });
    const body = response.ok ? await response.json().catch(() => null) : null;
    const receipt = typeof body?.id === 'string' && typeof body?.withdrawalToken === 'string' ? { id: body.id, token: body.withdrawalToken } : null;
    return { arrived: response.ok, receipt, photosKept: Number.isInteger(body?.photosKept) ? body.photosKept : 0 };
  } catch {
    return { arrived: false, receipt: null, photosKept: 0 };
  }
}

/** @returns {Promise<boolean>} whether it is gone, now or before */
export async function withdrawFeedback({ id, token }) {
  try {
    const response = await fetch(`api/v1/feedback/${encodeURIComponent(id)}`, { method: 'DELETE', headers: { 'X-Withdrawal-Token': token } });
    return response.ok || response.status === 404;
  } catch {
    return false;
  }
}

/** @returns {Promise<Array<{label: string, scientificName: string, commonName: string}>>} empty where it cannot be had */
export async function species() {
  try {
    return await catalogue();
  } catch {
    return [];
  }
}

/** @throws {ApiProblem} so do those below */
export async function catalogue() {
  const body = await get(SPECIES);
  if (!Array.isArray(body?.species)) throw new ApiProblem('rubbish');
  return body.species;
}

/** @returns {Promise<?object>} null where the catalogue has none of this label */
export const speciesOf = (label) => getOrNull(`${SPECIES}/${encodeURIComponent(label)}`);

/** @returns {Promise<?object>} null where there is no such version */
export const modelOf = (version) => getOrNull(`api/v1/models/${encodeURIComponent(version)}`);

export const models = async () => (await get('api/v1/models'))?.models;

export const leaderboard = async () => (await get('api/v1/leaderboard'))?.entries;

async function getOrNull(path) {
  try {
    const body = await get(path);
    if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new ApiProblem('rubbish');
    return body;
  } catch (problem) {
    if (problem instanceof ApiProblem && (problem.status === 404 || problem.status === 400)) return null;
    throw problem;
  }
}

async function get(path) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limits.stallMillis);
  let response;
  let text;
  try {
    response = await fetch(path, { headers: { Accept: 'application/json' }, signal: stop.signal });
    text = await response.text();
  } catch {
    throw new ApiProblem(navigator.onLine === false ? 'offline' : 'unreachable');
  } finally {
    clearTimeout(timer);
  }
  const body = json(response.headers.get('Content-Type'), text);
  if (!response.ok) throw refusal(response.status, body, response.headers.get('Retry-After'));
  if (body === undefined) throw new ApiProblem('rubbish', { status: response.status });
  return body;
}
