/** One's own finds, the newest first. */

import { UnreadableAnswer, readAnswer } from './answer.js';
import { titleOf } from './answer-view.js';
import { confirmed } from './confirm.js';
import { chip } from './danger.js';
import { el, fill, icon } from './dom.js';
import { allFinds, forget, forgetAll } from './finds.js';
import { dateAndTime, heading, linkButton, nothing } from './frame.js';
import { texts } from './texts.js';

export async function show(place, { say }) {
  const urls = [];
  const head = heading(texts.finds.title);
  const holder = el('div.stack');
  const element = el('div.stack', {}, head, holder);
  await list();

  async function list() {
    const finds = await allFinds();
    urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
    if (finds === null || finds.length === 0) {
      const next = finds === null ? texts.finds.unavailable : texts.finds.emptyNext;
      fill(holder, nothing(texts.finds.empty, next, linkButton('#/', texts.finds.start, 'look')));
      return;
    }
    fill(
      holder,
      el('p.note', {}, texts.finds.intro),
      el('ul.finds', { role: 'list', 'aria-label': texts.finds.list }, ...finds.map((find) => row(find, urls, remove))),
      el('button.button.second', { type: 'button', onclick: () => removeAll(finds.length) }, texts.finds.removeAll),
    );
  }

  async function remove(id) {
    if (!(await confirmed(texts.finds.ask, texts.finds.askNote, texts.finds.remove))) return;
    await forget(id);
    await gone();
  }

  async function removeAll(count) {
    if (!(await confirmed(texts.finds.askAll(count), texts.finds.askNote, texts.finds.removeAll))) return;
    await forgetAll();
    await gone();
  }

  async function gone() {
    await list();
    say(texts.finds.removed);
    head.focus();
  }

  return { element, title: texts.finds.title, release: () => urls.forEach((url) => URL.revokeObjectURL(url)) };
}

function row(find, urls, remove) {
  const answer = read(find.json);
  const title = answer ? titleOf(answer) : texts.danger.cannot_tell.word;
  return el(
    'li',
    {},
    el(
      'a.find',
      { href: `#/finds/${encodeURIComponent(find.id)}` },
      thumbnail(find.picture, urls),
      el('span.find-words', {}, chip(answer ? answer.danger : 'cannot_tell'), el('strong', {}, title), el('span.note', {}, dateAndTime(find.when))),
    ),
    el('button.remove-find', { type: 'button', 'aria-label': texts.finds.removeThis(title), onclick: () => remove(find.id) }, icon('cross')),
  );
}

/** What an older page kept may not be an answer to this one. */
function read(json) {
  try {
    return readAnswer(json);
  } catch (problem) {
    if (problem instanceof UnreadableAnswer) return null;
    throw problem;
  }
}

function thumbnail(picture, urls) {
  if (!picture) return el('span.no-preview', {}, icon('mushroom'));
  const url = URL.createObjectURL(picture);
  urls.push(url);
  return el('img', { src: url, alt: '', width: 72, height: 72, loading: 'lazy' });
}
