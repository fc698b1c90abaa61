// Asks for the class of an image and shows the answer; what drawings and photographs have in common.

import { ask, patiently } from './server.js';

const ALL_SHOWN = 12; // with more classes than that, only the likeliest are shown
const LIKELIEST = 10;
const PAUSE_MILLISECONDS = 50;

/** Classifies images one after the other. While one is on its way, only the newest of those that come is kept. */
export class Classification {
  #labels;
  #say;
  #newest;
  #running;

  constructor(labels, say) {
    this.#labels = labels;
    this.#say = say;
    this.#show(labels.map(() => 0));
  }

  /** An image, as channels × rows × columns of 0 … 1. */
  of(image) {
    this.#newest = image;
    if (!this.#running) {
      this.#running = new AbortController();
      this.#run(this.#running);
    }
  }

  /** Forgets what was asked and shown, and says `text` in its place. */
  clear(text) {
    this.#running?.abort();
    this.#running = undefined;
    this.#newest = undefined;
    this.#say('');
    this.#answer(text, '');
    this.#show(this.#labels.map(() => 0));
  }

  async #run(controller) {
    const { signal } = controller;
    try {
      while (this.#newest && !signal.aborted) {
        const answer = await patiently(async () => {
          const image = this.#newest; // at a later attempt another one, perhaps
          const response = await ask('v1/classify', { body: { image }, signal });
          const answer = await response.json();
          if (this.#newest === image) {
            this.#newest = undefined;
          }
          return answer;
        }, { signal, say: text => signal.aborted || this.#say(text) });
        if (signal.aborted) {
          return;
        }
        this.#answer(answer.label, percent(answer.probabilities[answer.index]));
        this.#show(answer.probabilities);
        await new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#newest = undefined;
        this.#say(error.message);
      }
    } finally {
      if (this.#running === controller) {
        this.#running = undefined;
      }
    }
  }

  #answer(label, sure) {
    const verdict = document.getElementById('verdict');
    if (verdict.textContent !== label) { // read aloud when it changes, not at each stroke
      verdict.textContent = label;
    }
    document.getElementById('sure').textContent = sure;
  }

  #show(probabilities) {
    const classes = probabilities.map((probability, index) => ({ probability, label: this.#labels[index] }));
    const best = [...classes].sort((a, b) => b.probability - a.probability);
    const shown = classes.length <= ALL_SHOWN ? classes : best.slice(0, LIKELIEST);
    const body = document.querySelector('#bars tbody');
    while (body.rows.length < shown.length) {
      const row = body.insertRow();
      row.append(Object.assign(document.createElement('th'), { scope: 'row' }));
      row.insertCell().append(Object.assign(document.createElement('div'), { className: 'bar' }));
      row.insertCell();
    }
    shown.forEach((each, i) => {
      const [label, bar, value] = body.rows[i].cells;
      label.textContent = each.label;
      bar.firstChild.style.setProperty('--share', each.probability);
      value.textContent = percent(each.probability);
      body.rows[i].classList.toggle('best', each === best[0] && each.probability > 0);
    });
  }
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** Shows an image, channels × rows × columns of 0 … 1, on a canvas of as many pixels; one channel as ink on paper. */
export function paint(canvas, image) {
  const [rows, columns] = [image[0].length, image[0][0].length];
  Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext('2d');
  const ink = getComputedStyle(canvas).color;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const values = image.map(channel => channel[row][column]);
      context.globalAlpha = values.length === 1 ? values[0] : 1;
      context.fillStyle = values.length === 1 ? ink : `rgb(${values.map(value => Math.round(255 * value)).join(' ')})`;
      context.fillRect(column, row, 1, 1);
    }
  }
}
