import { closeSync, fstatSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../clock.ts';
import { type LogLine, lastLine, parseOutput } from './output-parser.ts';

const NOTHING = Buffer.alloc(0);
/** Above this the file is emptied between invocations. */
const RECLAIM_BYTES = 1024 * 1024;

/**
 * Where an environment's standard output and error go: a file without a name, which ends with its last descriptor. Unlike a
 * pipe it is complete the moment the process has written (so that all of an invocation's lines are in the log before its
 * answer), it never fills up while the process is frozen, and it survives the process.
 */
export class OutputCapture {
  /** Given to the process as its stdout and stderr. */
  readonly descriptor: number;
  readonly #clock: Clock;
  #position = 0;
  #unfinished: Buffer = NOTHING;

  constructor(folder: string, environmentId: string, clock: Clock) {
    const path = join(folder, `${environmentId}.out`);
    this.descriptor = openSync(path, 'ax+', 0o600);
    unlinkSync(path);
    this.#clock = clock;
  }

  /** The finished lines since the last read. */
  read(): LogLine[] {
    const sizeBytes = fstatSync(this.descriptor).size - this.#position;
    if (sizeBytes <= 0) return [];
    const fresh = Buffer.allocUnsafe(sizeBytes);
    const readBytes = readSync(this.descriptor, fresh, 0, sizeBytes, this.#position);
    this.#position += readBytes;
    const { lines, rest } = parseOutput(
      Buffer.concat([this.#unfinished, fresh.subarray(0, readBytes)]),
      this.#clock.now(),
    );
    this.#unfinished = rest;
    return lines;
  }

  /** Everything to the end of the invocation. */
  readToEnd(): LogLine[] {
    const lines = [...this.read(), ...lastLine(this.#unfinished, this.#clock.now())];
    this.#unfinished = NOTHING;
    return lines;
  }

  /**
   * Gives the disk back what has been read. Only to be called before a frozen process is thawed: a freeze takes effect a
   * moment after it was asked for, and a line written in that moment would be lost.
   */
  reclaim(): void {
    if (this.#position < RECLAIM_BYTES || fstatSync(this.descriptor).size > this.#position) return;
    ftruncateSync(this.descriptor, 0);
    this.#position = 0;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
