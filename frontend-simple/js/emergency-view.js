/** What to do after eating some. Stands under every answer and under the start page. */

import { el, icon } from './dom.js';
import { said } from './service-words.js';
import { texts } from './texts.js';

export function emergencyLine() {
  return el('p.emergency-line', {}, icon('phone'), el('span', {}, texts.emergency.line));
}

/** @param {Array<string>} advice what the service adds; empty on the start page */
export function emergencyNumbers(advice) {
  return el(
    'details.emergency',
    {},
    el('summary', {}, advice.length > 0 ? texts.emergency.adviceSummary : texts.emergency.summary),
    advice.length > 0 ? el('ul.advice', {}, ...advice.map((line) => el('li', {}, ...said(line)))) : null,
    el('p', {}, texts.emergency.keep),
    el(
      'ul.numbers',
      { role: 'list' },
      ...texts.emergency.numbers.map(({ place, shown, call }) => el('li', {}, el('a', { href: `tel:${call}` }, el('span', {}, place), el('b', {}, shown)))),
    ),
    el('p', {}, texts.emergency.elsewhere),
  );
}
