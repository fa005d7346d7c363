/** Privacy in plain words. */

import { el } from './dom.js';
import { up } from './frame.js';
import { prose } from './prose.js';
import { texts } from './texts.js';

export async function show() {
  const { privacy } = texts;
  const element = el('div.stack', {}, up('#/about', texts.about.title), prose(privacy, el('a.button.second', { href: '#/finds' }, privacy.finds)));
  return { element, title: privacy.title };
}
