/** The photos of one find, with a button to take each out again. */

import { el, fill, icon } from './dom.js';
import { texts } from './texts.js';

/**
 * @param {HTMLElement} list the `ul` to fill
 * @param {Array<import('./photo.js').Photo>} photos
 * @param {?function(number)} onRemove gets the index; null while photos cannot be taken out
 */
export function showTray(list, photos, onRemove) {
  fill(
    list,
    ...photos.map((photo, index) => {
      const alt = texts.tray.photo(index + 1, photo.name);
      return el(
        'li',
        {},
        photo.preview
          ? el('img', { src: photo.preview, alt })
          : el('div.no-preview', { role: 'img', 'aria-label': alt }, icon('mushroom'), el('span', { 'aria-hidden': 'true' }, texts.tray.unreadable)),
        onRemove
          ? el('button.remove', { type: 'button', 'aria-label': texts.tray.remove(index + 1), onclick: () => onRemove(index) }, icon('cross'))
          : null,
      );
    }),
  );
}
