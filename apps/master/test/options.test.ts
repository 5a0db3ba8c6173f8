import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { parseRunFlags } from '../src/options.ts';

afterEach(() => vi.unstubAllEnvs());

describe('flags of a run', () => {
  it('has defaults for everything', () => {
    const { options } = parseRunFlags({});
    expect(options).toMatchObject({ memoryMb: 1769, repetitions: 1, concurrencyAsked: false, target: null });
    expect(options.concurrency).toBe(options.workers);
    expect(options.stages).toHaveLength(8);
  });

  it('takes paths from where the person stood, not from the workspace', () => {
    vi.stubEnv('INIT_CWD', '/somewhere');
    expect(parseRunFlags({ images: 'pictures' }).options.imagesDir).toBe(join('/somewhere', 'pictures'));
  });

  it.each([
    [{ workers: '0' }, 'expected a whole number between 1 and 256 for --workers but received "0"'],
    [{ workers: 'two' }, 'for --workers but received "two"'],
    [{ quality: '101' }, '--quality'],
    [{ only: 'upload,fly' }, 'expected stages out of check, clean'],
    [{ surprise: true }, 'surprise'],
  ])('refuses %j and says what was expected', (flags, message) => {
    expect(() => parseRunFlags(flags)).toThrow(UsageError);
    expect(() => parseRunFlags(flags)).toThrow(message);
  });

  it('chooses stages', () => {
    expect(parseRunFlags({ only: 'on-prem, compare' }).options.stages).toEqual(['on-prem', 'compare']);
    expect(parseRunFlags({ skip: 'clean' }).options.stages).not.toContain('clean');
    expect(() => parseRunFlags({ only: 'clean', skip: 'clean' })).toThrow('leave no stage');
  });
});
