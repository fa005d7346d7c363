import { ApiProblem } from '../js/api.js';
import * as outbox from '../js/outbox.js';
import { given } from './answer.test.js';
import { equal, ok, test, throws } from './runner.js';

const words = { title: 't', body: 'b' };
const photo = (bytes) => ({ blob: new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), name: 'a.jpg', preview: 'x' });

/** Plays the service while the body runs: answers come from this list, the last one for ever. */
async function withService(answers, body) {
  const before = window.fetch;
  const asked = [];
  window.fetch = async (address, { headers, body: form, signal }) => {
    asked.push({ key: headers['Idempotency-Key'], photos: form.getAll('images').length });
    const next = answers[Math.min(asked.length, answers.length) - 1];
    return next instanceof Function ? next(signal) : next.clone();
  };
  for (const find of await outbox.all()) await outbox.forget(find.key);
  try {
    await body(asked);
  } finally {
    window.fetch = before;
    for (const find of await outbox.all()) await outbox.forget(find.key);
  }
}

const json = (status, value, headers = {}) => new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const lost = () => Promise.reject(new TypeError('Failed to fetch'));
const find = async () => (await outbox.all())[0];

test('a find waits with its photos and is answered beside them', () =>
  withService([json(200, given())], async (asked) => {
    await outbox.add({ photos: [photo([1, 2]), photo([3])], key: 'key-of-the-find-0001', words });
    const kept = await find();
    equal([kept.state, kept.photos.map((one) => one.bytes.byteLength)], ['waiting', [2, 1]]);
    await outbox.deliverDue();
    const answered = await find();
    equal([answered.state, answered.json.id, answered.photos.length], ['answered', given().id, 2]);
    await outbox.deliverDue();
    equal(asked, [{ key: 'key-of-the-find-0001', photos: 2 }], 'one request, under its key');
  }));

test('a lost answer is asked for again under the same key', () =>
  withService([lost, json(200, given())], async (asked) => {
    await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0002', words });
    await outbox.deliverDue();
    const waiting = await find();
    equal([waiting.state, waiting.problem, waiting.attempts], ['waiting', 'unreachable', 1]);
    ok(waiting.due > Date.now(), 'not at once');
    await outbox.deliverDue();
    equal(asked.length, 1, 'requests before it is due');
    await outbox.wake();
    await outbox.deliverDue();
    equal(asked.map((one) => one.key), ['key-of-the-find-0002', 'key-of-the-find-0002']);
    equal((await find()).state, 'answered');
  }));

test('what the service asks to wait holds all finds, and coming back in reach does not shorten it', () =>
  withService([json(503, {}, { 'Retry-After': '600' })], async (asked) => {
    await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0003', words });
    await outbox.add({ photos: [photo([2])], key: 'key-of-the-find-0004', words });
    await outbox.deliverDue();
    await outbox.wake();
    await outbox.deliverDue();
    equal(asked.length, 1, 'requests');
    ok((await outbox.untilDue()) > 590_000, 'ten minutes to go');
  }));

for (const [status, type] of [[413, 'upload-too-large'], [415, 'not-a-photo'], [422, 'photo-truncated'], [400, 'x']]) {
  test(`photos refused with ${status} are not sent again by themselves`, () =>
    withService([json(status, { type: `/problems/${type}` })], async (asked) => {
      await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0005', words });
      await outbox.deliverDue();
      await outbox.wake();
      await outbox.deliverDue();
      equal([(await find()).state, asked.length], ['refused', 1]);
    }));
}

for (const [what, answer] of [
  ['a login page', new Response('<h1>Hotel</h1>', { headers: { 'Content-Type': 'text/html' } })],
  ['half a JSON', new Response('{"id": ', { headers: { 'Content-Type': 'application/json' } })],
  ['another JSON', json(200, [1])],
  ['an error', json(500, {})],
]) {
  test(`${what} leaves the find waiting`, () =>
    withService([answer], async () => {
      await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0006', words });
      await outbox.deliverDue();
      const waiting = await find();
      equal([waiting.state, waiting.photos.length], ['waiting', 1]);
      ok(waiting.due > Date.now(), 'a wait');
    }));
}

