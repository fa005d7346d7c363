import { limits, refusal, seconds } from '../js/api.js';
import { texts } from '../js/texts.js';
import { problemView } from '../js/problem-view.js';
import { equal, ok, test } from './runner.js';

test('Retry-After is read as seconds or a date, within bounds', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  equal(seconds('7'), 7);
  equal(seconds('0'), 1);
  equal(seconds('Sat, 21 Nov 2026 10:00:30 GMT', now), 30);
  equal(seconds('Sat, 21 Nov 2026 09:00:00 GMT', now), 1);
  equal(seconds('999999'), limits.maxRetryAfterSeconds);
  for (const nonsense of [null, undefined, '', 'soon', '-5x', '1e9']) equal(seconds(nonsense), 5, String(nonsense));
});

test('a refusal is told by its type first, then by its status', () => {
  equal(refusal(422, { type: '/problems/photo-truncated' }, null).kind, 'damaged');
  equal(refusal(422, { type: 'https://x/problems/photo-too-many-pixels' }, null).kind, 'tooManyPixels');
  equal(refusal(415, null, null).kind, 'unsupported');
  equal(refusal(413, undefined, null).kind, 'tooLarge');
  equal(refusal(429, {}, '9').retryAfterSeconds, 9);
  equal(refusal(503, [], null).kind, 'busy');
  equal(refusal(503, { type: '/problems/no-model' }, '30').kind, 'starting');
  equal(refusal(500, { type: 'about:blank' }, null).kind, 'trouble');
  equal(refusal(502, 'text', null).kind, 'trouble');
  equal(refusal(400, { type: 'constructor' }, null).kind, 'refused');
});

test('every kind of problem has its words', () => {
  for (const status of [400, 404, 405, 408, 413, 415, 418, 422, 429, 500, 502, 503, 504]) {
    const { kind } = refusal(status, {}, null);
    ok(Array.isArray(texts.problem[kind]), `words for ${kind}`);
  }
});

test('an unknown kind of problem reads as trouble', () => {
  const parts = { canRetry: true, photoCount: 1, onRetry: () => {}, onOther: () => {}, say: () => {} };
  for (const kind of ['constructor', 'toString', 'new', undefined]) ok(problemView({ kind }, parts).spoken.includes(texts.problem.trouble[0]), String(kind));
});

test('an error is heard as cannot tell wherever it is read as that', () => {
  const parts = { onRetry: () => {}, onOther: () => {}, say: () => {} };
  const seen = new Set();
  for (const kind of Object.keys(texts.problem).filter((key) => Array.isArray(texts.problem[key]))) {
    for (const [canRetry, photoCount] of [[true, 0], [true, 2], [false, 0], [false, 2]]) {
      const { element, spoken } = problemView({ kind }, { ...parts, canRetry, photoCount });
      const shown = element.querySelector('.no-answer') !== null;
      equal(spoken.includes(texts.problem.prefix), shown, `${kind} heard as cannot tell`);
      seen.add(shown);
    }
  }
  equal(seen.size, 2, 'with and without');
});

test('names the photo that was refused, where there are several', () => {
  const parts = { canRetry: true, onRetry: () => {}, onOther: () => {}, say: () => {} };
  const words = (photo, photoCount) => problemView({ kind: 'damaged', photo }, { ...parts, photoCount }).spoken;
  ok(words(2, 3).includes('Photo 2'), 'the number of the photo');
  ok(!words(1, 1).includes('Photo 1'), 'no number for a single photo');
  ok(!words(null, 3).includes('Photo '), 'no number where it is not known');
});
