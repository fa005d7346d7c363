/** Figures of a model as bars that say their numbers. */

import { isObject, share } from './answer.js';
import { el } from './dom.js';
import { number } from './frame.js';
import { texts } from './texts.js';

/** In this order; true where more is better. */
const SHARES = { poisonRecall: true, falsePoisonAlarms: false, cannotTell: false, top1: true, top5: true, genusTop1: true, notMushroomRefused: true, mushroomsRefused: false };

/** @returns {string} such as "72.3"; what is not all is never rounded up to all, what is not nothing never down to it */
export function percent(value) {
  const rounded = Math.round(value * 1000) / 10;
  if (rounded === 100 && value < 1) return number(99.9, 1);
  if (rounded === 0 && value > 0) return number(0.1, 1);
  return number(rounded, Number.isInteger(rounded) ? 0 : 1);
}

/** @returns {{val: ?object, test: ?object}} objects, or null where there are none */
export function measured(metrics) {
  const part = (name) => (isObject(metrics) && isObject(metrics[name]) ? metrics[name] : null);
  return { val: part('val'), test: part('test') };
}

/** A plot of all shares: a row each, a bar for the photos never seen and a lighter one for the others. */
export function plot({ val, test }) {
  const rows = Object.entries(SHARES).map(([key, more]) => row(key, more, test && share(test[key]), val && share(val[key])));
  return el('ul.plot', { role: 'list' }, ...rows.filter(Boolean));
}

function row(key, more, test, val) {
  const main = test ?? val;
  if (main === null) return null;
  const [name, meaning] = texts.models.names[key];
  return el(
    'li',
    {},
    el('p.plot-name', {}, el('strong', {}, name), el('span.note', {}, `${meaning}. ${more ? texts.models.better : texts.models.worse}.`)),
    el('p.plot-value', {}, texts.models.of100(percent(main))),
    bar(main, test !== null ? 'test' : 'val'),
    test !== null && val !== null ? bar(val, 'val') : null,
  );
}

/** Decoration: the number stands beside it. */
export function bar(value, kind = 'test') {
  const filled = el('span');
  filled.style.width = `${value * 100}%`;
  return el('span.plot-bar', { 'aria-hidden': 'true', 'data-kind': kind }, filled);
}
