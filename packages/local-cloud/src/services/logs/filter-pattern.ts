import { notImplemented } from '../../errors.ts';
import { invalidParameter } from './errors.ts';

/**
 * Filter patterns for unstructured text: terms that must all occur, "quoted phrases", -exclusions, and ?alternatives of
 * which one must occur. Case-sensitive. Differs from AWS: a term matches anywhere in the message, also inside a word.
 * JSON `{ }`, space-delimited `[ ]` and regular expression `% %` patterns are refused.
 */
export type FilterPattern = (message: string) => boolean;

const TERM = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)\s*/uy;

export function parseFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  refuseOtherLanguages(text);

  const required: string[] = [];
  const excluded: string[] = [];
  const alternatives: string[] = [];
  const listOf = { '': required, '-': excluded, '?': alternatives };
  let position = 0;
  while (position < text.length) {
    TERM.lastIndex = position;
    const match = TERM.exec(text);
    if (match === null)
      throw invalidParameter(`Invalid filter pattern: unbalanced quotation mark in '${pattern}'`);
    const [, sign = '', phrase, word] = match;
    if (sign !== '' && sign !== '-' && sign !== '?')
      throw new Error(`The pattern of terms let '${sign}' through.`);
    listOf[sign].push(phrase === undefined ? plainTerm(word ?? '') : phrase.replaceAll(/\\(.)/gu, '$1'));
    position = TERM.lastIndex;
  }
  if (alternatives.length > 0 && required.length + excluded.length > 0) {
    throw notImplemented('logs', 'FilterLogEvents', 'filter pattern that combines ?terms with other terms');
  }
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    (alternatives.length === 0 || alternatives.some((term) => message.includes(term)));
}

function plainTerm(term: string): string {
  if (!/^[\p{L}\p{N}_]+$/u.test(term)) {
    throw invalidParameter(
      `Invalid character(s) in term '${term}'. Terms with characters that are not alphanumeric need quotation marks.`,
    );
  }
  return term;
}

function refuseOtherLanguages(pattern: string): void {
  const language = { '{': 'JSON', '[': 'space-delimited', '%': 'regular expression' }[pattern.charAt(0)];
  if (language !== undefined) throw notImplemented('logs', 'FilterLogEvents', `${language} filter pattern`);
}
