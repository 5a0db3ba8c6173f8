import { describe, expect, it } from 'vitest';
import { lastLines, linesAbout } from '../src/lambda-logs.ts';

const line = (stream: string, message: string) => ({ stream, message });
const log = [
  line('one', 'INIT_START Runtime Version: nodejs:24'),
  line('one', 'START RequestId: r1'),
  line('two', 'START RequestId: r2'),
  line('one', '{"key":"run/in/1/a.jpg"}'),
  line('two', 'TypeError: something else'),
  line('one', 'REPORT RequestId: r1'),
  line('two', 'END RequestId: r2'),
  line('one', 'START RequestId: r3'),
  line('one', 'END RequestId: r3'),
];

describe('what the log says about an image', () => {
  it('is the whole invocation that names its key, and no other', () => {
    expect(linesAbout(log, 'run/in/1/a.jpg')).toEqual([
      'START RequestId: r1',
      '{"key":"run/in/1/a.jpg"}',
      'REPORT RequestId: r1',
    ]);
    expect(linesAbout(log, 'run/in/1/b.jpg')).toEqual([]);
  });

  it('is otherwise what the function said last', () => {
    expect(lastLines(log).at(-1)).toBe('REPORT RequestId: r1');
    expect(lastLines(log)).toContain('TypeError: something else');
    expect(lastLines(Array.from({ length: 20 }, (_, index) => line('one', `${index}`)))).toHaveLength(8);
    expect(lastLines([])).toEqual([]);
  });
});
