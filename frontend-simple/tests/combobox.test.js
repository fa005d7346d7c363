import { combobox } from '../js/combobox.js';
import { entries } from '../js/search.js';
import { equal, ok, test } from './runner.js';

const species = [
  { label: 'amanita_muscaria', scientificName: 'Amanita muscaria', commonName: 'fly agaric', toxicity: 'poisonous' },
  { label: 'amanita_phalloides', scientificName: 'Amanita phalloides', commonName: 'death cap', toxicity: 'deadly' },
];

async function typed(words) {
  const said = [];
  const box = combobox('box', async () => entries(species), (what) => said.push(what));
  document.body.append(box.input, box.list);
  box.input.focus();
  await Promise.resolve();
  box.input.value = words;
  box.input.dispatchEvent(new Event('focus'));
  await new Promise((resolve) => setTimeout(resolve));
  box.input.dispatchEvent(new Event('input'));
  const press = (key) => box.input.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  const end = () => [box.input, box.list].forEach((part) => part.remove());
  return { ...box, said, press, end };
}

test('arrows move, Enter takes, and the field says which is active', async () => {
  const box = await typed('amanita');
  equal([box.list.children.length, box.input.getAttribute('aria-expanded')], [2, 'true']);
  box.press('ArrowUp');
  equal(box.input.getAttribute('aria-activedescendant'), 'box-1');
  box.press('ArrowDown');
  box.press('Enter');
  equal([box.choice(), box.list.hidden, box.input.value], ['amanita_muscaria', true, 'Fly agaric (Amanita muscaria)']);
  ok(box.said.length > 0, 'the count in words');
  box.end();
});

test('an empty field is no species, a whole name is one, other words are not', async () => {
  for (const [words, label] of [['', null], ['Death cap', 'amanita_phalloides'], ['amanita PHALLOIDES', 'amanita_phalloides'], ['amanita', undefined]]) {
    const box = await typed(words);
    equal(String(box.choice()), String(label), words);
    box.end();
  }
});

test('Escape closes and keeps the words', async () => {
  const box = await typed('death');
  box.press('Escape');
  equal([box.list.hidden, box.input.value], [true, 'death']);
  box.end();
});
