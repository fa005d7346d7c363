import { texts } from '../js/texts.js';
import { equal, ok, test } from './runner.js';

function* words(value) {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'function') yield value.toString();
  else for (const inner of Object.values(value)) yield* words(inner);
}

test('no text promises what no app can promise', () => {
  for (const text of words(texts)) ok(!/\b(edible|safe|safely|harmless)\b/i.test(text), `none of these words in "${text}"`);
});

test('confidence never reads as certainty', () => {
  equal(texts.answer.percent(1), 'over 99%');
  equal(texts.answer.percent(0.994), '99%');
  equal(texts.answer.percent(0.0049), 'under 1%');
  equal(texts.answer.percent(0), 'under 1%');
  equal(texts.answer.percent(0.505), '51%');
});
