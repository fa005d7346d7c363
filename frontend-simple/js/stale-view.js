/** Says when a kept answer is by a model that the service has replaced since. */

import { models } from './api.js';
import { text } from './answer.js';
import { el } from './dom.js';
import { texts } from './texts.js';

/**
 * @param {import('./answer.js').Answer} answer
 * @returns {HTMLElement} a banner that shows itself once it is known; without a connection it stays hidden
 */
export function staleView({ model }) {
  const banner = el('p.banner.stale-model', { role: 'status', hidden: true });
  compare();
  return banner;

  async function compare() {
    let serving;
    try {
      serving = text((await models())?.find?.((one) => one?.serving === true)?.version);
    } catch {
      return; // no connection, or not the service: nothing is known
    }
    if (!serving || serving === model.version) return;
    banner.textContent = texts.offline.staleModel(model.version, serving);
    banner.hidden = false;
  }
}
