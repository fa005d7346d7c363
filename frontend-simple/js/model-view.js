/** One model: how good it is, how it was made, and its card. */

import { isObject, text } from './answer.js';
import { modelOf } from './api.js';
import { el } from './dom.js';
import { measured, plot } from './figures.js';
import { date, heading, linkButton, nothing, number, up } from './frame.js';
import { markdown } from './markdown.js';
import { language, texts } from './texts.js';

export async function show({ part: version }) {
  const words = texts.models;
  const model = await modelOf(version);
  if (!model) {
    const element = el('div.stack', {}, heading(words.gone), nothing('', '', linkButton('#/models', words.all, 'rank')));
    return { element, title: words.gone };
  }
  const figures = measured(model.metrics);
  const title = words.version(text(model.version) || version);
  const main = figures.test ?? figures.val;
  const measuredOn = figures.test ? words.figuresIntro : words.figuresIntroChosenOn;
  const card = typeof model.card === 'string' ? model.card : '';
  const element = el(
    'div.stack',
    {},
    up('#/models', words.all),
    heading(title),
    model.serving === true ? el('p', {}, el('span.serving', {}, words.serving)) : null,
    main
      ? el(
          'section.stack',
          {},
          el('h3', {}, words.figures),
          el('p.note', {}, Number.isInteger(main.photos) ? measuredOn(number(main.photos)) : '', figures.test && figures.val && Number.isInteger(figures.val.photos) ? ` ${words.valIntro(number(figures.val.photos))}` : ''),
          plot(figures),
          el('dl.facts', {}, ...plain(words.poisonCost, main.poisonCost, 2), ...plain(words.macroF1, main.macroF1, 3), ...plain(words.calibration, main.expectedCalibrationError, 3)),
          el('p.note', {}, words.poisonCostNote),
        )
      : nothing(words.none, ''),
    making(model),
    card === '' ? null : el('details.card', {}, el('summary', {}, words.card), words.cardNote ? el('p.note', {}, words.cardNote) : null, el('div.markdown', language === 'en' ? {} : { lang: 'en' }, ...markdown(card))),
  );
  return { element, title };
}

function making({ manifest, metrics }) {
  if (!isObject(manifest)) return null;
  const { facts } = texts.models;
  const training = isObject(metrics) && isObject(metrics.training) ? metrics.training : {};
  const made = Date.parse(manifest.created);
  const dataset = isObject(manifest.dataset) ? texts.models.datasetVersion(text(manifest.dataset.name), String(manifest.dataset.version)) : null;
  return el(
    'section',
    {},
    el('h3', {}, texts.models.making),
    el(
      'dl.facts',
      {},
      ...plain(facts.architecture, text(manifest.architecture)),
      ...plain(facts.dataset, dataset),
      ...plain(facts.created, Number.isNaN(made) ? null : date(made)),
      ...plain(facts.parameters, training.trainableParameters),
      ...plain(facts.epochs, training.epochs),
      ...plain(facts.size, typeof training.modelSizeBytes === 'number' ? texts.models.megabytes(training.modelSizeBytes) : null),
    ),
  );
}

function plain(name, value, digits = 0) {
  if (value === null || value === undefined || value === '') return [];
  return [el('dt', {}, name), el('dd', {}, typeof value === 'number' ? number(value, digits) : text(value))];
}
