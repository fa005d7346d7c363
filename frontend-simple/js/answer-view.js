/** Shows an answer. Danger first, then the name: that is the order that matters in a forest. */

import { labelOf, share } from './answer.js';
import { modelOf } from './api.js';
import { chip, sign } from './danger.js';
import { el, icon } from './dom.js';
import { emergencyLine, emergencyNumbers } from './emergency-view.js';
import { measured, percent } from './figures.js';
import { said, sentences } from './service-words.js';
import { texts } from './texts.js';

/** A sign that says more than this takes the room of what follows: the warning then comes first. */
const LONG_REASON = 115;

/** The sentences of a reason that belong beside the sign, whatever else can wait. */
const KILLED = /\bkilled people\b/;

/** How much text about look-alikes stands open, so that the warning stays on the first screen of a phone. */
const OPEN_LETTERS = 200;

/**
 * @param {import('./answer.js').Answer} answer
 * @param {Array<import('./photo.js').Photo>} photos what was asked about
 * @param {{onAgain: function(), onAddView: ?function(), extras: Array<Node>}} parts
 *   `onAddView` is null when the find is full; extras stand before the small print
 * @returns {{element: HTMLElement, heading: HTMLElement, spoken: string}}
 */
export function answerView(answer, photos, { onAgain, onAddView, extras }) {
  const heading = el('h2.danger-word', { tabIndex: -1, id: 'answer-heading' }, texts.danger[answer.danger].word);
  const unnamed = answer.kind === 'unsure' || answer.kind === 'notMushroom';
  const [words, more] = reasonOf(answer);
  const reason = el('p.reason', {}, ...words);
  const about = unnamed ? help() : lookAlikes(answer.lookAlikes);
  const late = reason.textContent.length > LONG_REASON;
  const element = el(
    'article.answer',
    { 'data-danger': answer.danger, 'data-kind': answer.kind, 'aria-labelledby': 'answer-heading' },
    sign(answer.danger, heading, reason),
    photoFigure(photos),
    identity(answer),
    late ? null : about,
    warning(answer),
    late ? about : null,
    more ? el('p.note', {}, ...said(more)) : null,
    candidates(answer),
    unnamed && answer.lookAlikes.length > 0 ? lookAlikes(answer.lookAlikes) : null,
    ...extras,
    smallPrint(answer),
    actions(onAgain, onAddView),
  );
  return { element, heading, spoken: spoken(answer) };
}

/**
 * What stands in the sign, and what below. The numbers behind a warning can wait until the poison
 * centre's line has been seen; nothing that holds a milder sign back can.
 *
 * @returns {[Array<string|Node>, string]}
 */
function reasonOf(answer) {
  const own = texts.answer.reasons[answer.danger];
  if (answer.danger !== 'deadly' && answer.danger !== 'poisonous') {
    if (answer.reason === '') return [[own], ''];
    return [answer.overruled ? [own, ' ', ...said(answer.reason)] : said(answer.reason), ''];
  }
  const all = sentences(answer.reason);
  if (answer.overruled || all.length === 0) return [[own], all.join(' ')];
  const killed = KILLED.test(all[0]) ? -1 : all.findIndex((one) => KILLED.test(one));
  const inSign = (one, index) => index === 0 || index === killed;
  return [said(all.filter(inSign).join(' ')), all.filter((...one) => !inSign(...one)).join(' ')];
}

function spoken(answer) {
  return texts.answer.announce(texts.danger[answer.danger].word, titleOf(answer), answer.band ? texts.answer.bands[answer.band] : '');
}

/** The name of an answer, or that there is none. */
export function titleOf(answer) {
  if (answer.kind === 'unsure') return texts.answer.unsure;
  if (answer.kind === 'notMushroom') return texts.answer.notMushroom;
  return answer.kind === 'genus' ? `${texts.answer.genus} ${answer.scientificName}` : answer.name;
}

function identity(answer) {
  const name = answer.kind === 'genus' ? [`${texts.answer.genus} `, scientific(answer.scientificName)] : [titleOf(answer)];
  const parts = [el('h3.name', {}, ...name)];
  if (answer.kind === 'species' && answer.scientificName !== answer.name) parts.push(scientific(answer.scientificName, 'p.scientific'));
  if (answer.kind === 'genus') parts.push(el('p.note', {}, texts.answer.genusNote));
  if (answer.kind === 'unsure' && answer.danger === 'cannot_tell') parts.push(el('p.note', {}, texts.answer.unsureNote));
  if (answer.kind === 'notMushroom') parts.push(el('p.note', {}, texts.answer.notMushroomNote));
  if (answer.band || answer.probability !== null) parts.push(confidence(answer));
  return el('div.identity', {}, ...parts);
}

function confidence({ band, probability }) {
  const percent = probability === null ? null : texts.answer.confidence(texts.answer.percent(probability));
  return el('p.confidence', { 'data-band': band }, band ? el('strong', {}, texts.answer.bands[band]) : null, percent ? el('span', {}, percent) : null);
}

function scientific(name, tag = 'span.scientific') {
  return el(tag, {}, el('i', { lang: 'la' }, name));
}

