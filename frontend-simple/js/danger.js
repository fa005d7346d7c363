/** How danger is told: by a word and a shape; the colour comes on top, in CSS. */

import { el, icon } from './dom.js';
import { texts } from './texts.js';

const ICONS = { deadly: 'skull', poisonous: 'skull', caution: 'caution', cannot_tell: 'unknown', unknown: 'unknown', not_known_poisonous: 'note' };

/** Of what the service calls toxicity; anything else reads as unknown. */
export const TOXICITIES = ['deadly', 'poisonous', 'caution', 'unknown', 'not_known_poisonous'];

export function toxicityOf(value) {
  return TOXICITIES.includes(value) ? value : 'unknown';
}

export function dangerIcon(danger) {
  return icon(ICONS[danger]);
}

/** Shape and word together: no one has to see the colour. */
export function chip(danger) {
  return el('span.chip', { 'data-toxicity': danger }, dangerIcon(danger), texts.danger[danger].chip);
}

/** A large sign with a heading; `more` stands below the word. */
export function sign(danger, heading, ...more) {
  return el('div.danger', {}, dangerIcon(danger), el('div', {}, heading, ...more));
}
