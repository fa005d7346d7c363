/**
 * Reads what the service answered and decides what the page says. Nothing from outside is trusted:
 * a missing or unknown field makes the answer more careful, never less.
 */

import { usualName } from './service-words.js';

const RANKS = new Set(['species', 'genus', 'none']);
const BANDS = new Set(['very_likely', 'likely', 'uncertain']);
const TOXICITIES = new Set(['deadly', 'poisonous', 'caution', 'not_known_poisonous', 'unknown']);
const WORST_FIRST = ['deadly', 'poisonous', 'caution', 'unknown', 'not_known_poisonous'];
const MAX_TEXT = 400;
const MAX_CANDIDATES = 10;

/** The answer is not one: no object, or without the parts that a decision needs. */
export class UnreadableAnswer extends Error {}

/**
 * @typedef {object} Answer
 * @property {?string} id for feedback and heatmap; null where it is not fit for a URL
 * @property {'species'|'genus'|'unsure'|'notMushroom'} kind
 * @property {'deadly'|'poisonous'|'caution'|'cannot_tell'|'not_known_poisonous'} danger
 * @property {boolean} overruled whether the sign warns more than the service did, so that its reason is too mild
 * @property {?string} label of a species
 * @property {string} name usual name in the language of the page, or the scientific one; empty for unsure and notMushroom
 * @property {string} scientificName
 * @property {?string} band
 * @property {?number} probability 0 to 1
 * @property {string} reason why the danger flag is what it is; may be empty
 * @property {Array<{label: ?string, name: string, scientificName: string, toxicity: string, difference: string}>} lookAlikes worst first
 * @property {Array<{label: ?string, name: string, scientificName: string, toxicity: string, probability: ?number}>} candidates
 * @property {Array<string>} advice
 * @property {string} warning
 * @property {{name: string, version: string}} model
 */

/** @returns {Answer} */
export function readAnswer(json) {
  if (!isObject(json) || !isObject(json.mushroom) || !isObject(json.answer) || !isObject(json.poison)) {
    throw new UnreadableAnswer('expected mushroom, answer and poison');
  }
  const { mushroom, answer, poison } = json;
  if (typeof mushroom.isMushroom !== 'boolean' || !RANKS.has(answer.rank)) {
    throw new UnreadableAnswer('expected mushroom.isMushroom and answer.rank');
  }
  const kind = kindOf(mushroom.isMushroom, answer.rank);
  const named = kind === 'species' || kind === 'genus';
  const candidates = kind === 'notMushroom' ? [] : list(json.candidates).slice(0, MAX_CANDIDATES);
  const meant = relevant(kind, answer, candidates);
  const danger = dangerOf(named, poison, meant);
  const scientificName = named ? text(answer.scientificName) || fromLabel(answer.label) : '';
  if (named && scientificName === '') throw new UnreadableAnswer('expected answer.scientificName');
  return {
    id: typeof json.id === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(json.id) ? json.id : null,
    kind,
    danger,
    overruled: (danger === 'cannot_tell' && poison.flag !== 'cannot_tell') || (danger === 'deadly' && poison.deadly !== true),
    label: named && kind === 'species' ? labelOf(answer) : null,
    name: named ? sentence(usualName(scientificName, text(answer.commonName))) : '',
    scientificName,
    band: named && BANDS.has(answer.band) ? answer.band : null,
    probability: named ? share(answer.probability) : null,
    reason: text(poison.reason),
    lookAlikes: lookAlikes(kind === 'notMushroom' ? [] : [answer, ...meant], scientificName),
    candidates: candidates.filter((candidate) => !(kind === 'species' && candidate.label === answer.label)).map(candidateOf),
    advice: Array.isArray(json.advice) ? json.advice.map(text).filter(Boolean).slice(0, 8) : [],
    warning: text(json.warning),
    model: { name: text(json.model?.name) || '?', version: text(json.model?.version) || '?' },
  };
}

function kindOf(isMushroom, rank) {
  if (!isMushroom) return 'notMushroom';
  return rank === 'none' ? 'unsure' : rank;
}

/** Of the flag and the ratings of what the answer means, the worse; a flag without ratings clears nothing. */
function dangerOf(named, poison, meant) {
  const rated = new Set(meant.map(toxicityOf));
  if (poison.flag === 'poisonous') return poison.deadly === false && !rated.has('deadly') ? 'poisonous' : 'deadly';
  if (!named || poison.flag !== 'not_known_poisonous' || poison.deadly === true || rated.size === 0) return 'cannot_tell';
  if (rated.has('deadly') || rated.has('poisonous') || rated.has('unknown')) return 'cannot_tell';
  return rated.has('caution') ? 'caution' : 'not_known_poisonous';
}

/** The candidates that the answer speaks of: the species, the genus's members, or the likeliest few. */
function relevant(kind, answer, candidates) {
  if (kind === 'notMushroom') return [];
  if (kind === 'species') return candidates.filter((candidate) => typeof answer.label === 'string' && candidate.label === answer.label);
  if (kind === 'genus') {
    const genus = String(answer.label ?? answer.scientificName).toLowerCase();
    return candidates.filter((candidate) => String(candidate.genus).toLowerCase() === genus);
  }
  return candidates.slice(0, 3);
}

function lookAlikes(meant, scientificName) {
  const found = new Map();
  for (const candidate of meant) {
    for (const other of list(candidate.lookAlikes)) {
      const toxicity = toxicityOf(other);
      const scientific = text(other.scientificName) || fromLabel(other.label);
      if (toxicity === 'not_known_poisonous' || scientific === '' || scientific === scientificName) continue;
      if (found.has(scientific)) continue;
      found.set(scientific, {
        label: labelOf(other),
        name: sentence(usualName(scientific, text(other.commonName))),
        scientificName: scientific,
        toxicity,
        difference: text(other.difference),
      });
    }
  }
  return [...found.values()].sort((a, b) => WORST_FIRST.indexOf(a.toxicity) - WORST_FIRST.indexOf(b.toxicity));
}

function candidateOf(candidate) {
  const scientificName = text(candidate.scientificName) || fromLabel(candidate.label) || '?';
  return {
    label: labelOf(candidate),
    name: sentence(usualName(scientificName, text(candidate.commonName))),
    scientificName,
    toxicity: toxicityOf(candidate),
    probability: share(candidate.probability),
  };
}

/** A label that is fit for an address, or null. */
export function labelOf({ label }) {
  return typeof label === 'string' && /^[a-z0-9][a-z0-9._-]{0,63}$/.test(label) ? label : null;
}

function toxicityOf({ toxicity }) {
  return TOXICITIES.has(toxicity) ? toxicity : 'unknown';
}

export function list(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function share(value) {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}

/** Text fit to show: no control characters, nothing that turns the reading direction, not endless. */
export function text(value) {
  if (typeof value !== 'string') return '';
  // eslint-disable-next-line no-control-regex
  const clean = value.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
}

function fromLabel(label) {
  return sentence(text(label).replaceAll('_', ' '));
}

export function sentence(value) {
  return value.charAt(0).toUpperCase() + value.slice(1);
}
