import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilterPattern } from '../../src/services/logs/filter-pattern.ts';

describe('filter patterns for unstructured text', () => {
  it.each([
    ['', 'anything', true],
    ['   ', 'anything', true],
    ['ERROR', '[ERROR 400] BAD REQUEST', true],
    ['ERROR', '[error 400] bad request', false],
    ['ERROR ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', true],
    ['ERROR ARGUMENTS', '[ERROR 420] INVALID', false],
    ['"REPORT RequestId"', 'REPORT RequestId: 7', true],
    ['"REPORT RequestId"', 'RequestId REPORT', false],
    ['"a \\"quoted\\" word"', 'with a "quoted" word', true],
    ['ERROR -EXITING', '[ERROR 1] STOPPING', true],
    ['ERROR -EXITING', '[ERROR 1] EXITING', false],
    ['-"not this"', 'but that', true],
    ['-"not this"', 'not this', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'an ERROR', true],
    ['?ERROR ?WARN', 'an INFO', false],
    ['größe', 'die größe', true],
  ])('%j on %j gives %s', (pattern, message, expected) => {
    expect(parseFilterPattern(pattern)(message)).toBe(expected);
  });

  it.each([
    ['{ $.level = "error" }', /NotImplemented|JSON filter pattern/],
    ['[ip, user]', /space-delimited filter pattern/],
    ['%AUTH%', /regular expression filter pattern/],
    ['ERROR ?WARN', /combines \?terms/],
  ])('refuses %j by its name', (pattern, reason) => {
    expect(() => parseFilterPattern(pattern)).toThrow(reason);
  });

  it.each(['"open', 'a-b', 'x"y"', '"a"b', '-', '""extra'])('refuses %j as invalid', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException' }),
    );
  });

  it('finds every quoted phrase in a message that holds it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, phrase, after) => {
        const quoted = `"${phrase.replaceAll(/["\\]/gu, '\\$&')}"`;
        expect(parseFilterPattern(quoted)(before + phrase + after)).toBe(true);
        expect(parseFilterPattern(`-${quoted}`)(before + phrase + after)).toBe(false);
      }),
    );
  });
});
