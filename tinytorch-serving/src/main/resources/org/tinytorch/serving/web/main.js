// Asks what model is served, and shows what fits it.

import { ask, patiently } from './server.js';
import { draw } from './draw.js';
import { photo } from './photo.js';
import { write } from './write.js';

const notice = document.getElementById('notice');
const main = document.getElementById('main');

/** Shows in words what is the matter; an empty text: nothing any more. */
function say(text) {
  if (notice.textContent !== text) { // read aloud once, not at each attempt
    notice.textContent = text;
  }
  notice.hidden = text === '';
}

function number(value) {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: Number.isInteger(value) ? 21 : 4 });
}

function facts(model) {
  const image = model.image;
  const colours = { 1: 'grey', 3: 'colour' };
  return [
    ['kind', model.kind.replaceAll('-', ' ')],
    ['parameters', number(model.parameters)],
    ...(image ? [['image', `${image.rows} × ${image.columns}, ${colours[image.channels] ?? `${image.channels} channels`}`]] : []),
    ...['layers', 'heads', 'width', 'context', 'vocabulary']
      .filter(name => name in model)
      .map(name => [name, number(model[name])]),
    ...Object.entries(model.metrics ?? {}).map(([name, value]) => [name.replaceAll('_', ' '), number(value)]),
  ];
}

function describe(model) {
  document.title = `${model.name} – TinyTorch`;
  document.getElementById('name').textContent = model.name;
  document.getElementById('facts').replaceChildren(...facts(model).map(([name, value]) => {
    const item = document.createElement('div');
    item.append(document.createElement('dt'), document.createElement('dd'));
    item.firstChild.textContent = name;
    item.lastChild.textContent = value;
    return item;
  }));
}

function view(model) {
  if (model.kind === 'language-model') {
    return ['write', write];
  }
  return { 1: ['draw', draw], 3: ['photo', photo] }[model.image?.channels];
}

async function start() {
  const model = await patiently(async () => (await ask('v1/model')).json(), { say });
  describe(model);
  const fitting = view(model);
  if (!fitting) {
    main.textContent = 'This page has nothing for images of this kind. POST /v1/classify takes them.';
    return;
  }
  const [template, run] = fitting;
  main.className = template;
  main.replaceChildren(document.getElementById(template).content.cloneNode(true));
  run(model, say);
}

start().catch(error => say(error.message));
