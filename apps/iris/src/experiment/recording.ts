import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { LogLine } from '@skyground/cloud';
import type { PlannedUnit } from '@skyground/experiment';
import type { Call } from './call.ts';
import { loggedByRequest, loggedColumns, logOf } from './cloud/logged.ts';
import type { Context, FunctionPlace, Place } from './place.ts';
import type { Sample } from './sample.ts';

/** A call and what it was made for. */
export interface MadeCall extends Pick<Sample, 'phase' | 'arm' | 'unit' | 'isCompared' | 'intendedStart'> {
  readonly call: Call;
  readonly parts?: number;
  readonly provisionedMs?: number;
  /** Makes the cell of the API test from the lines of its invocation. */
  readonly exchangeOf?: (lines: readonly LogLine[]) => string;
}

/** Joins calls with what their function logged, and keeps them as rows. */
export class Recording {
  readonly #context: Context;
  readonly #place: Place;
  /** What a stop left over: of the rest there are rows already. */
  readonly #left: ReadonlySet<string>;
  readonly #bundleBytes = new Map<string, number>();

  constructor(context: Context, place: Place) {
    this.#context = context;
    this.#place = place;
    this.#left = new Set(context.units.map(keyOf));
  }

  isLeft(unit: PlannedUnit): boolean {
    return this.#left.has(keyOf(unit));
  }

  /** Waits for the function's log, then records: all of them, or none of those that were measured before. */
  async record(fn: FunctionPlace, made: readonly MadeCall[]): Promise<void> {
    const lines = await logOf(
      made.map(({ call }) => call),
      fn,
      this.#place,
      this.#context,
    );
    const logged = loggedByRequest(lines);
    const bundleBytes = await this.#bundleBytesOf(fn);
    for (const { call, parts, provisionedMs, exchangeOf, ...of } of made) {
      const isNew = !of.isCompared || parts !== undefined || this.isLeft(of);
      if (!isNew) continue;
      await this.#context.record({
        ...call,
        ...of,
        ...loggedColumns(call.requestId === null ? undefined : logged.get(call.requestId)),
        ...this.#place.shared,
        parts: parts ?? null,
        declaredMemoryMb: fn.memoryMb,
        bundleBytes,
        provisionedMs: provisionedMs ?? null,
        exchange: exchangeOf?.(lines) ?? null,
      });
    }
  }

  async #bundleBytesOf({ name }: FunctionPlace): Promise<number> {
    const known = this.#bundleBytes.get(name);
    if (known !== undefined) return known;
    const command = new GetFunctionConfigurationCommand({ FunctionName: name });
    const { CodeSize = 0 } = await this.#place.clients.lambda.send(command, {
      abortSignal: this.#context.signal,
    });
    this.#bundleBytes.set(name, CodeSize);
    return CodeSize;
  }
}

function keyOf({ arm, unit }: PlannedUnit): string {
  return JSON.stringify([arm, unit]);
}
