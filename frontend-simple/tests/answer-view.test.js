import { readAnswer } from '../js/answer.js';
import { answerView } from '../js/answer-view.js';
import { texts } from '../js/texts.js';
import { given } from './answer.test.js';
import { equal, ok, test } from './runner.js';

function view(parts, photos = []) {
  return answerView(readAnswer(given(parts)), photos, { onAgain: () => {}, onAddView: null, extras: [] });
}

test('every answer carries the warning, the poison centre and the model version', () => {
  for (const parts of [{}, { answer: { rank: 'none' } }, { mushroom: { isMushroom: false }, answer: { rank: 'none' } }, { warning: undefined }]) {
    const words = view(parts).element.textContent;
    ok(words.includes(parts.warning === undefined && 'warning' in parts ? texts.answer.warning : 'Do not eat it.'), 'the warning');
    ok(words.includes(texts.emergency.line), 'the poison centre');
    ok(words.includes('mushrooms, version 3'), 'the model version');
    ok(words.includes('35–'), 'the field accuracy');
  }
});

test('the flag is a word, a shape and a colour', () => {
  const seen = new Set();
  for (const [flag, deadly, shape] of [['poisonous', false, 'skull'], ['poisonous', true, 'skull'], ['cannot_tell', false, 'unknown'], ['not_known_poisonous', false, 'note']]) {
    const { element, heading } = view({ poison: { flag, deadly } });
    ok(element.querySelector(`.danger .icon-${shape}`), shape);
    seen.add(heading.textContent);
  }
  const { element, heading } = view({ candidates: [{ label: 'a_b', scientificName: 'A b', toxicity: 'caution' }] });
  ok(element.querySelector('.danger .icon-caution'), 'caution');
  seen.add(heading.textContent);
  equal(seen.size, 5, 'different words');
});

const CAVEAT = 'A photo cannot rule out a mistake.';
const inSign = (parts) => view(parts).element.querySelector('.danger').textContent;

test('what holds a milder sign back stands in the sign', () => {
  ok(inSign({ poison: { flag: 'not_known_poisonous', deadly: false, reason: `No poisoning is known from the likeliest answer. ${CAVEAT}` } }).includes(CAVEAT), 'the caveat');
  const reason = 'There is a chance of poison. 1 of the 5 likeliest is poisonous, with 7 %.';
  ok(inSign({ poison: { flag: 'cannot_tell', deadly: false, reason } }).includes('7 %'), 'the chance of poison');
  ok(inSign({ candidates: [{ label: 'a_b', toxicity: 'caution' }], poison: { flag: 'not_known_poisonous', deadly: false } }).includes(texts.answer.reasons.caution), 'own words of caution');
});

test('who was killed stands in the sign, the numbers of a warning below it', () => {
  for (const [reason, stays, waits] of [
    ['Deadly mushrooms look like it. 3 of the 5 likeliest are poisonous. Among them is Amanita phalloides, which has killed people.', 'Among them is', '3 of the 5'],
    ['By the photos alone it looks most like Amanita phalloides. The likeliest answer is a mushroom that has killed people. 2 of the 5 likeliest are poisonous.', 'a mushroom that has killed people', '2 of the 5'],
    ['The likeliest answer is a mushroom that has killed people. Among them is Lepiota, which has killed people.', 'The likeliest', 'Lepiota'],
  ]) {
    const { element } = view({ poison: { flag: 'poisonous', deadly: true, reason } });
    const [sign, all] = [element.querySelector('.danger').textContent, element.textContent];
    ok(sign.includes(stays), `"${stays}" in "${sign}"`);
    ok(!sign.includes(waits) && all.includes(waits), `"${waits}" below the sign`);
  }
});

test('a long reason lets the warning come before the look-alikes, a short one does not', () => {
  const order = (reason) => [...view({ poison: { flag: 'cannot_tell', deadly: false, reason } }).element.children].map((part) => part.className);
  const first = (parts) => parts.find((part) => part === 'warning' || part === 'look-alikes');
  equal(first(order('There is a chance of poison.')), 'look-alikes');
  equal(first(order('There is a chance of poison. '.repeat(5))), 'warning');
  ok(order('There is a chance of poison. '.repeat(5)).includes('look-alikes'), 'look-alikes all the same');
});

test('a reason that is milder than the sign never stands alone in it', () => {
  const unrated = { candidates: [], poison: { flag: 'not_known_poisonous', deadly: false, reason: 'No poisoning is known.' } };
  ok(inSign(unrated).includes(`${texts.answer.reasons.cannot_tell} No poisoning is known.`), 'to treat it as poisonous, first');
  const odd = { poison: { flag: 'poisonous', reason: 'It poisons.' } };
  ok(inSign(odd).includes(texts.answer.reasons.deadly) && !inSign(odd).includes('It poisons.'), 'that it kills');
  ok(view(odd).element.textContent.includes('It poisons.'), 'what the service said');
});

test('scientific names are italic and marked as Latin', () => {
  const italic = view({}).element.querySelector('.identity i');
  equal([italic.textContent, italic.lang], ['A b', 'la']);
});

test('a look-alike without a difference says so, none says so too', () => {
  const candidates = [{ label: 'a_b', scientificName: 'A b', lookAlikes: [{ scientificName: 'C d', toxicity: 'deadly' }] }];
  ok(view({ candidates }).element.textContent.includes(texts.answer.noDifference), 'no difference');
  ok(view({}).element.textContent.includes(texts.answer.noLookAlikes), 'no look-alikes');
});

test('more than two look-alikes open on a tap', () => {
  const lookAlikes = ['C d', 'E f', 'G h'].map((scientificName) => ({ scientificName, toxicity: 'deadly', difference: 'short' }));
  const { element } = view({ candidates: [{ label: 'a_b', scientificName: 'A b', lookAlikes }] });
  equal(element.querySelectorAll('.look-alikes > ul > li').length, 2);
  equal(element.querySelectorAll('.look-alikes details li').length, 1);
});

test('screen readers hear danger, name and confidence in one sentence each', () => {
  equal(view({ poison: { flag: 'poisonous', deadly: true } }).spoken, 'Deadly poisonous. Abby. Likely.');
});
