import { el, fill } from '../js/dom.js';
import { equal, test, throws } from './runner.js';

const HOSTILE = '<img src=x onerror="window.pwned = 1">';

test('strings become text, never markup', () => {
  const element = el('p.a.b', { title: HOSTILE }, HOSTILE, el('b', {}, HOSTILE));
  equal(element.querySelectorAll('img').length, 0);
  equal(element.className, 'a b');
  fill(element, HOSTILE);
  equal([element.children.length, element.textContent], [0, HOSTILE]);
});

test('a listener has to be a function', () => throws(TypeError, () => el('p', { onclick: 'window.pwned = 1' })));

test('undefined, null and false attributes are left out', () => {
  const element = el('p', { id: null, title: undefined, lang: false, hidden: true }, null, undefined, false, 'x');
  equal([element.attributes.length, element.textContent], [1, 'x']);
});
