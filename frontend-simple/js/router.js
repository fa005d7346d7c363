/**
 * Every view has its own address, behind the hash, so that any web server can serve the page:
 * `#/`, `#/finds`, `#/finds/<id>`, `#/species?q=…`, `#/species/<label>`, `#/models`,
 * `#/models/<version>`, `#/about`, `#/privacy`.
 */

/** Loaded when first asked for. Each exports `show(place, tools)`. */
const VIEWS = {
  finds: { list: () => import('./finds-view.js'), one: () => import('./find-view.js') },
  species: { list: () => import('./catalogue-view.js'), one: () => import('./species-view.js') },
  models: { list: () => import('./leaderboard-view.js'), one: () => import('./model-view.js') },
  about: { list: () => import('./about-view.js') },
  privacy: { list: () => import('./privacy-view.js') },
};

/**
 * @typedef {object} Place
 * @property {string} view a key of `VIEWS`, or `identify`
 * @property {?string} part what follows: a label, a version, an id
 * @property {URLSearchParams} query
 */

/** @returns {Place} `identify` for whatever is no address */
export function read(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [view, part = null, ...rest] = path.split('/').filter(Boolean);
  const known = Object.hasOwn(VIEWS, view ?? '') && rest.length === 0 && (part === null || VIEWS[view].one);
  const place = { view: known ? view : 'identify', part: null, query: new URLSearchParams(query) };
  try {
    if (known && part !== null) place.part = decodeURIComponent(part);
  } catch {
    place.view = 'identify'; // a broken escape
  }
  return place;
}

/** @returns {string} the hash of a place */
export function address(view, part = null, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  const path = view === 'identify' ? '' : view + (part === null ? '' : `/${encodeURIComponent(part)}`);
  return `#/${path}${asked ? `?${asked}` : ''}`;
}

/** @returns {Promise<{show: function}>} the module of a view other than `identify` */
export function moduleOf({ view, part }) {
  return part === null ? VIEWS[view].list() : VIEWS[view].one();
}
