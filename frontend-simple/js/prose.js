/** A view of words: a lead, then headings with paragraphs. */

import { el } from './dom.js';
import { heading } from './frame.js';

export function prose({ title, lead, sections }, ...after) {
  return el(
    'article.prose',
    {},
    heading(title),
    el('p.lead', {}, lead),
    ...sections.flatMap(([name, paragraphs]) => [el('h3', {}, name), ...paragraphs.map((words) => el('p', {}, words))]),
    ...after,
  );
}
