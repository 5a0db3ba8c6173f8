import { escapeRegExp } from './escape-reg-exp.ts';

/** What the recorder put in place of a value that only the run knew: `<uuid:1>`, `<ArnPart_0idx>`, `<lambda_function_name>`. */
const PLACEHOLDER = /<[A-Za-z][\w.:-]*>/g;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** A sentence of AWS that names an event: the one number in texts that changes when branches interleave differently. */
const EVENT_ID = /event id #(\d+)/g;

/** What the placeholders of one case stand for, as far as it is known; event ids where branches interleaved differently. */
export class Bindings {
  #values = new Map<string, string>();
  #eventIds = new Map<number, number>();
  readonly #mayDiffer: (placeholder: string) => boolean;

  /** `mayDiffer`: placeholders that the recorder gave to several values. */
  constructor(mayDiffer: (placeholder: string) => boolean = () => false) {
    this.#mayDiffer = mayDiffer;
  }

  bindEvent(recordedId: number, actualId: number): void {
    this.#eventIds.set(recordedId, actualId);
  }

  eventId(recordedId: number): number {
    return this.#eventIds.get(recordedId) ?? recordedId;
  }

  /** Whether the recorded text can stand for the actual one; what it taught of placeholders is kept only then. */
  matches(recorded: string, actual: string): boolean {
    const groups = new Map<string, string>();
    const text = this.#withEventIds(recorded);
    if (text === actual) return true;
    const pattern = withPlaceholders(text, (placeholder) => {
      const value = this.#values.get(placeholder);
      if (value !== undefined && !this.#mayDiffer(placeholder)) return escapeRegExp(value);
      const group = groups.get(placeholder);
      if (group !== undefined) return `\\k<${group}>`;
      const name = `p${groups.size}`;
      groups.set(placeholder, name);
      return `(?<${name}>${placeholder.startsWith('<uuid') ? UUID : '[^]+?'})`;
    });
    const found = new RegExp(`^${pattern}$`).exec(actual);
    if (found === null) return false;
    for (const [placeholder, group] of groups) this.#values.set(placeholder, found.groups?.[group] ?? '');
    return true;
  }

  /** For going back after a comparison that failed. */
  save(): () => void {
    const values = new Map(this.#values);
    const eventIds = new Map(this.#eventIds);
    return () => {
      this.#values = values;
      this.#eventIds = eventIds;
    };
  }

  #withEventIds(text: string): string {
    return text.replaceAll(EVENT_ID, (_, id: string) => `event id #${this.eventId(Number(id))}`);
  }
}

function withPlaceholders(text: string, pattern: (placeholder: string) => string): string {
  let result = '';
  let end = 0;
  for (const { 0: placeholder, index } of text.matchAll(PLACEHOLDER)) {
    result += escapeRegExp(text.slice(end, index)) + pattern(placeholder);
    end = index + placeholder.length;
  }
  return result + escapeRegExp(text.slice(end));
}
