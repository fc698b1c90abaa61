// The view of a classifier of images with three channels: drop or choose an image file.

import { Classification, paint } from './classify.js';

export function photo(model, say) {
  const { rows, columns } = model.image;
  const drop = document.getElementById('drop');
  const file = document.getElementById('file');
  const classification = new Classification(model.labels, say);
  let chosen; // the last one, while an earlier one may still be decoded
  document.getElementById('size').textContent = `what the model sees: ${rows} × ${columns} pixels`;

  async function show(candidate) {
    if (!candidate) {
      return;
    }
    chosen = candidate;
    classification.clear('Reading the image…');
    try {
      const image = await pixels(candidate, rows, columns);
      if (chosen === candidate) {
        paint(document.getElementById('seen'), image);
        classification.of(image);
      }
    } catch {
      if (chosen === candidate) {
        classification.clear('No image yet');
        say(`“${candidate.name}” cannot be read as an image. Choose another file, such as a PNG or a JPEG.`);
      }
    }
  }

  file.addEventListener('change', () => {
    show(file.files[0]);
    file.value = ''; // so that choosing the same file again is a change
  });

  // Wherever a file is dropped: missing the box must not make the browser leave the page.
  addEventListener('dragover', event => {
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', event => event.relatedTarget ?? drop.classList.remove('over'));
  addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    show(event.dataTransfer.files[0]);
  });
}

/** The middle of an image in the model's size, as 3 × rows × columns of 0 … 1; what is transparent is black. */
async function pixels(file, rows, columns) {
  const whole = await createImageBitmap(file);
  const scale = Math.min(whole.width / columns, whole.height / rows);
  const [width, height] = [scale * columns, scale * rows].map(size => Math.max(1, Math.round(size)));
  const small = await createImageBitmap(
    whole, Math.floor((whole.width - width) / 2), Math.floor((whole.height - height) / 2), width, height,
    { resizeWidth: columns, resizeHeight: rows, resizeQuality: 'high' });
  whole.close();
  const canvas = Object.assign(document.createElement('canvas'), { width: columns, height: rows });
  const context = canvas.getContext('2d', { alpha: false });
  context.drawImage(small, 0, 0);
  const { data } = context.getImageData(0, 0, columns, rows);
  return [0, 1, 2].map(channel => Array.from({ length: rows }, (_, row) => Array.from({ length: columns },
    (_, column) => Math.round(data[4 * (row * columns + column) + channel] / 255 * 1e4) / 1e4)));
}
