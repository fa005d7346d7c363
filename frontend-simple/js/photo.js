/**
 * Makes a photo small and upright before it is sent. Drawing it anew also drops everything else
 * in the file: place, time, camera. A picture this browser cannot decode (TIFF, sometimes HEIC)
 * is sent as it is: the server reads more formats.
 */

export const LONG_SIDE_PIXELS = 1600;
export const MAX_BYTES = 20_000_000;
/** What is sent weighs at most this, where the browser could draw it: seconds on a weak connection. */
export const SENT_BYTES = 400_000;
const JPEG_QUALITIES = [0.88, 0.78, 0.66];
const SMALLER = 0.8;
const SMALLEST_SIDE_PIXELS = 640;
const DRAWN_TYPE = 'image/jpeg';

/**
 * @typedef {object} Photo
 * @property {Blob} blob what is sent
 * @property {string} name the file's own name, for people only
 * @property {?string} preview a blob: URL, null where this browser cannot show it; see `release`
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
  const blob = drawn ?? file;
  if (blob.size > MAX_BYTES) throw new PhotoRefused('tooLarge');
  return { blob, name: file.name || 'photo', preview: drawn ? URL.createObjectURL(drawn) : null };
}

/** No type may be anything; an SVG is a drawing, which this browser would gladly turn into a photo. */
function mayBePhoto(type) {
  return type === '' || (type.startsWith('image/') && type !== 'image/svg+xml');
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
    return await lightest(source, LONG_SIDE_PIXELS);
  } catch {
    return null;
  } finally {
    source.close();
  }
}

/** The best quality that is light enough, then a smaller picture; the network looks at far fewer pixels. */
async function lightest(source, longSide) {
  const canvas = draw(source, longSide);
  if (!canvas) return null;
  let blob = null;
  for (const quality of JPEG_QUALITIES) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, DRAWN_TYPE, quality));
    if (!blob || blob.size <= SENT_BYTES) return blob;
  }
  return longSide * SMALLER >= SMALLEST_SIDE_PIXELS ? lightest(source, longSide * SMALLER) : blob;
}

function draw(source, longSide) {
  const { width, height } = fit(source.width, source.height, longSide);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return null;
  context.fillStyle = '#fff'; // transparent parts become white, as on the server
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source.image, 0, 0, width, height);
  return canvas;
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
