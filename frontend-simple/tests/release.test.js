import { begin, beganWith, forgetPages, gather, laterReferences, references } from '../js/release.js';
import { equal, ok, test, throws } from './runner.js';

test('finds what a page, a module and a style sheet name', () => {
  const html = '<link rel="stylesheet" href="css/a.css"><link rel="apple-touch-icon" href="img/big.png"><script type="module" src="js/main.js"></script><a href="x.html">';
  equal(references('index.html', html), ['css/a.css', 'js/main.js']);
  const js = "import { a,\n  b } from './b.js';\nimport './c.js';\nexport { d } from '../d.js';\nconst e = () => import('./e.js');\n// import('https://x')";
  equal(references('js/a.js', js), ['js/b.js', 'd.js', 'js/c.js']);
  equal(laterReferences('js/a.js', js), ['js/e.js']);
  equal(references('css/a.css', 'a { b: url(../img/c.svg) } d { e: url("data:x") } f { g: url(//evil.example/x) }'), ['img/c.svg']);
});

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' };
const site = (files) => async (path) =>
  path in files
    ? new Response(files[path], { headers: { 'Content-Type': TYPES[path.split('.').pop()] } })
    : new Response('no', { status: 404, headers: { 'Content-Type': 'text/html' } });
const page = { 'index.html': '<script type="module" src="js/a.js"></script>', 'manifest.json': '{}', 'js/a.js': "import './b.js';\nimport('./later.js')", 'js/b.js': '1' };

test('gathers all of it, and names it by what is in it', async () => {
  const { name, files } = await gather(site(page));
  equal([...files.keys()].sort(), ['index.html', 'js/a.js', 'js/b.js', 'manifest.json']);
  equal((await gather(site(page))).name, name, 'the same files');
  ok((await gather(site({ ...page, 'js/b.js': '2' }))).name !== name, 'another name for other bytes');
});

test('half a page is none', async () => {
  const { 'js/b.js': gone, ...half } = page;
  await throws(Error, () => gather(site(half)));
  await throws(Error, () => gather(async (path) => (path === 'js/b.js' ? new Response('<h1>Hotel</h1>', { headers: { 'Content-Type': 'text/html' } }) : site(page)(path))));
});

test('every file of this very page is found', async () => {
  const root = new URL('../', import.meta.url);
  const { files } = await gather((path) => fetch(new URL(path, root)));
  for (const path of ['index.html', 'js/main.js', 'js/outbox.js', 'js/texts.en.js', 'js/texts.de.js', 'js/finds.js', 'css/answer.css', 'img/icon.svg']) ok(files.has(path), path);
});

test('remembers what a page began with while it is open', async () => {
  await begin('one', 'version-1');
  const later = Date.now() + 3600_000;
  await forgetPages([]);
  equal(await beganWith('one'), 'version-1', 'just opening');
  await forgetPages(['one'], later);
  equal(await beganWith('one'), 'version-1', 'open');
  await forgetPages([], later);
  equal(await beganWith('one'), null, 'closed');
});
