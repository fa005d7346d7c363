import { LANGUAGES, preferred, texts } from '../js/texts.js';
import { equal, ok, test } from './runner.js';

const all = await Promise.all(LANGUAGES.map(async ([code]) => [code, (await import(`../js/texts.${code}.js`)).texts]));

/** Keys whose content a language fills as it needs. */
const OF_THE_LANGUAGE = new Set(['names', 'service', 'numbers', 'sections', 'differenceNote', 'cardNote']);

const PROMISES = {
  en: /\b(edible|safe|safely|harmless|non-?toxic)\b/i,
  de: /(?<![\p{L}])(essbar\p{L}*|ungiftig\p{L}*|unbedenklich\p{L}*|harmlos\p{L}*|genießbar\p{L}*|verzehrbar\p{L}*|sicher(e|er|es|en|em)?)(?![\p{L}])/iu,
};

function* words(value) {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'function') yield value.toString();
  else if (!(value instanceof RegExp)) for (const inner of Object.values(value)) yield* words(inner);
}

function shape(value, key = '') {
  if (OF_THE_LANGUAGE.has(key)) return typeof value;
  if (typeof value === 'function') return `function of ${value.length}`;
  if (Array.isArray(value)) return value.map((inner) => shape(inner));
  if (typeof value === 'object') return Object.fromEntries(Object.keys(value).sort().map((name) => [name, shape(value[name], name)]));
  return typeof value;
}

for (const [code, own] of all) {
  test(`no text promises what no app can promise: ${code}`, () => {
    for (const text of words(own)) ok(!PROMISES[code].test(text), `none of these words in "${text}"`);
  });

  test(`confidence never reads as certainty: ${code}`, () => {
    ok(/99/.test(own.answer.percent(1)) && !/100/.test(own.answer.percent(1)), 'over 99');
    equal(own.answer.percent(1), own.answer.percent(0.996));
    equal(own.answer.percent(0), own.answer.percent(0.0049));
    ok(own.answer.percent(0.505).startsWith('51'), '51 %');
  });

  test(`says everything that English says, with the same parts: ${code}`, () => equal(shape(own), shape(all[0][1])));

  test(`says nothing empty: ${code}`, () => {
    for (const [group, value] of Object.entries(own)) {
      if (OF_THE_LANGUAGE.has(group) || typeof value === 'string') continue;
      for (const [key, word] of Object.entries(value)) {
        if (typeof word === 'string' && !OF_THE_LANGUAGE.has(key)) ok(word.trim() !== '', `words for ${group}.${key}`);
      }
    }
  });
}

test('percent in English', () => {
  equal(texts.answer.percent(1), 'over 99%');
  equal(texts.answer.percent(0.994), '99%');
  equal(texts.answer.percent(0.0049), 'under 1%');
});

test('takes the language chosen before, then what the browser asks for, then English', () => {
  equal(preferred(['de-AT', 'en'], null), 'de');
  equal(preferred(['fr', 'de'], null), 'de');
  equal(preferred(['fr'], null), 'en');
  equal(preferred(['de'], 'en'), 'en');
  equal(preferred([undefined], 'tlh'), 'en');
});
