/** What may be sent. The API and nginx draw the same lines; a test compares all three to the byte. */

export const MAX_PHOTOS = 5;
export const MAX_PHOTO_BYTES = 20_000_000;
export const MAX_REQUEST_BYTES = 100_500_000;

/** What a photo that this browser can draw is shrunk to. */
export const DRAWN_BYTES = 400_000;
export const LONG_SIDE_PIXELS = 1600;
