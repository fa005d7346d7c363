/** Finding species by any of their names, however accents and capitals are typed. */

import { labelOf, sentence, text } from './answer.js';
import { toxicityOf } from './danger.js';
import { nameInLanguage } from './service-words.js';

/**
 * @typedef {object} Entry
 * @property {string} label
 * @property {string} name usual name in the language of the page; empty where it is the scientific one
 * @property {string} scientificName
 * @property {string} genus
 * @property {string} toxicity
 * @property {string} words all names, folded
 */

/** @returns {Array<Entry>} what of the catalogue can be shown, by scientific name */
export function entries(species) {
  return species
    .filter((one) => one !== null && typeof one === 'object')
    .map((one) => {
      const scientificName = text(one.scientificName) || text(one.label);
      const english = text(one.commonName);
      const name = nameInLanguage(scientificName, english);
      return {
        label: labelOf(one),
        name: sentence(name),
        scientificName,
        genus: text(one.genus) || scientificName.split(' ')[0].toLowerCase(),
        toxicity: toxicityOf(one.toxicity),
        words: fold(`${name} ${english} ${scientificName} ${text(one.label).replaceAll('_', ' ')}`),
      };
    })
    .filter((entry) => entry.label !== null)
    .sort((a, b) => a.scientificName.localeCompare(b.scientificName));
}

export function fold(words) {
  return words.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
}

/** Whether every word that was typed begins or is within one of the names. */
export function matches(entry, typed) {
  return fold(typed).split(/[\s-]+/).every((word) => entry.words.includes(word));
}
