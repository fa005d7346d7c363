import { said, sentences, translated, usualName } from '../js/service-words.js';
import { speak } from '../js/texts.js';
import { equal, ok, test } from './runner.js';

/** Every sentence of the service's Sentences, PoisonReason and Explanation. */
const SENTENCES = [
  'Never eat a mushroom on the word of an app. Photos mislead, and some mushrooms kill.',
  'If someone has eaten it, call your local poison centre or emergency number now. Do not wait for symptoms, and keep what is left of the mushroom.',
  'Before it comes near a kitchen, show the whole mushroom to an expert.',
  'Photograph the same find again: the cap from above, the underside, and the whole stem with its base dug out, near and sharp, in daylight. Send them together.',
  'Go closer, so that one mushroom fills most of the photo.',
  'Only the genus is recognised, and one genus can hold deadly species beside others.',
  'Keep it away from children and pets.',
  'This does not look like a photo of a mushroom, so nothing can be said about poison.',
  'The photo does not show clearly enough which mushroom this is, so nothing can be said about poison.',
  'The likeliest answer is a mushroom that has killed people.',
  'The likeliest answer is a poisonous mushroom.',
  'This genus includes species that have killed people.',
  'This genus includes poisonous species.',
  'Deadly mushrooms look too much like this one to rule them out.',
  'Poisonous mushrooms look too much like this one to rule them out.',
  'There is a chance that this is a poisonous mushroom, too small to say so and too large to leave out.',
  'The likeliest answer is known to harm some people, or when raw, old or taken with alcohol.',
  'Little has been written about whether the likeliest answer is poisonous.',
  'No poisoning is known from the likeliest answer. A photo cannot rule out a mistake.',
  'None of the 5 likeliest is known to be poisonous, but all poisonous ones together reach 4 %.',
  '1 of the 5 likeliest is poisonous, with less than 1 %.',
  '1 of the 5 likeliest is poisonous, with 7 %; with all others it could be, poisonous ones reach 24 %.',
  '3 of the 5 likeliest are poisonous, together more than 99 %.',
  '2 of the 5 likeliest are poisonous, together 16 %; with all others it could be, poisonous ones reach 23 %.',
  'Among them is Galerina marginata, which has killed people.',
  'Among them are Amanita phalloides, Amanita bisporigera and Lepiota, which have killed people.',
  'By the photos alone it looks most like Amanita phalloides.',
  'This goes by the photos alone: place and date never soften a warning.',
];

async function inGerman(body) {
  await speak('de');
  try {
    body();
  } finally {
    await speak('en');
    localStorage.clear();
  }
}

const plain = (nodes) => nodes.map((node) => (typeof node === 'string' ? node : node.textContent)).join('');

test('every sentence of the service has German words', () =>
  inGerman(() => {
    for (const sentence of SENTENCES) {
      const nodes = said(sentence);
      ok(nodes.every((node) => typeof node === 'string'), `German words for "${sentence}"`);
      ok(!/\b(the|poisonous|mushroom|likeliest|killed)\b/.test(plain(nodes)), `no English left in "${plain(nodes)}"`);
    }
  }));

test('several sentences are all said, figures and names included', () =>
  inGerman(() => {
    const words = plain(said('The likeliest answer is a mushroom that has killed people. 3 of the 5 likeliest are poisonous, together more than 99 %. Among them are Amanita phalloides and Lepiota, which have killed people.'));
    for (const part of ['gestorben', '3 der 5', 'mehr als 99\u00a0%', 'Amanita phalloides und Lepiota']) ok(words.includes(part), `${part} in "${words}"`);
  }));

test('what has no German words stays as it came, marked as English', () =>
  inGerman(() => {
    const nodes = said('This genus includes poisonous species. It <b>bites</b>. Never touch it.');
    equal(plain(nodes), 'Zu dieser Gattung gehören giftige Arten. It <b>bites</b>. Never touch it.');
    ok(nodes.some((node) => node.lang === 'en'), 'a part marked as English');
  }));

test('a warning in another order of words is not taken for one that we know', () =>
  inGerman(() => {
    for (const odd of ['The likeliest answer is a poisonous mushroom', 'Surely The likeliest answer is a poisonous mushroom.', '']) equal(translated(odd), null, odd);
  }));

test('a name that every object has is a name like any other', async () => {
  for (const name of ['constructor', 'toString', '__proto__']) equal(usualName(name, 'odd one'), 'odd one', name);
  await inGerman(() => {
    for (const name of ['constructor', 'toString', '__proto__']) equal(usualName(name, 'odd one'), name, name);
  });
});

test('names are of the language, or scientific', () =>
  inGerman(() => {
    equal(usualName('Amanita phalloides', 'death cap'), 'Grüner Knollenblätterpilz');
    equal(usualName('Agaricus hondensis', 'felt-ringed agaricus'), 'Agaricus hondensis');
  }));

test('English says what came', () => {
  equal(said('Anything. At all.'), ['Anything. At all.']);
  equal(usualName('Amanita phalloides', 'death cap'), 'death cap');
  equal(sentences('A is 2.5 cm. B is more. 3 are few.'), ['A is 2.5 cm.', 'B is more.', '3 are few.']);
  equal(sentences('Really?!  Yes! A. muscaria is no. b'), ['Really?!', 'Yes!', 'A. muscaria is no. b']);
  equal(sentences('No end'), ['No end']);
  equal(sentences(''), []);
});
