/** Photos in, answer out. Five stages, one visible at a time: start, ready, working, answer, problem. */

import { UnreadableAnswer, readAnswer } from './answer.js';
import { answerView } from './answer-view.js';
import { ApiProblem, identify } from './api.js';
import { byId, el, fill, icon } from './dom.js';
import { emergencyLine, emergencyNumbers } from './emergency-view.js';
import { feedbackView } from './feedback-view.js';
import { heatmapView } from './heatmap-view.js';
import { MAX_PHOTOS } from './limits.js';
import { CannotKeep, add as putInOutbox, adoptDraft, freshKey, keepDraft, leaveDraft } from './outbox.js';
import { PhotoRefused, prepare, release } from './photo.js';
import { problemView } from './problem-view.js';
import { texts } from './texts.js';
import { showTray } from './tray-view.js';
import * as waiting from './waiting-view.js';

/** Nothing is wrong but the connection: the find waits without being asked. */
const AT_ONCE = new Set(['offline', 'unreachable']);
/** What the outbox said itself. */
const UNKEPT = { storageFull: true, storageOff: true };
/** How long an answer waits to be kept before it is shown without an address of its own. */
const KEEPING_MILLIS = 2000;
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
let batches = 0; // of photos being prepared or waiting for that
let parking = Promise.resolve(); // until the photos are in the outbox, or back in the tray
let isParking = false;
let asked = false; // whether somebody, not the clock, had the parked find tried
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
  byId('cancel').disabled = isParking;
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
  asked = false;
  waiting.follow(null);
  outcome.replaceChildren();
}

const say = (words) => page.say(words);

/** Whether the answer with this id stands here, with its photos. */
export function holds(id) {
  return id !== null && answered?.id === id;
}

/**
 * Called when this view comes back into sight.
 *
 * @param {?string} id of the answer that the address asks for; null for the photos
 * @param {{back: boolean}} how whether by the browser's Back or Forward; a link begins a new find
 */
export function enter(id, { back }) {
  if (unseen && answered?.id) page.claim(`#/finds/${encodeURIComponent(answered.id)}`);
  else if (id === null && stage === 'answer' && answered?.id) {
    unseen = false;
    if (back) toPhotos();
    else startOver();
    return;
  }
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
  if (document.body.dataset.view !== 'identify') return;
  page.claim('#/');
  (byId('take').offsetParent ? byId('take') : byId('drop')).focus();
}

async function add(files) {
  if (files.length === 0) return;
  await parking;
  if (stage === 'working') {
    say(texts.tray.busy);
    return;
  }
  if (stage === 'answer') startOver(); // a new photo is a new find: no answer stays above it
  clearOutcome();
  say(texts.tray.preparing);
  const mine = find;
  const before = photos.length;
  const refused = await take(files, () => mine === find);
  if (mine !== find) return;
  remember();
  show(photos.length > 0 ? 'ready' : 'start');
  if (refused) showProblem(refused, false);
  else if (photos.length > 0) say(addedWords(photos.slice(before)));
}

