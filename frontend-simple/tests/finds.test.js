import { readAnswer } from '../js/answer.js';
import { allFinds, findOf, forget, forgetAll, keepFind, keepReceipt } from '../js/finds.js';
import * as outbox from '../js/outbox.js';
import { given } from './answer.test.js';
import { equal, ok, test } from './runner.js';

async function photo(width, height) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
  return { blob, name: 'x', preview: 'blob:x' };
}

async function keep(id, when, photos = []) {
  const json = given({ id });
  return keepFind(json, readAnswer(json), photos, when);
}

test('keeps finds with a small picture, the newest first', async () => {
  await forgetAll();
  equal(await keep('one', 1000, [await photo(1600, 1200)]), 'one');
  await keep('two', 2000);
  const finds = await allFinds();
  equal(finds.map((find) => find.id), ['two', 'one']);
  const picture = await createImageBitmap(finds[1].picture);
  equal([picture.width, picture.height, finds[0].picture], [480, 360, null]);
  equal(readAnswer(finds[1].json).scientificName, 'A b');
});

test('an answer without an id is kept under one of its own', async () => {
  const id = await keep(undefined, 3000);
  ok(/^find-/.test(id), 'an id of its own');
  equal((await findOf(id)).when, 3000);
});

test('remembers how feedback can be taken back, until it is', async () => {
  await keepReceipt('one', { id: 'f', token: 't' });
  equal((await findOf('one')).receipt, { id: 'f', token: 't' });
  await keepReceipt('one', null);
  equal((await findOf('one')).receipt, null);
  await keepReceipt('nothing', { id: 'f', token: 't' });
  equal(await findOf('nothing'), null);
});

test('a find that is deleted goes from the outbox and is told to the page', async () => {
  await keep('three', 4000);
  const key = 'key-of-the-find-0100';
  await outbox.add({ photos: [await photo(40, 40)], key, words: { title: 't', body: 'b' } });
  await outbox.change(key, (one) => Object.assign(one, { state: 'answered', kept: 'three' }));
  const told = [];
  const hear = ({ detail }) => told.push(detail);
  addEventListener('find-deleted', hear);
  await forget('three');
  removeEventListener('find-deleted', hear);
  equal([told, await outbox.one(key)], [['three'], null]);
});

test('forgets one, and all', async () => {
  equal(await forget('one'), true);
  equal(await findOf('one'), null);
  await forgetAll();
  equal(await allFinds(), []);
});
