import { UnreadableAnswer, readAnswer, text } from '../js/answer.js';
import { equal, ok, test, throws } from './runner.js';

/** An answer as the service gives it, with parts replaced. */
export function given(parts = {}) {
  return {
    id: '0198c5c2-7d11',
    model: { name: 'mushrooms', version: '3' },
    mushroom: { isMushroom: true, probability: 0.99 },
    answer: { rank: 'species', label: 'a_b', scientificName: 'A b', commonName: 'abby', probability: 0.9, band: 'likely' },
    poison: { flag: 'not_known_poisonous', deadly: false, probability: 0.01, reason: 'Because.' },
    candidates: [{ label: 'a_b', scientificName: 'A b', genus: 'a', toxicity: 'not_known_poisonous', probability: 0.9, lookAlikes: [] }],
    advice: [],
    warning: 'Do not eat it.',
    ...parts,
  };
}

test('reads a species with its confidence', () => {
  const answer = readAnswer(given());
  equal(answer.kind, 'species');
  equal(answer.name, 'Abby');
  equal(answer.scientificName, 'A b');
  equal(answer.band, 'likely');
  equal(answer.danger, 'not_known_poisonous');
});

for (const broken of [null, 3, 'x', [], {}, given({ mushroom: null }), given({ answer: [] }), given({ poison: 'no' })]) {
  test(`refuses ${JSON.stringify(broken).slice(0, 40)} as an answer`, () => throws(UnreadableAnswer, () => readAnswer(broken)));
}

test('refuses an answer without isMushroom, rank or name', async () => {
  await throws(UnreadableAnswer, () => readAnswer(given({ mushroom: {} })));
  await throws(UnreadableAnswer, () => readAnswer(given({ answer: { rank: 'family' } })));
  await throws(UnreadableAnswer, () => readAnswer(given({ answer: { rank: 'species' } })));
});

test('an unknown or missing flag reads as cannot tell', () => {
  for (const flag of [undefined, null, '', 'harmless', 'POISONOUS', 1, {}]) {
    equal(readAnswer(given({ poison: { flag } })).danger, 'cannot_tell', String(flag));
  }
});

test('deadly needs the poisonous flag', () => {
  equal(readAnswer(given({ poison: { flag: 'poisonous', deadly: true } })).danger, 'deadly');
  equal(readAnswer(given({ poison: { flag: 'cannot_tell', deadly: true } })).danger, 'cannot_tell');
});

test('a warning is of death unless the service and the ratings say that it is not', () => {
  for (const deadly of [undefined, null, 'no', 0, '', {}]) equal(readAnswer(given({ poison: { flag: 'poisonous', deadly } })).danger, 'deadly', String(deadly));
  equal(readAnswer(given({ poison: { flag: 'poisonous', deadly: false } })).danger, 'poisonous');
  equal(readAnswer(given({ poison: { flag: 'poisonous', deadly: false }, candidates: [rated('deadly')] })).danger, 'deadly');
});

/** A candidate that is the answer. */
const rated = (toxicity, parts = {}) => ({ label: 'a_b', scientificName: 'A b', genus: 'a', toxicity, probability: 0.9, ...parts });

test('the sign is never milder than the rating of the species itself', () => {
  for (const [toxicity, danger] of [
    ['not_known_poisonous', 'not_known_poisonous'],
    ['caution', 'caution'],
    ['unknown', 'cannot_tell'],
    ['poisonous', 'cannot_tell'],
    ['deadly', 'cannot_tell'],
    ['harmless', 'cannot_tell'],
    [undefined, 'cannot_tell'],
  ]) {
    equal(readAnswer(given({ candidates: [rated(toxicity)] })).danger, danger, String(toxicity));
  }
});

test('a species that no candidate rates, or one marked deadly, is not cleared', () => {
  equal(readAnswer(given({ candidates: [] })).danger, 'cannot_tell');
  equal(readAnswer(given({ candidates: undefined })).danger, 'cannot_tell');
  equal(readAnswer(given({ candidates: [rated('not_known_poisonous', { label: 'c_d' })] })).danger, 'cannot_tell');
  equal(readAnswer(given({ poison: { flag: 'not_known_poisonous', deadly: true } })).danger, 'cannot_tell');
  const unlabelled = { rank: 'species', scientificName: 'A b' };
  equal(readAnswer(given({ answer: unlabelled, candidates: [rated('not_known_poisonous', { label: undefined })] })).danger, 'cannot_tell');
});