/** What goes out as it is must be heard as well as seen. */
function addedWords(added) {
  const words = texts.tray.added(photos.length);
  return added.some((photo) => !photo.preview) ? `${words} ${texts.offline.unchanged}` : words;
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
  batches += 1;
  const before = preparing;
  let done;
  preparing = new Promise((resolve) => (done = resolve));
  await before;
  waitForPhotos(true);
  try {
    await add(batch);
  } finally {
    batches -= 1;
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
  const busy = batches > 0 || stage !== 'start' || photos.length > 0;
  if (draft && busy) {
    draft.photos.forEach(release); // somebody was faster: another find, which is not mixed with this one
    await leaveDraft();
  }
  if (busy) keepDraft(stage === 'answer' ? [] : photos, key);
  if (busy || !draft) return;
  ({ photos, key } = draft);
  show('ready');
  say(texts.offline.restored);
}

async function send() {
  if (photos.length === 0 || isParking) return;
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

/**
 * The photos go into the outbox, from where they are sent by themselves; the tray is free for the
 * next find. From here on they are out of the tray, so that no tap meanwhile can take, change or
 * park them again; they are back where there was no room.
 */
async function park(problem) {
  if (isParking || photos.length === 0) return;
  const put = { photos, key };
  let done;
  parking = new Promise((resolve) => (done = resolve));
  isParking = true;
  find += 1;
  const mine = find;
  photos = [];
  outcome.querySelectorAll('.button').forEach((button) => (button.disabled = true));
  show(stage);
  try {
    await putInOutbox({ ...put, words: texts.offline.notification, problem });
    isParking = false;
    put.photos.forEach(release);
    if (mine !== find) return; // somebody has already gone on to the next find
    remember();
    showParked(problem, put.key);
  } catch (full) {
    isParking = false;
    if (mine === find) ({ photos, key } = put);
    else put.photos.forEach(release);
    const expected = full instanceof CannotKeep;
    if (mine === find) showProblem(new ApiProblem(expected ? full.kind : 'trouble'), true);
    if (!expected) throw full;
  } finally {
    done();
  }
}

/** What stands here of a find that waits, until its answer comes or somebody goes on. */
function showParked(problem, waitingKey, { quietly = false } = {}) {
  showProblem(problem, true, { quietly });
  parked = waitingKey;
  waiting.follow(waitingKey, (news) => parkedNews(news, waitingKey));
}

/** An answer opens by itself only here, where its sender looks at it; it never takes another view away. */
function parkedNews(news, waitingKey) {
  if (news.state === 'gone') startOver();
  else if (news.state === 'answered') {
    const here = document.body.dataset.view === 'identify';
    startOver();
    if (here && news.kept) waiting.openAnswer(news);
    else say(texts.offline.arrived); // it is told among the waiting finds
  } else if (asked || news.state === 'refused') {
    const quietly = !asked;
    asked = false;
    showParked(new ApiProblem(news.problem), waitingKey, { quietly });
  }
}

async function retry({ currentTarget: button }) {
  if (parked === null) {
    send();
    return;
  }
  button.disabled = true; // and no other: a new find can always be begun
  asked = true;
  say(texts.offline.sending);
  try {
    await waiting.sendNow(parked);
  } finally {
    button.disabled = false; // where it did not come to a try
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
  if (isParking) return;
  sending?.abort();
  sending = null;
  show('ready');
  say(texts.work.cancelled);
  byId('identify').focus();
}

/** Keeps the find on this device, which gives its answer an address of its own. */
async function answerCame(json, answer) {
  const mine = sending;
  const id = await within(KEEPING_MILLIS, keep(json, answer));
  if (mine !== sending) return; // cancelled meanwhile
  key = freshKey(); // asked again, these photos are to be looked at again
  keepDraft([], key);
  showAnswer({ id, answer, json });
}

async function keep(json, answer) {
  try {
    const { keepFind } = await import('./finds.js');
    return await keepFind(json, answer, photos);
  } catch (problem) {
    console.info(`The answer is not kept: ${problem.message}`);
    return null;
  }
}

/** Null where it takes longer: a store that hangs must not hold back a warning. */
function within(millis, work) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, millis, null)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function showAnswer(shown) {
  clearOutcome();
  answered = shown;
  const { id, answer } = shown;
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

function showProblem(problem, fromService, { quietly = false } = {}) {
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
  reveal(fromService || photos.length === 0 ? 'problem' : 'ready', view, { quietly });
}

/** @param {{quietly: boolean}} how without scrolling or taking the focus, for what nobody asked for just now */
function reveal(next, { element, heading, spoken }, { quietly = false } = {}) {
  fill(outcome, element);
  show(next);
  say(spoken);
  unseen = document.body.dataset.view !== 'identify';
  if (unseen) return; // it waits until this view comes back
  if (answered?.id) page.claim(`#/finds/${encodeURIComponent(answered.id)}`);
  if (quietly) return;
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
  addEventListener('find-deleted', ({ detail }) => forgetAnswer(detail));
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

/** A find that was deleted does not stay here either; null stands for all. */
function forgetAnswer(id) {
  if (answered && (id === null || answered.id === id)) startOver();
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
