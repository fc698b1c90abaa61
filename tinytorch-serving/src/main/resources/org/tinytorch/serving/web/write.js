// The view of a language model: it writes, and shows where it looked.

import { ask, events, patiently } from './server.js';
import { AttentionText } from './attention.js';

export function write(model, say) {
  const [form, prompt, go, stop, state, speed] =
    ['form', 'prompt', 'go', 'stop', 'state', 'speed'].map(id => document.getElementById(id));
  const text = new AttentionText();
  let running; // an AbortController while it writes

  function request() {
    const options = ['max_tokens', 'temperature', 'top_k', 'top_p', 'seed']
      .filter(name => form.elements[name].value !== '')
      .map(name => [name, form.elements[name].valueAsNumber]);
    return { prompt: prompt.value, ...Object.fromEntries(options), attention: form.elements.attention.checked, stream: true };
  }

  /** Resolves to what is to be said in the end. */
  async function run(body, signal) {
    const response = await patiently(() => ask('v1/generate', { body, signal }), { signal, say });
    let tokens = 0;
    let began;
    for await (const { event, data } of events(response)) {
      switch (event) {
        case 'prompt':
          text.prompt(data.tokens);
          break;
        case 'token':
          began ??= performance.now(); // of the first token, whose time is that of the prompt
          text.add(data.text, data.attention);
          tokens++;
          speed.textContent = `${tokens} tokens${rate((tokens - 1) / (performance.now() - began) * 1000)}`;
          break;
        case 'done':
          speed.textContent = `${data.tokens} tokens in ${data.seconds.toFixed(1)} s${rate(data.tokens_per_second)}`;
          return data.finish_reason === 'length' ? 'Done: full length.' : 'Done: it came to an end.';
        case 'error':
          throw new Error(`The server says: ${data.error}.`);
      }
    }
    throw new TypeError('the stream ended too early'); // as if the connection had broken, which is reported so
  }

  async function begin() {
    running = new AbortController();
    const { signal } = running;
    const body = request();
    buttons(go, stop);
    say('');
    state.textContent = 'Writing…';
    speed.textContent = '';
    text.begin(body.prompt, body.attention);
    try {
      state.textContent = await run(body, signal);
    } catch (error) {
      state.textContent = signal.aborted ? 'Stopped.' : 'Broken off.';
      say(signal.aborted ? '' : error instanceof TypeError
        ? 'The server went away in the middle of the text. What it wrote is still here; Write begins again.'
        : error.message);
    } finally {
      running = undefined;
      buttons(stop, go);
    }
  }

  /** Disables one button and enables the other, to which the focus goes over. */
  function buttons(off, on) {
    const focused = document.activeElement === off;
    on.disabled = false;
    off.disabled = true;
    if (focused) {
      on.focus();
    }
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!running) {
      begin();
    }
  });
  stop.addEventListener('click', () => running?.abort());
  prompt.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      form.requestSubmit();
    }
  });
}

function rate(perSecond) {
  return Number.isFinite(perSecond) && perSecond > 0 ? `, ${perSecond.toFixed(0)} tokens/s` : '';
}
