export interface LogLine {
  readonly timestampMs: number;
  /** Ends with a line feed, as in CloudWatch. */
  readonly message: string;
}

const FRAME_MARK = Buffer.from([0xa5, 0x5a, 0x00, 0x03]);
const HEADER_BYTES = 16;
const LINE_FEED = 0x0a;

/**
 * Turns what an environment wrote into log events: a frame of the runtime's console (runtime/logging.mjs) is one event with
 * its own time, anything else is one event a line. Returns the bytes of an unfinished last one, to be put before the next.
 */
export function parseOutput(output: Buffer, nowMs: number): { lines: LogLine[]; rest: Buffer } {
  const lines: LogLine[] = [];
  let position = 0;
  while (position < output.length) {
    const frameAt = output.indexOf(FRAME_MARK, position);
    if (frameAt === position) {
      const frame = readFrame(output, position);
      if (frame === undefined) break;
      lines.push(frame.line);
      position = frame.end;
      continue;
    }
    const lineFeedAt = output.indexOf(LINE_FEED, position);
    const end = endOfText(frameAt, lineFeedAt);
    if (end === undefined) break;
    lines.push(textLine(output.subarray(position, end), nowMs));
    position = end;
  }
  return { lines, rest: output.subarray(position) };
}

/** The text of an environment that will write no more. */
export function lastLine(rest: Buffer, nowMs: number): LogLine[] {
  return rest.length === 0 ? [] : [textLine(rest, nowMs)];
}

function readFrame(output: Buffer, start: number): { line: LogLine; end: number } | undefined {
  const bodyAt = start + HEADER_BYTES;
  if (output.length < bodyAt) return undefined;
  const end = bodyAt + output.readUInt32BE(start + 4);
  if (output.length < end) return undefined;
  const timestampMs = Number(output.readBigUInt64BE(start + 8) / 1000n);
  return { line: { timestampMs, message: output.toString('utf8', bodyAt, end) }, end };
}

/** Text ends after its line feed, or where a frame begins inside an unfinished line. */
function endOfText(frameAt: number, lineFeedAt: number): number | undefined {
  if (lineFeedAt !== -1 && (frameAt === -1 || lineFeedAt < frameAt)) return lineFeedAt + 1;
  return frameAt === -1 ? undefined : frameAt;
}

function textLine(text: Buffer, timestampMs: number): LogLine {
  const message = text.toString('utf8');
  return { timestampMs, message: message.endsWith('\n') ? message : `${message}\n` };
}
