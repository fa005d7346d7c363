/**
 * Builds elements. Strings only ever become text nodes or attribute values that cannot run,
 * so whatever a server, a file name or a label says stays text.
 */

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['hidden', 'disabled', 'checked', 'value', 'open', 'tabIndex']);

/**
 * @param {string} tag element name, with classes after dots: `p.reason.large`
 * @param {Object<string, *>} attributes `on…` takes a listener; undefined, null and false are left out
 * @param {...(Node|string|null|undefined)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) {
      if (typeof value !== 'function') throw new TypeError(`${key} takes a function`);
      element.addEventListener(key.slice(2), value);
    } else if (PROPERTIES.has(key)) element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

/** Takes everything out of an element and puts these in. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** An icon from the symbols in index.html; decoration, so screen readers skip it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** @returns {HTMLElement} the element with this id, which index.html must have */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no element with the id ${id}`);
  return element;
}
