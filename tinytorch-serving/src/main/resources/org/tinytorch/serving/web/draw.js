// The view of a classifier of images with one channel: draw, and see the probabilities as you draw.

import { Classification, paint } from './classify.js';
import { bitmap, trace } from './digits.js';

const LINE = 0.055; // of the pad's width; how thick a line looks, not what the model gets

export function draw(model, say) {
  const { rows, columns } = model.image;
  const pad = document.getElementById('pad');
  const seen = document.getElementById('seen');
  const classification = new Classification(model.labels, say);
  const blank = Array.from({ length: rows }, () => new Array(columns).fill(0));
  let image = blank;
  let strokes = []; // lists of points [x, y], 0 … 1 within the pad
  let pointer; // whose stroke the last one is

  function show() {
    const context = pad.getContext('2d');
    context.clearRect(0, 0, pad.width, pad.height);
    context.strokeStyle = getComputedStyle(pad).color;
    context.lineWidth = LINE * pad.width;
    context.lineCap = context.lineJoin = 'round';
    strokes.forEach(points => trace(context, points, ([x, y]) => [x * pad.width, y * pad.height]));
    paint(seen, [image]);
  }

  function add(event) {
    const box = pad.getBoundingClientRect();
    strokes.at(-1).push([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }

  function change() {
    image = strokes.length ? bitmap(strokes, rows, columns) : blank;
    show();
    if (strokes.length) {
      classification.of([image]);
    } else {
      classification.clear('Nothing drawn yet');
    }
  }

  pad.addEventListener('pointerdown', event => {
    if (event.button !== 0 || pointer !== undefined) {
      return;
    }
    pointer = event.pointerId;
    pad.setPointerCapture(pointer);
    strokes.push([]);
    add(event);
    change();
  });

  pad.addEventListener('pointermove', event => {
    if (event.pointerId === pointer) {
      const between = event.getCoalescedEvents?.() ?? []; // where it was since the last event
      (between.length ? between : [event]).forEach(add);
      change();
    }
  });

  for (const end of ['pointerup', 'pointercancel']) {
    pad.addEventListener(end, event => {
      if (event.pointerId === pointer) {
        pointer = undefined;
      }
    });
  }

  document.getElementById('clear').addEventListener('click', () => {
    strokes = [];
    pointer = undefined;
    change();
  });

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  change();
}
