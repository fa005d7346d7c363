/** One find of one's own, with the answer of its day. */

import { UnreadableAnswer, readAnswer } from './answer.js';
import { answerView } from './answer-view.js';
import { confirmed } from './confirm.js';
import { el, icon } from './dom.js';
import { feedbackView, receiptView } from './feedback-view.js';
import { findOf, forget } from './finds.js';
import { dateAndTime, heading, linkButton, nothing, up } from './frame.js';
import { heatmapView } from './heatmap-view.js';
import { forgetKept } from './outbox.js';
import { staleView } from './stale-view.js';
import { texts } from './texts.js';

export async function show({ part: id }, { say, go }) {
  const find = await findOf(id);
  const answer = find && read(find.json);
  if (!answer) {
    const element = el('div.stack', {}, heading(texts.finds.gone), nothing('', texts.finds.goneNext, linkButton('#/finds', texts.finds.all, 'clock')));
    return { element, title: texts.finds.gone };
  }
  forgetKept(id).catch((problem) => console.info(`The find stands among the waiting ones still: ${problem.message}`));
  const preview = find.picture ? URL.createObjectURL(find.picture) : null;
  const photos = Array.from({ length: Math.max(1, find.photos) }, () => ({ preview }));
  const where = answer.id !== null && answer.kind !== 'notMushroom' ? heatmapView(answer.id, say) : null;
  const feedback = find.receipt ? receiptView(find.receipt, id, say) : answer.id !== null ? feedbackView(answer.id, id, say) : null;
  const view = answerView(answer, photos, {
    onAgain: () => go('#/'),
    onAddView: null,
    extras: [where?.element, feedback].filter(Boolean),
  });
  const remove = el('button.button.second', { type: 'button', onclick: removeIt }, icon('cross'), texts.finds.remove);
  const when = texts.finds.when(dateAndTime(find.when));
  const element = el('div.stack', {}, up('#/finds', texts.finds.all), el('p.note', {}, `${when}. ${texts.finds.old}`), staleView(answer), view.element, remove);

  async function removeIt() {
    if (!(await confirmed(texts.finds.ask, texts.finds.askNote, texts.finds.remove))) return;
    await forget(id);
    go('#/finds');
    say(texts.finds.removed);
  }

  return {
    element,
    title: when,
    release() {
      where?.release();
      if (preview) URL.revokeObjectURL(preview);
    },
  };
}

function read(json) {
  try {
    return readAnswer(json);
  } catch (problem) {
    if (problem instanceof UnreadableAnswer) return null;
    throw problem;
  }
}
