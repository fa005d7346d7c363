/** What the app is for, and what it is not for. */

import { el } from './dom.js';
import { emergencyLine } from './emergency-view.js';
import { linkButton } from './frame.js';
import { prose } from './prose.js';
import { texts } from './texts.js';

export async function show() {
  const { about } = texts;
  const links = el('div.stack', {}, el('a.button.second', { href: '#/models' }, about.models), el('a.button.second', { href: '#/privacy' }, about.privacy), linkButton('#/', texts.finds.start, 'look'));
  return { element: prose(about, emergencyLine(), links), title: about.title };
}
