import type { MetricWriter } from '../../../server/ports.ts';
import { type FunctionRecord, LATEST } from '../function-record.ts';
import type { Concurrency } from './busy-environments.ts';

const NAMESPACE = 'AWS/Lambda';

/** What CloudWatch is told of every attempt to run a function, whichever way it came. */
export class InvocationMetrics {
  readonly #writer: MetricWriter;

  constructor(writer: MetricWriter) {
    this.#writer = writer;
  }

  /** An attempt that no environment could take: it leaves no line in any log. */
  throttled(record: FunctionRecord, timestampMs: number): void {
    this.#record(record, timestampMs, 'Throttles', 1, 'Count');
  }

  /** `concurrency`: from this moment on. */
  began(record: FunctionRecord, timestampMs: number, concurrency: Concurrency): void {
    const name = 'ConcurrentExecutions';
    const unit = 'Count';
    const point = { namespace: NAMESPACE, name, timestampMs, unit };
    const [ofFunction, ofVersion] = dimensionSets(record);
    this.#writer.record({ ...point, dimensions: ofFunction, value: concurrency.ofFunction });
    // Of other metrics CloudWatch adds up the functions'; a maximum of several functions together cannot be told from theirs.
    this.#writer.record({ ...point, dimensions: {}, value: concurrency.all });
    if (ofVersion !== undefined) {
      this.#writer.record({ ...point, dimensions: ofVersion, value: concurrency.ofVersion });
    }
  }

  /** Timestamps are those of the beginning, as on AWS. */
  ended(record: FunctionRecord, timestampMs: number, durationMs: number, isError: boolean): void {
    this.#record(record, timestampMs, 'Invocations', 1, 'Count');
    this.#record(record, timestampMs, 'Errors', isError ? 1 : 0, 'Count');
    this.#record(record, timestampMs, 'Throttles', 0, 'Count');
    this.#record(record, timestampMs, 'Duration', durationMs, 'Milliseconds');
  }

  #record(record: FunctionRecord, timestampMs: number, name: string, value: number, unit: string): void {
    for (const dimensions of dimensionSets(record)) {
      if (dimensions !== undefined) {
        this.#writer.record({ namespace: NAMESPACE, name, dimensions, timestampMs, value, unit });
      }
    }
  }
}

/** Every version counts for its function; a published one for itself, too. */
function dimensionSets({
  name,
  version,
}: FunctionRecord): readonly [{ FunctionName: string }, { FunctionName: string; Resource: string }?] {
  const ofFunction = { FunctionName: name };
  return version === LATEST
    ? [ofFunction]
    : [ofFunction, { FunctionName: name, Resource: `${name}:${version}` }];
}
