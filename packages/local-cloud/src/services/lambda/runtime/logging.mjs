import { describeError } from './errors.mjs';

const { writeSync } = process.getBuiltinModule('node:fs');
const { format } = process.getBuiltinModule('node:util');

// Taken now: a handler's tests may replace the clock, and its log must go on.
const { now } = Date;
const { toISOString } = Date.prototype;
const SystemDate = Date;

const STDOUT = 1;
/**
 * A console call is one log event however many lines it has. So it travels as a frame: this mark, the length of the text
 * and the time in microseconds (see environments/output-parser.ts). Text written to stdout directly is split at line ends.
 */
const FRAME_MARK = 0xa5_5a_00_03;
const HEADER_BYTES = 16;
/** CloudWatch's largest event, of which 26 bytes are not text. A longer text becomes several events. */
const MAXIMUM_EVENT_BYTES = 1024 * 1024 - 26;

const LEVELS = { log: 'INFO', trace: 'TRACE', debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' };

let currentRequestId = () => undefined;

export function patchConsole(getRequestId) {
  currentRequestId = getRequestId;
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method] = (...values) => write(level, format(...values));
  }
  console.fatal = (...values) => write('FATAL', format(...values));
}

export function logError(title, error) {
  const { errorType, errorMessage, trace } = describeError(error);
  write(
    'ERROR',
    `${title} \t${JSON.stringify({ errorType, errorMessage, ...ownFields(error), stack: trace })}`,
  );
}

/** Fields that a library added to its error (a code, an HTTP status), when JSON can hold them. */
function ownFields(error) {
  if (!(error instanceof Error)) return {};
  try {
    return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(error))));
  } catch {
    return {};
  }
}

/** Synchronous: what was logged before the answer is in the log before the answer. */
function write(level, text) {
  const nowMs = now();
  const time = toISOString.call(new SystemDate(nowMs));
  const body = Buffer.from(`${time}\t${currentRequestId()}\t${level}\t${text}\n`);
  for (let start = 0; start < body.length; start += MAXIMUM_EVENT_BYTES) {
    writeFrame(nowMs, body.subarray(start, start + MAXIMUM_EVENT_BYTES));
  }
}

/** An empty frame says that the event has arrived: a process that died without one never had it. */
export function markTaken() {
  writeFrame(now(), Buffer.alloc(0));
}

function writeFrame(nowMs, body) {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  frame.writeUInt32BE(FRAME_MARK, 0);
  frame.writeUInt32BE(body.length, 4);
  frame.writeBigUInt64BE(BigInt(nowMs) * 1000n, 8);
  body.copy(frame, HEADER_BYTES);
  for (let written = 0; written < frame.length; ) written += writeSync(STDOUT, frame, written);
}
