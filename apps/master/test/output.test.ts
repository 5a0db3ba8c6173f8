import { describe, expect, it } from 'vitest';
import type { MasterEvent } from '../src/events.ts';
import {
  formatBytes,
  formatDuration,
  formatMs,
  formatQuantity,
  formatSeconds,
  printable,
} from '../src/output/format.ts';
import { jsonOutput } from '../src/output/json.ts';
import type { Paint } from '../src/output/paint.ts';
import { plainOutput } from '../src/output/plain.ts';
import { oneOfEach } from './events.ts';

function plain(events: readonly MasterEvent[], options?: Parameters<typeof plainOutput>[1]): string {
  let text = '';
  const emit = plainOutput((more) => {
    text += more;
  }, options);
  for (const event of events) emit(event);
  return text;
}

describe('plain output', () => {
  it.each<[MasterEvent['type'], string]>([
    [
      'runStarted',
      'Run skyground-20261121T063000Z-1f2e: 12 images x 3, 2 on-prem workers against cloud (local)\n',
    ],
    ['stageStarted', '> Process on-premises\n'],
    ['stageProgress', '  18/36 images\n'],
    ['stageFinished', '  done in 1.2 s: 36 images\n'],
    ['stageSkipped', '- Deploy the cloud side: skipped, not asked for\n'],
    ['stageStopped', '  stopped\n'],
    ['stageFailed', '  FAILED: no network\n'],
    ['imageStarted', ''],
    ['imageFinished', '  cloud a\ufffd[2J.jpg: truncated\n'],
    ['outputsCompared', '  11 of 12 outputs are byte-identical on both sides\n'],
    ['log', '  warning: busy\n'],
    ['runFinished', '\nFinished. (exit code 3)\n'],
  ])('of %s', (type, expected) => {
    expect(plain([oneOfEach[type]])).toBe(expected);
  });

  it('of a comparison: verdict, table, drawing, findings, files', () => {
    const lines = plain([oneOfEach.compared]).split('\n');
    expect(lines[1]).toMatch(/^No verdict: 1 images/);
    expect(lines).toContain('images compared       1 of 1              1 of 1');
    expect(lines).toContain('variation per image   - (1 repetition)    - (1 repetition)');
    expect(lines).toContain('on-prem ███');
    expect(lines.find((line) => line.startsWith('error: '))).toContain('an interval needs');
    expect(lines.at(-2)).toBe('Charts and report: /metrics/charts/index.html');
  });

  it('draws nothing for a screen reader', () => {
    expect(plain([oneOfEach.compared], { drawings: false })).not.toContain('█');
  });

  it('colours the result only where it is painted', () => {
    const paint: Paint = {
      headline: (text) => `<b>${text}</b>`,
      error: (text) => `<red>${text}</red>`,
      warning: (text) => text,
      chart: (line) => line.map(({ text, role }) => `<${role}>${text}`).join(''),
    };
    const text = plain([oneOfEach.compared], { paint });
    expect(text).toContain('<b>No verdict');
    expect(text).toContain('<red>error: ');
    expect(text).toContain('<label>on-prem <onPrem>███');
  });

  it('gives ten progress lines at most, however many images', () => {
    const events = Array.from({ length: 2000 }, (_, index) => ({
      ...oneOfEach.stageProgress,
      done: index + 1,
      total: 2000,
    }));
    expect(plain(events).trimEnd().split('\n')).toHaveLength(10);
    expect(plain([{ ...oneOfEach.stageProgress, done: 0, total: 0 }])).toBe('  0/0 images\n');
  });
});

describe('json output', () => {
  it.each(Object.values(oneOfEach))('of $type is one line that reads back', (event) => {
    let text = '';
    jsonOutput(
      (more) => {
        text += more;
      },
      () => new Date('2026-11-21T06:30:00.000Z'),
    )(event);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.trimEnd()).not.toContain('\n');
    const { terminalChart: _, ...rest } = { terminalChart: null, ...event };
    expect(JSON.parse(text)).toEqual({ at: '2026-11-21T06:30:00.000Z', ...rest });
  });
});

describe('numbers for people', () => {
  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
  ])('duration %d', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('of a quantity has three digits and no power of ten', () => {
    expect([3230, 12_345_678, 7.5, 0.000_123_4, 0].map(formatQuantity)).toEqual([
      '3,230',
      '12,300,000',
      '7.5',
      '0.000123',
      '0',
    ]);
  });

  it('others', () => {
    expect([0, 59_600, 3_600_000, 4_020_000].map(formatSeconds)).toEqual([
      '0 s',
      '1 min 00 s',
      '1 h 00 min',
      '1 h 07 min',
    ]);
    expect([1.234, 9.996, 12.34, 99.96, 1234.5].map(formatMs)).toEqual([
      '1.23 ms',
      '10.0 ms',
      '12.3 ms',
      '100 ms',
      '1235 ms',
    ]);
    expect([999, 1000, 999_600, 2_500_000].map(formatBytes)).toEqual(['999 B', '1 kB', '1.0 MB', '2.5 MB']);
    expect(printable('größe 写真 🏔\r\n\ttab\u0007\u009b')).toBe('größe 写真 🏔\n tab\ufffd\ufffd');
  });
});
