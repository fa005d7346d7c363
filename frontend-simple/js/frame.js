/** What all views besides the first have in common. */

import { el, icon } from './dom.js';
import { language } from './texts.js';

/** A heading that the focus goes to when the view comes. */
export function heading(words) {
  return el('h2.view-heading', { tabIndex: -1 }, words);
}

/** A way up, above the heading. */
export function up(href, words) {
  return el('p.up', {}, el('a', { href }, icon('back'), words));
}

export function date(when) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(when);
}

export function dateAndTime(when) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(when);
}

export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** Nothing to show, and what to do. */
export function nothing(words, next, ...actions) {
  return el('section.nothing', {}, icon('mushroom'), el('p.nothing-word', {}, words), el('p.note', {}, next), ...actions);
}

export function linkButton(href, words, name) {
  return el('a.button', { href }, name ? icon(name) : null, words);
}
