import type { CloudEnvironment } from '../../../server/environment.ts';
import type { LogWriter } from '../../../server/ports.ts';
import { withoutSync } from '../../../storage/without-sync.ts';
import { LOG_TAIL_BYTES } from '../limits.ts';
import type { LogLine } from './output-parser.ts';

/** One environment's log stream. Lines are gathered and written in one durable append, the last before the answer. */
export class EnvironmentLog {
  readonly group: string;
  readonly stream: string;
  readonly #writer: LogWriter;
  readonly #cloud: CloudEnvironment;
  #pending: LogLine[] = [];
  #tail: string[] = [];
  #tailBytes = 0;

  constructor(writer: LogWriter, cloud: CloudEnvironment, group: string, stream: string) {
    this.#writer = writer;
    this.#cloud = cloud;
    this.group = group;
    this.stream = stream;
  }

  /** From here on the tail is that of a new invocation. */
  beginInvocation(): void {
    this.#tail = [];
    this.#tailBytes = 0;
  }

  /** A line of Lambda's own. */
  say(message: string): void {
    this.add([{ timestampMs: this.#cloud.clock.now(), message }]);
  }

  add(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#pending.push(line);
      this.#tail.push(line.message);
      this.#tailBytes += Buffer.byteLength(line.message);
      this.#dropOldTail();
    }
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    withoutSync(this.#cloud.database, () => this.#writer.append(this.group, this.stream, events));
  }

  /** The last 4 KB of the invocation's lines. */
  tail(): Buffer {
    return Buffer.from(this.#tail.join('')).subarray(-LOG_TAIL_BYTES);
  }

  #dropOldTail(): void {
    const [oldest] = this.#tail;
    if (oldest === undefined) return;
    const oldestBytes = Buffer.byteLength(oldest);
    if (this.#tailBytes - oldestBytes < LOG_TAIL_BYTES) return;
    this.#tail.shift();
    this.#tailBytes -= oldestBytes;
  }
}
