// A text of tokens that shows, for one of them, how much it looked at each of those before it.

const NAMED = 5; // how many tokens are named in words

export class AttentionText {
  #text = document.getElementById('text');
  #panel = document.getElementById('attention');
  #tokens = []; // for each token its piece of text; tokens that are parts of one character share one
  #pending = 0; // tokens whose text is still to come

  constructor() {
    const text = this.#text;
    const piece = event => event.target.closest('.written');
    text.addEventListener('pointerover', event => this.#show(piece(event) ?? this.#focused()));
    text.addEventListener('pointerleave', () => this.#show(this.#focused()));
    text.addEventListener('focusin', event => this.#show(piece(event)));
    text.addEventListener('focusout', () => this.#show(null));
    text.addEventListener('keydown', event => this.#move(event));
  }

  /** Empties it; the prompt stands there until its tokens are known. */
  begin(prompt, attention) {
    this.#tokens = [];
    this.#pending = 0;
    const start = Object.assign(document.createElement('span'), { className: 'prompt', textContent: prompt });
    this.#text.replaceChildren(start);
    this.#panel.hidden = !attention;
    this.#show(null);
  }

  /** The prompt, token by token. */
  prompt(texts) {
    this.#text.replaceChildren();
    texts.forEach(text => this.#append(text, 'prompt'));
  }

  /**
   * A token that was written.
   *
   * @param text may be empty: it comes with a later token
   * @param weights how much it looked at each of the tokens before it, of which they are the last; undefined if nobody asked
   */
  add(text, weights) {
    const piece = this.#append(text, 'written');
    if (piece && weights) {
      piece.weights = weights;
      piece.index = this.#tokens.length - 1;
      piece.tabIndex = this.#text.querySelector('[tabindex="0"]') ? -1 : 0; // Tab stops once; the arrow keys do the rest
    }
  }

  #append(text, className) {
    if (text === '') {
      this.#pending++;
      this.#tokens.push(undefined);
      return undefined;
    }
    const piece = Object.assign(document.createElement('span'), { className, textContent: text });
    piece.classList.toggle('line', text.includes('\n'));
    this.#text.append(piece);
    this.#tokens.push(piece);
    this.#tokens.fill(piece, this.#tokens.length - 1 - this.#pending);
    this.#pending = 0;
    return piece;
  }

  #focused() {
    const focused = document.activeElement;
    return this.#text.contains(focused) ? focused.closest('.written') : null;
  }

  #move(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const pieces = [...this.#text.querySelectorAll('[tabindex]')];
    const next = pieces[pieces.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  }

  /** Shades what a piece looked at. */
  #show(piece) {
    for (const old of this.#text.querySelectorAll('.seen, .looking')) {
      old.classList.remove('seen', 'looking');
    }
    const shares = this.#shares(piece);
    const most = Math.max(0, ...shares.values());
    for (const [other, share] of shares) {
      other.classList.add('seen');
      other.style.setProperty('--share', share / most);
    }
    piece?.classList.add('looking');
    document.getElementById('most').textContent = most ? percent(most) : '';
    document.getElementById('looked').textContent = most ? words(piece, shares) : 'No token is chosen.';
  }

  /** Of each piece of text that a piece looked at, the weight. */
  #shares(piece) {
    const shares = new Map();
    const weights = piece?.weights ?? [];
    const first = (piece?.index ?? 0) - weights.length;
    weights.forEach((weight, i) => {
      const other = this.#tokens[first + i];
      if (other) {
        shares.set(other, (shares.get(other) ?? 0) + weight);
      }
    });
    return shares;
  }
}

function words(piece, shares) {
  const best = [...shares].sort((a, b) => b[1] - a[1]).slice(0, NAMED);
  return `${quoted(piece)} looked at ${best.map(([other, share]) => `${quoted(other)} ${percent(share)}`).join(', ')}`;
}

function quoted(piece) {
  return `“${piece.textContent.replaceAll('\n', '↵').replaceAll(' ', '␣')}”`;
}

function percent(share) {
  return `${(100 * share).toFixed(0)}\u00a0%`; // does not break
}
