import { entries, fold, matches } from '../js/search.js';
import { equal, ok, test } from './runner.js';

const found = entries([
  { label: 'amanita_phalloides', scientificName: 'Amanita phalloides', commonName: 'death cap', genus: 'amanita', toxicity: 'deadly' },
  { label: 'boletus', scientificName: 'Boletus', toxicity: 'made up' },
  { label: '../x', scientificName: 'A name' },
  null,
]);

test('leaves out what has no label fit for an address, and reads unknown poison as unknown', () => {
  equal(found.map((entry) => [entry.label, entry.toxicity, entry.genus]), [['amanita_phalloides', 'deadly', 'amanita'], ['boletus', 'unknown', 'boletus']]);
});

test('a name that every object has is a name like any other', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
  const odd = entries(names.map((scientificName) => ({ label: 'odd', scientificName, commonName: 'odd one' })));
  equal(odd.map(({ name }) => name), names.map(() => 'Odd one'));
});

test('finds by any name, parts of words, any case and accents', () => {
  for (const typed of ['death', 'CAP', 'phallo', 'amanita cap', ' ', 'amanita_phalloides'.replace('_', ' ')]) ok(matches(found[0], typed), typed);
  ok(!matches(found[0], 'death trumpet'), 'no match for a word that is not there');
  equal(fold('Weißer Grünling é'), 'weisser grunling e');
});