test('a genus is as dangerous as the worst of its members among the candidates', () => {
  const danger = (...candidates) => readAnswer(given({ answer: { rank: 'genus', label: 'a', scientificName: 'A' }, candidates })).danger;
  const member = (label, toxicity) => rated(toxicity, { label });
  equal(danger(member('a_b', 'not_known_poisonous'), member('a_c', 'not_known_poisonous')), 'not_known_poisonous');
  equal(danger(member('a_b', 'not_known_poisonous'), member('a_c', 'caution')), 'caution');
  equal(danger(member('a_b', 'caution'), member('a_c', 'unknown')), 'cannot_tell');
  equal(danger(member('a_b', 'caution'), member('a_c', 'deadly')), 'cannot_tell');
  equal(danger(rated('not_known_poisonous', { label: 'x_y', genus: 'x' })), 'cannot_tell');
});

test('tells where the sign warns more than the reason', () => {
  const overruled = (poison, toxicity) => readAnswer(given({ poison, candidates: [rated(toxicity)] })).overruled;
  equal(overruled({ flag: 'not_known_poisonous', deadly: false }, 'unknown'), true);
  equal(overruled({ flag: 'poisonous', deadly: false }, 'deadly'), true);
  equal(overruled({ flag: 'poisonous' }, 'poisonous'), true);
  equal(overruled({ flag: 'poisonous', deadly: true }, 'deadly'), false);
  equal(overruled({ flag: 'cannot_tell', deadly: false }, 'unknown'), false);
  equal(overruled({ flag: 'not_known_poisonous', deadly: false }, 'not_known_poisonous'), false);
});

test('no name or no mushroom reads as cannot tell whatever the flag says', () => {
  const none = readAnswer(given({ answer: { rank: 'none' } }));
  equal([none.kind, none.danger, none.name], ['unsure', 'cannot_tell', '']);
  const not = readAnswer(given({ mushroom: { isMushroom: false }, answer: { rank: 'none' }, candidates: undefined }));
  equal([not.kind, not.danger, not.candidates], ['notMushroom', 'cannot_tell', []]);
});

test('a flag that the answer itself contradicts reads as cannot tell', () => {
  const candidates = [{ label: 'a_b', scientificName: 'A b', toxicity: 'deadly', probability: 0.9 }];
  equal(readAnswer(given({ candidates })).danger, 'cannot_tell');
});

test('look-alikes come worst first, once each, without the harmless and the answer itself', () => {
  const lookAlikes = [
    { scientificName: 'C d', toxicity: 'poisonous', difference: 'x' },
    { scientificName: 'E f', toxicity: 'deadly', difference: 'y' },
    { scientificName: 'C d', toxicity: 'poisonous', difference: 'again' },
    { scientificName: 'G h', toxicity: 'not_known_poisonous', difference: 'z' },
    { scientificName: 'A b', toxicity: 'deadly', difference: 'itself' },
    { label: 'i_j', toxicity: 'made up' },
    null,
  ];
  const answer = readAnswer(given({ candidates: [{ label: 'a_b', scientificName: 'A b', lookAlikes }] }));
  equal(answer.lookAlikes.map((one) => one.scientificName), ['E f', 'C d', 'I j']);
  equal(answer.lookAlikes[2].toxicity, 'unknown');
});

test('a genus takes the look-alikes of its members', () => {
  const candidates = [
    { label: 'a_b', scientificName: 'A b', genus: 'a', lookAlikes: [{ scientificName: 'C d', toxicity: 'deadly' }] },
    { label: 'x_y', scientificName: 'X y', genus: 'x', lookAlikes: [{ scientificName: 'E f', toxicity: 'deadly' }] },
  ];
  const answer = readAnswer(given({ answer: { rank: 'genus', label: 'a', scientificName: 'A' }, candidates }));
  equal(answer.lookAlikes.map((one) => one.scientificName), ['C d']);
});

test('leaves the species itself out of the other possibilities', () => {
  const candidates = [{ label: 'a_b', scientificName: 'A b' }, { label: 'c_d', scientificName: 'C d', commonName: 'cedar' }];
  equal(readAnswer(given({ candidates })).candidates.map((one) => one.name), ['Cedar']);
});

test('probabilities outside 0 to 1 and unknown bands are left out', () => {
  for (const probability of [-0.1, 1.1, '0.9', null, Infinity]) {
    equal(readAnswer(given({ answer: { ...given().answer, probability, band: 'certain' } })).probability, null, String(probability));
  }
  equal(readAnswer(given({ answer: { ...given().answer, band: 'certain' } })).band, null);
});

test('an id that is not fit for a URL is no id', () => {
  for (const id of ['../../x', 'a/b', '', 'x'.repeat(65), 7, undefined]) equal(readAnswer(given({ id })).id, null, String(id));
});

test('text loses control characters and reading-direction tricks, and has an end', () => {
  equal(text('a\u0000b\u202ec\n'), 'a b c');
  ok(text('x'.repeat(10_000)).length < 500, 'a short text');
  equal(text({ toString: () => 'x' }), '');
});
