/** The button that shows where the network looked. Leaves quietly when there is no such picture. */

import { heatmap } from './api.js';
import { el, icon } from './dom.js';
import { texts } from './texts.js';

/**
 * @param {string} id of the answer
 * @param {function(string)} say tells screen readers
 * @returns {{element: HTMLElement, release: function()}}
 */
export function heatmapView(id, say) {
  let url = null;
  let released = false;
  const holder = el('div.heatmap-picture', { hidden: true });
  const label = el('span', {}, texts.heatmap.show);
  const button = el('button.button.quiet', { type: 'button', 'aria-expanded': 'false', onclick: toggle }, icon('eye'), label);
  const element = el('section.heatmap', { 'aria-label': texts.heatmap.show }, button, holder);

  async function toggle() {
    if (url === null && !(await load())) return;
    holder.hidden = !holder.hidden;
    button.setAttribute('aria-expanded', String(!holder.hidden));
    label.textContent = holder.hidden ? texts.heatmap.show : texts.heatmap.hide;
    if (!holder.hidden) say(texts.heatmap.shown);
  }

  async function load() {
    button.disabled = true;
    const blob = await heatmap(id);
    button.disabled = false;
    if (released) return false;
    if (!blob) {
      element.hidden = true;
      say(texts.heatmap.gone);
      return false;
    }
    url = URL.createObjectURL(blob);
    holder.append(el('img', { src: url, alt: texts.heatmap.alt }), el('p.note', {}, texts.heatmap.shown));
    return true;
  }

  return {
    element,
    release() {
      released = true;
      if (url) URL.revokeObjectURL(url);
    },
  };
}
