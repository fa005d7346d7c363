/**
 * The words of the language in use. Each language is one file, `texts.<code>.js`, and only the one
 * in use is loaded. To add a language, translate `texts.en.js` and add it to `LANGUAGES`; a unit
 * test compares the shapes.
 */

/** Code and own name. The first is the fallback. */
export const LANGUAGES = [
  ['en', 'English'],
  ['de', 'Deutsch'],
];
const KEY = 'mushroom.language';

/** @returns {string} the code of the language that fits best: chosen before, or what the browser asks for */
export function preferred(wanted = navigator.languages ?? [navigator.language], chosen = remembered()) {
  for (const tag of [chosen, ...wanted]) {
    const code = String(tag ?? '').toLowerCase().split('-')[0];
    if (LANGUAGES.some(([known]) => known === code)) return code;
  }
  return LANGUAGES[0][0];
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage can be switched off
  }
}

/** Written out, so that the service worker finds the files and keeps them for offline. */
const FILES = { en: () => import('./texts.en.js'), de: () => import('./texts.de.js') };

async function load(code) {
  return (await FILES[code]()).texts;
}

export let language = preferred();
export let texts = await load(language);

/** Switches and remembers; whoever shows words has to show them again. */
export async function speak(code) {
  texts = await load(code);
  language = code;
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // then it holds until the page is closed
  }
}
