import type { LogLine } from './function-log.ts';
import { invocations } from './invocations.ts';

const mostLines = 8;
const mostCharacters = 300;

/** The last lines of the invocations that name a key; empty where none does. */
export function linesAbout(lines: readonly LogLine[], key: string): readonly string[] {
  const found = invocations(lines).filter((invocation) =>
    invocation.lines.some(({ message }) => message.includes(key)),
  );
  return found
    .flatMap((invocation) => invocation.lines)
    .slice(-mostLines)
    .map(({ message }) => shortened(message));
}

/** What the function said last, whatever about: for faults that come before it knows what it was called for. */
export function lastLines(lines: readonly LogLine[]): readonly string[] {
  const telling = new Map<string, string>();
  for (const { message } of lines) {
    // The same fault of every invocation is said once, by its latest.
    const fault = message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d.:TZ-]*/g, '');
    if (/^(START|END|INIT_START) /.test(message)) continue;
    telling.delete(fault);
    telling.set(fault, message);
  }
  return [...telling.values()].slice(-mostLines).map(shortened);
}

/** A stack in one line of JSON says enough with its beginning. */
function shortened(message: string): string {
  return message.length <= mostCharacters ? message : `${message.slice(0, mostCharacters)} ...`;
}