test('a find that is deleted while it is sent stays deleted', () =>
  withService(
    [(signal) => new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))],
    async () => {
      await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0007', words });
      const sent = outbox.deliverDue();
      await new Promise((resolve) => outbox.listen(({ type }) => type === 'sending' && resolve()) ?? setTimeout(resolve, 50));
      await outbox.forget('key-of-the-find-0007');
      await sent;
      equal((await outbox.all()).length, 0);
    },
  ));

test('waits double, spread at random, up to a quarter of an hour, and never fall short of what was asked', () => {
  equal(outbox.waitMillis(1, null, 0), 2500);
  equal(outbox.waitMillis(1, null, 1), 5000);
  equal(outbox.waitMillis(3, null, 1), 20_000);
  equal(outbox.waitMillis(50, null, 1), 900_000);
  equal(outbox.waitMillis(1, 60, 0), 60_000);
  ok(outbox.waitMillis(1, 60, 1) > 60_000, 'some spread on top');
});

test('a full device is told, and nothing is lost silently', async () => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  try {
    equal((await throws(outbox.CannotKeep, () => outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0008', words }))).kind, 'storageFull');
  } finally {
    IDBObjectStore.prototype.add = add;
  }
});

test('a find that was put aside after a refusal to answer waits as long as that asked', async () => {
  await withService([json(200, given())], async (asked) => {
    await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0009', words, problem: new ApiProblem('busy', { status: 503, retryAfterSeconds: 60 }) });
    await outbox.deliverDue();
    equal(asked.length, 0);
  });
});

test('the same find is put in once, and its answer is never turned back', () =>
  withService([json(200, given())], async (asked) => {
    const put = { photos: [photo([1])], key: 'key-of-the-find-0010', words };
    await Promise.all([outbox.add(put), outbox.add(put)]);
    await outbox.deliverDue();
    await outbox.add(put);
    equal(await outbox.again(put.key), true);
    await outbox.deliverDue();
    equal([(await find()).state, (await outbox.all()).length, asked.length], ['answered', 1, 1]);
    await outbox.forget(put.key);
    equal([await outbox.again(put.key), await outbox.one(put.key)], [false, null]);
  }));

test('what stands among the finds is taken out with them', () =>
  withService([json(200, given())], async () => {
    for (const [key, kept] of [['key-of-the-find-0011', 'a'], ['key-of-the-find-0012', 'b'], ['key-of-the-find-0013', undefined]]) {
      await outbox.add({ photos: [photo([1])], key, words });
      await outbox.change(key, (one) => Object.assign(one, { kept }));
    }
    await outbox.forgetKept('a');
    equal((await outbox.all()).map((one) => one.kept ?? null).sort(), ['b', null]);
    await outbox.forgetKept();
    equal((await outbox.all()).map((one) => one.key), ['key-of-the-find-0013'], 'what still waits');
  }));

test('an attempt may take as long as its bytes need on a slow link', () => {
  equal(outbox.attemptMillis(0), 120_000);
  equal(outbox.attemptMillis(4096 * 600), 720_000);
});

test('a broken record does not stand in the way of the next find', () =>
  withService([json(200, given())], async (asked) => {
    await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0014', words });
    await outbox.change('key-of-the-find-0014', (one) => {
      delete one.photos;
      delete one.attempts;
    });
    await outbox.add({ photos: [photo([1])], key: 'key-of-the-find-0015', words });
    await outbox.deliverDue();
    const states = Object.fromEntries((await outbox.all()).map((one) => [one.key, one.state]));
    equal(states, { 'key-of-the-find-0014': 'waiting', 'key-of-the-find-0015': 'answered' });
    ok((await outbox.one('key-of-the-find-0014')).due > Date.now(), 'a wait');
    equal(asked.length, 1);
  }));

test('an older draft that is left stays under its own name for a later visit', async () => {
  await outbox.adoptDraft();
  await outbox.keepDraft([photo([1])], 'the older');
  await outbox.leaveDraft();
  await outbox.keepDraft([photo([2, 3])], 'the newer');
  const adopted = await outbox.adoptDraft();
  equal([adopted.key, adopted.photos.map(({ blob }) => blob.size)], ['the older', [1]]);
  await outbox.keepDraft([], 'the older');
});
