/** "Was this right?", and taking it back. */

import { sendFeedback, species, withdrawFeedback } from './api.js';
import { combobox } from './combobox.js';
import { el, fill } from './dom.js';
import { keepReceipt } from './finds.js';
import { entries } from './search.js';
import { texts } from './texts.js';

const MAX_COMMENT = 1000;

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
  const label = combobox('feedback-label', async () => entries(await species()), say);
  const labelField = el(
    'div.field.combobox',
    {},
    el('label', { for: 'feedback-label' }, words.label),
    label.input,
    label.list,
    el('p.note', { id: 'feedback-label-hint' }, words.labelHint),
  );
  const comment = el('textarea', { id: 'feedback-comment', rows: 2, maxlength: MAX_COMMENT });
  const consent = el('input', { type: 'checkbox', id: 'feedback-consent' });
  const send = el('button.button.second', { type: 'submit' }, words.send);
  const problem = el('p.field-problem', { hidden: true });
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

  function verdictButton(value, word) {
    return el('button.button.second', { type: 'button', 'aria-pressed': 'false', onclick: () => choose(value) }, word);
  }

  function choose(value) {
    verdict = value;
    right.setAttribute('aria-pressed', String(value === 'right'));
    wrong.setAttribute('aria-pressed', String(value === 'wrong'));
    labelField.hidden = value === 'right';
    form.hidden = false;
  }

  async function submit(event) {
    event.preventDefault();
    const corrected = verdict === 'wrong' ? label.choice() : null;
    if (corrected === undefined) {
      complain(words.labelPick);
      label.input.focus();
      return;
    }
    send.disabled = true;
    send.textContent = words.sending;
    problem.hidden = true;
    const body = {
      verdict,
      label: corrected,
      comment: comment.value.trim() === '' ? null : comment.value.trim(),
      consent: consent.checked,
    };
    const { arrived, receipt, photosKept } = await sendFeedback(id, body);
    if (arrived) {
      if (receipt && find) await keepReceipt(find, receipt);
      const thanks = receiptView(receipt, find, say, photosKept);
      element.replaceWith(thanks);
      thanks.querySelector('h3').focus();
    } else {
      send.disabled = false;
      send.textContent = words.send;
      complain(words.failed);
    }
  }

  function complain(words) {
    problem.textContent = words;
    problem.hidden = false;
    say(words);
  }

  return element;
}

/**
 * Thanks, and the way back.
 *
 * @param {?{id: string, token: string}} receipt null where the service gave none
 * @param {?string} find where the receipt is kept
 */
export function receiptView(receipt, find, say, photosKept = 0) {
  const words = texts.feedback;
  const problem = el('p.field-problem', { hidden: true }, words.withdrawFailed);
  const button = receipt ? el('button.button.second', { type: 'button', onclick: withdraw }, words.withdraw) : null;
  const element = el(
    'section.feedback',
    { 'aria-labelledby': 'feedback-heading' },
    el('h3', { id: 'feedback-heading', tabIndex: -1 }, words.thanks),
    photosKept > 0 ? el('p', {}, words.photosKept(photosKept)) : null,
    problem,
    button,
  );

  async function withdraw() {
    button.disabled = true;
    button.textContent = words.withdrawing;
    problem.hidden = true;
    if (await withdrawFeedback(receipt)) {
      if (find) await keepReceipt(find, null);
      const heading = el('h3', { id: 'feedback-heading', tabIndex: -1 }, words.withdrawn);
      fill(element, heading);
      heading.focus();
    } else {
      button.disabled = false;
      button.textContent = words.withdraw;
      problem.hidden = false;
      say(words.withdrawFailed);
    }
  }

  return element;
}
