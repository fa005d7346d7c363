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
  equal(seen.size, 4, 'different words');
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
