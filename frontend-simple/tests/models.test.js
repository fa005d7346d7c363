import { readAnswer } from '../js/answer.js';
import { answerView } from '../js/answer-view.js';
import { show as leaderboard } from '../js/leaderboard-view.js';
import { show as model } from '../js/model-view.js';
import { given } from './answer.test.js';
import { equal, ok, test } from './runner.js';

const VAL = { photos: 321, top1: 0.7, poisonRecall: 0.98, poisonCost: 0.5, macroF1: 0.6 };
const TEST = { ...VAL, photos: 123, top1: 0.6 };

/** Runs the body while the service knows one model with these figures. */
async function withFigures(metrics, body) {
  const real = window.fetch;
  const one = { name: 'mushrooms', version: '3', metrics };
  window.fetch = async (path) => {
    const answer = path.endsWith('leaderboard') ? { entries: [{ rank: 1, model: one }] } : path.endsWith('models') ? { models: [one] } : one;
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } });
  };
  try {
    return await body();
  } finally {
    window.fetch = real;
  }
}

async function smallPrint(metrics) {
  return withFigures(metrics, async () => {
    const { element } = answerView(readAnswer(given()), [], { onAgain: () => {}, onAddView: null, extras: [] });
    const words = element.querySelector('.model-figures-note p');
    if (words.hidden) await new Promise((resolve) => new MutationObserver(resolve).observe(words, { attributes: true }));
    return words.textContent;
  });
}

const page = (metrics) => withFigures(metrics, async () => (await model({ part: '3' })).element);

test('photos that thresholds were chosen on are never called unseen', async () => {
  for (const words of [await smallPrint({ val: VAL }), (await page({ val: VAL })).textContent]) {
    ok(!words.includes('never seen') && words.includes('thresholds were chosen'), `thresholds in "${words}"`);
  }
  ok((await smallPrint({ val: VAL })).includes('70'), 'the figure');
});

test('photos that were never seen are called that', async () => {
  for (const words of [await smallPrint({ val: VAL, test: TEST }), (await page({ val: VAL, test: TEST })).textContent]) {
    ok(words.includes('never seen'), `never seen in "${words}"`);
  }
  ok((await smallPrint({ val: VAL, test: TEST })).includes('60'), 'the figure');
});

test('the bar of a figure says on which photos it was measured', async () => {
  const kinds = async (metrics) => [...(await page(metrics)).querySelector('.plot li').querySelectorAll('.plot-bar')].map((bar) => bar.dataset.kind);
  equal(await kinds({ val: VAL }), ['val']);
  equal(await kinds({ test: TEST }), ['test']);
  equal(await kinds({ val: VAL, test: TEST }), ['test', 'val']);
});

test('the ranking says that its figures flatter', async () => {
  const note = (await withFigures({ val: VAL, test: TEST }, leaderboard)).element.querySelector('.note').textContent;
  ok(/thresholds were chosen, which flatters/.test(note), `thresholds in "${note}"`);
});
