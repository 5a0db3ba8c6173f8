import { describeError } from './errors.mjs';

const { writeSync } = process.getBuiltinModule('node:fs');
const { format } = process.getBuiltinModule('node:util');

const STDOUT = 1;
/**
 * A console call is one log event however many lines it has. So it travels as a frame: this mark, the length of the text
 * and the time in microseconds (see environments/output-parser.ts). Text written to stdout directly is split at line ends.
 */
const FRAME_MARK = 0xa5_5a_00_03;
const HEADER_BYTES = 16;

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
  const now = Date.now();
  const line = `${new Date(now).toISOString()}\t${currentRequestId()}\t${level}\t${text}\n`;
  const body = Buffer.from(line);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  frame.writeUInt32BE(FRAME_MARK, 0);
  frame.writeUInt32BE(body.length, 4);
  frame.writeBigUInt64BE(BigInt(now) * 1000n, 8);
  body.copy(frame, HEADER_BYTES);
  for (let written = 0; written < frame.length; ) written += writeSync(STDOUT, frame, written);
}
