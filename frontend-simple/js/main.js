/** The page: photos in, answer out. Five stages, one visible at a time: start, ready, working, answer, problem. */

import { UnreadableAnswer, readAnswer } from './answer.js';
import { answerView } from './answer-view.js';
import { ApiProblem, identify } from './api.js';
import { byId, el, fill } from './dom.js';
import { emergencyLine, emergencyNumbers } from './emergency-view.js';
import { feedbackView } from './feedback-view.js';
import { heatmapView } from './heatmap-view.js';
import { PhotoRefused, prepare, release } from './photo.js';
import { problemView } from './problem-view.js';
import { texts } from './texts.js';
import { showTray } from './tray-view.js';

const MAX_PHOTOS = 5;

const camera = byId('camera');
const gallery = byId('gallery');
const outcome = byId('outcome');
const bar = byId('progress');

let photos = [];
let stage = 'start';
let find = 0; // counts finds, so that work for an earlier one is dropped
let sending = null;
let tidyOutcome = () => {};
let preparing = Promise.resolve();

function show(next) {
  stage = next;
  document.body.dataset.stage = next;
  byId('start').hidden = next !== 'start';
  byId('tray').hidden = photos.length === 0 || next === 'answer';
  byId('tray-tools').hidden = next !== 'ready';
  byId('more').hidden = photos.length >= MAX_PHOTOS;
  byId('work').hidden = next !== 'working';
  byId('general').hidden = next === 'answer';
  showTray(byId('photos'), photos, next === 'working' ? null : remove);
}

function clearOutcome() {
  tidyOutcome();
  tidyOutcome = () => {};
  outcome.replaceChildren();
}

function say(words) {
  byId('announcer').textContent = words;
}

function startOver() {
  find += 1;
  sending?.abort();
  photos.forEach(release);
  photos = [];
  clearOutcome();
  show('start');
  (byId('take').offsetParent ? byId('take') : byId('drop')).focus();
}

async function add(files) {
  if (files.length === 0) return;
  if (stage === 'working') {
    say(texts.tray.busy);
    return;
  }
  if (stage === 'answer') startOver(); // a new photo is a new find: no answer stays above it
  clearOutcome();
  say(texts.tray.preparing);
  const mine = find;
  const refused = await take(files, () => mine === find);
  if (mine !== find) return;
  show(photos.length > 0 ? 'ready' : 'start');
  if (refused) showProblem(refused, false);
  else if (photos.length > 0) say(texts.tray.added(photos.length));
}

/** @returns what is wrong with the last of the files that were refused, or null */
async function take(files, stillWanted) {
  let refused = null;
  for (const file of files) {
    if (photos.length >= MAX_PHOTOS) return refused ?? { kind: 'tooMany' };
    try {
      const photo = await prepare(file);
      if (!stillWanted()) {
        release(photo);
        return null;
      }
      photos.push(photo);
    } catch (problem) {
      if (!(problem instanceof PhotoRefused)) throw problem;
      refused = problem;
    }
  }
  return refused;
}

/** One batch after the other, so that two quick drops do not overtake each other. */
async function enqueue(files) {
  const batch = [...files];
  const before = preparing;
  let done;
  preparing = new Promise((resolve) => (done = resolve));
  await before;
  waitForPhotos(true);
  try {
    await add(batch);
  } finally {
    waitForPhotos(false);
    done();
  }
}

function waitForPhotos(busy) {
  byId('preparing').hidden = !busy;
  byId('identify').disabled = busy;
  if (!busy && stage === 'ready' && outcome.childElementCount === 0) byId('identify').focus();
}

function remove(index) {
  release(photos[index]);
  photos.splice(index, 1);
  clearOutcome();
  say(texts.tray.removed(photos.length));
  if (photos.length === 0) {
    startOver();
    return;
  }
  show('ready');
  const buttons = byId('photos').querySelectorAll('.remove');
  buttons[Math.min(index, buttons.length - 1)].focus();
}