function photoFigure(photos) {
  const shown = photos.find((photo) => photo.preview);
  const picture = shown ? el('img', { src: shown.preview, alt: texts.answer.yourPhoto }) : el('div.no-preview', {}, icon('mushroom'));
  const more = photos.length > 1 ? el('figcaption', {}, texts.answer.morePhotos(photos.length - 1)) : null;
  return el('figure.photo', {}, picture, more);
}

function lookAlikes(all) {
  const rows = all.map((other) =>
    el(
      'li',
      { 'data-toxicity': other.toxicity },
      el('p.alike-name', {}, ...names(other), ' ', chip(other.toxicity)),
      el('p.difference', {}, ...(other.difference ? said(other.difference) : [texts.answer.noDifference])),
    ),
  );
  const rest = rows.splice(openRows(all));
  return el(
    'section.look-alikes',
    { 'aria-labelledby': 'look-alikes-heading' },
    el('h3', { id: 'look-alikes-heading' }, texts.answer.lookAlikes, all.length > 0 && texts.answer.differenceNote ? el('span.aside', {}, ` · ${texts.answer.differenceNote}`) : null),
    all.length === 0 ? el('p', {}, texts.answer.noLookAlikes) : el('ul', { role: 'list' }, ...rows),
    rest.length > 0
      ? el('details', {}, el('summary', {}, texts.answer.moreLookAlikes(rest.length)), el('ul', { role: 'list' }, ...rest))
      : null,
  );
}

/** Two, or one where they say much: the others open on a tap. */
function openRows([first, second]) {
  if (!first || !second) return 1;
  const named = ({ name, scientificName }) => (name === scientificName ? name : name + scientificName);
  const letters = [first, second].reduce((sum, one) => sum + named(one).length + one.difference.length, 0);
  return letters > OPEN_LETTERS ? 1 : 2;
}

function names({ label, name, scientificName }) {
  const strong = el('strong', {}, name && name !== scientificName ? name : scientific(scientificName));
  const first = label ? el('a.species', { href: `#/species/${encodeURIComponent(label)}` }, strong) : strong;
  return name && name !== scientificName ? [first, ' ', scientific(scientificName)] : [first];
}

function help() {
  return el(
    'section.help',
    { 'aria-labelledby': 'help-heading' },
    el('h3', { id: 'help-heading' }, texts.answer.helpHeading),
    el('ul', { role: 'list' }, ...texts.answer.help.map((view, index) => el('li', {}, icon(['cap', 'gills', 'stem', 'base'][index]), view))),
    el('p.note', {}, texts.answer.helpNote),
  );
}

function warning(answer) {
  return el(
    'section.warning',
    { 'aria-label': texts.answer.warningHeading },
    el('p.warning-text', {}, icon('hand'), el('strong', {}, ...(answer.warning ? said(answer.warning) : [texts.answer.warning]))),
    emergencyLine(),
    emergencyNumbers(answer.advice),
  );
}

function candidates(answer) {
  if (answer.candidates.length === 0) return null;
  return el(
    'section.candidates',
    { 'aria-labelledby': 'candidates-heading' },
    el('h3', { id: 'candidates-heading' }, answer.kind === 'unsure' ? texts.answer.candidatesUnsure : texts.answer.candidates),
    el('ol', { role: 'list' }, ...answer.candidates.map(candidateRow)),
  );
}

function candidateRow(candidate) {
  const bar = el('span.bar', { 'aria-hidden': 'true' }, el('span'));
  bar.firstChild.style.width = `${Math.round((candidate.probability ?? 0) * 100)}%`;
  const percent = candidate.probability === null ? '' : texts.answer.percent(candidate.probability);
  return el('li', {}, el('p.candidate-name', {}, ...names(candidate)), el('span.percent', {}, percent), chip(candidate.toxicity), bar);
}

function smallPrint(answer) {
  const version = labelOf({ label: answer.model.version });
  return el(
    'footer.small-print',
    {},
    el('p', {}, texts.answer.honesty),
    version ? modelFigures(version) : null,
    el('p', {}, texts.answer.model(answer.model.name, answer.model.version), answer.id ? ` · ${texts.answer.id(answer.id.slice(0, 8))}` : null),
  );
}

/** How good the model is comes when it is known; the answer does not wait for it. */
function modelFigures(version) {
  const words = el('p', { hidden: true });
  const link = el('p', {}, el('a', { href: `#/models/${encodeURIComponent(version)}` }, texts.answer.figuresLink));
  modelOf(version)
    .then((model) => {
      const { val, test } = measured(model?.metrics);
      const { top1, poisonRecall } = test ?? val ?? {};
      const figures = test ? texts.answer.figures : texts.answer.figuresChosenOn;
      if (share(top1) === null || share(poisonRecall) === null) return;
      words.textContent = `${figures(texts.models.of100(percent(top1)), texts.models.of100(percent(poisonRecall)))} ${texts.answer.figuresSpecies}`;
      words.hidden = false;
    })
    .catch(() => {}); // offline, for example: the link stays
  return el('div.model-figures-note', {}, words, link);
}

function actions(onAgain, onAddView) {
  return el(
    'div.actions',
    {},
    onAddView ? el('button.button.second', { type: 'button', onclick: onAddView }, icon('plus'), texts.answer.addView) : null,
    el('button.button', { type: 'button', onclick: onAgain }, icon('camera'), texts.answer.again),
  );
}
