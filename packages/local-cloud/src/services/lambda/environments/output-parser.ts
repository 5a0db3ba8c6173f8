export interface LogLine {
  readonly timestampMs: number;
  /** Ends with a line feed, as in CloudWatch, unless it was cut at the largest size of an event. */
  readonly message: string;
}

const FRAME_MARK = Buffer.from([0xa5, 0x5a, 0x00, 0x03]);
const HEADER_BYTES = 16;
const LINE_FEED = 0x0a;
/** Of a CloudWatch event, with the 26 bytes that each counts for more than its text. */
const MAXIMUM_EVENT_BYTES = 1024 * 1024 - 26;
/** Year 10000: AWS writes four digits, and a Date holds no more than some of the 64 bits. */
const END_OF_TIME_US = 253_402_300_800_000_000n;

/** What `parseFrame` and `parseText` found, without a time where the output gives none; `end` is where it ends. */
interface Piece {
  readonly timestampMs: number | undefined;
  readonly message: string;
  readonly end: number;
}

/**
 * Turns what an environment wrote into log events: a frame of the runtime's console (runtime/logging.mjs) is one event with
 * its own time, anything else is one event a line, with the time of the next frame, else now: so time runs forward. Returns
 * the bytes of an unfinished last one, to be put before the next. The handler can write any bytes: what looks like a frame
 * and cannot be one is text.
 */
export function parseOutput(output: Buffer, nowMs: number): { lines: LogLine[]; rest: Buffer } {
  const pieces: Piece[] = [];
  let position = 0;
  let frameAt = output.indexOf(FRAME_MARK);
  while (position < output.length) {
    const frame = frameAt === position ? readFrame(output, position) : 'not-a-frame';
    const piece = frame === 'not-a-frame' ? readText(output, position, frameAt) : frame;
    if (piece === 'unfinished') break;
    pieces.push(piece);
    position = piece.end;
    if (frameAt !== -1 && frameAt < position) frameAt = output.indexOf(FRAME_MARK, position);
  }
  return { lines: withTimes(pieces, nowMs), rest: output.subarray(position) };
}

/** The text of an environment that will write no more. */
export function lastLine(rest: Buffer, nowMs: number): LogLine[] {
  return rest.length === 0 ? [] : [{ timestampMs: nowMs, message: `${rest.toString('utf8')}\n` }];
}

function readFrame(output: Buffer, start: number): Piece | 'unfinished' | 'not-a-frame' {
  const bodyAt = start + HEADER_BYTES;
  if (output.length < bodyAt) return 'unfinished';
  const lengthBytes = output.readUInt32BE(start + 4);
  const timeUs = output.readBigUInt64BE(start + 8);
  if (lengthBytes > MAXIMUM_EVENT_BYTES || timeUs >= END_OF_TIME_US) return 'not-a-frame';
  const end = bodyAt + lengthBytes;
  if (output.length < end) return 'unfinished';
  return { timestampMs: Number(timeUs / 1000n), message: output.toString('utf8', bodyAt, end), end };
}

/** Text ends after its line feed, or where a frame begins inside an unfinished line, or at the largest size of an event. */
function readText(output: Buffer, start: number, frameAt: number): Piece | 'unfinished' {
  const nextFrameAt = frameAt > start ? frameAt : output.indexOf(FRAME_MARK, start + 1);
  const lineFeedAt = output.indexOf(LINE_FEED, start);
  const candidates = [
    ...(lineFeedAt === -1 ? [] : [lineFeedAt + 1]),
    ...(nextFrameAt === -1 ? [] : [nextFrameAt]),
    ...(output.length - start < MAXIMUM_EVENT_BYTES ? [] : [start + MAXIMUM_EVENT_BYTES]),
  ];
  if (candidates.length === 0) return 'unfinished';
  const end = Math.min(...candidates);
  const text = output.toString('utf8', start, end);
  const isWhole = end === lineFeedAt + 1;
  return { timestampMs: undefined, message: isWhole ? text : `${text}\n`, end };
}

function withTimes(pieces: readonly Piece[], nowMs: number): LogLine[] {
  let timestampMs = nowMs;
  return pieces
    .toReversed()
    .map((piece) => {
      timestampMs = piece.timestampMs ?? timestampMs;
      return { timestampMs, message: piece.message };
    })
    .toReversed();
}
