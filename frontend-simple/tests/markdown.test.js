import { percent } from '../js/figures.js';
import { markdown } from '../js/markdown.js';
import { equal, ok, test } from './runner.js';

function html(source) {
  const holder = document.createElement('div');
  holder.append(...markdown(source));
  return holder;
}

test('headings, lists, tables, strong and code', () => {
  const card = html('# Card\n\nSays **much** of `it`.\nAnd more.\n\n- one\n- two\n\n| | val |\n| --- | --- |\n| top-1 | 74 % |\n');
  equal([...card.children].map((child) => child.tagName), ['H4', 'P', 'UL', 'TABLE']);
  equal([card.querySelector('strong').textContent, card.querySelector('code').textContent], ['much', 'it']);
  equal([...card.querySelectorAll('tbody tr > *')].map((cell) => cell.textContent), ['top-1', '74 %']);
});

test('markup, addresses and pictures stay text', () => {
  const card = html('<img src=x onerror="window.pwned=1">\n\n[x](javascript:window.pwned=1) ![y](z)\n\n| <script>1</script> |\n\n- <b>x</b>');
  equal(card.querySelectorAll('img, a, script, b').length, 0);
  ok(card.textContent.includes('<script>1</script>'), 'the words themselves');
});

test('odd sources end', () => {
  for (const source of ['', '|', '|\n|', '#', '# ', '-', '- ', '**', '* *', '\n\n\n', '|---|', 'x'.repeat(100_000)]) html(source);
});

test('percent is never rounded to all or nothing', () => {
  equal([percent(1), percent(0), percent(0.9999), percent(0.0001), percent(0.723)], ['100', '0', '99.9', '0.1', '72.3']);
});
