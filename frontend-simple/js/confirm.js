/** Asks before something is lost: the browser's own dialog element, which keeps the focus inside. */

import { el } from './dom.js';
import { texts } from './texts.js';

/** @returns {Promise<boolean>} whether to go on; closing it any other way means no */
export function confirmed(question, note, word) {
  return new Promise((resolve) => {
    const dialog = el(
      'dialog.ask',
      { 'aria-labelledby': 'ask-heading', 'aria-describedby': 'ask-note' },
      el('h2', { id: 'ask-heading' }, question),
      el('p.note', { id: 'ask-note' }, note),
      el(
        'div.row',
        {},
        el('button.button.second', { type: 'button', onclick: () => dialog.close() }, texts.finds.keep),
        el('button.button', { type: 'button', onclick: () => dialog.close('yes') }, word),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
