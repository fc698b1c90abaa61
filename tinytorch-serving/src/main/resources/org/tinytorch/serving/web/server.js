// Talks to the server, and puts into words what goes wrong.

const RETRY_SECONDS = 2;
const LONGEST_RETRY_SECONDS = 30;
const PASSING = [0, 429, 503];

/** What the server refused; status 0: it could not be reached. */
export class Refusal extends Error {
  constructor(message, status, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get passing() {
    return PASSING.includes(this.status);
  }
}

/** GET, or with a body POST. Resolves to a response with a good status; rejects with a Refusal, or an AbortError. */
export async function ask(path, { body, signal } = {}) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, body === undefined ? { signal } : { ...post, signal });
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Refusal('The server does not answer. Is it still running?', 0);
  }
  if (response.ok) {
    return response;
  }
  throw new Refusal(await reason(response), response.status, Number(response.headers.get('Retry-After')));
}

async function reason(response) {
  const said = await response.json().then(answer => answer.error, () => undefined);
  const who = response.status === 429 ? 'The server is busy. It' : 'The server';
  return `${who} says: ${said ?? `status ${response.status}`}.`;
}

/**
 * Makes an attempt, and another one later while the server is busy, stopping or gone, until the signal says otherwise.
 * `say` is told what is the matter, and an empty text when it is over.
 */
export async function patiently(attempt, { signal, say }) {
  for (;;) {
    try {
      const result = await attempt();
      say('');
      return result;
    } catch (error) {
      if (!error.passing) {
        throw error;
      }
      const seconds = Math.min(error.retryAfter || RETRY_SECONDS, LONGEST_RETRY_SECONDS);
      say(`${error.message} This page tries again every ${seconds} s.`);
      await pause(seconds, signal);
    }
  }
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** The server-sent events of a response, as `{event, data}` with the data read as JSON. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop(); // not complete yet
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(line => /^(\w*): ?(.*)$/.exec(line)?.slice(1) ?? [line, '']));
      if (fields.has('data')) { // others are comments, which keep the connection open
        yield { event: fields.get('event'), data: JSON.parse(fields.get('data')) };
      }
    }
  }
}
