import { describe, expect, it } from 'vitest';
import { type LogLine, lastLines, linesAbout } from '../../src/index.ts';

const line = (stream: string, message: string): LogLine => ({ stream, atMs: 0, message });
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
    const many = Array.from({ length: 20 }, (_, index) => line('one', String.fromCodePoint(65 + index)));
    expect(lastLines(many)).toEqual(['M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T']);
    expect(lastLines([])).toEqual([]);
  });

  it('says the same fault of many invocations once, and long ones by their beginning', () => {
    const fault = (time: string, id: string) =>
      line('one', `2026-11-21T08:09:${time}Z ${id} ERROR cannot find module`);
    const faults = [
      fault('08.486', '6451d499-46e1-4a7f-9391-667a56ecb7f4'),
      fault('09.001', 'dbaee055-885c-4b23-af72-7095c34b8671'),
      line('one', 'x'.repeat(1000)),
    ];
    expect(lastLines(faults)).toEqual([faults[1]?.message, `${'x'.repeat(300)} ...`]);
  });
});
