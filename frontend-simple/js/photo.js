/**
 * Makes a photo small and upright before it is sent. Drawing it anew also drops everything else
 * in the file: place, time, camera. A picture that this browser cannot decode (TIFF, say) is sent
 * as it is, which the page says: the server reads more formats. What neither can read, such as HEIC
 * outside Apple's browsers, is refused here, so that its place never leaves the device.
 */

import { DRAWN_BYTES, LONG_SIDE_PIXELS, MAX_PHOTO_BYTES } from './limits.js';

/** Tried one after the other until the photo is small enough; a mushroom survives all of them. */
const STEPS = [
  [LONG_SIDE_PIXELS, 0.9],
  [LONG_SIDE_PIXELS, 0.82],
  [LONG_SIDE_PIXELS, 0.72],
  [1280, 0.72],
  [1024, 0.65],
];
const DRAWN_TYPE = 'image/jpeg';

/**
 * @typedef {object} Photo
 * @property {Blob} blob what is sent
 * @property {string} name the file's own name, for people only
 * @property {?string} preview a blob: URL, null where this browser cannot show it, and then the file
 *   goes out unchanged; see `release`
 */

/** Why a file is not worth sending. `kind` is a key of `texts.problem`. */
export class PhotoRefused extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * @param {File} file
 * @returns {Promise<Photo>}
 * @throws {PhotoRefused} empty, too large, or plainly something else
 */
export async function prepare(file) {
  if (file.size === 0) throw new PhotoRefused('empty');
  if (!mayBePhoto(file.type)) throw new PhotoRefused('notAPhoto');
  const drawn = await redraw(file);
  if (!drawn && (await isHeic(file))) throw new PhotoRefused('heic');
  const blob = drawn ?? file;
  if (blob.size > MAX_PHOTO_BYTES) throw new PhotoRefused('tooLarge');
  return { blob, name: file.name || 'photo', preview: drawn ? URL.createObjectURL(drawn) : null };
}

/** No type may be anything; an SVG is a drawing, which this browser would gladly turn into a photo. */
function mayBePhoto(type) {
  return type === '' || (type.startsWith('image/') && type !== 'image/svg+xml');
}

/** HEIC, HEIF and AVIF by their first bytes (ISO 14496-12 `ftyp`): phones send them under any name and type. */
async function isHeic(file) {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 12).arrayBuffer());
  return /^(?:hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])$/.test(head.slice(8)) && head.slice(4, 8) === 'ftyp';
}

/** Frees what the preview holds. */
export function release(photo) {
  if (photo.preview) URL.revokeObjectURL(photo.preview);
}

/** @returns {{width: number, height: number}} both at least 1; never larger than the source */
export function fit(width, height, longSide = LONG_SIDE_PIXELS) {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function redraw(file) {
  const source = await decode(file);
  if (!source) return null;
  try {
    let smallest = null;
    for (const [longSide, quality] of STEPS) {
      smallest = (await draw(source, longSide, quality)) ?? smallest; // null: too little memory for this size
      if (smallest && smallest.size <= DRAWN_BYTES) break;
    }
    return smallest;
  } catch {
    return null;
  } finally {
    source.close();
  }
}

async function draw({ image, width: given, height: tall }, longSide, quality) {
  const { width, height } = fit(given, tall, longSide);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return null;
  context.fillStyle = '#fff'; // transparent parts become white, as on the server
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, DRAWN_TYPE, quality));
  canvas.width = 0; // frees it now: a cheap phone has little memory
  return blob;
}

async function decode(file) {
  return (await decodeBitmap(file)) ?? (await decodeImage(file));
}

async function decodeBitmap(file) {
  if (typeof createImageBitmap !== 'function') return null;
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    return { image, width: image.width, height: image.height, close: () => image.close() };
  } catch {
    return null;
  }
}

async function decodeImage(file) {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    if (image.naturalWidth === 0) throw new Error('no size of its own');
    const close = () => URL.revokeObjectURL(url);
    return { image, width: image.naturalWidth, height: image.naturalHeight, close };
  } catch {
    URL.revokeObjectURL(url);
    return null;
  }
}
