/**
 * The service speaks English. What it says in sentences that we know is said in the language of the
 * page; what we do not know stays as it came, marked as English. Nothing is ever left out.
 */

import { el } from './dom.js';
import { language, texts } from './texts.js';

const SERVICE_LANGUAGE = 'en';

/** @returns {Array<string>} sentences; a full stop before a small letter ends none */
export function sentences(text) {
  const found = text.match(/[^]+?(?:[.!?](?= +[A-Z0-9])|$)/g) ?? []; // no lookbehind: Safari before 16.4 has none
  return found.map((sentence) => sentence.trim()).filter(Boolean);
}

/** @returns {?string} null where this language has no words for it */
export function translated(text) {
  for (const [pattern, words] of texts.service) {
    const found = pattern.exec(text);
    if (found) return words(...found.slice(1));
  }
  return null;
}

/** @returns {Array<string|Node>} to append; a space between sentences */
export function said(text) {
  if (language === SERVICE_LANGUAGE) return [text];
  const whole = translated(text);
  if (whole !== null) return [whole];
  return sentences(text).flatMap((sentence, index) => [index > 0 ? ' ' : '', translated(sentence) ?? foreign(sentence)]);
}

/** English words in a page of another language, so that screen readers say them right. */
export function foreign(text) {
  return language === SERVICE_LANGUAGE ? text : el('span', { lang: SERVICE_LANGUAGE }, text);
}

/** The usual name in the language of the page; the scientific one where there is none. */
export function usualName(scientificName, englishName) {
  return nameInLanguage(scientificName, englishName) || scientificName;
}

/** The usual name in the language of the page, or nothing. */
export function nameInLanguage(scientificName, englishName) {
  if (Object.hasOwn(texts.names, scientificName)) return texts.names[scientificName];
  return language === SERVICE_LANGUAGE ? englishName : '';
}
