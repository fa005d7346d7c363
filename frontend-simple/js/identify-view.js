/** Photos in, answer out. Five stages, one visible at a time: start, ready, working, answer, problem. */

import { UnreadableAnswer, readAnswer } from './answer.js';
import { answerView } from './answer-view.js';
import { ApiProblem, identify } from './api.js';
import { byId, el, fill, icon } from './dom.js';
import { emergencyLine, emergencyNumbers } from './emergency-view.js';
import { feedbackView } from './feedback-view.js';
import { heatmapView } from './heatmap-view.js';
import { MAX_PHOTOS } from './limits.js';
import { CannotKeep, add as putInOutbox, adoptDraft, freshKey, keepDraft } from './outbox.js';
import { PhotoRefused, prepare, release } from './photo.js';
import { problemView } from './problem-view.js';
import { texts } from './texts.js';
import { showTray } from './tray-view.js';
import * as waiting from './waiting-view.js';

/** Nothing is wrong but the connection: the find waits without being asked. */
const AT_ONCE = new Set(['offline', 'unreachable']);
/** What the outbox said itself. */
const UNKEPT = { storageFull: true, storageOff: true };
const PARTS = ['cap', 'gills', 'stem', 'base'];

const camera = byId('camera');
const gallery = byId('gallery');
const outcome = byId('outcome');
const bar = byId('progress');

let photos = [];
let key = freshKey(); // names these photos towards the service, so that it knows a repeat
let parked = null; // the key of the find that waits and whose problem stands in `outcome`
let stage = 'start';
let find = 0; // counts finds, so that work for an earlier one is dropped
let sending = null;
let tidyOutcome = () => {};
let preparing = Promise.resolve();
let answered = null; // {id, answer, json}: what stands in `outcome`
let refusal = null; // [problem, fromService]: what stands there instead
let unseen = false; // the answer came while another view was in sight
let page = null; // {say, go, claim}

function show(next) {
  stage = next;
  document.body.dataset.stage = next;
  byId('start').hidden = next !== 'start';
  byId('tray').hidden = photos.length === 0 || next === 'answer';
  byId('tray-tools').hidden = next !== 'ready';
  byId('more').hidden = photos.length >= MAX_PHOTOS;
  byId('unchanged').hidden = photos.every((photo) => photo.preview);
  showNextView();
  byId('work').hidden = next !== 'working';
  showTray(byId('photos'), photos, next === 'working' ? null : remove);
}

/** What to photograph next: the first of the views is taken to be what the first photo shows, and so on. */
function showNextView() {
  const next = Math.min(photos.length, texts.tray.views.length - 1);
  fill(byId('views'), ...texts.tray.views.map((view, index) => el(index === next ? 'li.next' : 'li', { 'aria-current': index === next ? 'step' : null }, icon(PARTS[index]), view)));
}

function clearOutcome() {
  tidyOutcome();
  tidyOutcome = () => {};
  answered = null;
  refusal = null;
  parked = null;
  waiting.follow(null);
  outcome.replaceChildren();
}

const say = (words) => page.say(words);

/** Whether the answer with this id stands here, with its photos. */
export function holds(id) {
  return answered !== null && answered.id === id;
}

/**
 * Called when this view comes back into sight.
 *
 * @param {?string} id of the answer that the address asks for; null for the photos
 */
export function enter(id) {
  if (unseen && answered?.id) page.claim(`#/finds/${encodeURIComponent(answered.id)}`);
  else if (id === null && stage === 'answer' && answered.id) toPhotos();
  unseen = false;
  show(stage);
}

/** Back from the answer to the photos it was given for. */
function toPhotos() {
  clearOutcome();
  show('ready');
}

