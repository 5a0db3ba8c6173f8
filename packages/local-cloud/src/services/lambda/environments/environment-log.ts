import type { CloudEnvironment } from '../../../server/environment.ts';
import type { LogWriter } from '../../../server/ports.ts';
import { withoutSync } from '../../../storage/without-sync.ts';
import { LOG_TAIL_BYTES } from '../limits.ts';
import type { LogLine } from './output-parser.ts';

/** One environment's log stream. Lines are gathered and written in one durable append, the last before the answer. */
export class EnvironmentLog {
  readonly #group: string;
  readonly #stream: string;
  readonly #writer: LogWriter;
  readonly #cloud: CloudEnvironment;
  #pending: LogLine[] = [];
  #lastMs = 0;
  #tail: string[] = [];
  #tailBytes = 0;

  constructor(writer: LogWriter, cloud: CloudEnvironment, group: string, stream: string) {
    this.#writer = writer;
    this.#cloud = cloud;
    this.#group = group;
    this.#stream = stream;
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

  /** Readers sort by time. So that they see the order of writing, no line is before the one above it, or in the future. */
  add(lines: readonly LogLine[]): void {
    const nowMs = this.#cloud.clock.now();
    for (const { timestampMs, message } of lines) {
      this.#lastMs = Math.max(this.#lastMs, Math.min(timestampMs, nowMs));
      this.#pending.push({ timestampMs: this.#lastMs, message });
      this.#addToTail(message);
    }
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    withoutSync(this.#cloud.database, () => this.#writer.append(this.#group, this.#stream, this.#pending));
    this.#pending = [];
  }

  /** The last 4 KB of the invocation's lines. */
  tail(): Buffer {
    return Buffer.from(this.#tail.join('')).subarray(-LOG_TAIL_BYTES);
  }

  /** Keeps as few lines as hold the last 4 KB. */
  #addToTail(message: string): void {
    this.#tail.push(message);
    this.#tailBytes += Buffer.byteLength(message);
    for (;;) {
      const [oldest = ''] = this.#tail;
      const withoutBytes = this.#tailBytes - Buffer.byteLength(oldest);
      if (withoutBytes < LOG_TAIL_BYTES) return;
      this.#tail.shift();
      this.#tailBytes = withoutBytes;
    }
  }
}