async function send() {
  const mine = new AbortController();
  sending = mine;
  clearOutcome();
  show('working');
  byId('work-label').textContent = photos.length > 1 ? texts.work.sendingMany(photos.length) : texts.work.sending;
  say(byId('work-label').textContent);
  progress(0);
  byId('cancel').focus();
  try {
    const hooks = { onSent: progress, onWaiting: looking, signal: mine.signal };
    showAnswer(readAnswer(await identify(photos, hooks)));
  } catch (problem) {
    if (problem.name === 'AbortError') return; // whoever aborted has already moved on
    if (problem instanceof UnreadableAnswer) showProblem(new ApiProblem('rubbish'), true);
    else if (problem instanceof ApiProblem) showProblem(problem, true);
    else {
      showProblem(new ApiProblem('trouble'), true);
      throw problem;
    }
  } finally {
    if (sending === mine) sending = null;
  }
}

function progress(share) {
  const percent = Math.round(share * 100);
  bar.value = percent;
  byId('percent').textContent = texts.work.percent(percent);
}

function looking() {
  bar.removeAttribute('value');
  byId('percent').textContent = '';
  byId('work-label').textContent = texts.work.looking;
  say(texts.work.looking);
}

function cancel() {
  sending?.abort();
  sending = null;
  show('ready');
  say(texts.work.cancelled);
  byId('identify').focus();
}

function showAnswer(answer) {
  const asked = answer.id !== null;
  const where = asked && answer.kind !== 'notMushroom' ? heatmapView(answer.id, say) : null;
  const extras = [where?.element, asked ? feedbackView(answer.id, say) : null].filter(Boolean);
  const view = answerView(answer, photos, { onAgain: startOver, onAddView: photos.length < MAX_PHOTOS ? addView : null, extras });
  tidyOutcome = () => where?.release();
  reveal('answer', view);
}

function addView() {
  clearOutcome();
  show('ready');
  (byId('take-more').offsetParent ? byId('take-more') : byId('choose-more')).focus();
}

function showProblem(problem, fromService) {
  const view = problemView(problem, {
    canRetry: fromService,
    photoCount: photos.length,
    onRetry: send,
    onOther: fromService || photos.length === 0 ? startOver : () => gallery.click(),
    say,
  });
  tidyOutcome = view.release;
  reveal(fromService || photos.length === 0 ? 'problem' : 'ready', view);
}

function reveal(next, { element, heading, spoken }) {
  fill(outcome, element);
  show(next);
  say(spoken);
  element.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
}

function connection() {
  byId('offline').hidden = navigator.onLine !== false;
}

function listen() {
  for (const id of ['drop', 'choose-more']) byId(id).addEventListener('click', () => gallery.click());
  for (const id of ['take', 'take-more']) byId(id).addEventListener('click', () => camera.click());
  for (const input of [camera, gallery]) {
    input.addEventListener('change', () => {
      enqueue(input.files);
      input.value = ''; // so that the same file can be chosen again
    });
  }
  byId('identify').addEventListener('click', send);
  byId('cancel').addEventListener('click', cancel);
  byId('clear').addEventListener('click', startOver);
  document.addEventListener('paste', (event) => enqueue(event.clipboardData?.files ?? []));
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('dragging');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('dragging');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('dragging');
    enqueue(event.dataTransfer?.files ?? []);
  });
  window.addEventListener('online', connection);
  window.addEventListener('offline', connection);
}

/** Puts the words into the places that index.html marks with `data-text`. */
function putTexts() {
  document.title = texts.title;
  for (const place of document.querySelectorAll('[data-text]')) {
    place.textContent = place.dataset.text.split('.').reduce((words, key) => words[key], texts);
  }
  byId('progress').setAttribute('aria-label', texts.work.bar);
  byId('photos').setAttribute('aria-label', texts.tray.list);
  fill(byId('views'), ...texts.tray.views.map((view) => el('li', {}, view)));
  byId('general').append(emergencyLine(), emergencyNumbers([]));
}

putTexts();
listen();
connection();
show('start');
document.body.classList.add('ready');
