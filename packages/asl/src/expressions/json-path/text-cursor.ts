const MAX_DEPTH = 100;

/** A place in a text that is being parsed; shared by paths, filters and intrinsic functions. */
export class TextCursor {
  readonly text: string;
  position = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Goes past `part` if it stands here. */
  take(part: string): boolean {
    if (!this.text.startsWith(part, this.position)) return false;
    this.position += part.length;
    return true;
  }

  need(part: string): void {
    if (!this.take(part)) throw this.expected(`\`${part}\``);
  }

  /** Goes past what the sticky pattern matches here and gives it. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  skipSpace(): void {
    this.match(/\s*/uy);
  }

  takeInteger(): number | undefined {
    const digits = this.match(/-?\d{1,15}/uy);
    return digits === undefined ? undefined : Number(digits);
  }

  takeNumber(): number | undefined {
    const digits = this.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/uy);
    return digits === undefined ? undefined : Number(digits);
  }

  /** A string in single or double quotes; a backslash keeps the character after it. */
  takeQuoted(): string | undefined {
    const quote = this.text[this.position];
    if (quote !== "'" && quote !== '"') return undefined;
    let value = '';
    for (let at = this.position + 1; at < this.text.length; at++) {
      const character = this.text[at];
      if (character === quote) {
        this.position = at + 1;
        return value;
      }
      if (character === '\\') at++;
      value += this.text[at] ?? '';
    }
    throw this.expected(`a closing ${quote}`);
  }

  /** Reads what stands inside something else; text that is nested too deep is refused before the stack runs over. */
  nested<Value>(read: () => Value): Value {
    if (this.#depth >= MAX_DEPTH) throw this.expected(`an expression nested at most ${MAX_DEPTH} deep`);
    this.#depth++;
    const value = read();
    this.#depth--;
    return value;
  }

  expected(what: string): SyntaxError {
    const rest = this.text.slice(this.position, this.position + 40);
    return new SyntaxError(
      `expected ${what} at character ${this.position + 1}, got ${rest === '' ? 'the end' : `'${rest}'`}`,
    );
  }
}
