/** One species: what it does to people, what it is mistaken for, and where that is written. */

import { labelOf, list, sentence, text } from './answer.js';
import { speciesOf } from './api.js';
import { TOXICITIES, chip, sign, toxicityOf } from './danger.js';
import { el, icon } from './dom.js';
import { emergencyLine, emergencyNumbers } from './emergency-view.js';
import { heading, linkButton, nothing, up } from './frame.js';
import { foreign, said, usualName } from './service-words.js';
import { language, texts } from './texts.js';

const NOTABLE = 4; // from here on look-alikes are folded away, the most dangerous stay

export async function show({ part: label }) {
  const found = labelOf({ label }) ? await speciesOf(label) : null;
  const words = texts.species;
  if (!found) {
    const element = el('div.stack', {}, heading(words.gone), nothing('', texts.catalogue.noneNext, linkButton('#/species', words.all, 'book')));
    return { element, title: words.gone };
  }
  const scientificName = text(found.scientificName) || label;
  const english = (Array.isArray(found.commonNames) ? found.commonNames : []).map(text).filter(Boolean);
  const name = sentence(usualName(scientificName, english[0]));
  const toxicity = toxicityOf(found.toxicity);
  const others = language === 'en' ? english.slice(1) : english;
  const genus = text(found.genus);
  const element = el(
    'article.stack.species-page',
    { 'data-danger': toxicity },
    up('#/species', words.all),
    el('div', {}, heading(name === scientificName ? el('i', { lang: 'la' }, name) : name), name === scientificName ? null : el('p.scientific', {}, el('i', { lang: 'la' }, scientificName))),
    sign(toxicity, el('p.danger-word', {}, texts.danger[toxicity].word), el('p.reason', {}, words.danger[toxicity])),
    paragraph(words.syndrome, text(found.syndrome)),
    paragraph(words.note, text(found.note)),
    lookAlikes(list(found.lookAlikes)),
    el(
      'section.warning',
      { 'aria-label': texts.answer.warningHeading },
      el('p.warning-text', {}, icon('hand'), el('strong', {}, ...(text(found.warning) ? said(text(found.warning)) : [texts.answer.warning]))),
      emergencyLine(),
      emergencyNumbers([]),
    ),
    el(
      'dl.facts',
      {},
      ...fact(words.otherNames, others.length > 0 ? foreign(others.map(sentence).join(', ')) : null),
      ...fact(words.genus, genus ? el('a', { href: `#/species?genus=${encodeURIComponent(genus)}` }, el('i', { lang: 'la' }, sentence(genus))) : null),
      ...fact(words.family, text(found.family) ? el('i', { lang: 'la' }, text(found.family)) : null),
      ...fact(words.synonyms, synonyms(found.synonyms)),
    ),
    sources(list(found.sources)),
  );
  return { element, title: name };
}

function paragraph(title, words) {
  return words ? el('section', {}, el('h3', {}, title), el('p', {}, foreign(sentence(words)))) : null;
}

function fact(name, value) {
  return value ? [el('dt', {}, name), el('dd', {}, value)] : [];
}

function synonyms(names) {
  const clean = (Array.isArray(names) ? names : []).map(text).filter(Boolean);
  return clean.length > 0 ? el('i', { lang: 'la' }, clean.join(', ')) : null;
}

function lookAlikes(all) {
  const rows = all
    .map((other) => [toxicityOf(other.toxicity), other])
    .sort(([a], [b]) => TOXICITIES.indexOf(a) - TOXICITIES.indexOf(b))
    .map(([toxicity, other]) => {
      const scientificName = text(other.scientificName) || '?';
      const usual = sentence(usualName(scientificName, ''));
      const strong = el('strong', {}, usual === scientificName ? el('i', { lang: 'la' }, scientificName) : usual);
      const label = labelOf(other);
      return el(
        'li',
        {},
        el(
          'p.alike-name',
          {},
          label ? el('a.species', { href: `#/species/${encodeURIComponent(label)}` }, strong) : strong,
          usual === scientificName ? null : el('i.scientific', { lang: 'la' }, ` ${scientificName}`),
          ' ',
          chip(toxicity),
        ),
        el('p.difference', {}, text(other.difference) ? foreign(text(other.difference)) : texts.answer.noDifference),
      );
    });
  const rest = rows.splice(NOTABLE);
  return el(
    'section.look-alikes',
    {},
    el('h3', {}, texts.species.lookAlikes),
    rows.length === 0 ? el('p', {}, texts.species.noLookAlikes) : el('ul', { role: 'list' }, ...rows),
    rest.length > 0 ? el('details', {}, el('summary', {}, texts.answer.moreLookAlikes(rest.length)), el('ul', { role: 'list' }, ...rest)) : null,
  );
}

function sources(all) {
  const lines = all.map((source) => text(source.text)).filter(Boolean);
  if (lines.length === 0) return null;
  return el('section.sources', {}, el('h3', {}, texts.species.sources), el('ul', {}, ...lines.map((line) => el('li', {}, foreign(line)))));
}
