import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { terminalLinesOf } from '../src/build/transcript-lines.ts';
import { renderDrawnChart, transcriptChart } from '../src/index.ts';

const heading = { id: 'part1_api_test', title: 'A request and its answer' };

test('a command has a prompt; its further lines and those of the answer have none', () => {
  const lines = terminalLinesOf([
    { role: 'command', text: `curl ${'--header "a: b" '.repeat(6)}http://localhost` },
    { role: 'answer', text: 'HTTP/1.1 200 OK\r\n\r\n{\n\t"predictions": [0]\n}\n' },
  ]);
  expect(lines).toEqual([
    { role: 'command', isPrompted: true, text: `curl ${'--header "a: b" '.repeat(4)}--header "a:` },
    { role: 'command', isPrompted: false, text: 'b" --header "a: b" http://localhost' },
    ...['HTTP/1.1 200 OK', '', '{', '    "predictions": [0]', '}'].map((text) => ({
      role: 'answer',
      isPrompted: false,
      text,
    })),
  ]);
});

test('nothing of a text is lost but spaces where it is folded, and no line is wider than the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
      const lines = terminalLinesOf([{ role: 'answer', text }]);
      const packed = (shown: string) => shown.replaceAll(/\s/g, '');
      for (const line of lines) expect(stringWidth(line.text)).toBeLessThanOrEqual(84);
      expect(packed(lines.map((line) => line.text).join(''))).toBe(packed(text));
    }),
    { numRuns: 200 },
  );
});

test('what is too long is cut, and the cut is said', () => {
  const last = (text: string) => terminalLinesOf([{ role: 'answer', text }]).at(-1)?.text;
  expect(last('x'.repeat(10_000_000))).toBe('… cut: the answer has 10,000,000 characters');
  expect(last('x\n'.repeat(25))).toBe('… cut: the answer has 50 characters');
  expect(last('x\n'.repeat(24))).toBe('x');
  const parts = Array.from({ length: 20 }, () => ({ role: 'command', text: 'ls' }) as const);
  expect(terminalLinesOf(parts).at(-1)?.text).toBe('… 4 more parts not shown');
});

test('indented and hostile text is drawn as text', async () => {
  const chart = transcriptChart({
    ...heading,
    parts: [
      { role: 'command', text: 'curl \u001b[31m</svg><script>x</script>' },
      { role: 'answer', text: '{\n  "a":  1\n}' },
    ],
  });
  expect(chart.table.rows).toEqual([
    ['command', 'curl \ufffd[31m</svg><script>x</script>'],
    ['answer', '{'],
    ['answer', '  "a":  1'],
    ['answer', '}'],
  ]);
  expect(chart.altText).toContain('Command: curl');
  const { svg } = await renderDrawnChart(chart);
  expect(svg).not.toMatch(/<script|\p{Cc}/u);
  // SVG would show two spaces as one.
  expect(svg).toContain('"a":\u00a0\u00a01');
});
