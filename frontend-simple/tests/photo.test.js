import { PhotoRefused, fit, prepare, release } from '../js/photo.js';
import { equal, ok, test, throws } from './runner.js';

test('the long side becomes 1600 at most, the short side 1 at least', () => {
  equal(fit(4000, 3000), { width: 1600, height: 1200 });
  equal(fit(3000, 4000), { width: 1200, height: 1600 });
  equal(fit(1600, 1), { width: 1600, height: 1 });
  equal(fit(100_000, 1), { width: 1600, height: 1 });
  equal(fit(1, 1), { width: 1, height: 1 });
});

test('a picture is drawn anew as JPEG with white behind it', async () => {
  const canvas = document.createElement('canvas');
  canvas.width = 20;
  canvas.height = 10;
  const png = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  const photo = await prepare(new File([png], 'clear.png', { type: 'image/png' }));
  equal([photo.blob.type, photo.name], ['image/jpeg', 'clear.png']);
  const bitmap = await createImageBitmap(photo.blob);
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  equal([bitmap.width, bitmap.height, context.getImageData(5, 5, 1, 1).data[0]], [20, 10, 255]);
  release(photo);
});

test('what the browser cannot decode goes out as it is', async () => {
  const file = new File([new Uint8Array([73, 73, 42, 0])], 'scan.tif', { type: 'image/tiff' });
  const photo = await prepare(file);
  equal([photo.blob === file, photo.preview], [true, null]);
});

test('empty files, other files and giants are refused here', async () => {
  equal((await throws(PhotoRefused, () => prepare(new File([], 'a.jpg', { type: 'image/jpeg' })))).kind, 'empty');
  equal((await throws(PhotoRefused, () => prepare(new File(['x'], 'a.pdf', { type: 'application/pdf' })))).kind, 'notAPhoto');
  equal((await throws(PhotoRefused, () => prepare(new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' })))).kind, 'notAPhoto');
  const giant = new File([new Uint8Array(20_000_001)], 'a.tif', { type: 'image/tiff' });
  equal((await throws(PhotoRefused, () => prepare(giant))).kind, 'tooLarge');
  ok((await prepare(new File(['x'], 'a', { type: '' }))).preview === null, 'a file of no type to go to the server');
});

test('the largest photo is taken to the byte, as by the server', async () => {
  const largest = new File([new Uint8Array(20_000_000)], 'a.tif', { type: 'image/tiff' });
  equal((await prepare(largest)).blob.size, 20_000_000);
});

test('HEIC that this browser cannot read is refused here, whatever its name', async () => {
  for (const brand of ['heic', 'mif1', 'hevx']) {
    const bytes = new TextEncoder().encode(`\0\0\0\u0018ftyp${brand}\0\0\0\0`);
    equal((await throws(PhotoRefused, () => prepare(new File([bytes], 'IMG_1.jpg', { type: 'image/jpeg' })))).kind, 'heic', brand);
  }
});

test('a picture full of detail is shrunk until it is small enough', async () => {
  const canvas = document.createElement('canvas');
  canvas.width = 2000;
  canvas.height = 1500;
  const context = canvas.getContext('2d');
  const noise = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < noise.data.length; i += 1) noise.data[i] = (i * 2654435761) >>> 24;
  context.putImageData(noise, 0, 0);
  const png = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 1));
  const photo = await prepare(new File([png], 'a.jpg', { type: 'image/jpeg' }));
  ok(photo.blob.size <= 600_000, `at most 600 KB even of noise, found ${photo.blob.size}`);
  release(photo);
});
