export interface LogLine {
  readonly timestampMs: number;
  /** Ends with a line feed, as in CloudWatch. */
  readonly message: string;
}

const FRAME_MARK = Buffer.from([0xa5, 0x5a, 0x00, 0x03]);
const HEADER_BYTES = 16;
const LINE_FEED = 0x0a;
/** CloudWatch's largest event, of which 26 bytes are not text. The runtime's frames are never longer (runtime/logging.mjs). */
export const MAXIMUM_EVENT_BYTES = 1024 * 1024 - 26;
/** The year 10000: beyond it are times that a Date cannot hold. */
const END_OF_TIME_US = 253_402_300_800_000_000n;

interface Piece {
  /** Undefined for text, which comes without one. */
  readonly timestampMs: number | undefined;
  readonly message: string;
  readonly end: number;
}

/**
 * Turns what an environment wrote into log events: a frame of the runtime's console is one event with its own time; anything
 * else is one event a line, with the time of the frame that follows, else now, so that time runs forward. Returns the bytes
 * of an unfinished last one, to be put before the next. A handler can write any bytes: what looks like a frame and cannot be
 * one is text.
 */
export function parseOutput(output: Buffer, nowMs: number): { lines: LogLine[]; rest: Buffer } {
  const pieces: Piece[] = [];
  const nextFrame = finder(output, FRAME_MARK);
  const nextLineFeed = finder(output, LINE_FEED);
  let position = 0;
  while (position < output.length) {
    const isFrame = nextFrame(position) === position;
    let piece = isFrame ? readFrame(output, position) : 'text';
    if (piece === 'text') {
      const end = endOfText(
        output,
        position,
        nextLineFeed(position),
        nextFrame(position + (isFrame ? 1 : 0)),
      );
      piece = end === undefined ? 'unfinished' : readText(output, position, end);
    }
    if (piece === 'unfinished') break;
    pieces.push(piece);
    position = piece.end;
  }
  return { lines: withTimes(pieces, nowMs), rest: output.subarray(position) };
}

/** The text of an environment that will write no more. */
export function lastLine(rest: Buffer, nowMs: number): LogLine[] {
  if (rest.length === 0) return [];
  return [{ timestampMs: nowMs, message: readText(rest, 0, rest.length).message }];
}

/** Where `wanted` is next, for positions that only grow; every byte is searched once. -1 when there is none. */
function finder(output: Buffer, wanted: Buffer | number): (from: number) => number {
  let foundAt = output.indexOf(wanted);
  return (from) => {
    if (foundAt !== -1 && foundAt < from) foundAt = output.indexOf(wanted, from);
    return foundAt;
  };
}

function readFrame(output: Buffer, start: number): Piece | 'unfinished' | 'text' {
  const bodyAt = start + HEADER_BYTES;
  if (output.length < bodyAt) return 'unfinished';
  const lengthBytes = output.readUInt32BE(start + 4);
  const timeUs = output.readBigUInt64BE(start + 8);
  if (lengthBytes > MAXIMUM_EVENT_BYTES || timeUs >= END_OF_TIME_US) return 'text';
  const end = bodyAt + lengthBytes;
  if (output.length < end) return 'unfinished';
  return { timestampMs: Number(timeUs / 1000n), message: output.toString('utf8', bodyAt, end), end };
}

/** After its line feed, or where a frame begins inside an unfinished line, or at the size that no event may pass. */
function endOfText(output: Buffer, start: number, lineFeedAt: number, frameAt: number): number | undefined {
  const largestEnd = start + MAXIMUM_EVENT_BYTES;
  // What may be the beginning of a mark is waited for.
  const isTooLong = output.length >= largestEnd + FRAME_MARK.length;
  const end = Math.min(
    lineFeedAt === -1 ? Number.POSITIVE_INFINITY : lineFeedAt + 1,
    frameAt === -1 ? Number.POSITIVE_INFINITY : frameAt,
    isTooLong ? largestEnd : Number.POSITIVE_INFINITY,
  );
  return end === Number.POSITIVE_INFINITY ? undefined : end;
}

function readText(output: Buffer, start: number, end: number): Piece {
  const text = output.toString('utf8', start, end);
  return { timestampMs: undefined, message: text.endsWith('\n') ? text : `${text}\n`, end };
}

function withTimes(pieces: readonly Piece[], nowMs: number): LogLine[] {
  let timestampMs = nowMs;
  const backwards = pieces.toReversed().map((piece) => {
    timestampMs = piece.timestampMs ?? timestampMs;
    return { timestampMs, message: piece.message };
  });
  return backwards.reverse();
}
