/** All models, ranked by what their mistakes would cost. */

import { isObject, list, share, text } from './answer.js';
import { leaderboard, models } from './api.js';
import { el } from './dom.js';
import { bar, measured, percent } from './figures.js';
import { date, heading, nothing, number } from './frame.js';
import { texts } from './texts.js';

export async function show() {
  const [ranked, all] = await Promise.all([leaderboard(), models()]);
  const entries = list(ranked).filter((entry) => isObject(entry.model));
  const known = new Set(entries.map((entry) => entry.model.version));
  const rest = list(all).filter((model) => !known.has(model.version));
  const words = texts.models;
  const element = el(
    'div.stack',
    {},
    heading(words.title),
    el('p.note', {}, words.intro),
    entries.length === 0 ? nothing(words.none, '') : el('ol.models', { role: 'list' }, ...entries.map(({ rank, model }) => row(model, rank))),
    rest.length > 0 ? el('section.stack', {}, el('h3', {}, words.unranked), el('ul.models', { role: 'list' }, ...rest.map((model) => row(model, null)))) : null,
    el('p.note', {}, words.poisonCostNote),
  );
  return { element, title: words.title };
}

function row(model, rank) {
  const words = texts.models;
  const version = text(model.version) || '?';
  const { val, test } = measured(model.metrics);
  const figures = val ?? test;
  const made = Date.parse(model.created);
  return el(
    'li',
    {},
    el(
      'a.model',
      { href: `#/models/${encodeURIComponent(version)}` },
      Number.isInteger(rank) ? el('span.rank', {}, el('span.for-ears', {}, words.rank(rank)), el('span', { 'aria-hidden': 'true' }, String(rank))) : null,
      el(
        'span.model-words',
        {},
        el('strong', {}, words.version(version)),
        model.serving === true ? el('span.serving', {}, words.serving) : null,
        Number.isNaN(made) ? null : el('span.note', {}, words.made(date(made))),
      ),
    ),
    figures ? el('dl.model-figures', {}, ...cell('poisonRecall', figures), ...cell('falsePoisonAlarms', figures), ...cell('top1', figures), ...cost(figures)) : null,
  );
}

function cell(key, figures) {
  const value = share(figures[key]);
  return value === null ? [] : [el('div', {}, el('dt', {}, texts.models.names[key][0]), el('dd', {}, texts.models.of100(percent(value)), bar(value)))];
}

function cost({ poisonCost, macroF1 }) {
  const parts = [];
  if (typeof poisonCost === 'number') parts.push(el('div', {}, el('dt', {}, texts.models.poisonCost), el('dd', {}, number(poisonCost, 2))));
  if (typeof macroF1 === 'number') parts.push(el('div', {}, el('dt', {}, texts.models.macroF1), el('dd', {}, number(macroF1, 2))));
  return parts;
}
