import type { Json } from '../../json.ts';
import { type Arguments, IntrinsicError } from './intrinsic-function.ts';

/** Each `{}` of the template is replaced by the next argument: a string as it is, anything else as its JSON text. */
export function format(given: Arguments): Json {
  const parts = readTemplate(given.text(0));
  const [first = '', ...rest] = parts;
  const values = given.values.slice(1);
  if (rest.length !== values.length) {
    throw given.invalid(': number of arguments do not match the occurrences of {}.');
  }
  return rest.reduce((text, part, at) => text + spell(values[at] ?? null) + part, first);
}

function spell(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The texts around the placeholders. */
function readTemplate(template: string): string[] {
  let part = '';
  const parts: string[] = [];
  for (let at = 0; at < template.length; at++) {
    const character = template[at] ?? '';
    const next = template[at + 1];
    if (character === '\\' && (next === '{' || next === '}' || next === '\\')) {
      part += next;
      at++;
    } else if (character === '{' && next === '}') {
      parts.push(part);
      part = '';
      at++;
    } else if (character === '{' || character === '}') {
      throw new IntrinsicError("Invalid template in States.Format: matching '}' not found for '{'.");
    } else {
      part += character;
    }
  }
  return [...parts, part];
}

/** Every character of the separator separates; pieces without a character are left out. */
export function stringSplit(given: Arguments): Json {
  const [text, separators] = [given.text(0), new Set(given.text(1))];
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (!separators.has(character)) {
      piece += character;
    } else if (piece !== '') {
      pieces.push(piece);
      piece = '';
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}
