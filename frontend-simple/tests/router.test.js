import { address, moduleOf, read } from '../js/router.js';
import { equal, ok, test } from './runner.js';

test('reads views, parts and questions', () => {
  const { view, part, query } = read('#/species/amanita_muscaria?q=fly');
  equal([view, part, query.get('q')], ['species', 'amanita_muscaria', 'fly']);
  equal([read('#/finds').view, read('#/finds').part], ['finds', null]);
});

test('whatever is no address is the first view', () => {
  for (const hash of ['', '#', '#/', '#/nothing', '#/constructor', '#/__proto__', '#/species/a/b', '#/about/x', '#/species/%E0%A4%A', '#main']) {
    equal([read(hash).view, read(hash).part], ['identify', null], hash);
  }
});

test('an address reads back as what it was made of', () => {
  for (const part of ['a_b', 'x/../y', 'ä ö?#', '<img>']) equal(read(address('species', part)).part, part);
  equal(address('identify'), '#/');
  equal(address('species', null, { q: 'fly agaric', toxicity: '' }), '#/species?q=fly+agaric');
});

test('every view has a module that can show it', async () => {
  for (const hash of ['#/finds', '#/finds/x', '#/species', '#/species/x', '#/models', '#/models/x', '#/about', '#/privacy']) {
    ok(typeof (await moduleOf(read(hash))).show === 'function', `show() for ${hash}`);
  }
});
