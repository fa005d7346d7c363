/** Shows that there is no answer: what happened, what to do now, and that nobody knows more about the danger. */

import { text } from './answer.js';
import { el, icon } from './dom.js';
import { said } from './service-words.js';
import { texts } from './texts.js';

/** Problems that the same photos will meet again: asking for other photos comes first. */
const ABOUT_THE_PHOTOS = new Set(['tooLarge', 'tooManyPixels', 'tooSmall', 'notAPhoto', 'unsupported', 'empty', 'heic', 'damaged', 'tooMany', 'refused']);

/**
 * @param {{kind: string, detail?: string, retryAfterSeconds?: ?number, photo?: ?number}} problem
 * @param {{canRetry: boolean, photoCount: number, onRetry: function(), onLater: ?function(), onOther: function(), say: function(string)}} parts
 * @returns {{element: HTMLElement, heading: HTMLElement, spoken: string, release: function()}}
 */
export function problemView(problem, { canRetry, photoCount, onRetry, onLater = null, onOther, say }) {
  const [happened, next] = Object.hasOwn(texts.problem, problem.kind) ? texts.problem[problem.kind] : texts.problem.trouble;
  const which = photoCount > 1 && problem.photo ? texts.problem.which(problem.photo) : '';
  const heading = el('h2', { tabIndex: -1, id: 'problem-heading' }, happened);
  const aboutPhotos = ABOUT_THE_PHOTOS.has(problem.kind);
  const retry = canRetry && !aboutPhotos ? el('button.button', { type: 'button', onclick: onRetry }, icon('again'), el('span', {}, texts.problem.retry)) : null;
  const waits = canRetry && photoCount === 0; // the photos are among the waiting finds
  const other =
    problem.kind === 'tooMany'
      ? null
      : el(retry ? 'button.button.second' : 'button.button', { type: 'button', onclick: onOther }, icon('camera'), waits ? texts.answer.again : texts.problem.other);
  const later = onLater && !aboutPhotos ? el('button.button.second', { type: 'button', onclick: onLater }, texts.offline.later) : null;
  const stop = retry && problem.retryAfterSeconds ? countDown(retry, problem.retryAfterSeconds, say) : () => {};
  const prefix = canRetry || photoCount === 0 ? texts.problem.prefix : '';
  const element = el(
    'section.problem',
    { 'aria-labelledby': 'problem-heading', 'data-kind': problem.kind },
    icon(aboutPhotos ? 'photo-off' : problem.retryAfterSeconds ? 'clock' : 'cloud-off'),
    heading,
    problem.detail ? el('p', {}, ...said(text(problem.detail))) : null,
    el('p', {}, which + next),
    prefix ? el('p.no-answer', {}, icon('unknown'), prefix) : null,
    el('div.actions', {}, retry, later, other),
  );
  return { element, heading, spoken: [prefix, `${happened}.`, which + next].filter(Boolean).join(' '), release: stop };
}

/** Holds the button until the service asked to be asked again. */
function countDown(button, seconds, say) {
  const label = button.querySelector('span');
  const end = Date.now() + seconds * 1000;
  button.disabled = true;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) {
      label.textContent = texts.problem.retryIn(left);
      return;
    }
    clearInterval(timer);
    label.textContent = texts.problem.retry;
    button.disabled = false;
    say(texts.problem.retryReady);
  };
  const timer = setInterval(tick, 250);
  tick();
  return () => clearInterval(timer);
}
