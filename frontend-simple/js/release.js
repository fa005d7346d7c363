/**
 * The files of the page as one thing: found by following what they name, known by the hash of all
 * their bytes, kept and replaced as a whole. So no list of files has to be written by hand, nobody
 * ever sees half of one version and half of the next, and no answer of the API is ever in here.
 */

export const INDEX = 'index.html';
const ENTRIES = [INDEX, 'manifest.json'];
const PREFIX = 'page-';
const STATE = 'page-state';
const STATE_KEY = 'state.json';
const MAX_FILES = 300;

const TYPES = { html: /^text\/html\b/, js: /^(text|application)\/javascript\b/, css: /^text\/css\b/ };

/** @returns {Array<string>} paths, seen from the page's root, that this file cannot do without */
export function references(path, text) {
  const found = [];
  const take = (pattern) => found.push(...firsts(text, pattern));
  if (path.endsWith('.html')) {
    for (const [tag] of text.matchAll(/<(?:link|script)\b[^>]*>/g)) {
      if (/rel="(?:apple-touch-icon|manifest)"/.test(tag)) continue; // for the home screen, not for the page
      const [, one] = /\b(?:href|src)="([^"#]+)"/.exec(tag) ?? [];
      if (one) found.push(one);
    }
  } else if (path.endsWith('.js')) {
    take(/^\s*(?:import|export)\b[^'"`]*?\bfrom\s+'(\.[^']+)'/gm);
    take(/^\s*import\s+'(\.[^']+)'/gm);
  } else if (path.endsWith('.css')) {
    take(/url\(["']?(?!data:|#)([^"')]+)["']?\)/g);
  }
  return fromRoot(path, found);
}

/** @returns {Array<string>} what this module loads only when asked for; where one is missing, the rest still works */
export function laterReferences(path, text) {
  return path.endsWith('.js') ? fromRoot(path, firsts(text, /\bimport\('(\.[^']+)'\)/g)) : [];
}

function firsts(text, pattern) {
  return [...text.matchAll(pattern)].map(([, first]) => first);
}

function fromRoot(path, found) {
  const root = 'https://page.invalid/';
  return found
    .map((one) => new URL(one, root + path))
    .filter((url) => url.href.startsWith(root))
    .map((url) => url.pathname.slice(1));
}

/**
 * @param {function(string): Promise<Response>} ask
 * @returns {Promise<{name: string, files: Map<string, Response>}>}
 * @throws {Error} where a file is missing or is not what its name says
 */
export async function gather(ask) {
  const files = new Map();
  const digests = [];
  const seen = new Set(ENTRIES);
  const take = async (path, needed) => {
    const response = await ask(path);
    const type = response.headers.get('Content-Type') ?? '';
    const expected = TYPES[path.split('.').pop()];
    if (response.status === 404 && !needed) return [];
    if (response.status !== 200 || response.redirected || (expected && !expected.test(type))) {
      throw new Error(`Expected the file ${path}, found status ${response.status} and type ${type}`);
    }
    const bytes = await response.clone().arrayBuffer();
    files.set(path, response);
    digests.push(`${path} ${await digest(bytes)}`);
    const text = new TextDecoder().decode(bytes);
    return [...references(path, text).map((one) => [one, needed]), ...laterReferences(path, text).map((one) => [one, false])];
  };
  let open = ENTRIES.map((path) => [path, true]);
  while (open.length > 0) {
    const named = (await Promise.all(open.map(([path, needed]) => take(path, needed)))).flat();
    open = named.filter(([path]) => !seen.has(path) && seen.add(path));
    if (seen.size > MAX_FILES) throw new Error(`Expected at most ${MAX_FILES} files`);
  }
  const name = PREFIX + (await digest(new TextEncoder().encode(digests.sort().join('\n'))));
  return { name, files };
}

async function digest(bytes) {
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns {Promise<{current: ?string, next: ?string, previous: ?string}>} names of caches */
export async function state() {
  const kept = await (await caches.open(STATE)).match(STATE_KEY);
  const { current = null, next = null, previous = null } = kept ? await kept.json() : {};
  return { current, next, previous };
}

async function setState(now) {
  await (await caches.open(STATE)).put(STATE_KEY, new Response(JSON.stringify(now)));
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== STATE && name !== now.current && name !== now.next && name !== now.previous) await caches.delete(name);
  }
}

/** Asks the server even where a file is in the browser's cache; an unchanged one costs a 304. */
const fromServer = (path) => fetch(path, { cache: 'no-cache', credentials: 'same-origin' });

/**
 * Looks whether the server has another page than the one kept here, and keeps it for the next visit.
 *
 * @returns {Promise<boolean>} whether there is a new one, complete and waiting
 */
export async function check(ask = fromServer) {
  let found = await gather(ask);
  const now = await state();
  if (found.name === now.current && (await caches.has(found.name))) {
    if (now.next !== null) await setState({ ...now, next: null }); // taken back by its publisher
    return false;
  }
  if (found.name === now.next) return true;
  const again = await gather(ask);
  if (again.name !== found.name) throw new Error('The files change while they are read; the next check looks again');
  found = again;
  const cache = await caches.open(found.name);
  try {
    for (const [path, response] of found.files) await cache.put(path, response);
  } catch (problem) {
    await caches.delete(found.name); // no room: the old one stays whole
    throw problem;
  }
  const { current, previous } = await state(); // a visit may have begun meanwhile
  const first = current === null || current === found.name;
  await setState(first ? { current: found.name, next: null, previous } : { current, next: found.name, previous });
  return !first;
}

/** @returns {Promise<?string>} the version that a visit beginning now gets; null where none is kept */
export async function promote() {
  const { current, next } = await state();
  if (next === null) return current;
  await setState({ current: next, next: null, previous: current });
  return next;
}

const PAGE = 'page-of/';
const BEGUN = 'X-Begun';
const OPENING_MILLIS = 5 * 60_000;
const keyOf = (page) => PAGE + encodeURIComponent(page);

/** Writes down which version an open page began with: the worker itself is ended and started as the browser likes. */
export async function begin(page, version) {
  await (await caches.open(STATE)).put(keyOf(page), new Response(version, { headers: { [BEGUN]: String(Date.now()) } }));
}

/** @returns {Promise<?string>} null for a page that did not begin here */
export async function beganWith(page) {
  const kept = await (await caches.open(STATE)).match(keyOf(page));
  return kept ? kept.text() : null;
}

/** Forgets what pages began with that are open no more; one that is just opening is in no list of open pages yet. */
export async function forgetPages(open, now = Date.now()) {
  const cache = await caches.open(STATE);
  const known = new Set(open.map((page) => new URL(keyOf(page), location.href).href));
  for (const { url } of await cache.keys()) {
    if (!url.includes(`/${PAGE}`) || known.has(url)) continue;
    const begun = Number((await cache.match(url))?.headers.get(BEGUN));
    if (now - begun > OPENING_MILLIS) await cache.delete(url);
  }
}

/** @returns {Promise<?Response>} */
export async function fileOf(name, path) {
  if (name === null || !(await caches.has(name))) return null;
  return (await (await caches.open(name)).match(path)) ?? null;
}

/** Forgets every version: the way out of a broken one. */
export async function forgetAll() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}
