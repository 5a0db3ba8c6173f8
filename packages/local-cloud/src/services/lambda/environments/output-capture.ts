import { closeSync, fstatSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../clock.ts';
import { type LogLine, lastLine, parseOutput } from './output-parser.ts';

const NOTHING = Buffer.alloc(0);
/** Above this the file is emptied between invocations. */
const RECLAIM_BYTES = 1024 * 1024;
/** What one read takes, so that a function that floods its log does not hold up the whole cloud. */
const READ_BYTES = 256 * 1024;
/** Of an init or an invocation. AWS has no such limit, but bills every byte. */
const MAXIMUM_OUTPUT_BYTES = 16 * 1024 * 1024;
const CUT_MESSAGE = `The embedded cloud keeps the first ${MAXIMUM_OUTPUT_BYTES / 1024 / 1024} MB of an invocation's output; the rest is left out.\n`;

/**
 * Where an environment's standard output and error go: a file without a name, which ends with its last descriptor. Unlike a
 * pipe it is complete the moment the process has written (so that all of an invocation's lines are in the log before its
 * answer), it never fills up while the process is frozen, and it survives the process.
 */
export class OutputCapture {
  /** Given to the process as its stdout and stderr; whatever is written is appended, also after the file was emptied. */
  readonly descriptor: number;
  readonly #clock: Clock;
  #position = 0;
  #unfinished: Buffer = NOTHING;
  #invocationBytes = 0;
  #isCut = false;
  #isTaken = false;

  constructor(folder: string, environmentId: string, clock: Clock) {
    const path = join(folder, `${environmentId}.out`);
    this.descriptor = openSync(path, 'ax+', 0o600);
    unlinkSync(path);
    this.#clock = clock;
  }

  /** Finished lines since the last read; `isAll` when nothing more was there to be read. */
  read(): { readonly lines: LogLine[]; readonly isAll: boolean } {
    const unreadBytes = fstatSync(this.descriptor).size - this.#position;
    if (unreadBytes <= 0) return { lines: [], isAll: true };
    if (this.#invocationBytes >= MAXIMUM_OUTPUT_BYTES) return { lines: this.#cut(), isAll: true };
    const fresh = Buffer.allocUnsafe(Math.min(unreadBytes, READ_BYTES));
    const readBytes = readSync(this.descriptor, fresh, 0, fresh.length, this.#position);
    this.#position += readBytes;
    this.#invocationBytes += readBytes;
    const { lines, rest } = parseOutput(
      Buffer.concat([this.#unfinished, fresh.subarray(0, readBytes)]),
      this.#clock.now(),
    );
    this.#unfinished = rest;
    const texts = lines.filter(({ message }) => message !== '');
    if (texts.length < lines.length) this.#isTaken = true;
    return { lines: texts, isAll: readBytes === unreadBytes };
  }

  /** Whether the runtime has said that it has this invocation's event (an empty frame). */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** The unfinished line at the end of an invocation. */
  rest(): LogLine[] {
    const lines = lastLine(this.#unfinished, this.#clock.now());
    this.#unfinished = NOTHING;
    return lines;
  }

  /**
   * Before an invocation. Gives the disk back what has been read. Only to be called before a frozen process is thawed: a
   * freeze takes effect a moment after it was asked for, and a line written in that moment would be lost.
   */
  beginInvocation(): void {
    if (this.#isCut) this.#empty();
    else if (this.#position >= RECLAIM_BYTES && fstatSync(this.descriptor).size <= this.#position)
      this.#empty();
    this.#invocationBytes = 0;
    this.#isCut = false;
    this.#isTaken = false;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  /** Throws away what is over the limit, on disk too, and says so once. */
  #cut(): LogLine[] {
    const lines = this.#isCut
      ? []
      : [...this.rest(), { timestampMs: this.#clock.now(), message: CUT_MESSAGE }];
    this.#isCut = true;
    this.#empty();
    return lines;
  }

  #empty(): void {
    ftruncateSync(this.descriptor, 0);
    this.#position = 0;
  }
}
