import { type PlannedRun, unitOf } from '../plan-order.ts';
import type { Sample } from '../sample.ts';
import { scaledDelays } from '../scenarios.ts';
import type { MeasuredUnit } from './measure-units.ts';
import type { Context, Place } from './place.ts';
import { takeResult } from './published-result.ts';
import { withLogs } from './with-logs.ts';

/** A run with all that is known of it, but for what its row is called. */
export interface CompleteRun {
  readonly planned: PlannedRun;
  readonly row: Omit<Sample, 'unit' | 'phase'>;
}

/** Takes runs to the run folder. */
export class RowLog {
  readonly #context: Context;
  readonly #place: Place;
  readonly #startedAt: string;
  #unplanned = 0;

  constructor(context: Context, place: Place) {
    this.#context = context;
    this.#place = place;
    this.#startedAt = new Date(context.clock.nowMs()).toISOString();
  }

  /** With what the logs and the bucket of results say; nothing is being measured meanwhile. */
  async complete(measured: readonly MeasuredUnit[]): Promise<readonly CompleteRun[]> {
    const { signal } = this.#context;
    const logged = await withLogs(
      measured.map(({ run }) => run),
      this.#place,
      this.#context,
    );
    const complete: CompleteRun[] = [];
    for (const [index, run] of logged.entries()) {
      const planned = measured[index]?.planned;
      if (planned === undefined) continue;
      const { firstPublishAtMs, finalPublishAtMs } = run;
      const hasPartial = firstPublishAtMs !== finalPublishAtMs;
      const result = await takeResult(this.#place, run.session, { hasPartial, signal });
      const { thumbnailMs, transformMs, filtersMs, contourMs } = scaledDelays(
        planned.scenario,
        this.#place.shared.timeScale,
      );
      const row = {
        ...this.#place.shared,
        ...run,
        ...result,
        scenario: planned.scenario.id,
        intendedStart: planned.start,
        thumbnailDelayMs: thumbnailMs,
        transformDelayMs: transformMs,
        filtersDelayMs: filtersMs,
        contourDelayMs: contourMs,
      };
      complete.push({ planned, row });
    }
    return complete;
  }

  async record(rows: readonly (CompleteRun & { readonly phase: Sample['phase'] })[]): Promise<void> {
    for (const { planned, row, phase } of rows) {
      const unit = phase === 'measured' ? unitOf(planned) : this.#unique(phase);
      if (row.error !== null) this.#context.log('error', `${row.mode}, ${unit}: ${row.error}`);
      await this.#context.record({ ...row, phase, unit });
    }
  }

  /** Sessions differ by the time, rows of one by the number. */
  #unique(word: string): string {
    this.#unplanned += 1;
    return `${word} ${this.#startedAt}#${this.#unplanned}`;
  }
}