function startOver() {
  find += 1;
  sending?.abort();
  sending = null;
  photos.forEach(release);
  photos = [];
  remember();
  clearOutcome();
  show('start');
  page.claim('#/');
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
  remember();
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
  if (batch.length === 0) return;
  if (document.body.dataset.view !== 'identify') page.go('#/');
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
  remember();
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

/** Photos that are not answered yet outlive a reload, a closed tab, and a camera that takes all the memory. */
function remember() {
  key = freshKey();
  keepDraft(photos, key);
}

/** Photos that a closed or reloaded page left behind come back into the tray. */
async function comeBack() {
  const draft = await adoptDraft();
  if (!draft) return;
  if (stage !== 'start' || photos.length > 0) {
    draft.photos.forEach(release); // somebody was faster; the new photos have replaced them
    keepDraft(photos, key);
    return;
  }
  ({ photos, key } = draft);
  show('ready');
  say(texts.offline.restored);
}

async function send() {
  const mine = new AbortController();
  sending = mine;
  clearOutcome();
  show('working');
  byId('work-label').textContent = sendingWords();
  say(byId('work-label').textContent);
  progress(0);
  byId('cancel').focus();
  try {
    const hooks = { onSent: progress, onWaiting: looking, signal: mine.signal, key };
    const json = await identify(photos, hooks);
    await answerCame(json, readAnswer(json));
  } catch (problem) {
    if (problem.name === 'AbortError') return; // whoever aborted has already moved on
    if (problem instanceof UnreadableAnswer) showProblem(new ApiProblem('rubbish'), true);
    else if (problem instanceof ApiProblem) await (AT_ONCE.has(problem.kind) ? park(problem) : showProblem(problem, true));
    else {
      showProblem(new ApiProblem('trouble'), true);
      throw problem;
    }
  } finally {
    if (sending === mine) sending = null;
  }
}

/** The photos go into the outbox, from where they are sent by themselves; the tray is free for the next find. */
async function park(problem) {
  const mine = find;
  const put = { photos, key };
  try {
    await putInOutbox({ ...put, words: texts.offline.notification, problem });
  } catch (full) {
    if (!(full instanceof CannotKeep)) throw full;
    if (mine === find) showProblem(new ApiProblem(full.kind), true); // and the photos stay in the tray
    return;
  }
  if (mine !== find) return; // somebody has already gone on to the next find
  photos.forEach(release);
  photos = [];
  remember();
  showParked(problem, put.key);
}

/** What stands here of a find that waits, until its answer comes or somebody goes on. */
function showParked(problem, waitingKey) {
  showProblem(problem, true);
  parked = waitingKey;
  waiting.follow(waitingKey, (news) => {
    if (news.state === 'answered' && news.kept) waiting.openAnswer(news);
    else if (news.state === 'answered') startOver(); // it is told among the waiting finds
    else showParked(new ApiProblem(news.problem), waitingKey);
  });
}

function retry() {
  if (parked === null) {
    send();
    return;
  }
  outcome.querySelectorAll('.button').forEach((button) => (button.disabled = true));
  say(texts.offline.sending);
  waiting.sendNow(parked);
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

/** Keeps the find on this device, which gives its answer an address of its own. */
async function answerCame(json, answer) {
  const mine = sending;
  const { keepFind } = await import('./finds.js');
  const id = await keepFind(json, answer, photos);
  if (mine !== sending) return; // cancelled meanwhile
  key = freshKey(); // asked again, these photos are to be looked at again
  keepDraft([], key);
  showAnswer({ id, answer, json });
}

function showAnswer(asked) {
  clearOutcome();
  answered = asked;
  const { id, answer } = asked;
  const where = answer.id !== null && answer.kind !== 'notMushroom' ? heatmapView(answer.id, say) : null;
  const extras = [where?.element, answer.id === null ? null : feedbackView(answer.id, id, say)].filter(Boolean);
  const view = answerView(answer, photos, { onAgain: startOver, onAddView: photos.length < MAX_PHOTOS ? addView : null, extras });
  tidyOutcome = () => where?.release();
  reveal('answer', view);
}

function addView() {
  toPhotos();
  page.claim('#/');
  (byId('take-more').offsetParent ? byId('take-more') : byId('choose-more')).focus();
}

function showProblem(problem, fromService) {
  clearOutcome();
  refusal = [problem, fromService];
  const view = problemView(problem, {
    canRetry: fromService,
    photoCount: photos.length,
    onRetry: retry,
    onLater: fromService && photos.length > 0 && !(problem.kind in UNKEPT) ? () => park(problem) : null,
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
  unseen = document.body.dataset.view !== 'identify';
  if (unseen) return; // it waits until this view comes back
  if (answered?.id) page.claim(`#/finds/${encodeURIComponent(answered.id)}`);
  element.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
}

/** @param {{say: function(string), go: function(string), claim: function(string)}} tools of the page */
export function listen(tools) {
  page = tools;
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
  comeBack();
}

/** Says everything that stands here in the language now in use. */
export function putTexts() {
  byId('progress').setAttribute('aria-label', texts.work.bar);
  byId('photos').setAttribute('aria-label', texts.tray.list);
  fill(byId('general-emergency'), emergencyLine(), emergencyNumbers([]));
  if (stage === 'working') byId('work-label').textContent = bar.hasAttribute('value') ? sendingWords() : texts.work.looking;
  if (answered) showAnswer({ ...answered, answer: readAnswer(answered.json) }); // names are of the language
  else if (parked) showParked(refusal[0], parked);
  else if (refusal) showProblem(...refusal);
  else show(stage);
}

function sendingWords() {
  return photos.length > 1 ? texts.work.sendingMany(photos.length) : texts.work.sending;
}
