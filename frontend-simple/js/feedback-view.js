/** "Was this right?" */

import { sendFeedback, species } from './api.js';
import { text } from './answer.js';
import { el, fill } from './dom.js';
import { texts } from './texts.js';

const MAX_COMMENT = 1000;
const OTHER = '';

/**
 * @param {string} id of the answer
 * @param {?string} find where the receipt is kept on this device; null where nothing is
 * @param {function(string)} say tells screen readers
 * @returns {HTMLElement}
 */
export function feedbackView(id, find, say) {
  const words = texts.feedback;
  let verdict = null;
  const right = verdictButton('right', words.right);
  const wrong = verdictButton('wrong', words.wrong);
  const label = el('select', { id: 'feedback-label' }, el('option', { value: OTHER }, words.labelUnknown));
  const labelField = el('p.field', {}, el('label', { for: 'feedback-label' }, words.label), label);
  const comment = el('textarea', { id: 'feedback-comment', rows: 2, maxlength: MAX_COMMENT });
  const consent = el('input', { type: 'checkbox', id: 'feedback-consent' });
  const send = el('button.button.second', { type: 'submit' }, words.send);
  const problem = el('p.field-problem', { hidden: true }, words.failed);
  const form = el(
    'form',
    { hidden: true, onsubmit: submit },
    labelField,
    el('p.field', {}, el('label', { for: 'feedback-comment' }, words.comment), comment),
    el('label.consent', { for: 'feedback-consent' }, consent, el('span', {}, words.consent)),
    problem,
    send,
  );
  const element = el(
    'section.feedback',
    { 'aria-labelledby': 'feedback-heading' },
    el('h3', { id: 'feedback-heading', tabIndex: -1 }, words.heading),
    el('div.verdicts', {}, right, wrong),
    form,
  );
  let asked = false;

  function verdictButton(value, word) {
    return el('button.button.second', { type: 'button', 'aria-pressed': 'false', onclick: () => choose(value) }, word);
  }

  function choose(value) {
    verdict = value;
    right.setAttribute('aria-pressed', String(value === 'right'));
    wrong.setAttribute('aria-pressed', String(value === 'wrong'));
    labelField.hidden = value === 'right';
    form.hidden = false;
    if (value === 'wrong') offerLabels();
  }

  async function offerLabels() {
    if (asked) return;
    asked = true;
    for (const one of await species()) {
      if (typeof one?.label !== 'string') continue;
      const scientific = text(one.scientificName) || one.label;
      const common = text(one.commonName);
      label.append(el('option', { value: one.label }, common ? `${scientific} (${common})` : scientific));
    }
  }

  async function submit(event) {
    event.preventDefault();
    send.disabled = true;
    send.textContent = words.sending;
    problem.hidden = true;
    const arrived = await sendFeedback(id, {
      verdict,
      label: verdict === 'wrong' && label.value !== OTHER ? label.value : null,
      comment: comment.value.trim() === '' ? null : comment.value.trim(),
      consent: consent.checked,
    });
    if (arrived) {
      const heading = el('h3', { id: 'feedback-heading', tabIndex: -1 }, words.thanks);
      fill(element, heading);
      heading.focus();
    } else {
      send.disabled = false;
      send.textContent = words.send;
      problem.hidden = false;
      say(words.failed);
    }
  }

  return element;
}
