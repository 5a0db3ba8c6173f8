import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogLine, lastLine, parseOutput } from '../../src/services/lambda/environments/output-parser.ts';

function frame(message: string, timestampMs: number): Buffer {
  const body = Buffer.from(message);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(0xa55a0003, 0);
  header.writeUInt32BE(body.length, 4);
  header.writeBigUInt64BE(BigInt(timestampMs) * 1000n, 8);
  return Buffer.concat([header, body]);
}

test('frames are one event each with their own time, text one event a line with that of the next frame', () => {
  const output = Buffer.concat([
    Buffer.from('plain\nhalf'),
    frame('two\nlines\n', 5),
    Buffer.from('end\nrest'),
  ]);
  const { lines, rest } = parseOutput(output, 9);
  expect(lines).toEqual([
    { timestampMs: 5, message: 'plain\n' },
    { timestampMs: 5, message: 'half\n' },
    { timestampMs: 5, message: 'two\nlines\n' },
    { timestampMs: 9, message: 'end\n' },
  ]);
  expect(lastLine(rest, 9)).toEqual([{ timestampMs: 9, message: 'rest\n' }]);
});

test('however the output is cut, and whatever it is, the events are the same', () => {
  const piece = fc.oneof(
    fc.stringMatching(/^[a-z é]{0,12}\n$/).map((line) => Buffer.from(line)),
    fc.stringMatching(/^[a-z\n]{0,20}\n$/).map((message) => frame(message, 5)),
    // What a handler may write to look like a frame.
    fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from([0xa5, 0x5a, 0x00, 0x03, ...bytes])),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.nat(200), { maxLength: 6 }),
      (pieces, cuts) => {
        const output = Buffer.concat(pieces);
        const whole = parseOutput(output, 9);
        const at = [
          0,
          ...cuts.map((cut) => Math.min(cut, output.length)).sort((a, b) => a - b),
          output.length,
        ];
        let rest = Buffer.alloc(0);
        const messages = at.slice(1).flatMap((end, index) => {
          const parsed = parseOutput(Buffer.concat([rest, output.subarray(at[index], end)]), 9);
          rest = Buffer.from(parsed.rest);
          return messagesOf(parsed.lines);
        });
        expect(messages).toEqual(messagesOf(whole.lines));
        expect(rest).toEqual(Buffer.from(whole.rest));
      },
    ),
  );
});

function messagesOf(lines: readonly LogLine[]): string[] {
  return lines.map(({ message }) => message);
}
