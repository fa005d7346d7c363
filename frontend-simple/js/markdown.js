/**
 * The little Markdown that model cards use: headings, paragraphs, lists, tables, `code`, **strong**.
 * Everything else stays text; addresses too, since a card may come from anyone.
 */

import { text } from './answer.js';
import { el } from './dom.js';

const MOST_LINES = 2000;
const TOP = 4; // a card's `#` stands below the page's own h3

/** @returns {Array<Node>} */
export function markdown(source) {
  const lines = source.split(/\r?\n/).slice(0, MOST_LINES);
  const blocks = [];
  while (lines.length > 0) {
    if (lines[0].trim() === '') lines.shift();
    else blocks.push(block(lines));
  }
  return blocks;
}

function block(lines) {
  const heading = /^(#{1,6}) +(.*)$/.exec(lines[0]);
  if (heading) {
    lines.shift();
    return el(`h${Math.min(6, TOP - 1 + heading[1].length)}`, {}, ...inline(heading[2]));
  }
  if (isItem(lines[0])) return el('ul', {}, ...take(lines, isItem).map((line) => el('li', {}, ...inline(line.replace(/^ *[-*] +/, '')))));
  if (isRow(lines[0])) return table(take(lines, isRow));
  return el('p', {}, ...inline(take(lines, (line) => line.trim() !== '' && !isItem(line) && !isRow(line) && !/^#{1,6} /.test(line)).join(' ')));
}

const isItem = (line) => /^ *[-*] +\S/.test(line);
const isRow = (line) => /^\|.*\|\s*$/.test(line);

/** The first line always, so that whatever it is, it goes. */
function take(lines, wanted) {
  const taken = [lines.shift()];
  while (lines.length > 0 && wanted(lines[0])) taken.push(lines.shift());
  return taken;
}

function table(rows) {
  const cells = (row) => row.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  const [head = [], ...body] = rows.filter((row) => !/^[|\s:-]+$/.test(row) || row.replace(/[|\s]/g, '') === '').map(cells);
  return el(
    'table',
    {},
    el('thead', {}, el('tr', {}, ...head.map((cell) => (cell === '' ? el('td') : el('th', { scope: 'col' }, ...inline(cell)))))),
    el('tbody', {}, ...body.map(([first, ...rest]) => el('tr', {}, el('th', { scope: 'row' }, ...inline(first ?? '')), ...rest.map((cell) => el('td', {}, ...inline(cell)))))),
  );
}

function inline(line) {
  return line
    .split(/(\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*)/)
    .filter(Boolean)
    .map((part) => {
      if (/^\*\*[^*]+\*\*$/.test(part)) return el('strong', {}, text(part.slice(2, -2)));
      if (/^`[^`]+`$/.test(part)) return el('code', {}, text(part.slice(1, -1)));
      if (/^\*[^*]+\*$/.test(part)) return el('em', {}, text(part.slice(1, -1)));
      return part.replace(/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
    });
}
