// Makes of a drawing the image that a model was trained on: like the UCI digits, or like MNIST.
//
// UCI (Alpaydin and Kaynak, 1998): a bitmap of 32 × 32, of which each block of 4 × 4 was counted, 0 … 16. All of its 1797
// digits of 8 × 8 reach from the first row to the last, few leave the middle 24 columns, and whatever the digit, 30 % of the
// bitmap is ink: short lines are thick.
// MNIST (LeCun, Cortes and Burges, 1998): a box of 20 × 20 in the middle of 28 × 28, of which 13 % is ink.

const BLOCK = 4;
const UCI = { height: 1, width: 0.75, ink: 0.3 };
const MNIST = { height: 20 / 28, width: 20 / 28, ink: 0.13 };
const SMALLEST = 0.1; // a drawing smaller than this, of the pad, is not blown up further
const THINNEST = 1 / 16; // lines, of the image's height
const THICKEST = 1 / 3;
const THICKER = 1.15;

/**
 * rows × columns of 0 … 1.
 *
 * @param strokes lists of points [x, y], 0 … 1 within the pad; at least one point
 */
export function bitmap(strokes, rows, columns) {
  const habit = rows === 8 && columns === 8 ? UCI : MNIST;
  const [height, width] = [BLOCK * rows, BLOCK * columns];
  const enough = habit.ink * height * width;
  let pixels;
  for (let line = THINNEST * height; line <= THICKEST * height; line *= THICKER) {
    pixels = rasterised(strokes, { height, width, line, fitHeight: habit.height * height, fitWidth: habit.width * width });
    if (pixels.reduce((sum, pixel) => sum + pixel, 0) >= enough) {
      break;
    }
  }
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => counted(pixels, width, row, column)));
}

/** The drawing in the middle of a bitmap, as large as fits, with its proportions; 1 is ink. */
function rasterised(strokes, { height, width, line, fitHeight, fitWidth }) {
  const [left, right] = extent(strokes, 0);
  const [top, bottom] = extent(strokes, 1);
  const scale = Math.min(
    (fitWidth - line) / Math.max(right - left, SMALLEST),
    (fitHeight - line) / Math.max(bottom - top, SMALLEST));
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.lineWidth = line;
  context.lineCap = context.lineJoin = 'round';
  strokes.forEach(points => trace(context, points, ([x, y]) => [
    width / 2 + scale * (x - (left + right) / 2),
    height / 2 + scale * (y - (top + bottom) / 2)]));
  const { data } = context.getImageData(0, 0, width, height);
  return Array.from({ length: height * width }, (_, i) => (data[4 * i + 3] >= 128 ? 1 : 0));
}

/** Draws a stroke through points, after `place` has put each where it belongs. */
export function trace(context, points, place) {
  const [x, y] = place(points[0]);
  context.beginPath();
  context.moveTo(x, y + 0.01); // of a line without length nothing would be drawn
  points.forEach(point => context.lineTo(...place(point)));
  context.stroke();
}

/** Least and greatest coordinate along an axis. */
function extent(strokes, axis) {
  const all = strokes.flat().map(point => point[axis]);
  return [all, all].map((values, last) => values.reduce((a, b) => (last ? Math.max(a, b) : Math.min(a, b))));
}

/** The share of ink in a block. */
function counted(pixels, width, row, column) {
  let ink = 0;
  for (let y = BLOCK * row; y < BLOCK * (row + 1); y++) {
    for (let x = BLOCK * column; x < BLOCK * (column + 1); x++) {
      ink += pixels[y * width + x];
    }
  }
  return ink / BLOCK ** 2;
}
